//! The harness that attacks circuits.

mod binary;
pub mod canonical;
mod counter;
mod flip;
mod instance;
mod rank;
mod recorder;
mod report;
mod run;
mod solver;
mod tamper;

pub use canonical::Stream;
pub use counter::Counter;
pub use recorder::{Constraint, Recorder};
pub use report::{Check, Failure, Report};
pub use run::{Harness, Ports};
