//! `assay model show`: a blob of parameters, and who keeps it.

use std::fmt;

use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::{BlobResponse, BlobState, PinResponse, QueryMsg};
use assay_protocol::messages::time::Deadline;
use serde::Serialize;

use crate::Error;
use crate::chain::window::when;
use crate::chain::{ChainArgs, Session, upload};
use crate::output::Report;

/// Show a blob of parameters: what names it, and whether anybody keeps it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay model show 5")]
pub struct Args {
    /// The blob
    #[arg(value_name = "BLOB")]
    pub blob: u64,
    /// Whether this address keeps it
    #[arg(long, value_name = "ADDRESS")]
    pub holder: Option<String>,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// A blob.
#[derive(Debug, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    blob: BlobResponse,
    #[serde(skip_serializing_if = "Option::is_none")]
    pin: Option<PinResponse>,
    #[serde(skip)]
    now_s: u64,
    #[serde(skip)]
    height: u64,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if there is none.
pub fn run(args: &Args) -> Result<Shown, Error> {
    let session = Session::read(&args.chain)?;
    let id = BlobId(args.blob);
    let blob = upload::blob(&session, id)?;
    let pin = match args.holder.clone() {
        Some(holder) => {
            let query = QueryMsg::Pin { blob: id, holder };
            Some(session.ask(&session.deployment()?.model_store, &query)?)
        }
        None => None,
    };
    let chain = session.chain();
    Ok(Shown {
        blob,
        pin,
        now_s: session.block_on(chain.time())?,
        height: session.block_on(chain.height())?,
    })
}

impl Report for Shown {}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { blob, pin, .. } = self;
        let when = |deadline: &Deadline| when(deadline, self.now_s, self.height);
        writeln!(f, "blob        {}", blob.blob)?;
        writeln!(f, "uploader    {}", blob.uploader)?;
        writeln!(f, "bytes       {}", blob.length)?;
        if let Some(parameters) = &blob.parameters {
            writeln!(f, "parameters  {parameters}")?;
        }
        let chunks = format!("{} of {} chunks are there", blob.received, blob.chunks);
        match &blob.state {
            BlobState::Uploading { deadline, .. } => {
                writeln!(f, "state       uploading: {chunks}")?;
                writeln!(f, "            anyone can delete it {}", when(deadline))?;
            }
            BlobState::Aborting { deadline } => {
                writeln!(f, "state       being deleted: {chunks}")?;
                writeln!(f, "            anyone can go on {}", when(deadline))?;
            }
            BlobState::Finalised { pins } => writeln!(f, "state       kept, by {pins}")?,
            BlobState::Dead {} => {
                writeln!(
                    f,
                    "state       kept by nobody: {chunks}, anyone can delete them"
                )?;
            }
        }
        match pin.as_ref().map(|pin| &pin.releasable) {
            None => Ok(()),
            Some(None) => writeln!(f, "holder      doesn't keep it"),
            Some(Some(releasable)) => {
                writeln!(
                    f,
                    "holder      keeps it, and can release it {}",
                    when(releasable)
                )
            }
        }
    }
}
