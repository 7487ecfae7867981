//! `assay model download`: parameters that were delivered.

use std::fmt;
use std::path::PathBuf;

use assay_protocol::id::BlobId;
use assay_protocol::messages::jobs::SlotState;
use serde::Serialize;

use crate::Error;
use crate::artefact::file::{Access, PendingFile};
use crate::chain::{ChainArgs, Session, upload};
use crate::commands::job::slot::{SlotArgs, load};
use crate::output::Report;
use crate::progress::Progress;

/// Download parameters, of a blob or of a job that was delivered.
///
/// The bytes are checked against what names them on chain; for a job, that is what the proof
/// was about.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay model download --job 7 -o parameters.bin")]
pub struct Args {
    /// The blob
    #[arg(long, value_name = "N", required_unless_present = "job")]
    pub blob: Option<u64>,
    /// A job that was delivered, instead
    #[arg(long, value_name = "JOB", conflicts_with = "blob")]
    pub job: Option<u64>,
    /// The job's slot
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub slot: u32,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// Parameters that are what they are named.
#[derive(Debug, Serialize)]
pub struct Downloaded {
    blob: BlobId,
    bytes: usize,
    output: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// [`Error::Refused`] for what isn't there, or isn't what it is named.
pub fn run(args: &Args, progress: Progress) -> Result<Downloaded, Error> {
    let session = Session::read(&args.chain)?;
    let file = PendingFile::create(&args.output, Access::Public)?;
    let blob = match (args.blob, args.job) {
        (Some(blob), _) => BlobId(blob),
        (None, job) => delivered(&session, job.unwrap_or_default(), args.slot)?,
    };
    let step = progress.step("downloading");
    let bytes = upload::download(&session, blob, &step)?;
    file.finish(&bytes)?;
    Ok(Downloaded {
        blob,
        bytes: bytes.len(),
        output: args.output.clone(),
    })
}

/// What was delivered.
fn delivered(session: &Session, job: u64, slot: u32) -> Result<BlobId, Error> {
    let (_, found) = load(session, SlotArgs { job, slot })?;
    match found.state {
        SlotState::Paid { blob, .. } => Ok(blob),
        _ => Err(Error::Refused(format!(
            "nothing is delivered for slot {slot} of job {job}"
        ))),
    }
}

impl Report for Downloaded {}

impl fmt::Display for Downloaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "blob        {}", self.blob)?;
        writeln!(f, "written to  {} ({} bytes)", self.output.display(), self.bytes)
    }
}
