//! What can go wrong with keys and proofs.

use std::path::PathBuf;

use bellman::SynthesisError;

/// Why there is no key or no proof.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The circuit could not be synthesised.
    #[error("the circuit can't be synthesised: {0}")]
    Synthesis(#[from] SynthesisError),
    /// The circuit has another number of public inputs than one.
    #[error("the circuit has {found} public inputs: it must have exactly one")]
    PublicInputs {
        /// Inputs found.
        found: usize,
    },
    /// The circuit has more constraints or wires than the field has roots of unity for.
    #[error("the circuit is too large for this field: it can have 2^31 constraints and wires")]
    TooLarge,
    /// A random number met one of a few it must not be; chances are below 2^-200.
    #[error("the randomness failed: try again, and check the machine's random numbers")]
    Unlucky,
    /// The caller gave up.
    #[error("cancelled")]
    Cancelled,
    /// A wire that occurs in no constraint, which a proof would say nothing about.
    #[error("private wire {wire} of the circuit occurs in no constraint")]
    UnconstrainedWire {
        /// Which one, counted from 0.
        wire: usize,
    },
    /// A circuit that draws challenges from a commitment to nothing.
    #[error("the circuit has no private wire that its challenges could be drawn from")]
    NothingCommitted,
    /// The result is not a well-formed key or proof.
    #[error(transparent)]
    Groth16(#[from] assay_groth16::Error),
    /// A key whose points aren't what a setup makes of the circuit.
    #[error("the key's {part} isn't what a setup makes of this circuit: don't use it")]
    WrongKey {
        /// The part that doesn't belong.
        part: &'static str,
    },
    /// The operating system gave no randomness.
    #[error("the operating system gave no randomness: {0}")]
    Randomness(#[from] getrandom::Error),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A folder, device or pipe, which can't be mapped or never ends.
    #[error("{path} is not a regular file: name a proving.key")]
    NotAFile {
        /// What isn't one.
        path: PathBuf,
    },
    /// A file that is no proving key of this version.
    #[error("{path} is not a proving key of version {version}: get the circuit's key from whoever made it", version = crate::key_file::VERSION)]
    NotAKey {
        /// The file.
        path: PathBuf,
    },
    /// A proving key of an earlier or later version.
    #[error("{path} is a proving key of version {found}, this program's have {version}: have the circuit's keys made again", version = crate::key_file::VERSION)]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u8,
    },
    /// A proving key whose bytes have changed.
    #[error("{path} is damaged in its {section}: get it again from whoever made it")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The part whose checksum or structure is wrong.
        section: &'static str,
    },
}
