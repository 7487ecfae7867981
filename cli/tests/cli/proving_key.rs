//! A proving key's path that leads to something else.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use crate::fixture::{ASSIGNMENT, job};
use crate::run::refused;

const CHECK: &str = "circuit check circuit --allow-development-keys";

/// Puts something else where the key was, which neither a check nor a proof takes.
#[track_caller]
fn refused_key(name: &str, put: impl FnOnce(&Path), reason: &str) {
    let folder = job(name);
    let key = folder.join("circuit/proving.key");
    fs::remove_file(&key).unwrap();
    put(&key);
    refused(&folder, CHECK, 2, reason);
    let prove = format!(
        "prove --dataset data --model model.json --circuit circuit {ASSIGNMENT} -o new.json"
    );
    refused(&folder, &prove, 2, reason);
}

#[test]
fn a_device_is_refused() {
    let zero = |key: &Path| symlink("/dev/zero", key).unwrap();
    refused_key("key-device", zero, "proving.key is not a regular file");
}

#[test]
fn a_pipe_is_refused_without_waiting_for_a_writer() {
    let pipe = |key: &Path| assert!(Command::new("mkfifo").arg(key).status().unwrap().success());
    refused_key("key-pipe", pipe, "proving.key is not a regular file");
}

#[test]
fn a_folder_is_refused() {
    let folder = |key: &Path| fs::create_dir(key).unwrap();
    refused_key("key-folder", folder, "proving.key is not a regular file");
}

#[test]
fn an_empty_file_is_refused() {
    let empty = |key: &Path| drop(File::create(key).unwrap());
    refused_key("key-empty", empty, "proving.key is not a proving key");
}

#[test]
fn a_file_of_holes_is_refused() {
    let holes = |bytes: u64| move |key: &Path| File::create(key).unwrap().set_len(bytes).unwrap();
    refused_key(
        "key-holes",
        holes(8 << 30),
        "proving.key is not a proving key",
    );
    refused_key(
        "key-more-holes",
        holes((8 << 30) + 1),
        "more than the 8589934592 bytes",
    );
}
