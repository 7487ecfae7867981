//! `assay model delete`: freeing the chain's storage.

use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::{BlobState, ExecuteMsg};

use super::freed::{Freed, calls, free};
use crate::Error;
use crate::chain::{Session, SignerArgs, upload};
use crate::progress::Progress;

/// Delete an upload that was given up, or a blob that nobody keeps, for its deposit.
///
/// Your own upload at any time; anyone's once it has gone too long without progress.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay model delete 5")]
pub struct Args {
    /// The blob
    #[arg(value_name = "BLOB")]
    pub blob: u64,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Freed, Error> {
    let session = Session::sign(&args.signer)?;
    let blob = BlobId(args.blob);
    // What is gone already may have been deleted by an earlier run of this command.
    let found = upload::known(&session, blob)?;
    let (messages, received) = match found.as_ref().map(|found| (&found.state, found.received)) {
        Some((BlobState::Finalised { pins }, _)) => {
            return Err(Error::Refused(format!(
                "blob {blob} is kept, by {pins}: give up your pin with `assay model release`"
            )));
        }
        Some((BlobState::Dead {}, received)) => (ExecuteMsg::Sweep { blob }, received),
        Some((_, received)) => (ExecuteMsg::Abort { blob }, received),
        None => (ExecuteMsg::Abort { blob }, 0),
    };
    let messages = vec![messages; calls(received) as usize];
    // Ids are never given twice: what was deleted stays so.
    let still_holds = |_: &_| Ok(true);
    free(&session, blob, "delete", &messages, still_holds, progress)
}
