//! Runs the contracts' Wasm artifacts in the real VM behind cw-multi-test's interface.
//!
//! [`VmContract`] implements [`cw_multi_test::Contract`], so a flow written against
//! cw-multi-test runs unchanged on native contracts or on the artifacts that would be
//! uploaded to a chain. [`GasLog`] collects what every call would have cost there.
//!
//! What is not the chain's: consensus, the ante handler, and the price of a transaction's
//! bytes and signatures. See [`Gas`] for what the figures hold.

mod artifact;
mod contract;
mod gas;
mod host;
mod relay;

pub use artifact::{Artifact, ArtifactError, MAX_ARTIFACT_BYTES, artifacts_dir};
pub use contract::VmContract;
pub use gas::{Call, EntryPoint, Gas, GasLog};
