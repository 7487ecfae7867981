//! What a process has measured: a line of JSON.

use serde::{Deserialize, Serialize};

/// A measurement, and of what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The prover's name.
    pub prover: String,
    /// The kind of witness.
    pub witness: String,
    /// Binary logarithm of the domain's size.
    pub log2: u32,
    /// The measurement.
    #[serde(flatten)]
    pub cost: Cost,
}

/// What one process measures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "lowercase")]
pub enum Cost {
    /// Of a setup.
    Setup(SetupCost),
    /// Of a proof, which was verified.
    Prove(ProofCost),
}

/// What a setup costs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetupCost {
    /// How long it takes, without reading the instance and writing the key.
    pub setup_s: f64,
    /// Size of the key's file.
    pub key_bytes: u64,
}

/// What a proof costs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProofCost {
    /// How long it takes with the key loaded.
    pub prove_s: f64,
    /// Median time of a verification.
    pub verify_ms: f64,
    /// The most memory used while proving, what was loaded before included.
    pub peak_rss_bytes: u64,
    /// The most of it that no file backs.
    pub peak_anonymous_bytes: u64,
}
