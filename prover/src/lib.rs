//! Statements, their circuits and witnesses: training certificates and predictions.
//!
//! - [`certificate`]: the squared-hinge certificate as an exact native predicate and as a
//!   circuit.
//! - [`train`]: a solver whose result satisfies the certificate.
//! - [`model`]: scores and classes of a linear model.
//! - [`circuit`]: a specification's constraint system, its key, and whether a registration
//!   tells the truth.
//! - [`training`]: statement and proof of a delivery.
//! - [`import`]: ONNX models to graphs of exact integers; [`graph`]: such graphs, read and
//!   evaluated; [`op`]: their operators.
//! - [`prediction`]: statement, circuit and proof of a prediction; [`cost`]: what a circuit
//!   costs at most.
//!
//! What is proved, and what isn't, is in `prover/docs/soundness.md`.
#![forbid(unsafe_code)]

pub mod certificate;
pub mod circuit;
mod constraint_system;
pub mod cost;
mod error;
pub mod graph;
pub mod import;
pub mod model;
pub mod op;
pub mod prediction;
mod stage;
pub mod tensor;
pub mod train;
pub mod training;

pub use constraint_system::Shape;
pub use error::ProverError;
pub use stage::{ByBits, Rest, Statement, StatementCircuit};
