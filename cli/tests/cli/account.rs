//! Keys: encrypted in files, and never shown.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::CONFIG;
use crate::run::{Printed, Variables, assay_with, folder, refused_with};

/// A mnemonic that everybody knows (BIP-39's test vectors), and the end of its address
/// without the sum over the prefix.
const WORDS: &str =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
const ADDRESS: &str = "wasm19rl4cm2hmr8afy4kldpxz3fka4jguq0a";

const OPEN: Variables<'_> = &[("ASSAY_PASSPHRASE", "correct horse")];

/// A folder with [`WORDS`] in `words`, which only its owner can read, and a configuration.
fn with_words(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("config.toml"), CONFIG).unwrap();
    keep(&folder, WORDS);
    folder
}

fn keep(folder: &Path, words: &str) {
    fs::write(folder.join("words"), words).unwrap();
    restrict(&folder.join("words"), 0o600);
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn restrict(_: &Path, _: u32) {}

/// The command is refused for this reason, without any secret in what is printed.
#[track_caller]
fn refused_silently(folder: &Path, command: &str, variables: Variables<'_>, reason: &str) {
    for printed in refused_with(folder, command, variables, 2, reason) {
        assert_silent(&printed);
    }
}

/// Nothing of the mnemonic or the passphrase is in what was printed.
#[track_caller]
fn assert_silent(printed: &Printed) {
    for text in [&printed.stdout, &printed.stderr] {
        for secret in ["abandon", "about", "horse"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

/// The address that a command showed.
fn address(printed: &Printed) -> String {
    assert_eq!((printed.code, &*printed.stderr), (0, ""));
    let line = printed.stdout.lines().next().unwrap();
    line.split_whitespace().nth(1).unwrap().to_owned()
}

#[test]
fn a_new_key_is_encrypted_and_shown_by_its_address_only() {
    let folder = folder("account-new");
    let made = assay_with(&folder, "account new -o worker.key", OPEN);
    assert!(address(&made).starts_with("wasm1"), "{}", made.stdout);
    // The address, and where the key is.
    assert_eq!(made.stdout.split_whitespace().count(), 5, "{}", made.stdout);
    assert_silent(&made);
    let key = fs::read(folder.join("worker.key")).unwrap();
    assert!(key.starts_with(b"age-encryption.org/v1\n"));
    let again = assay_with(&folder, "account new -o other.key", OPEN);
    assert_ne!(address(&made), address(&again));
}

#[cfg(unix)]
#[test]
fn a_key_file_can_be_read_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("account-mode");
    let made = assay_with(&folder, "account new -o worker.key", OPEN);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let metadata = fs::metadata(folder.join("worker.key")).unwrap();
    assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_mnemonic_is_encrypted_without_being_shown_and_opens_again() {
    let folder = with_words("account-words");
    let made = assay_with(&folder, "account new --mnemonic words -o a.key", OPEN);
    assert!(address(&made).starts_with(ADDRESS), "{}", made.stdout);
    assert_silent(&made);
    let key = fs::read(folder.join("a.key")).unwrap();
    assert!(!String::from_utf8_lossy(&key).contains("abandon"));
    let again = assay_with(&folder, "account new --mnemonic a.key -o b.key", OPEN);
    assert_eq!(address(&again), address(&made));
    assert_silent(&again);
    let json = assay_with(
        &folder,
        "account new --mnemonic a.key -o c.key --json",
        OPEN,
    );
    assert!(json.stdout.contains(&address(&made)), "{}", json.stdout);
    assert_silent(&json);
}

#[test]
fn a_key_is_opened_by_its_passphrase_only() {
    let folder = with_words("account-passphrase");
    let made = assay_with(&folder, "account new --mnemonic words -o a.key", OPEN);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let open = "account new --mnemonic a.key -o b.key";
    let wrong = [("ASSAY_PASSPHRASE", "wrong horse")];
    refused_silently(&folder, open, &wrong, "a.key doesn't open");
    let show = "account show --config config.toml --key a.key";
    refused_silently(&folder, show, &wrong, "a.key doesn't open");
}

#[test]
fn an_empty_passphrase_encrypts_nothing() {
    let folder = folder("account-empty");
    let empty = [("ASSAY_PASSPHRASE", "")];
    let make = "account new -o worker.key";
    refused_with(&folder, make, &empty, 2, "no passphrase");
}

#[test]
fn a_key_file_is_not_overwritten() {
    let folder = folder("account-exists");
    fs::write(folder.join("worker.key"), "precious").unwrap();
    let make = "account new -o worker.key";
    refused_with(&folder, make, OPEN, 2, "worker.key exists already");
    assert_eq!(fs::read(folder.join("worker.key")).unwrap(), b"precious");
}

#[cfg(unix)]
#[test]
fn a_mnemonic_that_others_can_read_is_refused() {
    let folder = with_words("account-open");
    for mode in [0o640, 0o604, 0o660] {
        restrict(&folder.join("words"), mode);
        for command in [
            "account show --config config.toml --key words",
            "account new --mnemonic words -o a.key",
        ] {
            refused_silently(&folder, command, OPEN, "run chmod 600 on it");
        }
    }
}

#[test]
fn what_is_no_mnemonic_is_never_quoted() {
    let folder = with_words("account-broken");
    keep(&folder, &WORDS.replace("about", "abandon"));
    let reason = "the mnemonic isn't one";
    for command in [
        "account show --config config.toml --key words",
        "account new --mnemonic words -o a.key",
    ] {
        refused_silently(&folder, command, OPEN, reason);
    }
    let show = "account show --config config.toml";
    let variables = [("ASSAY_MNEMONIC", "abandon about")];
    refused_silently(&folder, show, &variables, reason);
}

#[test]
fn who_signs_nothing_without_a_key_is_told_where_to_put_one() {
    let folder = with_words("account-none");
    let show = "account show --config config.toml";
    refused_with(&folder, show, &[], 2, "set ASSAY_MNEMONIC");
    let missing = format!("{show} --key missing.key");
    refused_with(&folder, &missing, &[], 2, "cannot read missing.key");
}
