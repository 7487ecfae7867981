//! `assay demo`'s flow on the Wasm artifacts: the same story, told by the real VM.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod gas;
#[path = "../gas/table.rs"]
mod table;

use std::path::Path;
use std::sync::{Arc, LazyLock};

use assay_cli::demo::{self, Contracts, Options, ROWS, Report, Silent};
use assay_tests::{Artifact, Call, GasLog, VmContract};
use cosmwasm_std::Empty;
use cw_multi_test::Contract;

/// One run on the artifacts, for all tests.
static ON_ARTIFACTS: LazyLock<(Report, Vec<Call>)> = LazyLock::new(|| {
    let log = GasLog::default();
    let report = run(artifacts(&log));
    (report, log.calls())
});

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

fn run(contracts: Contracts) -> Report {
    let keys = Path::new(env!("CARGO_TARGET_TMPDIR")).join("keys");
    let options = Options {
        keys,
        fresh: false,
        rows: ROWS,
    };
    demo::run(&options, contracts, &mut Silent).unwrap_or_else(|error| panic!("{error}"))
}

/// Every run has its own salts, and so its own digests.
fn without_digests(error: &str) -> String {
    let is_digest = |word: &str| word.len() == 64 && word.bytes().all(|c| c.is_ascii_hexdigit());
    let words = error.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| !is_digest(word.trim_end_matches([' ', ':', ','])))
        .collect()
}

#[test]
fn the_worker_is_paid_and_every_attempt_refused_with_the_error_of_the_native_contracts() {
    let (report, _) = &*ON_ARTIFACTS;
    // The second run finds the first one's keys.
    let native = run(Contracts::native());
    assert!(report.training.paid);
    assert!(report.refused.len() >= 9);
    assert_eq!(report.refused.len(), native.refused.len());
    for (ours, native) in report.refused.iter().zip(&native.refused) {
        assert_eq!(ours.attempt, native.attempt);
        assert_eq!(without_digests(&ours.error), without_digests(&native.error));
    }
    assert_eq!(report.training.balances.end, native.training.balances.end);
}
