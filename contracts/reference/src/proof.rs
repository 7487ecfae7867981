//! Proofs: what each claims.

use crate::money::Who;

/// What a circuit proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circuit {
    /// Training; parameters by their root.
    Training,
    /// Training; parameters by their fingerprint.
    TrainingByFingerprint,
    /// Predictions; parameters by their root.
    Prediction,
    /// Predictions; parameters by their fingerprint.
    PredictionByFingerprint,
    /// Predictions of a hidden model.
    HiddenPrediction,
}

/// A circuit, by its place among those that are registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CircuitId(pub u8);

/// How a blob is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hash {
    /// By its root.
    Poseidon,
    /// By its digest.
    Sha256,
}

/// What a blob holds, as its name stands for it: its hash, its length and its chunks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parameters {
    /// How it is named.
    pub hash: Hash,
    /// Its length.
    pub length: u32,
    /// Each chunk's bytes, all alike.
    pub chunks: Vec<u8>,
}

/// A model as a proof names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Model {
    /// With these parameters.
    Public(Parameters),
    /// Behind this commitment.
    Hidden(u64),
}

/// What a proof claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// That parameters were trained.
    Training {
        /// For this slot of this job.
        slot: (u64, u32),
        /// By whom.
        worker: Who,
        /// On the data behind this commitment.
        commitment: u64,
        /// Which.
        parameters: Parameters,
    },
    /// That a model answers an input so.
    Prediction {
        /// For this request.
        request: u64,
        /// By whom.
        provider: Who,
        /// Which model.
        model: Model,
        /// What the input stands for.
        schema: String,
        /// The input.
        input: Vec<u8>,
        /// The answer.
        output: Vec<u8>,
    },
}

/// A proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A valid one, by a circuit, of a claim.
    Of(CircuitId, Claim),
    /// Bytes that are none, so many.
    Garbage(u16),
}

impl Circuit {
    /// How it names public parameters.
    pub fn hash(self) -> Option<Hash> {
        match self {
            Self::Training | Self::Prediction => Some(Hash::Poseidon),
            Self::TrainingByFingerprint | Self::PredictionByFingerprint => Some(Hash::Sha256),
            Self::HiddenPrediction => None,
        }
    }
}
