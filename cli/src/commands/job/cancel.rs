//! `assay job cancel`: giving up a slot that nobody works on.

use assay_protocol::messages::jobs::{ExecuteMsg, SlotState};

use super::slot::{Done, SlotArgs, finish_as, load, reserve};
use crate::Error;
use crate::chain::payment::paid;
use crate::chain::{Session, SignerArgs};
use crate::progress::Progress;

/// Give up a slot that hasn't been started: its reward goes back.
///
/// The requester may at any time, anyone from the acceptance deadline on. A slot that was
/// accepted is released first, in the same transaction, so that nobody else accepts it in
/// between: its worker has the bond back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay job cancel 7 --slot 1")]
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
    let contract = session.deployment()?.jobs.address;
    let _step = progress.step("sending: cancel");
    let (job, slot) = load(&session, args.slot)?;
    let id = args.slot.id();
    let mut messages = vec![ExecuteMsg::Cancel(id)];
    if let SlotState::Accepted { .. } = slot.state {
        messages.insert(0, ExecuteMsg::Release(id));
    }
    let messages = messages.iter().map(|message| {
        let message = paid(&contract, message, &[])?;
        Ok(message.with_reserve(reserve(&job.terms)))
    });
    let messages = messages.collect::<Result<Vec<_>, Error>>()?;
    // Named, since an earlier run saw another state.
    let name = format!("cancel {id}");
    finish_as(&session, args.slot, "cancel", &contract, &name, &messages)
}
