//! A circuit's specification as a file.

use assay_protocol::circuit::CircuitSpec;
use serde::{Deserialize, Serialize};

use super::Artefact;

/// What a circuit is to compute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecFile {
    /// The specification.
    pub spec: CircuitSpec,
}

impl Artefact for SpecFile {
    const FORMAT: &'static str = "assay-circuit-spec";

    fn check(&self) -> Result<(), String> {
        self.spec.check().map_err(|error| error.to_string())
    }
}
