//! `assay job accept`: taking a slot.

use assay_protocol::messages::jobs::ExecuteMsg;

use super::slot::{Done, SlotArgs, finish, load};
use crate::Error;
use crate::chain::payment::paid;
use crate::chain::{Session, SignerArgs, hand_over};
use crate::progress::Progress;

/// Accept a slot and deposit its bond.
///
/// Publishes a key, made on the first use, that the data will be encrypted to: `assay dataset
/// fetch` reads it. Until you start, you can walk away without loss.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay job accept 7")]
pub struct Args {
    /// Which slot.
    #[command(flatten)]
    pub slot: SlotArgs,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    let session = Session::sign(&args.signer)?;
    let deployment = session.deployment()?;
    let _step = progress.step("accepting");
    let (job, _) = load(&session, args.slot)?;
    let key = hand_over::identity(&session)?;
    let id = args.slot.id();
    let accept = paid(
        &deployment.jobs.address,
        &ExecuteMsg::Accept(id),
        &[job.terms.bond],
    )?;
    let publish = ExecuteMsg::PublishKey {
        job: id.job,
        slot: id.slot,
        key: key.to_public().to_string(),
    };
    let publish = paid(&deployment.jobs.address, &publish, &[])?;
    finish(&session, args.slot, "accept", &[accept, publish])
}
