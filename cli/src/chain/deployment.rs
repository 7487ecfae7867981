//! Where the contracts are: a file that `assay deploy` writes and everybody can have.

use cosmwasm_std::HexBinary;
use serde::{Deserialize, Serialize};

use crate::artefact::Artefact;

/// The contracts of one chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    /// The chain's id.
    pub chain_id: String,
    /// circuit-registry.
    pub circuit_registry: Deployed,
    /// dataset-registry.
    pub dataset_registry: Deployed,
    /// model-store.
    pub model_store: Deployed,
    /// jobs.
    pub jobs: Deployed,
    /// predictions.
    pub predictions: Deployed,
}

/// One contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployed {
    /// Its address.
    pub address: String,
    /// Its code on that chain.
    pub code_id: u64,
    /// SHA-256 of its Wasm.
    pub checksum: HexBinary,
}

/// The contracts' names, which are those of their artifacts, in the order in which they need
/// each other.
pub const CONTRACTS: [&str; 5] = [
    "circuit-registry",
    "dataset-registry",
    "model-store",
    "jobs",
    "predictions",
];

impl Deployment {
    /// The contracts with their names, in the order of [`CONTRACTS`].
    pub fn contracts(&self) -> [(&'static str, &Deployed); 5] {
        let [a, b, c, d, e] = CONTRACTS;
        [
            (a, &self.circuit_registry),
            (b, &self.dataset_registry),
            (c, &self.model_store),
            (d, &self.jobs),
            (e, &self.predictions),
        ]
    }
}

impl Artefact for Deployment {
    const FORMAT: &'static str = "assay-deployment";

    fn check(&self) -> Result<(), String> {
        match self
            .contracts()
            .iter()
            .find(|(_, c)| c.checksum.len() != 32)
        {
            Some((name, _)) => Err(format!("the checksum of {name} isn't one of 32 bytes")),
            None => Ok(()),
        }
    }
}
