//! `assay dataset commit`.

use std::fs::{self, File};
use std::path::Path;

use crate::fixture::csv;
use crate::run::{assay, folder, json, refused};

const COMMIT: &str = "dataset commit iris.csv --label species -o data";

fn with_csv(name: &str, text: &str) -> std::path::PathBuf {
    let folder = folder(name);
    fs::write(folder.join("iris.csv"), text).unwrap();
    folder
}

#[track_caller]
fn refused_csv(name: &str, text: &str, reason: &str) {
    refused(&with_csv(name, text), COMMIT, 2, reason);
}

fn schema(folder: &Path) -> serde_json::Value {
    let text = fs::read(folder.join("data/dataset.json")).unwrap();
    serde_json::from_slice::<serde_json::Value>(&text).unwrap()["schema"].clone()
}

#[test]
fn rows_are_counted_and_committed_to() {
    let folder = with_csv("commit", &csv(20));
    let found = json(&folder, COMMIT);
    assert_eq!(
        (&found["rows"], &found["features"], &found["classes"]),
        (&20.into(), &2.into(), &2.into())
    );
    assert_eq!(found["commitment"].as_str().unwrap().len(), 64);
    assert_eq!(schema(&folder)["columns"][0]["lower"], "1.3");
}

#[test]
fn the_same_rows_never_give_the_same_commitment() {
    let folder = with_csv("salted", &csv(20));
    let first = json(&folder, COMMIT);
    let second = json(&folder, "dataset commit iris.csv --label species -o again");
    assert_ne!(first["commitment"], second["commitment"]);
}

#[test]
fn columns_can_be_chosen() {
    let folder = with_csv("columns", &csv(20));
    let found = json(&folder, &format!("{COMMIT} --columns petal_width"));
    assert_eq!(found["features"], 1);
    assert_eq!(schema(&folder)["columns"][0]["name"], "petal_width");
    let none = "dataset commit iris.csv --label species --columns petal -o other";
    refused(&folder, none, 2, "no column \"petal\"");
}

#[test]
fn hidden_rows_need_a_schema_and_leave_no_file_hash() {
    let folder = with_csv("hidden", &csv(20));
    refused(&folder, &format!("{COMMIT} --hidden"), 2, "--schema");
    assert_eq!(assay(&folder, COMMIT).code, 0);
    json(
        &folder,
        "dataset commit iris.csv --label species --schema data/dataset.json --hidden -o hidden",
    );
    let registration =
        |name: &str| fs::read_to_string(folder.join(name).join("dataset.json")).unwrap();
    assert!(registration("data").contains("file_sha256"));
    assert!(!registration("hidden").contains("file_sha256"));
}

#[test]
fn a_label_that_is_no_class_of_the_schema_is_refused() {
    let folder = with_csv("no-class", &csv(20));
    assert_eq!(assay(&folder, COMMIT).code, 0);
    fs::write(
        folder.join("new.csv"),
        csv(20).replace("versicolor", "virginica"),
    )
    .unwrap();
    let commit = "dataset commit new.csv --label species --schema data/dataset.json -o new";
    refused(&folder, commit, 2, "line 3: \"virginica\" is not a class");
    refused(
        &folder,
        &commit.replace("species", "petal_width"),
        2,
        "the schema's label",
    );
}

#[test]
fn values_outside_the_schema_are_warned_of() {
    let folder = with_csv("clamped", &csv(20));
    let found = json(&folder, COMMIT);
    assert_eq!(found["warnings"], serde_json::json!([]));
    let wild = format!("{}99,0.2,setosa\n", csv(20));
    fs::write(folder.join("wild.csv"), wild).unwrap();
    let commit = "dataset commit wild.csv --label species --schema data/dataset.json -o";
    let warning = "line 22, column \"petal_length\": 99 is outside 1.3 to";
    let found = assay(&folder, &format!("{commit} wild"));
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(
        found.stderr.starts_with(&format!("warning: {warning}")),
        "{}",
        found.stderr
    );
    let found = json(&folder, &format!("{commit} again"));
    let told = found["warnings"][0].as_str().unwrap();
    assert!(told.starts_with(warning), "{told}");
}

#[test]
fn a_schema_that_is_none_is_refused() {
    let folder = with_csv("no-schema", &csv(20));
    let commit = format!("{COMMIT} --schema schema.json");
    for (text, reason) in [
        ("", "damaged"),
        (
            "{\"format\":\"assay-model\",\"version\":1}",
            "assay-model, not assay-schema",
        ),
        ("{\"format\":\"assay-schema\",\"version\":2}", "version 2"),
        (
            "{\"format\":\"assay-schema\",\"version\":1,\"columns\":[]}",
            "missing field",
        ),
        (
            r#"{"format":"assay-schema","version":1,"columns":[{"name":"petal_width","lower":"Infinity","upper":"2"}],"label":{"name":"species","classes":["a","b"]}}"#,
            "\"Infinity\" is not a finite decimal number",
        ),
    ] {
        fs::write(folder.join("schema.json"), text).unwrap();
        refused(&folder, &commit, 2, reason);
    }
}

#[test]
fn what_is_no_finite_number_is_refused() {
    for (name, text) in [
        ("nan", "NaN"),
        ("inf", "inf"),
        ("minus-inf", "-Infinity"),
        ("word", "long"),
    ] {
        let reason = format!("line 22: \"{text}\" is not a finite decimal number");
        refused_csv(name, &format!("{}{text},1,setosa\n", csv(20)), &reason);
    }
}

#[test]
fn rows_of_the_wrong_width_are_refused() {
    refused_csv(
        "narrow",
        &format!("{}1.5,setosa\n", csv(4)),
        "line 6: 2 values",
    );
    refused_csv(
        "wide",
        &format!("{}1.5,1,2,setosa\n", csv(4)),
        "line 6: 4 values",
    );
}

#[test]
fn a_truncated_or_corrupt_file_is_refused() {
    let whole = csv(20);
    refused_csv(
        "truncated",
        &whole[..whole.len() - 12],
        "but the header names 3 columns",
    );
    refused_csv("empty", "", "no rows");
    refused_csv("header", "petal_length,petal_width,species\n", "no rows");
    refused_csv("twice", "a,a,species\n1,2,x\n", "appears twice");
    let folder = folder("binary");
    fs::write(folder.join("iris.csv"), b"a,species\n1,\xff\xfe\n").unwrap();
    refused(&folder, COMMIT, 2, "not UTF-8");
    refused(
        &folder,
        &COMMIT.replace("iris", "nothing"),
        2,
        "cannot read nothing.csv",
    );
}

#[test]
fn quotes_that_are_not_around_a_whole_value_are_refused() {
    refused_csv(
        "quote-inside",
        &csv(20).replacen("setosa", "\"setosa\"x", 1),
        "line 2: a quotation mark",
    );
    refused_csv(
        "quote-open",
        &format!("{}1.5,1,\"setosa\n1.6,1,setosa\n", csv(4)),
        "line 6: a quoted value begins here",
    );
    let quoted = csv(20).replace("setosa", "\"setosa\"");
    assert_eq!(assay(&with_csv("quoted", &quoted), COMMIT).code, 0);
}

#[test]
fn an_oversize_file_is_refused() {
    let folder = folder("oversize");
    let file = File::create(folder.join("iris.csv")).unwrap();
    file.set_len((256 << 20) + 1).unwrap();
    refused(&folder, COMMIT, 2, "more than the 268435456 bytes");
}

#[test]
fn a_constant_column_and_an_unknown_label_are_refused() {
    let constant = csv(20)
        .replace("petal_length", "height")
        .lines()
        .enumerate()
        .map(|(i, line)| format!("{},{line}\n", if i == 0 { "same" } else { "1.0" }))
        .collect::<String>();
    refused_csv("constant", &constant, "\"same\" is the same in every row");
    let folder = with_csv("unknown-label", &csv(20));
    refused(
        &folder,
        &COMMIT.replace("species", "kind"),
        2,
        "no column \"kind\"",
    );
    refused_csv(
        "one-class",
        &csv(20).replace("versicolor", "setosa"),
        "1 classes",
    );
}

#[test]
fn a_folder_is_never_overwritten() {
    let folder = with_csv("exists", &csv(20));
    assert_eq!(assay(&folder, COMMIT).code, 0);
    let salt = fs::read(folder.join("data/salt")).unwrap();
    refused(&folder, COMMIT, 2, "exists already");
    assert_eq!(fs::read(folder.join("data/salt")).unwrap(), salt);
    refused(
        &folder,
        &COMMIT.replace("-o data", "-o no/such/folder"),
        2,
        "cannot write",
    );
}
