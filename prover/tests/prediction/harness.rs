use std::sync::Arc;

use assay_engine::StagedCircuit;
use assay_gadgets::Linear;
use assay_gadgets::harness::{Constraint, Harness, Ports, Recorder};
use assay_gadgets::int::scalar;
use assay_protocol::Scalar;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::prediction::{Binding, Graph, Output, Prediction, Tensor};
use assay_protocol::statement::digest_of_kind;
use assay_prover::StatementCircuit;
use assay_prover::graph::Plan;
use assay_prover::prediction::{Answer, PredictionCircuit};
use bellman::SynthesisError;
use proptest::prelude::*;

use super::small;

/// Seed of the parameters, and the inputs.
type Witness = (i64, Vec<u8>);

/// The statement's digest; with a fingerprint that for a commitment of zeros.
fn digest(answer: &Answer<'_>) -> Scalar {
    let statement = answer.statement().unwrap();
    let (kind, elements) = (statement.model.kind(), statement.elements());
    let commitment = kind.has_fingerprint().then_some([0; 48]);
    let evaluate = |point| Ok::<_, ()>(fingerprint(answer.parameters, point));
    let digest = digest_of_kind(kind, &elements, commitment.as_ref(), evaluate);
    digest.unwrap().0
}

/// The whole circuit under all seven checks: no free wire but what it declares.
fn assert_no_free_wire(name: &str, spec: &Prediction, constraints: usize) {
    let inputs = [[0, 0, 255, 255], [255, 0, 0, 255], [17, 200, 3, 90]];
    let witnesses = [0, 1, 27].into_iter().zip(inputs);
    let witnesses = witnesses.map(|(seed, bytes)| (seed, bytes[..spec.input_bytes()].to_vec()));
    assert_no_free_wire_with(name, spec, constraints, small::parameters, witnesses);
}

/// The same with parameters of their own, one for each seed.
fn assert_no_free_wire_with(
    name: &str,
    spec: &Prediction,
    constraints: usize,
    parameters_of: fn(&Prediction, i64) -> Vec<u8>,
    witnesses: impl IntoIterator<Item = Witness>,
) {
    let build = |cs: &mut Recorder, witness: Option<&Witness>| {
        let parameters = parameters_of(spec, witness.map_or(0, |(seed, _)| *seed));
        let none = Vec::new();
        let input = witness.map_or(&none, |(_, input)| input);
        let answer = small::answer(spec, &parameters, input);
        let circuit = match witness {
            Some(_) => answer.circuit(),
            None => PredictionCircuit {
                witness: None,
                ..answer.circuit()
            },
        };
        Ok(circuit.synthesize_with_ports(cs)?)
    };
    let mut harness = Harness::new(name, build).bound_inputs();
    for (seed, input) in witnesses {
        let parameters = parameters_of(spec, seed);
        let answer = small::answer(spec, &parameters, &input);
        let digest = digest(&answer);
        let output = answer.output().unwrap();
        let outputs: Vec<_> = output
            .iter()
            .map(|&x| scalar(x.into()))
            .chain([digest])
            .collect();
        harness = harness.accept((seed, input), outputs);
    }
    harness
        .expect_constraints(constraints)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn a_hidden_models_label_has_no_free_wire() {
    assert_no_free_wire("hidden label", &small::hidden_label(), 2_591);
}

#[test]
fn a_public_models_scores_have_no_free_wire() {
    let scores = Output::Scores {
        count: 2,
        fraction_bits: 3,
    };
    let spec = small::spec(Binding::Root, 1, scores);
    assert_no_free_wire("public scores", &spec, 2_026);
}

#[test]
fn a_model_with_a_fingerprint_has_no_free_wire() {
    let scores = Output::Scores {
        count: 2,
        fraction_bits: 3,
    };
    let spec = small::spec(Binding::Fingerprint, 1, scores);
    assert_no_free_wire("fingerprint", &spec, 1_309);
}

/// Parameters of one and of three bytes, three limbs of them: the first one ends within an
/// integer of two.
fn straddling() -> Prediction {
    let tensor = |shape: &[u32], bytes| Tensor {
        shape: shape.to_vec(),
        bytes,
    };
    let node = small::node;
    Prediction {
        parameters: Binding::Fingerprint,
        rows: 1,
        features: 29,
        output: Output::Scores {
            count: 11,
            fraction_bits: 0,
        },
        graph: Graph {
            tensors: vec![tensor(&[1, 29], 1), tensor(&[1], 2), tensor(&[11, 1], 3)],
            nodes: vec![
                node("dense", 0, &[("weights", 0), ("bias", 1)]),
                node("max", 1, &[("constant", 0), ("shift", 12)]),
                node("dense", 2, &[("weights", 2)]),
            ],
        },
    }
}

fn straddling_parameters(spec: &Prediction, seed: i64) -> Vec<u8> {
    let tensors = [
        (0..29).map(|i| (seed + 7 * i) % 256 - 128).collect(),
        vec![-32_768 + seed],
        (0..11)
            .map(|i| (1 << 23) - 1 - seed - i * 1_500_000)
            .collect(),
    ];
    spec.graph.parameters_to_bytes(&tensors).unwrap()
}

#[test]
fn a_fingerprint_of_several_limbs_has_no_free_wire() {
    let spec = straddling();
    assert_eq!(spec.graph.parameter_bytes(), 64);
    let witnesses = [0, 9].map(|seed| (seed, (0..29).map(|i| (i * 9 + seed) as u8).collect()));
    let constraints = 2_305;
    let of = straddling_parameters;
    assert_no_free_wire_with("limbs", &spec, constraints, of, witnesses);
    let mut cs = Recorder::shape();
    let circuit = PredictionCircuit {
        plan: Arc::new(Plan::new(&spec).unwrap()),
        witness: None,
    };
    circuit.synthesize_with_ports(&mut cs).unwrap();
    let steps = cs.constraints().iter();
    let steps = steps.filter(|row| row.name.starts_with("fingerprint/step"));
    assert_eq!(steps.count(), 2);
}

#[test]
fn a_hidden_models_bucket_has_no_free_wire() {
    let bucket = Output::Bucket {
        width: 1000,
        fraction_bits: 3,
    };
    let spec = small::spec(Binding::Hidden, 1, bucket);
    assert_no_free_wire("hidden bucket", &spec, 2_373);
}

/// Far from every table's entries, as drawn ones are.
fn challenges() -> [Scalar; 2] {
    [11, 12].map(|seed| Scalar::from(seed + (1 << 40)).square().square())
}

/// Three rows and a layer of eighteen sums: two groups, so that a batch pays.
fn several_rows() -> Prediction {
    let output = Output::Scores {
        count: 18,
        fraction_bits: 0,
    };
    let tensor = Tensor {
        shape: vec![18, 4],
        bytes: 1,
    };
    Prediction {
        parameters: Binding::Fingerprint,
        rows: 3,
        features: 4,
        output,
        graph: Graph {
            tensors: vec![tensor],
            nodes: vec![small::node("dense", 0, &[("weights", 0)])],
        },
    }
}

#[test]
fn the_second_stage_of_several_rows_has_no_free_wire() {
    let spec = several_rows();
    let weights = |seed: i64| {
        let tensor = (0..72).map(|i| (i * 31 + seed) % 256 - 128).collect();
        spec.graph.parameters_to_bytes(&[tensor]).unwrap()
    };
    let build = |cs: &mut Recorder, witness: Option<&Witness>| {
        let (seed, input) = witness.cloned().unwrap_or((0, vec![0; 12]));
        let parameters = weights(seed);
        let answer = small::answer(&spec, &parameters, &input);
        let circuit = match witness {
            Some(_) => answer.circuit(),
            None => PredictionCircuit {
                witness: None,
                ..answer.circuit()
            },
        };
        let rest = circuit
            .first_stage(cs)?
            .ok_or(SynthesisError::Unsatisfiable)?;
        let mut inputs = cs.private();
        rest.enforce(cs, witness.map(|_| challenges()))?;
        let in_batch = |row: &Constraint| row.name.starts_with("batch 0/");
        assert!(cs.constraints().iter().any(in_batch), "no batch");
        let drawn = cs.wires();
        let drawn = drawn.filter(|&wire| cs.name(wire).starts_with("challenge "));
        inputs.extend(drawn.map(|wire| Linear::variable(wire.variable(), cs.get(wire))));
        Ok(Ports {
            inputs,
            outputs: Vec::new(),
        })
    };
    let rows = |start: usize| (0..12).map(|i| ((start + i * 23) % 256) as u8).collect();
    Harness::new("several rows", build)
        .bound_inputs()
        .accept((0, rows(0)), [])
        .accept((5, rows(200)), [])
        .expect_constraints(2_063)
        .run()
        .into_result()
        .unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn native_evaluation_and_circuit_agree(seed in 0i64..28, input in prop::array::uniform4(any::<u8>())) {
        let spec = small::hidden_label();
        let parameters = small::parameters(&spec, seed);
        let answer = small::answer(&spec, &parameters, &input);
        let mut cs = Recorder::with_witness();
        let ports = answer.circuit().synthesize_with_ports(&mut cs).unwrap();
        prop_assert!(cs.is_satisfied());
        let found: Vec<_> = ports.outputs.iter().map(|output| output.value().unwrap()).collect();
        let mut expected: Vec<_> = answer.output().unwrap().iter().map(|&x| scalar(x.into())).collect();
        expected.push(answer.statement().unwrap().digest(None).0);
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn a_witness_of_another_shape_is_an_error() {
    let spec = small::hidden_label();
    let parameters = small::parameters(&spec, 0);
    let synthesize = |circuit: PredictionCircuit<'_>| {
        circuit
            .synthesize_with_ports(&mut Recorder::with_witness())
            .is_ok()
    };
    assert!(synthesize(
        small::answer(&spec, &parameters, &[0; 4]).circuit()
    ));
    assert!(!synthesize(
        small::answer(&spec, &parameters, &[0; 3]).circuit()
    ));
    assert!(!synthesize(
        small::answer(&spec, &parameters[1..], &[0; 4]).circuit()
    ));
    let mut unsalted = small::answer(&spec, &parameters, &[0; 4]);
    unsalted.salt = None;
    assert!(!synthesize(unsalted.circuit()));
}
