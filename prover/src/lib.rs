//! Statements, their circuits and witnesses: training certificates.
//!
//! - [`certificate`]: the squared-hinge certificate as an exact native predicate and as a
//!   circuit.
//! - [`train`]: a solver whose result satisfies the certificate.
//! - [`model`]: scores and classes of a linear model.
//! - [`circuit`]: a specification's constraint system, its key, and whether a registration
//!   tells the truth.
//! - [`training`]: statement and proof of a delivery.
//!
//! What is proved, and what isn't, is in `prover/docs/soundness.md`.
#![forbid(unsafe_code)]

pub mod certificate;
pub mod circuit;
mod constraint_system;
mod error;
pub mod model;
pub mod train;
pub mod training;

pub use constraint_system::Shape;
pub use error::ProverError;
