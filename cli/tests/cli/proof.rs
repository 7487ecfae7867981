//! `assay prove` and `assay verify`.

use std::fs::{self, File};

use assay_cli::artefact::model::Model;
use assay_cli::artefact::{read, write};

use crate::fixture::{ASSIGNMENT, csv, job};
use crate::run::{assay, edit, json, refused};

/// Breaks a JSON file.
type Change = fn(&mut serde_json::Value);

const VERIFY: &str = "verify proof.json --key circuit/verifying.key";

fn prove() -> String {
    format!("prove --dataset data --model model.json --circuit circuit {ASSIGNMENT} -o new.json")
}

#[test]
fn a_proof_is_verified_with_the_key_file_alone() {
    let folder = job("verify");
    fs::rename(folder.join("circuit/verifying.key"), folder.join("k")).unwrap();
    for gone in ["circuit", "data"] {
        fs::remove_dir_all(folder.join(gone)).unwrap();
    }
    let found = json(&folder, "verify proof.json --key k --model model.json");
    assert_eq!(found["valid"], true);
    assert_eq!(found["assignment"]["job"], 7);
    assert_eq!(found["model_matches"], true);
    assert!(found["warning"].as_str().unwrap().contains("forge"));
}

#[test]
fn what_was_proved_is_said_in_words() {
    let found = assay(&job("words"), VERIFY);
    for part in [
        "training, public model",
        "squared hinge",
        "at most 20 rows",
        "650/65025",
        "above the least objective",
        "job 7, slot 1 of escrow1 on assay-1, to pay worker1",
        "made by one party, who could forge",
    ] {
        assert!(
            found.stdout.contains(part),
            "{part:?} not in {}",
            found.stdout
        );
    }
    assert!(found.stderr.starts_with("warning: development keys"));
}

#[test]
fn a_proof_of_something_else_is_refused() {
    let changes: [(&str, Change); 7] = [
        ("payee", |file| file["assignment"]["payee"] = "thief".into()),
        ("slot", |file| file["assignment"]["slot"] = 0.into()),
        ("job", |file| file["assignment"]["job"] = 8.into()),
        ("chain", |file| {
            file["assignment"]["chain_id"] = "other".into()
        }),
        ("contract", |file| {
            file["assignment"]["contract"] = "other".into()
        }),
        ("dataset", |file| file["dataset"] = "1".repeat(64).into()),
        ("parameters", |file| {
            file["parameters"] = "1".repeat(64).into()
        }),
    ];
    for (name, change) in changes {
        let folder = job(&format!("verify-{name}"));
        edit(&folder.join("proof.json"), change);
        refused(&folder, VERIFY, 1, "the proof does not show this statement");
    }
}

#[test]
fn a_proof_for_another_circuit_is_refused() {
    let folder = job("verify-circuit");
    edit(&folder.join("proof.json"), |file| {
        file["circuit"] = "1".repeat(64).into()
    });
    refused(&folder, VERIFY, 1, "pass that circuit's key");
}

#[test]
fn a_damaged_proof_is_refused() {
    let folder = job("verify-damaged");
    let path = folder.join("proof.json");
    let whole = fs::read(&path).unwrap();
    for length in [0, 1, whole.len() / 2, whole.len() - 3] {
        fs::write(&path, &whole[..length]).unwrap();
        refused(&folder, VERIFY, 2, "proof.json is damaged");
    }
    fs::write(&path, &whole).unwrap();
    edit(&path, |file| file["proof"] = "00".repeat(192).into());
    refused(&folder, VERIFY, 2, "proof.json is damaged");
    edit(&path, |file| file["proof"] = "80".into());
    refused(
        &folder,
        VERIFY,
        2,
        "a proof is 192 bytes or, with challenges, 240, got 1",
    );
    File::create(&path)
        .unwrap()
        .set_len((16 << 20) + 1)
        .unwrap();
    refused(&folder, VERIFY, 2, "more than the 16777216 bytes");
}

#[test]
fn a_file_of_another_kind_or_version_is_refused() {
    let folder = job("verify-kind");
    refused(
        &folder,
        "verify model.json --key circuit/verifying.key",
        2,
        "assay-model, not assay-proof",
    );
    refused(
        &folder,
        "verify proof.json --key circuit/circuit.json",
        2,
        "assay-circuit, not assay-verifying-key",
    );
    edit(&folder.join("proof.json"), |file| {
        file["version"] = 2.into()
    });
    refused(&folder, VERIFY, 2, "is version 2 of assay-proof");
    edit(&folder.join("proof.json"), |file| {
        drop(file.as_object_mut().unwrap().remove("format"))
    });
    refused(&folder, VERIFY, 2, "not assay-proof");
}

#[test]
fn a_damaged_key_is_refused() {
    let folder = job("verify-key");
    let path = folder.join("circuit/verifying.key");
    edit(&path, |file| {
        file["verifying_key"] = "00".repeat(432).into()
    });
    refused(&folder, VERIFY, 2, "the verifying key has a point");
    edit(&path, |file| file["verifying_key"] = "zz".into());
    refused(&folder, VERIFY, 2, "verifying.key is damaged");
    fs::write(&path, "{").unwrap();
    refused(&folder, VERIFY, 2, "verifying.key is damaged");
}

#[test]
fn another_model_than_the_proved_one_is_refused() {
    let folder = job("verify-model");
    assert_eq!(
        assay(&folder, "train data --lambda 0.5 -o other.json").code,
        0
    );
    refused(
        &folder,
        &format!("{VERIFY} --model other.json"),
        1,
        "it is another model",
    );
}

#[test]
fn parameters_that_were_not_trained_are_not_proved() {
    let folder = job("prove-zero");
    let path = folder.join("model.json");
    let model: Model = read(&path).unwrap();
    let zero = Model::new(model.squared_hinge().unwrap(), model.dataset, vec![0; 3]).unwrap();
    fs::remove_file(&path).unwrap();
    write(&path, &zero).unwrap();
    refused(&folder, &prove(), 1, "not trained on this data");
}

#[test]
fn a_proving_key_of_another_setup_is_refused() {
    let folder = job("prove-other-key");
    json(&folder, "circuit setup spec.json -o other");
    fs::copy(
        folder.join("other/proving.key"),
        folder.join("circuit/proving.key"),
    )
    .unwrap();
    refused(&folder, &prove(), 1, "belongs to another verifying key");
}

#[test]
fn a_name_that_could_pass_for_something_else_is_refused() {
    let folder = job("prove-names");
    let payee = |payee: &str| prove().replace("--payee worker", &format!("--payee {payee}"));
    assert_ne!(payee("x"), prove());
    refused(
        &folder,
        &payee(&"x".repeat(129)),
        2,
        "at most 128 characters",
    );
    refused(&folder, &payee("a\u{1b}[2Jb"), 2, "without blanks");
}

#[test]
fn nothing_that_exists_is_overwritten() {
    let folder = job("prove-exists");
    let onto = |file: &str| prove().replace("-o new.json", &format!("-o {file}"));
    for file in ["model.json", "/dev/full"] {
        assert_ne!(onto(file), prove());
        refused(&folder, &onto(file), 2, "exists already");
    }
}

#[test]
fn a_damaged_model_is_refused() {
    let folder = job("prove-damaged");
    let path = folder.join("model.json");
    let whole = fs::read(&path).unwrap();
    let changes: [(Change, &str); 6] = [
        (
            |file| file["parameters"][0] = 1.into(),
            "its root or gap isn't",
        ),
        (
            |file| file["parameters"][0] = (1 << 24).into(),
            "doesn't fit 24 bits",
        ),
        (
            |file| file["parameters"] = serde_json::json!([1, 2]),
            "2 parameters",
        ),
        (|file| file["gap"] = "0".into(), "its root or gap isn't"),
        (
            |file| file["spec"]["fraction_bits"] = 200.into(),
            "fraction bits",
        ),
        (
            |file| file["spec"]["method"] = "squared_hinge_hidden".into(),
            "needs the training of a public model",
        ),
    ];
    for (change, reason) in changes {
        fs::write(&path, &whole).unwrap();
        edit(&path, change);
        refused(&folder, &prove(), 2, reason);
    }
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    refused(&folder, &prove(), 2, "model.json is damaged");
    fs::write(
        &path,
        String::from_utf8(whole).unwrap().replace("650", "NaN"),
    )
    .unwrap();
    refused(&folder, &prove(), 2, "model.json is damaged");
}

#[test]
fn a_circuit_for_hidden_models_proves_no_public_one() {
    let folder = job("other-kind");
    edit(&folder.join("spec.json"), |file| {
        file["spec"]["method"] = "squared_hinge_hidden".into()
    });
    fs::remove_dir_all(folder.join("circuit")).unwrap();
    let setup = assay(&folder, "circuit setup spec.json -o circuit");
    assert_eq!(setup.code, 0, "{}", setup.stderr);
    refused(&folder, &prove(), 2, "needs the training of a public model");
}

#[test]
fn more_rows_than_the_circuit_holds_are_refused() {
    let folder = job("prove-rows");
    fs::write(folder.join("iris.csv"), csv(21)).unwrap();
    json(&folder, "dataset commit iris.csv --label species -o more");
    json(&folder, "train more --lambda 0.01 -o more.json");
    let prove = prove()
        .replace("data ", "more ")
        .replace("model.json", "more.json");
    refused(&folder, &prove, 2, "21 rows, the circuit holds 20");
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let folder = job("prove-mixed");
    json(&folder, "dataset commit iris.csv --label species -o other");
    let other_data = prove().replace("data ", "other ");
    refused(
        &folder,
        &other_data,
        2,
        "pass the dataset it was trained on",
    );
    json(&folder, "train data --lambda 0.5 -o other.json");
    let other_method = prove().replace("model.json", "other.json");
    refused(
        &folder,
        &other_method,
        2,
        "the model's method isn't the circuit's: 2 features, 2 classes, lambda 32513/65025",
    );
}
