//! The certificate for a public model.

use assay_prover::certificate::{Claim, Refusal};
use proptest::prelude::*;

use crate::case::{BINARY, Case, THREE_CLASSES, harness, rows, spec};

const PUBLIC: Claim<'static> = Claim::Public(None);

#[test]
fn the_binary_certificate_has_no_free_wire() {
    let spec = spec(4, 2);
    let case = Case::trained(spec, &BINARY);
    let flipped = case
        .clone()
        .with_rows(&[[10, 200, 1], BINARY[1], BINARY[2]]);
    harness("certificate, two classes", spec, PUBLIC)
        .accept(case.clone(), [case.digest()])
        .refuse(case.clone().with_parameters(vec![0; 3]))
        .refuse(flipped)
        .expect_constraints(5544)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn the_certificate_with_a_fingerprint_has_no_free_wire() {
    let spec = spec(4, 2);
    let case = Case::trained(spec, &BINARY).with_fingerprint();
    harness("certificate, fingerprint", spec, Claim::Fingerprint(None))
        .accept(case.clone(), [case.digest()])
        .refuse(case.with_parameters(vec![0; 3]))
        .expect_constraints(4827)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn the_certificate_for_three_classes_has_no_free_wire() {
    let spec = spec(4, 3);
    let case = Case::trained(spec, &THREE_CLASSES);
    harness("certificate, three classes", spec, PUBLIC)
        .accept(case.clone(), [case.digest()])
        .refuse(case.clone().with_parameters(vec![0; 9]))
        .expect_constraints(6109)
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
        while case.clone().with_parameters(moved.clone()).check().is_ok() {
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
    let five = case.clone().with_rows(&[BINARY[0]; 5]);
    let (rows, capacity) = (5, 4);
    assert_eq!(five.check(), Err(Refusal::TooManyRows { rows, capacity }));
    let check = |parameters: &[i32]| case.clone().with_parameters(parameters.to_vec()).check();
    let (found, expected) = (4, 3);
    let refusal = Err(Refusal::ParameterCount { found, expected });
    assert_eq!(check(&[0; 4]), refusal);
    let (vector, index) = (0, 0);
    let refusal = Err(Refusal::WeightOutOfRange { vector, index });
    assert_eq!(check(&[i32::MAX, 0, 0]), refusal);
    assert!(matches!(check(&[0; 3]), Err(Refusal::NotOptimal { .. })));
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
        prop_assert_eq!(case.circuit_accepts(), case.check().is_ok());
    }
}
