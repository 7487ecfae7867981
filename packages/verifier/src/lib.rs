//! Checks a proof under a verifying key, and says in words what exactly was proved.
//!
//! [`verify`] takes the texts of two files: a [`VerifyingKeyFile`] and a [`ProofFile`].
//! Neither is believed:
//! - the circuit's id is computed from the registration that the key file holds;
//! - the context is computed from the parts that the proof file names, the digests of
//!   inputs and outputs from their bytes, the statement's digest from its elements;
//! - the pairing equation is evaluated for that digest under that key.
//!
//! So nothing in [`Proved`] is a file's claim: it is bound by the digest that the proof
//! holds for, or computed from what is. Whatever is wrong has a [`Refusal`] with a stable
//! name. The command line and the browser print the same [`Fact`]s.
//!
//! # What it does not do
//! Tell whether the key belongs to the specification that it is registered with: that
//! takes the proving key and a compiler, which `assay circuit check` has. Know which
//! dataset, model, contract or payee you expect: compare what is shown with what you, or
//! the chain, hold.
#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

extern crate alloc;

mod assignment;
mod circuit;
mod claim;
mod fields;
pub mod file;
mod number;
mod proof;
mod proved;
mod refusal;
mod words;

pub use assignment::{Assignment, Subject};
pub use circuit::{
    CEREMONY_WARNING, Circuit, CircuitFile, DEVELOPMENT_WARNING, VerifyingKeyFile, key_warning,
};
pub use claim::{Answer, Claim, Parameters};
pub use number::decimal_gap;
pub use proof::ProofFile;
pub use proved::Proved;
pub use refusal::{Part, Refusal};
pub use words::{Fact, topic};

/// Checks the text of a proof file under the text of a verifying key file.
///
/// # Errors
/// [`Refusal`] for the first thing that is wrong.
pub fn verify(key: &str, proof: &str) -> Result<Proved, Refusal> {
    let key: VerifyingKeyFile =
        file::parse(key.as_bytes()).map_err(|error| Refusal::File(Part::Key, error))?;
    let proof: ProofFile =
        file::parse(proof.as_bytes()).map_err(|error| Refusal::File(Part::Proof, error))?;
    key.0.open()?.verify(&proof)
}
