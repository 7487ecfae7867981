//! The file of profiles, before any node is asked.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::run::{folder, refused, refused_with};

/// Two chains, whose nodes are nowhere. Nobody listens at port 1.
pub const CONFIG: &str = r#"
profile = "here"

[profiles.here]
chain_id = "here-1"
endpoints = ["http://127.0.0.1:1"]
gas_price = "0.025stake"
deployment = "deployment.json"

[profiles.there]
chain_id = "there-1"
endpoints = ["http://127.0.0.1:1"]
gas_price = "0.1ustake"
"#;

/// A folder with this configuration.
fn configured(name: &str, config: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("config.toml"), config).unwrap();
    folder
}

/// A folder with the configuration, and a file that says where the contracts of a chain are.
fn deployed(name: &str, change: impl FnOnce(&mut Value)) -> PathBuf {
    let folder = configured(name, CONFIG);
    let contract =
        |code: u64| json!({ "address": "wasm1x", "code_id": code, "checksum": "00".repeat(32) });
    let mut deployment = json!({
        "format": "assay-deployment",
        "version": 1,
        "chain_id": "here-1",
        "circuit_registry": contract(1),
        "dataset_registry": contract(2),
        "model_store": contract(3),
        "jobs": contract(4),
        "predictions": contract(5),
    });
    change(&mut deployment);
    let bytes = serde_json::to_vec(&deployment).unwrap();
    fs::write(folder.join("deployment.json"), bytes).unwrap();
    folder
}

/// `job list`, which reads configuration and deployment, is refused.
#[track_caller]
fn refused_to_list(folder: &Path, arguments: &str, reason: &str) {
    let command = format!("job list --config config.toml {arguments}");
    refused(folder, &command, 2, reason);
}

#[test]
fn without_a_configuration_it_is_said_where_one_should_be() {
    let folder = folder("config-none");
    let home = folder.to_str().unwrap();
    let reason = "there is no configuration";
    for (variable, place) in [
        ("HOME", ".config/assay/config.toml"),
        ("XDG_CONFIG_HOME", "assay/config.toml"),
    ] {
        for command in ["job list", "account show", "offer list"] {
            let variables = [(variable, home)];
            refused_with(&folder, command, &variables, 2, reason);
            refused_with(&folder, command, &variables, 2, place);
        }
    }
    refused(&folder, "job list", 2, "no folder for a configuration");
    refused_to_list(&folder, "", "cannot read config.toml");
}

#[test]
fn a_profile_that_there_is_not_is_refused_with_those_that_there_are() {
    let folder = configured("config-unknown", CONFIG);
    let reason = r#"it has no profile "nowhere", but here, there"#;
    refused_to_list(&folder, "--profile nowhere", reason);
    let variables = [
        ("ASSAY_PROFILE", "nowhere"),
        ("ASSAY_CONFIG", "config.toml"),
    ];
    refused_with(&folder, "job list", &variables, 2, reason);
}

#[test]
fn a_configuration_without_a_default_asks_for_a_profile() {
    let unnamed = CONFIG.replace("profile = \"here\"", "");
    let folder = configured("config-default", &unnamed);
    refused_to_list(
        &folder,
        "",
        "choose one of its profiles with --profile: here, there",
    );
}

#[test]
fn a_damaged_configuration_is_refused_with_its_line() {
    for (whole, broken, reason) in [
        ("profile = \"here\"", "profile = ", "config.toml: line 2"),
        ("0.025stake", "cheap", "is no gas price"),
        ("chain_id = \"here-1\"", "chain = \"here-1\"", "chain_id"),
    ] {
        let folder = configured("config-damaged", &CONFIG.replace(whole, broken));
        refused_to_list(&folder, "", reason);
    }
}

#[test]
fn a_node_that_is_no_address_is_refused_before_it_is_asked() {
    let folder = deployed("config-node", |_| {});
    let reason = "is no http or https address of a node";
    for node in ["nonsense", "ftp://127.0.0.1", "127.0.0.1:26657"] {
        refused_to_list(&folder, &format!("--node {node}"), reason);
    }
}

#[test]
fn contracts_are_read_from_the_file_that_the_profile_names() {
    let folder = configured("config-deployment", CONFIG);
    refused_to_list(&folder, "", "cannot read");
    refused_to_list(&folder, "", "deployment.json");
    let reason = "the profile names no deployment";
    refused_to_list(&folder, "--profile there", reason);
}

#[test]
fn contracts_of_another_chain_are_refused() {
    let folder = deployed("config-chain", |file| file["chain_id"] = "there-1".into());
    refused_to_list(&folder, "", "is of chain there-1, the profile of here-1");
}

#[test]
fn a_damaged_deployment_is_refused() {
    let short = deployed("config-checksum", |file| {
        file["jobs"]["checksum"] = "00".into();
    });
    refused_to_list(&short, "", "the checksum of jobs isn't one of 32 bytes");
    let escrow = deployed("config-escrow", |file| {
        file["escrow"] = file["jobs"].clone();
    });
    refused_to_list(&escrow, "", "escrow");
}

/// It takes the minute that nodes are waited for.
#[test]
fn a_node_that_does_not_answer_is_one_line() {
    let folder = deployed("config-unreachable", |_| {});
    let reason = "no node answers: http://127.0.0.1:1";
    let node = "--node http://127.0.0.1:1 --patience 1s";
    refused_to_list(&folder, node, reason);
}
