//! What must not be told.

use std::fs;

use crate::fixture::{ASSIGNMENT, job};
use crate::run::{assay, edit, refused};

#[test]
fn the_salt_is_in_no_other_file_and_no_output() {
    let folder = job("salt");
    let file: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("data/salt")).unwrap()).unwrap();
    let salt = file["salt"].as_str().unwrap();
    assert_eq!(salt.len(), 62);
    for public in [
        "data/dataset.json",
        "model.json",
        "proof.json",
        "circuit/circuit.json",
    ] {
        assert!(
            !fs::read_to_string(folder.join(public))
                .unwrap()
                .contains(salt),
            "{public}"
        );
    }
    for command in [
        "train data --lambda 0.01 -o new.json".to_owned(),
        format!(
            "prove --dataset data --model model.json --circuit circuit {ASSIGNMENT} -o new.json"
        ),
    ] {
        let found = assay(&folder, &command);
        assert!(!found.stdout.contains(salt) && !found.stderr.contains(salt));
    }
}

#[cfg(unix)]
#[test]
fn rows_and_salt_can_be_read_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = job("mode");
    let commit = assay(&folder, "dataset commit iris.csv --label species -o new");
    assert_eq!(commit.code, 0);
    for secret in ["salt", "rows.bin"] {
        let mode = fs::metadata(folder.join("new").join(secret))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{secret}");
    }
}

#[test]
fn a_damaged_salt_is_refused_without_being_quoted() {
    let folder = job("salt-damaged");
    let path = folder.join("data/salt");
    for damaged in ["5ec2e7", "5ec2e7zz"] {
        edit(&path, |file| file["salt"] = damaged.into());
        let found = assay(&folder, "train data --lambda 0.01 -o new.json");
        assert!(!found.stderr.contains("5ec2e7"), "{}", found.stderr);
        refused(
            &folder,
            "train data --lambda 0.01 -o new.json",
            2,
            "data/salt is damaged",
        );
    }
    edit(&path, |file| file["salt"] = 1_234_567.into());
    let found = assay(&folder, "train data --lambda 0.01 -o new.json");
    assert!(!found.stderr.contains("1234567"), "{}", found.stderr);
}
