//! A circuit's specification as a file.

use std::path::Path;

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use assay_verifier::file::FileError;
use serde::{Deserialize, Serialize};

use super::Artefact;
use super::circuit::read_verifying_key;
use super::compiled::prediction;
use crate::Error;

/// What a circuit is to compute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecFile {
    /// The specification.
    pub spec: CircuitSpec,
}

/// The training method of a circuit whose proofs are about public parameters.
///
/// # Errors
/// [`Error::Mismatch`] for a circuit that proves another kind of statement.
pub fn public_training(spec: &CircuitSpec) -> Result<SquaredHinge, Error> {
    match spec {
        CircuitSpec::SquaredHinge(spec) | CircuitSpec::SquaredHingeFingerprint(spec) => Ok(*spec),
        CircuitSpec::SquaredHingeHidden(_) | CircuitSpec::Prediction(_) => {
            Err(Error::Mismatch(format!(
                "the specification is of kind {:?}, this needs the training of a public model: \
                 pass what `assay circuit spec` or `assay train` wrote",
                spec.kind()
            )))
        }
    }
}

/// The training method in a file: a specification, or the verifying key of its circuit.
///
/// # Errors
/// [`Error::Mismatch`] for a circuit that proves no training, another [`Error`] if the file
/// is no good.
pub fn read_method(path: &Path) -> Result<SquaredHinge, Error> {
    let spec = match super::read::<SpecFile>(path) {
        Err(Error::File {
            source: FileError::WrongFormat { .. },
            ..
        }) => read_verifying_key(path)?.spec().clone(),
        file => file?.spec,
    };
    training(&spec)
}

/// The method of a circuit that proves a training, of a public model or of a hidden one.
///
/// # Errors
/// [`Error::Mismatch`] for a prediction's.
pub fn training(spec: &CircuitSpec) -> Result<SquaredHinge, Error> {
    match spec {
        CircuitSpec::SquaredHinge(method)
        | CircuitSpec::SquaredHingeHidden(method)
        | CircuitSpec::SquaredHingeFingerprint(method) => Ok(*method),
        CircuitSpec::Prediction(_) => Err(Error::Mismatch(format!(
            "the specification is of kind {:?}, this needs a training: pass its specification \
             or its verifying.key",
            spec.kind()
        ))),
    }
}

/// Checks that predictions by `spec` use models as the training method in `path` means it.
///
/// # Errors
/// [`Error::OtherGraph`] if they don't, [`Error::Mismatch`] if one is no prediction or the
/// other no training.
pub fn expect_trained_by(spec: &CircuitSpec, path: &Path) -> Result<(), Error> {
    let prediction = prediction(spec.clone())?;
    Ok(assay_prover::prediction::expect_trained_by(
        &prediction,
        &read_method(path)?,
    )?)
}

impl Artefact for SpecFile {
    const FORMAT: &'static str = "assay-circuit-spec";

    fn check(&self) -> Result<(), String> {
        self.spec.check().map_err(|error| error.to_string())
    }
}
