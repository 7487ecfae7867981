//! `assay model pin`: keeping a blob.

use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::ExecuteMsg;

use crate::Error;
use crate::chain::action::{Done, establish};
use crate::chain::payment::paid;
use crate::chain::{Session, SignerArgs, upload};
use crate::progress::Progress;

/// Keep a blob of parameters that somebody else keeps too, for a deposit.
///
/// `assay model release` gives the deposit back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay model pin 5")]
pub struct Args {
    /// The blob
    #[arg(value_name = "BLOB")]
    pub blob: u64,
    /// Who keeps it and gets the deposit back, instead of who signs
    #[arg(long, value_name = "ADDRESS")]
    pub holder: Option<String>,
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
    let store = session.deployment()?.model_store.address;
    let (blob, holder) = (BlobId(args.blob), args.holder.clone());
    let action = match &holder {
        Some(holder) => format!("blob {blob} is kept for {holder}"),
        None => format!("blob {blob} is kept for you"),
    };
    let keeper = match &holder {
        Some(holder) => holder.clone(),
        None => session.address()?.into(),
    };
    let deposit = upload::deposit(&session, upload::blob(&session, blob)?.chunks)?;
    let message = paid(&store, &ExecuteMsg::Pin { blob, holder }, &deposit)?;
    let still_holds = || upload::is_pinned(&session, blob, &keeper);
    establish(&session, action, &store, &[message], still_holds, progress)
}
