//! What can go wrong, in one line that says what to do.

use std::io;
use std::path::{Path, PathBuf};

use assay_engine::EngineError;
use assay_groth16 as groth16;
use assay_protocol::certificate::CertificateError;
use assay_protocol::circuit::SpecError;
use assay_protocol::dataset::DatasetError;
use assay_protocol::parameters::ParametersError;
use assay_protocol::prediction::PredictionError;
use assay_protocol::schema::SchemaError;
use assay_prover::ProverError;
use assay_prover::certificate::Refusal;
use assay_prover::circuit::CheckError;
use assay_prover::import::ImportError;
use assay_prover::prediction::OtherGraph;
use assay_prover::train::TrainError;
use assay_verifier::Refusal as Refused;
use assay_verifier::file::FileError;

use crate::table::TableError;

/// Why a command stops.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that can't be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file or folder that can't be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file or folder that would have to be overwritten.
    #[error("{} exists already: choose another name, or delete it first", path.display())]
    Exists {
        /// The file or folder.
        path: PathBuf,
    },
    /// A file over the limit of its kind.
    #[error("{} has more than the {max} bytes that {expected} may have", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What it should be.
        expected: &'static str,
        /// The most bytes.
        max: u64,
    },
    /// A file that isn't what its format promises.
    #[error("{} {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: FileError,
    },
    /// A CSV file with something wrong in it.
    #[error("{}: {source}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: TableError,
    },
    /// A schema that can't be used.
    #[error("schema: {0}")]
    Schema(#[from] SchemaError),
    /// Rows that are no dataset.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// A specification outside its conditions.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// A specification that isn't one.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// Parameters that aren't.
    #[error(transparent)]
    Parameters(#[from] ParametersError),
    /// An ONNX model that can't be compiled.
    #[error("{}: {source}", path.display())]
    Import {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<ImportError>,
    },
    /// Inputs, outputs or parameters of another shape.
    #[error(transparent)]
    Prediction(#[from] PredictionError),
    /// A lambda that isn't a number the certificate takes.
    #[error("lambda {0:?} is no decimal number from 0.00000769 to 1: try 0.001")]
    Lambda(String),
    /// Two things that don't belong together.
    #[error("{0}")]
    Mismatch(String),
    /// No place for the demo's keys.
    #[error("no cache folder: set HOME or XDG_CACHE_HOME, or pass --keys DIR")]
    NoCache,
    /// The operating system gave no randomness.
    #[error("the operating system gave no randomness: {0}")]
    Randomness(#[from] getrandom::Error),
    /// Training didn't work out.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// A circuit, key or proof couldn't be made.
    #[error(transparent)]
    Prover(#[from] ProverError),
    /// A key couldn't be read or written.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A proof or key that isn't one.
    #[error("{}: {source}", path.display())]
    Groth16 {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: groth16::Error,
    },
    /// Parameters that don't meet the certificate's condition.
    #[error(transparent)]
    Certified(#[from] Refusal),
    /// A circuit whose registration doesn't tell the truth.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// A proving key whose points aren't what they must be.
    #[error(transparent)]
    KeyPoints(EngineError),
    /// Predictions by another graph than a training means.
    #[error(transparent)]
    OtherGraph(#[from] OtherGraph),
    /// A proof that doesn't hold.
    #[error("the proof is refused: {0}")]
    Proof(groth16::Error),
    /// A check that failed.
    #[error("{0}")]
    Refused(String),
    /// Reading from a chain, or doing something on it.
    #[error(transparent)]
    Client(#[from] assay_client::Error),
    /// No configuration where it is looked for.
    #[error("there is no configuration {}: write one (`assay --help` shows how), or pass --config FILE", path.display())]
    NoConfig {
        /// Where one is looked for.
        path: PathBuf,
    },
    /// No place where a configuration could be.
    #[error("no folder for a configuration: set HOME or XDG_CONFIG_HOME, or pass --config FILE")]
    NoConfigFolder,
    /// A configuration that isn't one.
    #[error("{}: {reason}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A profile that doesn't say where the contracts are.
    #[error(
        "the profile names no deployment: run `assay deploy`, or ask who did for the file, and name it in the configuration"
    )]
    NoDeployment,
    /// No place for what must not be lost between two runs.
    #[error("no folder for what was sent: set HOME or XDG_STATE_HOME")]
    NoStateFolder,
    /// Nobody to sign.
    #[error("no key: pass --key FILE, name one in the profile, or set ASSAY_MNEMONIC")]
    NoKey,
    /// A mnemonic that others can read.
    #[error("others can read the mnemonic in {}: run chmod 600 on it", path.display())]
    KeyAccess {
        /// The file.
        path: PathBuf,
    },
    /// A key file that doesn't open.
    #[error("{} doesn't open: {reason}", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// No passphrase, and no terminal to ask for one.
    #[error("no passphrase: type one at a terminal, or set ASSAY_PASSPHRASE")]
    NoPassphrase,
    /// Nothing can listen there.
    #[error("cannot listen at {address}: {source}; choose another address with --listen")]
    Listen {
        /// Where.
        address: std::net::SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// Data that can't be had.
    #[error("nothing from {from}: {reason}")]
    Fetch {
        /// Where it should come from.
        from: String,
        /// Why.
        reason: String,
    },
    /// The system gives no runtime.
    #[error("the system gives no network: {0}")]
    Runtime(io::Error),
    /// The chain refused what it should have done.
    #[error("the chain refused to {what}: {reason}")]
    Chain {
        /// What was asked.
        what: &'static str,
        /// The chain's error.
        reason: String,
    },
    /// The demo: something that must fail went through.
    #[error("UNSOUND: {0:?} went through, but must be refused: don't use this build")]
    Accepted(&'static str),
    /// The demo: something failed, but for another reason than it should.
    #[error("{attempt:?} must be refused because of {expected:?}, but the error is {error:?}")]
    OtherReason {
        /// What was tried.
        attempt: &'static str,
        /// Part of the reason expected.
        expected: &'static str,
        /// The error found.
        error: String,
    },
}

impl Error {
    /// Maps an error of reading `path`.
    pub fn read(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Read {
            path: path.into(),
            source,
        }
    }

    /// Maps an error of writing `path`.
    pub fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Write {
            path: path.into(),
            source,
        }
    }

    /// Maps what is wrong with the CSV file `path`.
    pub fn table(path: &Path) -> impl FnOnce(TableError) -> Self {
        move |source| Self::Table {
            path: path.into(),
            source,
        }
    }

    /// `path` is damaged for this reason.
    pub fn damaged(path: &Path, reason: impl ToString) -> Self {
        Self::file(path)(FileError::damaged(reason))
    }

    /// Maps what is wrong with the content of `path`.
    pub fn file(path: &Path) -> impl FnOnce(FileError) -> Self {
        move |source| Self::File {
            path: path.into(),
            source,
        }
    }

    /// Maps why the proof or the registration in `path` is refused.
    pub fn refusal(path: &Path) -> impl FnOnce(Refused) -> Self {
        move |refused| match refused {
            Refused::File(_, source) => Self::file(path)(source),
            Refused::Spec(reason) => Self::damaged(path, reason),
            Refused::ProofBytes(error) => Self::damaged(path, error),
            Refused::KeyBytes(source) => Self::Groth16 {
                path: path.into(),
                source,
            },
            Refused::Proof(error) => Self::Proof(error),
            other => Self::Refused(format!("{}: {other}", path.display())),
        }
    }

    /// 1 where a proof or a check is refused, 2 for bad input.
    pub fn exit_code(&self) -> u8 {
        let refused = match self {
            Self::Certified(refusal)
            | Self::Train(TrainError::Refused(refusal))
            | Self::Prover(ProverError::Refused(refusal)) => is_judgement(refusal),
            Self::Prover(error) => matches!(error, ProverError::KeyMismatch(_)),
            Self::Check(_)
            | Self::KeyPoints(_)
            | Self::OtherGraph(_)
            | Self::Proof(_)
            | Self::Refused(_) => true,
            Self::Client(error) => error.is_refusal(),
            Self::Chain { .. } | Self::Accepted(_) | Self::OtherReason { .. } => true,
            _ => false,
        };
        if refused { 1 } else { 2 }
    }

    /// The message as one line.
    pub fn line(&self) -> String {
        one_line(&self.to_string())
    }
}

/// Whether parameters were judged, and not just of the wrong shape.
fn is_judgement(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::WeightOutOfRange { .. } | Refusal::NotOptimal { .. }
    )
}

/// A text without line breaks or control characters.
pub fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
