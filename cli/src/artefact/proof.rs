//! A proof as a file: see [`assay_verifier`], which reads it in the browser too.

use assay_groth16::Proof;
use assay_verifier::file::Format;

pub use assay_verifier::{Assignment, Claim, ProofFile, Subject};

use super::Artefact;

impl Artefact for ProofFile {
    const FORMAT: &'static str = <Self as Format>::FORMAT;

    fn check(&self) -> Result<(), String> {
        Format::check(self)?;
        Proof::from_bytes(&self.proof)
            .map(|_| ())
            .map_err(|error| error.to_string())
    }
}
