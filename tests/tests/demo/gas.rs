//! What the demo's messages cost, beside what the repository says that they cost.
//!
//! `UPDATE_GAS=1` writes what is measured to `tests/gas.json`, which the program shows, and
//! to the README's table.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use assay_cli::artefact;
use assay_cli::demo::{GasTable, MessageGas};
use assay_tests::{Call, EntryPoint};

use super::ON_ARTIFACTS;

const UPDATE: &str = "UPDATE_GAS=1 cargo test --release -p assay-tests --test demo";
const BEGIN: &str = "<!-- gas:begin -->\n";
const END: &str = "<!-- gas:end -->";

fn repository(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)
}

/// What each message costs above a transaction that does nothing: the first time that it
/// was accepted, in the order of the job.
fn measured() -> GasTable {
    let mut seen = BTreeSet::new();
    let is_accepted = |call: &&Call| call.entry_point == EntryPoint::Execute && call.accepted;
    let calls = ON_ARTIFACTS.1.iter().filter(is_accepted);
    let messages = calls
        .filter(|call| seen.insert((&call.contract, &call.message)))
        .map(|call| MessageGas {
            contract: call.contract.trim_start_matches("assay_").replace('_', "-"),
            message: call.message.clone(),
            gas: call.gas.total() + call.tx_bytes_gas(),
        });
    GasTable {
        messages: messages.collect(),
    }
}

/// The README, and the place of its table.
fn readme() -> (String, std::ops::Range<usize>) {
    let text = fs::read_to_string(repository("README.md")).unwrap();
    let start = text
        .find(BEGIN)
        .expect("the README has a place for the table")
        + BEGIN.len();
    let end = start + text[start..].find(END).unwrap();
    (text, start..end)
}

fn markdown(table: &GasTable) -> String {
    let rows = table
        .messages
        .iter()
        .map(|row| format!("| {} | `{}` | {} |\n", row.contract, row.message, row.gas));
    format!(
        "| contract | message | SDK gas |\n|---|---|---|\n{}",
        rows.collect::<String>()
    )
}

fn update() {
    let measured = measured();
    fs::remove_file(repository("tests/gas.json")).ok();
    artefact::write(&repository("tests/gas.json"), &measured).unwrap();
    let (mut text, place) = readme();
    text.replace_range(place, &markdown(&measured));
    fs::write(repository("README.md"), text).unwrap();
}

fn assert_within_a_percent(was: &MessageGas, is: &MessageGas) {
    let MessageGas {
        contract,
        message,
        gas,
    } = is;
    assert_eq!((&was.contract, &was.message), (contract, message));
    let drift = was.gas.abs_diff(*gas);
    // Proofs are random, and so are the points that a proof's verification computes with.
    assert!(
        100 * drift <= was.gas,
        "{contract} {message} costs {gas}, not {}: run {UPDATE}",
        was.gas
    );
}

#[test]
fn messages_cost_what_the_program_and_the_readme_say() {
    if env::var_os("UPDATE_GAS").is_some() {
        update();
    }
    let (measured, committed) = (
        measured(),
        artefact::read::<GasTable>(&repository("tests/gas.json")).unwrap(),
    );
    assert_eq!(
        committed.messages.len(),
        measured.messages.len(),
        "run {UPDATE}"
    );
    for (was, is) in committed.messages.iter().zip(&measured.messages) {
        assert_within_a_percent(was, is);
    }
    let (text, place) = readme();
    assert_eq!(text[place], markdown(&committed), "run {UPDATE}");
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
