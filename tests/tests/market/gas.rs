//! What every message of every contract costs, beside what the repository says.

use std::fs;
use std::sync::LazyLock;

use assay_cli::demo::{Contracts, GasTable, MessageGas};
use assay_tests::{Call, EntryPoint, GasLog};
use serde_json::Value;

use crate::table::{Written, repository, row};
use crate::walk::play;
use crate::{artifacts, assert_agree};

/// In the order of the table.
const CONTRACTS: [&str; 5] = [
    "dataset-registry",
    "circuit-registry",
    "model-store",
    "jobs",
    "predictions",
];

const WRITTEN: Written = Written {
    file: "tests/gas_all.json",
    marker: "gas-all",
    test: "market",
};

/// One walk on the artifacts: what every step came to, and every call.
static ON_ARTIFACTS: LazyLock<(Vec<String>, Vec<Call>)> = LazyLock::new(|| {
    let log = GasLog::default();
    let transcript = play(artifacts(&log));
    (transcript, log.calls())
});

/// The messages of a contract, in the order of its schema, which is generated.
fn messages(contract: &str) -> Vec<String> {
    let schema = repository("schema/json")
        .join(contract)
        .with_extension("json");
    let schema: Value = serde_json::from_slice(&fs::read(schema).unwrap()).unwrap();
    let variants = schema["execute"]["oneOf"].as_array().unwrap();
    let name = |variant: &Value| variant["required"][0].as_str().unwrap().to_owned();
    variants.iter().map(name).collect()
}

/// What a message costs the first time that it is accepted.
fn cost(contract: &str, message: &str) -> MessageGas {
    let is_accepted = |call: &&Call| call.entry_point == EntryPoint::Execute && call.accepted;
    let mut rows = ON_ARTIFACTS.1.iter().filter(is_accepted).map(row);
    let found = rows.find(|row| row.contract == contract && row.message == message);
    found.unwrap_or_else(|| panic!("no {contract} {message} in {:#?}", ON_ARTIFACTS.0))
}

#[test]
fn every_message_of_every_contract_costs_what_the_readme_says() {
    let of_contract = |contract: &&'static str| {
        let contract = *contract;
        let messages = messages(contract).into_iter();
        messages.map(move |message| cost(contract, &message))
    };
    let messages = CONTRACTS.iter().flat_map(of_contract).collect();
    WRITTEN.expect(&GasTable { messages });
}

#[test]
fn native_contracts_and_artifacts_agree_on_every_message() {
    assert_agree(&ON_ARTIFACTS.0, &play(Contracts::native()));
}
