//! The certificate circuit under the soundness harness, and against the native predicate.
#![allow(missing_docs, clippy::unwrap_used)]

use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_protocol::Scalar;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::dataset::Dataset;
use assay_prover::certificate::{Refusal, check};
use assay_prover::train::train;
use assay_prover::training::Delivery;
use bellman::{Circuit, SynthesisError};
use proptest::prelude::*;

#[derive(Clone)]
struct Case {
    spec: SquaredHinge,
    data: Dataset,
    parameters: Vec<i32>,
}

impl Case {
    /// Trained on these rows of two features and a label.
    fn trained(spec: SquaredHinge, rows: &[[u8; 3]]) -> Self {
        let data = dataset(&spec, rows);
        let parameters = train(&spec, &data).unwrap();
        Self {
            spec,
            data,
            parameters,
        }
    }

    fn with_parameters(mut self, parameters: Vec<i32>) -> Self {
        self.parameters = parameters;
        self
    }

    fn with_rows(mut self, rows: &[[u8; 3]]) -> Self {
        self.data = dataset(&self.spec, rows);
        self
    }

    fn delivery(&self) -> Delivery<'_> {
        Delivery {
            spec: &self.spec,
            data: &self.data,
            schema_digest: Scalar::from(11),
            salt: Scalar::from(13),
            parameters: &self.parameters,
            context: Scalar::from(17),
        }
    }

    fn digest(&self) -> Scalar {
        self.delivery().statement().unwrap().digest().0
    }

    fn circuit_accepts(&self) -> bool {
        let mut recorder = Recorder::with_witness();
        self.delivery().circuit().synthesize(&mut recorder).unwrap();
        recorder.is_satisfied()
    }
}

fn dataset(spec: &SquaredHinge, rows: &[[u8; 3]]) -> Dataset {
    let values = rows.iter().flat_map(|row| [row[0], row[1]]).collect();
    let labels = rows.iter().map(|row| row[2]).collect();
    Dataset::new(2, spec.classes as usize, values, labels).unwrap()
}

fn spec(rows: u32, classes: u32) -> SquaredHinge {
    SquaredHinge::with_fewest_fraction_bits(rows, 2, classes, 6503).unwrap()
}

fn harness(
    name: &str,
    spec: SquaredHinge,
) -> Harness<Case, impl Fn(&mut Recorder, Option<&Case>) -> Result<Ports, SynthesisError>> {
    Harness::new(name, move |recorder: &mut Recorder, case: Option<&Case>| {
        let circuit = match case {
            Some(case) => case.delivery().circuit(),
            None => assay_prover::certificate::SquaredHingeCircuit {
                spec,
                witness: None,
            },
        };
        Ok(circuit.synthesize_with_ports(recorder)?)
    })
    .bound_inputs()
}

const BINARY: [[u8; 3]; 3] = [[10, 200, 0], [240, 30, 1], [100, 120, 1]];
const THREE_CLASSES: [[u8; 3]; 4] = [[0, 255, 0], [255, 0, 1], [128, 128, 2], [90, 10, 1]];

#[test]
fn the_binary_certificate_has_no_free_wire() {
    let spec = spec(4, 2);
    let case = Case::trained(spec, &BINARY);
    let flipped = case
        .clone()
        .with_rows(&[[10, 200, 1], BINARY[1], BINARY[2]]);
    harness("certificate, two classes", spec)
        .accept(case.clone(), [case.digest()])
        .refuse(case.clone().with_parameters(vec![0; 3]))
        .refuse(flipped)
        .expect_constraints(5544)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn the_certificate_for_three_classes_has_no_free_wire() {
    let spec = spec(4, 3);
    let case = Case::trained(spec, &THREE_CLASSES);
    harness("certificate, three classes", spec)
        .accept(case.clone(), [case.digest()])
        .refuse(case.clone().with_parameters(vec![0; 9]))
        .expect_constraints(6108)
        .run()
        .into_result()
        .unwrap();
}

/// The bound itself: the last weight that has a certificate, and the next that hasn't.
#[test]
fn circuit_and_predicate_agree_at_the_bound() {
    let spec = spec(4, 2);
    let case = Case::trained(spec, &BINARY);
    for j in 0..3 {
        let mut moved = case.parameters.clone();
        while check(&spec, &case.data, &moved).is_ok() {
            moved[j] += 1;
        }
        assert!(
            !case
                .clone()
                .with_parameters(moved.clone())
                .circuit_accepts()
        );
        moved[j] -= 1;
        assert!(case.clone().with_parameters(moved).circuit_accepts());
    }
}

#[test]
fn what_does_not_fit_the_circuit_is_refused_by_name() {
    let case = Case::trained(spec(4, 2), &BINARY);
    let five = dataset(&case.spec, &[BINARY[0]; 5]);
    let refusal = check(&case.spec, &five, &case.parameters);
    assert_eq!(
        refusal,
        Err(Refusal::TooManyRows {
            rows: 5,
            capacity: 4
        })
    );
    let refusal = check(&case.spec, &case.data, &[0; 4]);
    assert_eq!(
        refusal,
        Err(Refusal::ParameterCount {
            found: 4,
            expected: 3
        })
    );
    let refusal = check(&case.spec, &case.data, &[i32::MAX, 0, 0]);
    assert_eq!(
        refusal,
        Err(Refusal::WeightOutOfRange {
            vector: 0,
            index: 0
        })
    );
    let refusal = check(&case.spec, &case.data, &[0; 3]);
    assert!(matches!(refusal, Err(Refusal::NotOptimal { .. })));
}

#[test]
fn a_weight_outside_its_range_is_refused_by_the_circuit_too() {
    let case = Case::trained(spec(4, 2), &BINARY);
    let limit = 1 << case.spec.weight_bits();
    for weight in [limit, -limit - 1, i32::MIN, i32::MAX] {
        let mut parameters = case.parameters.clone();
        parameters[1] = weight;
        assert!(
            !case.clone().with_parameters(parameters).circuit_accepts(),
            "{weight}"
        );
    }
}

fn rows() -> impl Strategy<Value = Vec<[u8; 3]>> {
    prop::collection::vec(
        (any::<u8>(), any::<u8>(), 0u8..2).prop_map(|(a, b, c)| [a, b, c]),
        1..5,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the data, the trainer's result has a certificate; whatever is added to it,
    /// circuit and predicate say the same.
    #[test]
    fn circuit_and_predicate_agree(rows in rows(), j in 0usize..3, shift in 0u32..18, up: bool) {
        let mut case = Case::trained(spec(4, 2), &rows);
        prop_assert!(case.circuit_accepts());
        let delta = 1i32 << shift;
        case.parameters[j] += if up { delta } else { -delta };
        let native = check(&case.spec, &case.data, &case.parameters).is_ok();
        prop_assert_eq!(case.circuit_accepts(), native);
    }
}
