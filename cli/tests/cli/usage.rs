//! The command line itself.

use assert_cmd::Command;

use crate::run::{assay, folder, printed, refused};

#[test]
fn a_wrong_command_line_is_one_line() {
    let folder = folder("usage");
    refused(&folder, "nonsense", 2, "unrecognized subcommand 'nonsense'");
    refused(&folder, "train data", 2, "--lambda <L>");
    refused(&folder, "verify proof.json --key k --wrong", 2, "'--wrong'");
}

#[test]
fn a_wrong_command_line_points_to_its_commands_help() {
    let folder = folder("usage-help");
    for (command_line, help) in [
        ("nonsense", "`assay --help`"),
        ("train data", "`assay train --help`"),
        ("circuit spec --rows many", "`assay circuit spec --help`"),
        ("circuit nonsense", "`assay circuit --help`"),
    ] {
        refused(&folder, command_line, 2, help);
    }
}

#[test]
fn a_proof_for_an_unnamed_chain_contract_or_payee_is_refused() {
    for empty in ["--chain-id", "--contract", "--payee"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
        command.args([
            "prove",
            "--dataset=d",
            "--model=m",
            "--circuit=c",
            "--job=1",
        ]);
        command.args(["--slot=0", "-o", "proof.json"]);
        for option in ["--chain-id", "--contract", "--payee"] {
            command.args([option, if option == empty { "" } else { "x" }]);
        }
        let found = printed(&mut command);
        assert_eq!(found.code, 2, "{}", found.stderr);
        assert!(found.stderr.contains(empty), "{}", found.stderr);
        assert_eq!(found.stderr.lines().count(), 1, "{}", found.stderr);
    }
}

#[test]
fn every_command_has_help_with_an_example() {
    let folder = folder("help");
    for command in [
        "",
        "dataset",
        "dataset commit",
        "train",
        "circuit",
        "circuit spec",
        "circuit estimate",
        "circuit setup",
        "circuit check",
        "prove",
        "verify",
        "demo",
        "deploy",
        "deploy check",
        "dataset register",
        "circuit register",
        "account new",
        "account show",
        "job",
        "job post",
        "job accept",
        "job watch",
        "model upload",
        "offer post",
        "request post",
        "fulfil",
        "credit withdraw",
        "balance deposit",
        "completions",
        "man",
    ] {
        let found = assay(&folder, &format!("{command} --help"));
        assert_eq!((found.code, &*found.stderr), (0, ""), "{command}");
        assert!(found.stdout.contains("Example:\n  assay "), "{command}");
    }
    assert!(assay(&folder, "--version").stdout.starts_with("assay "));
}

#[test]
fn without_a_home_the_demo_asks_for_a_folder() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
    command
        .args(["demo"])
        .env_remove("HOME")
        .env_remove("XDG_CACHE_HOME");
    let found = printed(&mut command);
    assert_eq!((found.code, &*found.stdout), (2, ""));
    assert!(found.stderr.contains("--keys DIR"));
}
