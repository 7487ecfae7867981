//! What a prediction's owner is told of its input and of its answers.

use std::fs;
use std::path::Path;

use crate::run::{assay, folder, json, refused};

/// `assay compile` of the irises' network.
fn compile(arguments: &str) -> String {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
    let (model, rows) = (
        tests.join("models/iris_mlp.onnx"),
        tests.join("data/iris.csv"),
    );
    let (model, rows) = (model.display(), rows.display());
    format!("compile {model} --calibrate {rows} --ignore species {arguments}")
}

#[test]
fn answers_that_are_numbers_have_no_classes() {
    let folder = folder("answers-scores");
    let scores = "--parameters root --output scores";
    refused(
        &folder,
        &compile(&format!("{scores} --classes a,b,c -o iris")),
        2,
        "leave --classes out",
    );
    json(&folder, &compile(&format!("{scores} -o iris")));
    let schema = fs::read(folder.join("iris/schema.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&schema).unwrap();
    assert_eq!(schema["label"]["classes"], serde_json::json!([]));
    json(&folder, "setup iris");
    fs::write(folder.join("row.json"), r#"{"input_data": [[5, 3, 2, 1]]}"#).unwrap();
    json(&folder, "prove iris --input row.json -o proof.json");
    let verified = assay(&folder, "verify proof.json --key iris/verifying.key");
    assert_eq!(verified.code, 0, "{}", verified.stderr);
    assert!(verified.stdout.contains("score 2"), "{}", verified.stdout);
    for absent in ["label output", "positive"] {
        assert!(!verified.stdout.contains(absent), "{}", verified.stdout);
    }
}

#[test]
fn an_input_that_is_clamped_or_no_number_is_told() {
    let folder = folder("answers-clamped");
    json(&folder, &compile("--rows 2 -o iris"));
    json(&folder, "setup iris");
    let columns = "sepal_length,sepal_width,petal_length,petal_width";
    let rows = |name: &str, rows: &str| {
        fs::write(folder.join(name), format!("{columns}\n{rows}")).unwrap();
    };
    rows("wild.csv", "5,3,2,1\n99,3,2,1\n");
    let warning = "row 1, column \"sepal_length\": 99 is outside 4.296875 to 8.28125 and";
    let plain = assay(&folder, "prove iris --input wild.csv -o plain.json");
    assert_eq!(plain.code, 0, "{}", plain.stderr);
    assert!(
        plain.stderr.contains(&format!("warning: {warning}")),
        "{}",
        plain.stderr
    );
    let told = json(&folder, "prove iris --input wild.csv -o json.json");
    let told = told["warnings"].as_array().unwrap();
    assert_eq!(told.len(), 1);
    assert!(told[0].as_str().unwrap().starts_with(warning));

    rows("nan.csv", "5,3,2,1\n5,3,NaN,1\n");
    let refusal = "nan.csv: row 1, column \"petal_length\": \"NaN\"";
    refused(
        &folder,
        "prove iris --input nan.csv -o new.json",
        2,
        refusal,
    );
    rows("few.csv", "5,3,2,1\n");
    let refusal = "few.csv: it has 1 of the 2 rows that a proof of this model holds: add 1 more";
    refused(
        &folder,
        "prove iris --input few.csv -o new.json",
        2,
        refusal,
    );
}

#[test]
fn a_column_of_words_is_told_to_be_ignored() {
    let folder = folder("answers-words");
    let words = compile("-o iris").replace("--ignore species", "");
    let refusal = "iris.csv: row 0, column \"species\": \"setosa\" is no finite number";
    refused(&folder, &words, 2, refusal);
    refused(&folder, &words, 2, "--ignore species");
}
