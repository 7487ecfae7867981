//! `assay job start`: "I hold data that matches".

use std::path::PathBuf;

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::messages::jobs::{ExecuteMsg, SlotState};

use super::slot::{Done, SlotArgs, finish, load, state_name};
use crate::Error;
use crate::artefact::circuit::CircuitFolder;
use crate::artefact::dataset::Holding;
use crate::artefact::spec::public_training;
use crate::chain::payment::paid;
use crate::chain::{Session, SignerArgs, circuits};
use crate::progress::Progress;

/// Say that you hold data that matches, and go to work.
///
/// Checks first what only you can check: that rows, schema and salt are those of the
/// commitment; that the circuit's keys prove its specification and nothing weaker; that it
/// takes data of this shape. From here on, you lose the bond if you don't deliver in time.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay job start 7 --dataset cells --circuit circuit")]
pub struct Args {
    /// Which slot.
    #[command(flatten)]
    pub slot: SlotArgs,
    /// The dataset's folder, as it was handed over
    #[arg(long, value_name = "DIR")]
    pub dataset: PathBuf,
    /// The circuit's folder, with its proving key
    #[arg(long, value_name = "DIR")]
    pub circuit: PathBuf,
    /// Who is paid the reward and gets the bond back, instead of who signs
    #[arg(long, value_name = "ADDRESS")]
    pub payee: Option<String>,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] with what doesn't match: nothing is sent then.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    let session = Session::sign(&args.signer)?;
    let contract = session.deployment()?.jobs.address;
    let step = progress.step("checking data and circuit");
    let (job, slot) = load(&session, args.slot)?;
    expect_accepted(&session, &slot.state)?;
    let holding = Holding::read(&args.dataset)?;
    holding.check_against(&job.terms.commitment)?;
    let folder = CircuitFolder::read(&args.circuit)?;
    let registered = circuits::expect(&session, job.terms.circuit, &folder)?;
    let spec = public_training(&CircuitSpec::from_canonical(&registered.spec)?)?;
    expect_shape(&spec, &holding)?;
    drop(step);
    let _step = progress.step("starting");
    let id = args.slot.id();
    let message = ExecuteMsg::Start {
        job: id.job,
        slot: id.slot,
        payee: args.payee.clone(),
    };
    let message = paid(&contract, &message, &[])?;
    finish(&session, args.slot, "start", &[message])
}

fn expect_accepted(session: &Session, state: &SlotState) -> Result<(), Error> {
    let me = session.address()?;
    match state {
        SlotState::Accepted { worker, .. } if worker == me => Ok(()),
        // What an earlier run of this command sent is found by its sender.
        SlotState::Started { worker, .. } if worker == me => Ok(()),
        _ => Err(Error::Refused(format!(
            "the slot is {}, and not accepted by {me}: accept it first",
            state_name(state)
        ))),
    }
}

/// Checks that the circuit takes data of this shape.
fn expect_shape(spec: &SquaredHinge, holding: &Holding) -> Result<(), Error> {
    let data = &holding.data;
    let fits = data.rows() as u64 <= u64::from(spec.rows)
        && data.features() as u64 == u64::from(spec.features)
        && data.classes() as u64 == u64::from(spec.classes);
    match fits {
        true => Ok(()),
        false => Err(Error::Refused(format!(
            "the data has {} rows, {} features, {} classes, the circuit takes up to {} rows of {} features and {} classes: nothing could be delivered, release the slot",
            data.rows(),
            data.features(),
            data.classes(),
            spec.rows,
            spec.features,
            spec.classes
        ))),
    }
}
