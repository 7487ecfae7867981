//! Running the command, and what every refusal has in common.

use std::path::{Path, PathBuf};
use std::{env, fs};

use assert_cmd::Command;
use serde_json::Value;

/// What a command printed.
pub struct Printed {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// A folder of its own for each test, empty.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli")
        .join(name);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Variables of the environment.
pub type Variables<'a> = &'a [(&'a str, &'a str)];

/// What a command would find out about whoever runs the tests.
const OF_THE_USER: [&str; 9] = [
    "ASSAY_CONFIG",
    "ASSAY_KEY",
    "ASSAY_MNEMONIC",
    "ASSAY_PASSPHRASE",
    "ASSAY_PROFILE",
    "HOME",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
];

/// Runs `assay` in `folder`.
pub fn assay(folder: &Path, arguments: &str) -> Printed {
    assay_with(folder, arguments, &[])
}

/// Runs `assay` in `folder`, as somebody who has these variables and nothing else.
pub fn assay_with(folder: &Path, arguments: &str, variables: Variables<'_>) -> Printed {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
    for name in OF_THE_USER {
        command.env_remove(name);
    }
    command
        .current_dir(folder)
        .args(arguments.split_whitespace())
        .envs(variables.iter().copied());
    printed(&mut command)
}

/// Runs a prepared command.
pub fn printed(command: &mut Command) -> Printed {
    let output = command.output().unwrap();
    Printed {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs `assay` with `--json` and returns its object.
pub fn json(folder: &Path, arguments: &str) -> Value {
    let found = assay(folder, &format!("--json {arguments}"));
    assert_eq!((found.code, &*found.stderr), (0, ""), "{}", found.stdout);
    assert_eq!(found.stdout.lines().count(), 1);
    serde_json::from_str(&found.stdout).unwrap()
}

/// Everything in a folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    entries
}

/// Runs `assay`, which must exit with `code`, print one line that contains `reason`, with
/// and without `--json`, and leave the folder as it was.
#[track_caller]
pub fn refused(folder: &Path, arguments: &str, code: i32, reason: &str) {
    refused_with(folder, arguments, &[], code, reason);
}

/// The same with these variables. Returns what was printed, without and with `--json`.
#[track_caller]
pub fn refused_with(
    folder: &Path,
    arguments: &str,
    variables: Variables<'_>,
    code: i32,
    reason: &str,
) -> [Printed; 2] {
    let before = entries(folder);
    let plain = assay_with(folder, arguments, variables);
    assert_eq!(plain.code, code, "{arguments}: {}", plain.stderr);
    assert_eq!(plain.stdout, "");
    assert_eq!(plain.stderr.lines().count(), 1, "{}", plain.stderr);
    assert!(plain.stderr.starts_with("error: "), "{}", plain.stderr);
    assert!(
        plain.stderr.contains(reason),
        "{reason:?} not in {}",
        plain.stderr
    );

    let json = assay_with(folder, &format!("{arguments} --json"), variables);
    assert_eq!((json.code, &*json.stderr), (code, ""));
    let object: Value = serde_json::from_str(&json.stdout).unwrap();
    assert!(object["error"].as_str().unwrap().contains(reason));
    assert_eq!(entries(folder), before, "{arguments} left something behind");
    [plain, json]
}

/// Changes a JSON file.
pub fn edit(path: &Path, change: impl FnOnce(&mut Value)) {
    let mut value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    change(&mut value);
    fs::write(path, serde_json::to_vec(&value).unwrap()).unwrap();
}

/// Copies a folder of files.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in entries(from) {
        fs::copy(&entry, to.join(entry.file_name().unwrap())).unwrap();
    }
}
