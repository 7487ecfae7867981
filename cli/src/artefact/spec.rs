//! A circuit's specification as a file.

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use serde::{Deserialize, Serialize};

use super::Artefact;
use crate::Error;

/// What a circuit is to compute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecFile {
    /// The specification.
    pub spec: CircuitSpec,
}

/// The training method of a circuit whose proofs show the parameters' root.
///
/// # Errors
/// [`Error::Mismatch`] for a circuit that proves another kind of statement.
pub fn public_training(spec: &CircuitSpec) -> Result<SquaredHinge, Error> {
    match spec {
        CircuitSpec::SquaredHinge(spec) => Ok(*spec),
        CircuitSpec::SquaredHingeHidden(_) | CircuitSpec::Prediction(_) => {
            Err(Error::Mismatch(format!(
                "the specification is of kind {:?}, this needs the training of a public model: \
                 pass what `assay circuit spec` or `assay train` wrote",
                spec.kind()
            )))
        }
    }
}

impl Artefact for SpecFile {
    const FORMAT: &'static str = "assay-circuit-spec";

    fn check(&self) -> Result<(), String> {
        self.spec.check().map_err(|error| error.to_string())
    }
}
