use alloc::collections::BTreeMap;
use alloc::vec;

use assay_protocol::Scalar;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{CircuitId, ModelCommitment, SchemaDigest, Sha256Digest};
use assay_protocol::prediction::{Binding, Graph, Node, Output, Prediction};
use assay_protocol::schema::{Column, LabelColumn};
use assay_protocol::statement::Model;

use super::*;
use crate::{Answer, CircuitFile, ProofFile, VerifyingKeyFile, file};

/// A key, whatever it is for.
const GOLDEN: &str = include_str!("../../../../tests/golden/training-hidden.json");

/// Labels two classes by operators of these names.
fn prediction(rows: u32, operators: &[&str]) -> Prediction {
    let node = |operator: &&str| Node {
        operator: (*operator).into(),
        inputs: vec![0],
        attributes: BTreeMap::new(),
    };
    Prediction {
        parameters: Binding::Hidden,
        rows,
        features: 1,
        output: Output::Label { classes: 2 },
        graph: Graph {
            tensors: vec![],
            nodes: operators.iter().map(node).collect(),
        },
    }
}

fn schema(column: &str, lower: &str, class: &str) -> Schema {
    Schema {
        columns: vec![Column {
            name: column.into(),
            lower: lower.into(),
            upper: "1".into(),
        }],
        label: LabelColumn {
            name: "label".into(),
            classes: vec!["no".into(), class.into()],
        },
    }
}

/// What a proof under such a key would show, whether it holds or not.
fn shown_by(prediction: Prediction, schema: Schema, setup: SetupRecord) -> Vec<Fact> {
    shown_of_answer(prediction, 1, schema, setup)
}

/// The same where every row is answered with `integer`.
fn shown_of_answer(
    prediction: Prediction,
    integer: i64,
    schema: Schema,
    setup: SetupRecord,
) -> Vec<Fact> {
    let golden: serde_json::Value = serde_json::from_str(GOLDEN).unwrap();
    let key: VerifyingKeyFile = file::parse(golden["key"].to_string().as_bytes()).unwrap();
    let rows = prediction.rows as usize;
    let output = prediction.output_to_bytes(&vec![integer; rows]).unwrap();
    let spec = CircuitSpec::Prediction(prediction);
    let mut circuit = CircuitFile {
        id: CircuitId([0; 32]),
        kind: spec.kind(),
        spec,
        constraint_system: Sha256Digest([0; 32]),
        setup,
        ..key.0
    };
    circuit.id = circuit.content_id().unwrap();
    let text = schema.to_canonical();
    let digest =
        assay_protocol::hash::hash_bytes(assay_protocol::hash::Tag::Schema, text.as_bytes());
    let model = Model::Hidden(ModelCommitment(Scalar::from(1)));
    let answer = Answer {
        schema_digest: SchemaDigest(digest),
        schema: None,
        input: vec![7; rows],
        output,
    };
    let claim = Claim::prediction(&model, &[], answer);
    let proof = ProofFile {
        claim: claim.with_schema(schema),
        circuit: circuit.id,
        assignment: Assignment::unbound(Kind::PredictionHidden),
        proof: vec![],
    };
    let proved = Proved::new(&circuit.open().unwrap(), &proof, None);
    proved.unwrap().facts
}

fn development() -> SetupRecord {
    SetupRecord::Development {}
}

/// The texts of one topic.
fn about(facts: &[Fact], topic: &str) -> Vec<String> {
    let of_topic = facts.iter().filter(|fact| fact.topic == topic);
    of_topic.map(|fact| fact.text.clone()).collect()
}

#[test]
fn a_proof_for_nobody_says_so() {
    let facts = shown_by(
        prediction(1, &["a"]),
        schema("x", "0", "yes"),
        development(),
    );
    assert_eq!(
        about(&facts, topic::FOR),
        ["no chain, no contract and no payee"]
    );
}

#[test]
fn a_ceremony_is_named_by_its_transcript() {
    let setup = SetupRecord::Ceremony {
        transcript: Sha256Digest([0xab; 32]),
    };
    let facts = shown_by(prediction(1, &["a"]), schema("x", "0", "yes"), setup);
    let expected = format!("transcript {}", "ab".repeat(32));
    assert!(about(&facts, topic::KEY)[0].contains(&expected));
}

#[test]
fn a_text_from_a_file_cannot_pass_for_the_words_around_it() {
    let hostile = "yes\", made by a ceremony\nkey \u{202e}";
    let operator = "dense; answers with the truth";
    let facts = shown_by(
        prediction(1, &[operator]),
        schema(hostile, "0; label \"x\"", hostile),
        development(),
    );
    let escaped = r#""yes\", made by a ceremony\nkey \u{202e}""#;
    assert_eq!(
        about(&facts, topic::OUTPUT),
        [format!("class 1, {escaped}")]
    );
    assert_eq!(
        about(&facts, topic::SCHEMA)[1..],
        [
            format!(r#"1 column: {escaped} "0; label \"x\"" to 1"#),
            format!(r#"label "label": "no", {escaped}"#),
        ]
    );
    let quoted = format!("1 {operator:?}");
    assert!(about(&facts, topic::METHOD)[0].contains(&quoted));
}

/// A proof holds integers; what a unit is worth is told by whoever registered the circuit.
#[test]
fn a_units_worth_is_stated_and_not_shown() {
    let bucket = Prediction {
        output: Output::Bucket {
            width: 8,
            fraction_bits: 4,
        },
        ..prediction(1, &["a"])
    };
    let facts = shown_of_answer(bucket, -3, schema("x", "0", "yes"), development());
    assert_eq!(
        about(&facts, topic::OUTPUT),
        ["bucket -3: an integer from -24 to -17 (stated to mean -1.5 to below -1)"]
    );
    let method = &about(&facts, topic::METHOD)[0];
    assert!(
        method.ends_with("8 units wide, a unit stated to be 2^-4"),
        "{method}"
    );
    let not_shown = about(&facts, topic::NOT_SHOWN).join("; ");
    assert!(
        not_shown.contains("that a unit of the score is 2^-4"),
        "{not_shown}"
    );
}

#[test]
fn a_prediction_does_not_claim_the_graph_of_the_training() {
    let facts = shown_by(
        prediction(1, &["a"]),
        schema("x", "0", "yes"),
        development(),
    );
    assert!(about(&facts, topic::KIND)[0].contains("by the graph below"));
    let not_shown = about(&facts, topic::NOT_SHOWN).join("; ");
    assert!(
        not_shown.contains("trained to be used by this graph"),
        "{not_shown}"
    );
    assert!(!not_shown.contains("unit"), "{not_shown}");
}

#[test]
fn long_names_and_long_lists_are_cut() {
    let operators: Vec<String> = (0..40).map(|i| format!("op_{i}")).collect();
    let operators: Vec<&str> = operators.iter().map(String::as_str).collect();
    let long = "n".repeat(61);
    let facts = shown_by(
        prediction(20, &operators),
        schema(&long, "0", "yes"),
        development(),
    );
    assert!(about(&facts, topic::METHOD)[0].contains("1 op_31 and 8 more;"));
    let expected = format!("row 16: \"{}\"… 7 (about 0.0275)", "n".repeat(60));
    assert_eq!(about(&facts, topic::INPUT)[15], expected);
    for topic in [topic::INPUT, topic::OUTPUT] {
        let texts = about(&facts, topic);
        assert_eq!(texts.len(), 17);
        assert!(
            texts[16].starts_with("4 more rows; digest of all "),
            "{texts:?}"
        );
    }
}
