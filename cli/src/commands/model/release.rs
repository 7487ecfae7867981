//! `assay model release`: giving up a pin.

use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::{BlobState, ExecuteMsg};

use super::freed::{Freed, calls, free};
use crate::Error;
use crate::chain::{Session, SignerArgs, upload};
use crate::progress::Progress;

/// Let go of a blob of parameters that you keep: its deposit goes back to you.
///
/// A blob that nobody else keeps is deleted. A pin can be released only after the store's
/// hold: `assay model show BLOB --holder ADDRESS` tells when.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay model release 5")]
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
    let mut messages = vec![ExecuteMsg::Release { blob }];
    // Whoever deletes a chunk is paid for it: all of a blob that dies by this, at once.
    if let Some(found) = upload::known(&session, blob)?
        && found.state == (BlobState::Finalised { pins: 1 })
    {
        let sweeps = calls(found.received) - 1;
        messages.extend((0..sweeps).map(|_| ExecuteMsg::Sweep { blob }));
    }
    // It may have been pinned again since an earlier run released it.
    let address = session.address()?;
    let still_holds = |_: &_| Ok(!upload::is_pinned(&session, blob, address)?);
    free(&session, blob, "release", &messages, still_holds, progress)
}
