//! The market on the Wasm artifacts, message by message: the real VM does what the native
//! contracts do, at the promised price.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
#[path = "../../../contracts/escrow/tests/escrow/bank.rs"]
mod bank;
mod fingerprints;
mod gas;
mod limits;
mod market;
mod messages;
mod predictions;
mod proofs;
#[path = "../gas/table.rs"]
mod table;
#[allow(dead_code)]
#[path = "../../../contracts/escrow/tests/escrow/trapdoor.rs"]
mod trapdoor;
mod walk;

use std::sync::Arc;

use assay_cli::demo::Contracts;
use assay_tests::{Artifact, GasLog, VmContract};
use cosmwasm_std::Empty;
use cw_multi_test::Contract;

/// The artifacts, whose calls are recorded in `log`.
fn artifacts(log: &GasLog) -> Contracts {
    let load = |name: &str| -> Box<dyn Contract<Empty>> {
        let artifact = Artifact::load(name).unwrap_or_else(|error| panic!("{error}"));
        Box::new(VmContract::new(Arc::new(artifact), log.clone()))
    };
    Contracts {
        circuit_registry: load("assay_circuit_registry"),
        dataset_registry: load("assay_dataset_registry"),
        model_store: load("assay_model_store"),
        jobs: load("assay_jobs"),
        predictions: load("assay_predictions"),
    }
}

/// That both transcripts are the same, step by step.
fn assert_agree(ours: &[String], native: &[String]) {
    for (step, (ours, native)) in ours.iter().zip(native).enumerate() {
        assert_eq!(ours, native, "step {step}");
    }
    assert_eq!(ours.len(), native.len());
}
