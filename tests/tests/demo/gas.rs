//! What the demo's messages cost, beside what the program and the README say.

use std::collections::BTreeSet;

use assay_cli::demo::GasTable;
use assay_tests::{Call, EntryPoint};

use super::ON_ARTIFACTS;
use crate::table::{Written, row};

/// What `assay demo` shows.
const WRITTEN: Written = Written {
    file: "tests/gas.json",
    marker: "gas",
    test: "demo",
};

/// What each message costs the first time that it was accepted, in the order in which they
/// are sent.
fn measured() -> GasTable {
    let mut seen = BTreeSet::new();
    let is_accepted = |call: &&Call| call.entry_point == EntryPoint::Execute && call.accepted;
    let calls = ON_ARTIFACTS.1.iter().filter(is_accepted);
    let messages = calls
        .filter(|call| seen.insert((&call.contract, &call.message)))
        .map(row);
    GasTable {
        messages: messages.collect(),
    }
}

#[test]
fn messages_cost_what_the_program_and_the_readme_say() {
    WRITTEN.expect(&measured());
}

#[test]
fn the_demo_sends_what_a_job_and_a_prediction_take() {
    let sent = measured().messages;
    let sent: Vec<_> = sent
        .iter()
        .map(|row| (&*row.contract, &*row.message))
        .collect();
    assert_eq!(
        sent,
        [
            ("dataset-registry", "register"),
            ("circuit-registry", "register"),
            ("jobs", "post"),
            ("jobs", "accept"),
            ("jobs", "start"),
            ("model-store", "begin"),
            ("model-store", "put_chunk"),
            ("model-store", "finalise"),
            ("jobs", "deliver"),
            ("jobs", "expire"),
            ("model-store", "register_model"),
            ("predictions", "offer"),
            ("predictions", "request"),
            ("predictions", "fulfil"),
            ("predictions", "reclaim"),
        ]
    );
}

#[test]
fn verifying_a_proof_costs_at_most_50_000() {
    let is_verification =
        |call: &&Call| call.contract == "assay_circuit_registry" && call.message == "verify";
    let verified: Vec<_> = ON_ARTIFACTS.1.iter().filter(is_verification).collect();
    assert!(verified.iter().any(|call| call.accepted));
    for call in verified {
        assert!(call.gas.total() <= 50_000, "{:?}", call.gas);
    }
}
