use std::sync::LazyLock;

use assay_engine::ProvingKey;
use assay_groth16::{Error, PreparedVerifyingKey, Proof, verify_native};
use assay_protocol::Scalar;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::{CircuitSpec, Kind};
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::id::{InputDigest, ModelCommitment, OutputDigest, SchemaDigest};
use assay_protocol::parameters::{BlobHash, PublicParameters};
use assay_protocol::prediction::{Binding, Node, Output, input_digest, output_digest};
use assay_protocol::statement::{Model, Prediction, digest_of_kind};
use assay_prover::graph::{Plan, PlanError};
use assay_prover::model::classify;
use assay_prover::prediction::{OtherGraph, expect_trained_by, linear};
use assay_prover::{ProverError, circuit};

use super::small;

const INPUT: [u8; 4] = [17, 200, 3, 90];

static KEY: LazyLock<ProvingKey> =
    LazyLock::new(|| circuit::setup(&CircuitSpec::Prediction(small::hidden_label())).unwrap());

fn proved() -> (Prediction, Proof) {
    let spec = small::hidden_label();
    let parameters = small::parameters(&spec, 5);
    small::answer(&spec, &parameters, &INPUT)
        .prove(&KEY)
        .unwrap()
}

fn verdict(statement: &Prediction, proof: &Proof) -> Result<(), Error> {
    let key = PreparedVerifyingKey::from(KEY.verifying_key());
    verify_native(&key, &statement.digest(proof.commitment()).0, proof)
}

#[test]
fn a_prediction_is_proved_and_holds_for_its_own_statement_only() {
    let (statement, proof) = proved();
    assert_eq!(verdict(&statement, &proof), Ok(()));
    let other = Scalar::from(5);
    let spec = small::hidden_label();
    let answers = [[0, 0], [0, 1], [1, 0], [1, 1]];
    let outputs = answers.map(|answer| output_digest(&spec.output_to_bytes(&answer).unwrap()));
    let wrong = outputs
        .into_iter()
        .filter(|output| *output != statement.output);
    let mut changed: Vec<Prediction> = wrong
        .map(|output| Prediction {
            output,
            ..statement
        })
        .collect();
    assert_eq!(changed.len(), 3);
    changed.extend([
        Prediction {
            context: other,
            ..statement
        },
        Prediction {
            model: Model::Hidden(ModelCommitment(other)),
            ..statement
        },
        Prediction {
            schema: SchemaDigest(other),
            ..statement
        },
        Prediction {
            input: InputDigest(other),
            ..statement
        },
        Prediction {
            input: input_digest(&[17, 200, 3, 91]),
            ..statement
        },
        Prediction {
            output: OutputDigest(other),
            ..statement
        },
    ]);
    for statement in changed {
        assert_eq!(
            verdict(&statement, &proof),
            Err(Error::EquationFails),
            "{statement:?}"
        );
    }
}

#[test]
fn another_models_answer_is_another_statement() {
    let (statement, _) = proved();
    let spec = small::hidden_label();
    let parameters = small::parameters(&spec, 6);
    let other = small::answer(&spec, &parameters, &INPUT)
        .statement()
        .unwrap();
    assert_ne!(other.model, statement.model);
    let mut salted = small::answer(&spec, &parameters, &INPUT);
    salted.salt = Some(Scalar::from(78));
    assert_ne!(salted.statement().unwrap().model, other.model);
}

/// The public model whose parameters are bound by their fingerprint.
#[test]
fn a_proof_with_a_fingerprint_holds_for_its_own_parameters_only() {
    let spec = small::spec(Binding::Fingerprint, 2, Output::Label { classes: 2 });
    let key = circuit::setup(&CircuitSpec::Prediction(spec.clone())).unwrap();
    let parameters = small::parameters(&spec, 5);
    let answer = small::answer(&spec, &parameters, &INPUT);
    let (statement, proof) = answer.prove(&key).unwrap();
    let prepared = PreparedVerifyingKey::from(key.verifying_key());
    let verdict = |statement: &Prediction, blob: &[u8], proof: &Proof| {
        let evaluate = |point| Ok::<_, Error>(fingerprint(blob, point));
        let (kind, elements) = (statement.model.kind(), statement.elements());
        let digest = digest_of_kind(kind, &elements, proof.commitment(), evaluate)?;
        verify_native(&prepared, &digest.0, proof)
    };
    assert_eq!(verdict(&statement, &parameters, &proof), Ok(()));
    let other = small::parameters(&spec, 6);
    assert_ne!(other, parameters);
    for blob in [
        &other[..],
        &parameters[1..],
        &[&parameters[..], &[0]].concat(),
    ] {
        let of_bytes = Prediction {
            model: Model::Public(PublicParameters::of(blob, BlobHash::Sha256)),
            ..statement
        };
        for statement in [of_bytes, statement] {
            let found = verdict(&statement, blob, &proof);
            assert_eq!(found, Err(Error::EquationFails));
        }
    }
    let plain = Proof { d: None, ..proof };
    assert_eq!(
        verdict(&statement, &parameters, &plain),
        Err(Error::ProofKind)
    );
}

#[test]
fn a_key_of_another_graph_is_refused() {
    let mut spec = small::hidden_label();
    spec.output = Output::Label { classes: 2 };
    spec.graph.nodes[1]
        .attributes
        .insert("shift".into(), vec![5]);
    let parameters = small::parameters(&spec, 5);
    let refused = small::answer(&spec, &parameters, &INPUT).prove(&KEY);
    assert!(matches!(
        refused,
        Err(ProverError::KeyMismatch(_) | ProverError::Engine(_))
    ));
}

#[test]
fn a_predictions_registration_is_checked_like_any_other() {
    let spec = CircuitSpec::Prediction(small::hidden_label());
    let honest = circuit::registration(&spec, &KEY).unwrap();
    assert_eq!(honest.kind, Kind::PredictionHidden);
    circuit::check(&honest, &KEY).unwrap();
    let mut other = small::hidden_label();
    other.graph.nodes[1]
        .attributes
        .insert("constant".into(), vec![1]);
    let lie = circuit::Registration {
        spec: CircuitSpec::Prediction(other).to_canonical().unwrap(),
        ..honest
    };
    assert!(circuit::check(&lie, &KEY).is_err());
}

#[test]
fn a_graph_that_does_not_end_in_its_answer_is_refused() {
    let refused = |change: fn(&mut assay_protocol::prediction::Prediction)| {
        let mut spec = small::hidden_label();
        change(&mut spec);
        let refused = Plan::new(&spec);
        assert!(matches!(refused, Err(PlanError::Output(_))), "{refused:?}");
    };
    refused(|spec| spec.output = Output::Label { classes: 3 });
    refused(|spec| {
        spec.output = Output::Bucket {
            width: 700,
            fraction_bits: 0,
        }
    });
    refused(|spec| {
        spec.graph.nodes.pop();
        spec.graph.tensors[2].shape = vec![1, 2];
    });
    let mut bucket = small::spec(
        Binding::Hidden,
        1,
        Output::Bucket {
            width: 700,
            fraction_bits: 0,
        },
    );
    assert!(Plan::new(&bucket).is_ok());
    bucket.output = Output::Bucket {
        width: 800,
        fraction_bits: 0,
    };
    assert!(matches!(Plan::new(&bucket), Err(PlanError::Output(_))));
}

/// The score is from -5888 to 5842.
#[test]
fn a_hidden_models_bucket_is_one_of_at_most_256() {
    let plan = |parameters, width| {
        let fraction_bits = 0;
        let bucket = Output::Bucket {
            width,
            fraction_bits,
        };
        Plan::new(&small::spec(parameters, 1, bucket))
    };
    assert!(plan(Binding::Hidden, 46).is_ok());
    let narrow = plan(Binding::Hidden, 45).unwrap_err();
    assert_eq!(narrow, PlanError::Answers { answers: 261 });
    assert!(narrow.to_string().contains("choose wider buckets"));
    assert!(plan(Binding::Root, 45).is_ok());
}

#[test]
fn a_graph_that_turns_labels_around_is_not_what_a_training_means() {
    for (classes, scores) in [(2, 1), (3, 3)] {
        let method = SquaredHinge::with_fewest_fraction_bits(20, 3, classes, 6503).unwrap();
        let mut spec = linear(&method, Binding::Hidden, 5);
        assert_eq!(expect_trained_by(&spec, &method), Ok(()));
        let last = spec.graph.nodes.pop().unwrap();
        let negated = small::node("add", 2, &[("multipliers", -1)]);
        spec.graph.nodes.extend([
            negated,
            Node {
                inputs: vec![3],
                ..last
            },
        ]);
        assert_eq!(Plan::new(&spec).unwrap().facts()[3].len(), scores);
        assert!(expect_trained_by(&spec, &method).is_err());
    }
}

#[test]
fn another_methods_classifier_is_not_what_a_training_means() {
    let method = |features, classes| {
        SquaredHinge::with_fewest_fraction_bits(20, features, classes, 6503).unwrap()
    };
    let spec = linear(&method(3, 2), Binding::Root, 1);
    for other in [method(4, 2), method(3, 3)] {
        let (features, classes) = (other.features, other.classes);
        let refused = OtherGraph { features, classes };
        assert_eq!(expect_trained_by(&spec, &other), Err(refused));
    }
}

#[test]
fn a_linear_models_prediction_is_the_class_of_its_certificate() {
    for classes in [2, 3] {
        let method = SquaredHinge::with_fewest_fraction_bits(20, 3, classes, 6503).unwrap();
        let width = method.width();
        let parameters: Vec<i32> = (0..method.vectors() * width)
            .map(|i| (i as i32 * 7919) % 2001 - 1000)
            .collect();
        let blob = assay_protocol::parameters::to_bytes(&parameters).unwrap();
        let spec = linear(&method, Binding::Hidden, 1);
        let plan = Plan::new(&spec).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for i in 0..64u32 {
            let row = [(i * 37) as u8, (i * 91) as u8, (i * 153) as u8];
            let label = classify(&method, &parameters, &row);
            assert_eq!(plan.answer(&blob, &row).unwrap(), [i64::from(label)]);
            seen.insert(label);
        }
        assert!(seen.len() > 1, "only {seen:?}");
    }
}
