//! Compiling a model, its keys, and proofs of its predictions.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::run::{assay, folder, json, refused};

pub fn tests(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests")
        .join(file);
    path.to_str().unwrap().to_owned()
}

pub fn compile(arguments: &str) -> String {
    let (model, rows) = (tests("models/iris_mlp.onnx"), tests("data/iris.csv"));
    format!("compile {model} --calibrate {rows} --ignore species {arguments}")
}

/// A folder with a hidden model and its keys, in `iris`.
static READY: LazyLock<(PathBuf, Value)> = LazyLock::new(|| {
    let folder = folder("prediction_ready");
    let compiled = json(
        &folder,
        &compile(
            "--parameters hidden --output label --classes setosa,versicolor,virginica -o iris",
        ),
    );
    json(&folder, "setup iris");
    (folder, compiled)
});

/// A copy of the model's folder, for one test to use.
fn ready(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::create_dir(folder.join("iris")).unwrap();
    for entry in fs::read_dir(READY.0.join("iris")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.join("iris").join(path.file_name().unwrap())).unwrap();
    }
    folder
}

/// Rows of the test split, and onnxruntime's labels of them.
fn reference() -> Vec<(usize, i64)> {
    let file = fs::read(tests("models/iris_mlp.json")).unwrap();
    let reference: Value = serde_json::from_slice(&file).unwrap();
    let labels = reference["labels"].as_array().unwrap();
    labels
        .iter()
        .enumerate()
        .map(|(i, label)| (5 * i, label.as_i64().unwrap()))
        .collect()
}

#[test]
fn a_compiled_model_tells_its_constraints_by_node() {
    let compiled = &READY.1;
    let nodes = compiled["nodes"].as_array().unwrap();
    let of_nodes: u64 = nodes
        .iter()
        .map(|node| node["constraints"].as_u64().unwrap())
        .sum();
    let count = |name: &str| compiled[name].as_u64().unwrap();
    let others = [
        "parameter_constraints",
        "input_constraints",
        "statement_constraints",
        "product_constraints",
        "table_constraints",
    ];
    assert_eq!(
        of_nodes + others.map(count).iter().sum::<u64>(),
        count("constraints")
    );
    assert!(
        nodes.iter().any(|node| node["operator"] == "dense"
            && node["node"].as_str().unwrap().starts_with("dense_0"))
    );
    assert!(compiled["model_commitment"].is_string());
    assert!(compiled.get("parameters_root").is_none());
}

#[test]
fn a_prediction_is_proved_and_verified() {
    let folder = &ready("prediction_proved");
    let rows = tests("data/iris.csv");
    let classes = ["setosa", "versicolor", "virginica"];
    for &(row, label) in [reference()[0], reference()[15], reference()[29]].iter() {
        let proved = json(
            folder,
            &format!("prove iris --input {rows} --row {row} -o proof_{row}.json"),
        );
        assert_eq!(proved["output_integers"], json!([label]));
        assert_eq!(proved["output"], json!([classes[label as usize]]));
        assert_eq!(proved["constraints"], READY.1["constraints"]);
        assert!(proved["seconds"].as_f64().unwrap() > 0.0);
        assert!(proved["peak_rss_bytes"].as_u64().unwrap() > 1 << 20);
        let verified = json(
            folder,
            &format!("verify proof_{row}.json --key iris/verifying.key"),
        );
        assert_eq!(verified["valid"], true);
    }
}

#[test]
fn a_proof_for_a_request_names_its_circumstances() {
    let folder = &ready("prediction_request");
    let rows = tests("data/iris.csv");
    let arguments = "--request 4 --chain-id assay-1 --contract escrow --payee hospital";
    json(
        folder,
        &format!("prove iris --input {rows} --row 5 {arguments} -o request.json"),
    );
    let verified = assay(folder, "verify request.json --key iris/verifying.key");
    assert_eq!(verified.code, 0, "{}", verified.stderr);
    for part in ["assay-1", "escrow", "hospital"] {
        assert!(verified.stdout.contains(part), "{}", verified.stdout);
    }
    let text = fs::read_to_string(folder.join("request.json")).unwrap();
    let forged = text.replace("hospital", "hospitas");
    assert_ne!(forged, text);
    fs::write(folder.join("forged.json"), forged).unwrap();
    refused(
        folder,
        "verify forged.json --key iris/verifying.key",
        1,
        "refused",
    );
}

#[test]
fn a_proof_by_another_graph_than_the_trainings_is_refused() {
    let folder = &ready("prediction_graph");
    let rows = tests("data/iris.csv");
    json(
        folder,
        &format!("prove iris --input {rows} --row 3 -o proof.json"),
    );
    let spec = "circuit spec --rows 20 --features 4 --classes 3 --lambda 0.01 -o method.json";
    json(folder, spec);
    let verify = "verify proof.json --key iris/verifying.key";
    let verified = assay(folder, verify);
    assert_eq!(verified.code, 0, "{}", verified.stderr);
    let not_shown = "that the model was trained to be used by this graph";
    assert!(verified.stdout.contains(not_shown), "{}", verified.stdout);
    let compared = format!("{verify} --trained-by method.json");
    refused(
        folder,
        &compared,
        1,
        "isn't the linear classifier of 4 features",
    );
}

#[test]
fn json_and_npy_rows_give_the_same_answer_as_csv() {
    let folder = folder("prediction_inputs");
    let ready = READY.0.join("iris");
    let ready = ready.to_str().unwrap();
    fs::write(
        folder.join("row.json"),
        r#"{"input_data": [[5.1, 3.5, 1.4, 0.2]]}"#,
    )
    .unwrap();
    let floats: Vec<u8> = [5.1f64, 3.5, 1.4, 0.2]
        .iter()
        .flat_map(|x| x.to_le_bytes())
        .collect();
    let mut header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1, 4), }".to_vec();
    header.resize(117, b' ');
    header.push(b'\n');
    fs::write(
        folder.join("row.npy"),
        [&b"\x93NUMPY\x01\x00\x76\x00"[..], &header, &floats].concat(),
    )
    .unwrap();
    // Proofs are random, and with challenges so is the statement's digest.
    let claimed = |file: &str| {
        let arguments = format!("prove {ready} --input {file} -o {file}.proof");
        json(&folder, &arguments);
        let proof = fs::read(folder.join(format!("{file}.proof"))).unwrap();
        let mut proof: Value = serde_json::from_slice(&proof).unwrap();
        proof.as_object_mut().unwrap().remove("proof").unwrap();
        proof
    };
    assert_eq!(claimed("row.json"), claimed("row.npy"));
}

#[test]
fn hidden_parameters_and_salt_can_be_read_by_their_owner_only() {
    for file in ["parameters.bin", "salt"] {
        let mode = fs::metadata(READY.0.join("iris").join(file))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    let salt: Value =
        serde_json::from_slice(&fs::read(READY.0.join("iris/salt")).unwrap()).unwrap();
    let salt = salt["salt"].as_str().unwrap();
    for file in [
        "spec.json",
        "schema.json",
        "model.json",
        "circuit.json",
        "verifying.key",
    ] {
        let text = fs::read_to_string(READY.0.join("iris").join(file)).unwrap();
        assert!(!text.contains(salt), "{file}");
    }
    assert!(!READY.1.to_string().contains(salt));
}

#[test]
fn a_public_model_may_answer_with_scores_and_a_hidden_one_may_not() {
    let folder = folder("prediction_scores");
    let public = json(
        &folder,
        &compile("--parameters root --output scores --rows 2 -o public"),
    );
    assert!(public["parameters_root"].is_string());
    assert!(public["score_error"].as_f64().unwrap() > 0.0);
    refused(
        &folder,
        &compile("--parameters hidden --output scores -o hidden"),
        2,
        "give a hidden model away",
    );
}

#[test]
fn an_estimate_writes_nothing() {
    let folder = folder("prediction_estimate");
    let estimated = json(&folder, &compile("").replace("compile", "estimate"));
    assert_eq!(estimated["constraints"], READY.1["constraints"]);
    for part in ["proving_key_bytes", "memory_bytes", "fulfil_gas"] {
        assert!(estimated[part].as_u64().unwrap() > 0, "{part}");
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    // The key's size is an estimate, and a good one.
    let key = fs::metadata(READY.0.join("iris/proving.key"))
        .unwrap()
        .len() as f64;
    let estimate = estimated["proving_key_bytes"].as_f64().unwrap();
    assert!(
        (0.7..1.4).contains(&(estimate / key)),
        "{estimate} against {key}"
    );
}

#[test]
fn operators_are_listed() {
    let listed = json(&folder("prediction_ops"), "ops");
    let operators = listed["operators"].as_array().unwrap();
    let names: Vec<&str> = operators
        .iter()
        .map(|op| op["name"].as_str().unwrap())
        .collect();
    assert!(
        names.contains(&"dense") && names.contains(&"arg_max"),
        "{names:?}"
    );
}

#[test]
fn bad_input_is_refused_in_one_line() {
    let folder = folder("prediction_bad");
    let rows = tests("data/iris.csv");
    fs::write(folder.join("rubbish.onnx"), b"\x08\x07 rubbish").unwrap();
    fs::write(folder.join("empty.onnx"), b"").unwrap();
    fs::write(folder.join("narrow.csv"), "a,b\n1,2\n").unwrap();
    fs::write(folder.join("nan.csv"), "a,b,c,d\n1,2,3,NaN\n").unwrap();
    let model = tests("models/iris_mlp.onnx");
    let cases = [
        (
            format!("compile rubbish.onnx --calibrate {rows} --ignore species -o out"),
            "not a usable ONNX model",
        ),
        (
            format!("compile empty.onnx --calibrate {rows} --ignore species -o out"),
            "not a usable ONNX model",
        ),
        (
            format!("compile missing.onnx --calibrate {rows} -o out"),
            "cannot read",
        ),
        (
            format!("compile {model} --calibrate {rows} -o out"),
            "no finite number",
        ),
        (
            format!("compile {model} --calibrate narrow.csv -o out"),
            "4 values",
        ),
        (
            format!("compile {model} --calibrate nan.csv -o out"),
            "no finite number",
        ),
        (
            format!("compile {model} --calibrate {rows} --ignore colour -o out"),
            "no column",
        ),
        (compile("--output bucket:0 -o out"), "bucket:W"),
        (compile("--output bucket:1 -o out"), "single score"),
        (compile("--rows 0 -o out"), "0 rows"),
        (compile("--rows 100000 -o out"), "100000 rows"),
        (compile("--classes a,b -o out"), "3 classes"),
        ("setup .".into(), "cannot read"),
        (
            format!("prove . --input {rows} -o proof.json"),
            "cannot read",
        ),
        ("prove -o proof.json".into(), "required"),
    ];
    for (arguments, reason) in cases {
        refused(&folder, &arguments, 2, reason);
    }
}

#[test]
fn a_ready_models_folder_is_checked() {
    let folder = &ready("prediction_checked");
    let rows = tests("data/iris.csv");
    refused(folder, "setup iris", 2, "exists already");
    refused(
        folder,
        &format!("prove iris --input {rows} -o proof.json"),
        2,
        "--row",
    );
    refused(
        folder,
        &format!("prove iris --input {rows} --row 150 -o proof.json"),
        2,
        "150 rows",
    );
    refused(
        folder,
        &format!(
            "prove iris --input {rows} --row 1 --chain-id a --contract b --payee c -o proof.json"
        ),
        2,
        "--request",
    );
    // Another model's parameters under this one's commitment.
    let damaged = folder.join("damaged");
    fs::create_dir_all(&damaged).unwrap();
    for file in [
        "spec.json",
        "schema.json",
        "model.json",
        "salt",
        "circuit.json",
        "verifying.key",
        "proving.key",
    ] {
        fs::copy(folder.join("iris").join(file), damaged.join(file)).unwrap();
    }
    let mut parameters = fs::read(folder.join("iris/parameters.bin")).unwrap();
    parameters[0] ^= 1;
    fs::write(damaged.join("parameters.bin"), &parameters).unwrap();
    refused(
        folder,
        &format!("prove damaged --input {rows} --row 1 -o proof.json"),
        1,
        "compile the model again",
    );
    fs::write(damaged.join("parameters.bin"), &parameters[1..]).unwrap();
    refused(
        folder,
        &format!("prove damaged --input {rows} --row 1 -o proof.json"),
        2,
        "truncated",
    );
}
