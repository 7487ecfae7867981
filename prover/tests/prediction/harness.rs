use assay_gadgets::harness::{Harness, Recorder};
use assay_gadgets::int::scalar;
use assay_protocol::Scalar;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::prediction::{Binding, Output, Prediction};
use assay_protocol::statement::digest_of_kind;
use assay_prover::StatementCircuit;
use assay_prover::prediction::{Answer, PredictionCircuit};
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
    let build = |cs: &mut Recorder, witness: Option<&Witness>| {
        let parameters = small::parameters(spec, witness.map_or(0, |(seed, _)| *seed));
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
    let inputs = |bytes: [u8; 4]| bytes[..spec.input_bytes()].to_vec();
    let mut harness = Harness::new(name, build).bound_inputs();
    for (seed, bytes) in [
        (0, [0, 0, 255, 255]),
        (1, [255, 0, 0, 255]),
        (27, [17, 200, 3, 90]),
    ] {
        let input = inputs(bytes);
        let parameters = small::parameters(spec, seed);
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

#[test]
fn a_hidden_models_bucket_has_no_free_wire() {
    let bucket = Output::Bucket {
        width: 1000,
        fraction_bits: 3,
    };
    let spec = small::spec(Binding::Hidden, 1, bucket);
    assert_no_free_wire("hidden bucket", &spec, 2_373);
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
