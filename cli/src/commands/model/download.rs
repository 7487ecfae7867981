//! `assay model download`: parameters that were delivered.

use std::fmt;
use std::path::PathBuf;

use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::BlobId;
use assay_protocol::messages::jobs::{SlotState, Terms};
use assay_protocol::parameters::from_bytes;
use serde::Serialize;

use crate::Error;
use crate::artefact::file::{Access, PendingFile};
use crate::artefact::model::Model;
use crate::artefact::spec::public_training;
use crate::artefact::to_text;
use crate::chain::{ChainArgs, Session, circuits, upload};
use crate::commands::job::slot::{SlotArgs, load};
use crate::output::Report;
use crate::progress::Progress;

/// Download the model that a job bought, or a blob's bytes.
///
/// A job's is a model file, as `assay train` writes it: `assay verify --model` and `assay compile`
/// take it. The bytes are checked against what names them on chain, which is what the proof was
/// about.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay model download --job 7 -o model.json")]
pub struct Args {
    /// The blob
    #[arg(long, value_name = "N", required_unless_present = "job")]
    pub blob: Option<u64>,
    /// The job, instead
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
    let bought = match args.job {
        Some(job) => Some(delivered(&session, job, args.slot)?),
        None => None,
    };
    let blob = match &bought {
        Some((blob, _)) => *blob,
        None => BlobId(args.blob.unwrap_or_default()),
    };
    let step = progress.step("downloading");
    let bytes = upload::download(&session, blob, &step)?;
    match &bought {
        Some((_, terms)) => file.finish(&to_text(&model(&session, terms, &bytes)?)?)?,
        None => file.finish(&bytes)?,
    }
    Ok(Downloaded {
        blob,
        bytes: bytes.len(),
        output: args.output.clone(),
    })
}

/// What was delivered, and for what.
fn delivered(session: &Session, job: u64, slot: u32) -> Result<(BlobId, Terms), Error> {
    let (job, found) = load(session, SlotArgs { job, slot })?;
    match found.state {
        SlotState::Paid { blob, .. } => Ok((blob, job.terms)),
        _ => Err(Error::Refused(format!(
            "nothing is delivered for slot {slot} of job {}",
            job.job
        ))),
    }
}

/// The model with these parameters, by the job's method.
fn model(session: &Session, terms: &Terms, bytes: &[u8]) -> Result<Model, Error> {
    let registered = circuits::read(session, terms.circuit)?;
    let spec = public_training(&CircuitSpec::from_canonical(&registered.spec)?)?;
    Model::new(spec, terms.commitment, from_bytes(bytes)?)
}

impl Report for Downloaded {}

impl fmt::Display for Downloaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "blob        {}", self.blob)?;
        writeln!(
            f,
            "written to  {} ({} bytes)",
            self.output.display(),
            self.bytes
        )
    }
}
