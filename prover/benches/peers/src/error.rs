//! What can go wrong around a prover.

use std::path::{Path, PathBuf};

use crate::ProverError;

/// Why nothing was measured.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A file that is no instance of this version, or that was cut short.
    #[error("{path} is no instance file: make it with `assay-peers export`")]
    NotAnInstance {
        /// The file.
        path: PathBuf,
    },
    /// More wires, terms or coefficients than the instance file counts.
    #[error("the instance has more than 2^32 terms: choose a smaller one")]
    TooLarge,
    /// The kernel doesn't tell how much memory this process uses.
    #[error("no memory figures of this process, which only Linux gives: {0}")]
    Memory(std::io::Error),
    /// The prover refused: the key, the circuit, or its own proof.
    #[error("{prover}: {source}")]
    Prover {
        /// The prover's name.
        prover: &'static str,
        /// What it said.
        source: ProverError,
    },
    /// A record could not be written or read.
    #[error("no record of a measurement: {0}")]
    Record(#[from] serde_json::Error),
}

impl Error {
    /// What the operating system said of `path`.
    pub(crate) fn file(path: &Path) -> impl Fn(std::io::Error) -> Self + '_ {
        move |source| Self::File {
            path: path.into(),
            source,
        }
    }
}
