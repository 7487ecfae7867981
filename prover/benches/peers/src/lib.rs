//! What every prover of the benchmark shares: the instance file, the measurements around a
//! setup and a proof, and the record of them.
//!
//! An [`Instance`] holds constraints and a witness, and belongs to no library. A
//! [`Prover`] is one library's way of proving it; [`Stage`] is the command line that runs
//! and measures one. `gnark/` does the same in Go.
#![forbid(unsafe_code)]

mod circuit;
mod error;
mod instance;
mod memory;
mod prover;
mod record;
mod stage;

pub use circuit::InstanceCircuit;
pub use error::Error;
pub use instance::{Instance, Matrix};
pub use prover::{Prover, ProverError};
pub use record::{Cost, ProofCost, Record, SetupCost};
pub use stage::Stage;
