//! `assay model upload`: parameters for everyone to read.

use std::fmt;
use std::path::{Path, PathBuf};

use assay_client::sender::Used;
use assay_protocol::id::BlobId;
use assay_protocol::parameters::{BlobHash, MAX_BLOB_BYTES, PublicParameters, to_bytes};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::artefact::model::Model;
use crate::artefact::{MAX_JSON_BYTES, file};
use crate::chain::upload::Upload;
use crate::chain::{Session, SignerArgs};
use crate::output::Report;
use crate::progress::Progress;
use crate::{Error, artefact};

/// Upload parameters for everyone to read, in chunks, several transactions at a time.
///
/// After an interruption the same command goes on where it was. Bytes that the store has
/// already are kept for you instead of being uploaded again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay model upload digits/parameters.bin --hash sha256")]
pub struct Args {
    /// A model, from `assay train`, or a file with parameters' bytes, from `assay compile`
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What names them, as the circuit needs it: sha256 where it binds them by their
    /// fingerprint, poseidon where by their root
    #[arg(long, value_name = "poseidon|sha256", value_parser = hash, default_value = "sha256")]
    pub hash: BlobHash,
    /// Who keeps them, instead of who signs
    #[arg(long, value_name = "ADDRESS")]
    pub holder: Option<String>,
    /// Transactions on their way at once
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub streams: usize,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

fn hash(text: &str) -> Result<BlobHash, String> {
    match text {
        "poseidon" => Ok(BlobHash::Poseidon),
        "sha256" => Ok(BlobHash::Sha256),
        _ => Err("say poseidon or sha256".into()),
    }
}

/// Parameters that are on chain.
#[derive(Debug, Serialize)]
pub struct Uploaded {
    blob: BlobId,
    bytes: usize,
    parameters: String,
    was_there: bool,
    gas_used: u64,
    #[serde(skip)]
    _used: Used,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Uploaded, Error> {
    let session = Session::sign(&args.signer)?;
    let bytes = parameters(&args.file)?;
    let sender = session.sender()?;
    let upload = Upload {
        session: &session,
        sender: &sender,
        bytes: &bytes,
        hash: args.hash,
        holder: match &args.holder {
            Some(holder) => holder.clone(),
            None => session.address()?.into(),
        },
        streams: args.streams,
    };
    let step = progress.step("uploading");
    let existing = upload.existing()?;
    let blob = match existing {
        Some(blob) => {
            if !upload.is_pinned(blob)? {
                session.send(&sender, &[upload.pin(blob)?])?;
            }
            blob
        }
        None => {
            let blob = upload.begin()?;
            upload.put_missing(blob, false, &step)?;
            session.send(&sender, &upload.close(blob)?)?;
            blob
        }
    };
    drop(step);
    Ok(Uploaded {
        blob,
        bytes: bytes.len(),
        parameters: PublicParameters::of(&bytes, args.hash).to_string(),
        was_there: existing.is_some(),
        gas_used: sender.gas_used(),
        _used: sender.into_used(),
    })
}

/// The bytes of a model's parameters, or of a file of them.
fn parameters(path: &Path) -> Result<Vec<u8>, Error> {
    let most = u64::from(MAX_BLOB_BYTES).max(MAX_JSON_BYTES);
    let bytes = file::read(path, "a model's parameters", most)?;
    // Any bytes may be parameters; those that are a JSON object are meant to be a model.
    if serde_json::from_slice::<Map<String, Value>>(&bytes).is_err() {
        return Ok(bytes);
    }
    let model: Model = artefact::parse(path, &bytes)?;
    Ok(to_bytes(&model.parameters)?)
}

impl Report for Uploaded {}

impl fmt::Display for Uploaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let note = if self.was_there {
            ", which were there"
        } else {
            ""
        };
        writeln!(f, "blob        {}", self.blob)?;
        writeln!(f, "bytes       {}{note}", self.bytes)?;
        writeln!(f, "parameters  {}", self.parameters)?;
        writeln!(f, "gas used    {}", self.gas_used)
    }
}
