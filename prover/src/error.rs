//! What can go wrong between data and proof.

use assay_engine::EngineError;
use assay_protocol::circuit::SpecError;
use assay_protocol::parameters::ParametersError;
use assay_protocol::prediction::PredictionError;
use bellman::SynthesisError;

use crate::certificate::Refusal;
use crate::cost::MAX_CONSTRAINTS;
use crate::graph::PlanError;

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum ProverError {
    /// The specification is not usable.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A circuit that nobody would wait for.
    #[error(
        "the circuit would have about {constraints} constraints; this program makes at most {MAX_CONSTRAINTS}: use fewer rows, features or classes"
    )]
    TooLarge {
        /// A rough count.
        constraints: u64,
    },
    /// A graph that makes no sense.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Inputs or parameters of another shape than the specification's.
    #[error(transparent)]
    Prediction(#[from] PredictionError),
    /// The statement is false: there is nothing to prove.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The parameters can't be encoded.
    #[error(transparent)]
    Parameters(#[from] ParametersError),
    /// The circuit can't be synthesised.
    #[error("the circuit can't be synthesised: {0}")]
    Synthesis(#[from] SynthesisError),
    /// Setup or proving failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The proof made doesn't verify: the key belongs to another circuit.
    #[error(
        "the proof made with this key doesn't verify ({0}): the key was made for another circuit, or is damaged; run `assay circuit check`"
    )]
    KeyMismatch(assay_groth16::Error),
}
