//! The certificate for a hidden model.

use assay_prover::certificate::{Claim, Refusal};
use proptest::prelude::*;

use crate::case::{BINARY, Case, THREE_CLASSES, harness, rows, spec};

const HIDDEN: Claim<'static> = Claim::Hidden(None);

#[test]
fn the_hidden_certificate_has_no_free_wire() {
    let spec = spec(4, 2);
    let case = Case::trained(spec, &BINARY);
    let least = case.clone().hidden(1);
    let all = case.clone().hidden(3);
    let flipped = case
        .clone()
        .with_rows(&[[10, 200, 1], BINARY[1], BINARY[2]]);
    harness("hidden certificate, two classes", spec, HIDDEN)
        .accept(least.clone(), [least.digest()])
        .accept(all.clone(), [all.digest()])
        .refuse(case.clone().hidden(0))
        .refuse(case.clone().hidden(4))
        .refuse(case.clone().hidden(u32::MAX))
        .refuse(case.with_parameters(vec![0; 3]).hidden(1))
        .refuse(flipped.hidden(1))
        .expect_constraints(5923)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn the_hidden_certificate_for_three_classes_has_no_free_wire() {
    let spec = spec(4, 3);
    let case = Case::trained(spec, &THREE_CLASSES).hidden(4);
    harness("hidden certificate, three classes", spec, HIDDEN)
        .accept(case.clone(), [case.digest()])
        .refuse(case.with_parameters(vec![0; 9]))
        .expect_constraints(6488)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn a_minimum_up_to_the_number_of_rows_is_accepted_and_no_other() {
    let case = Case::trained(spec(4, 2), &BINARY);
    for minimum in [0, 1, 2, 3, 4, 5, 1 << 20, u32::MAX] {
        let case = case.clone().hidden(minimum);
        let expected = match minimum {
            1..=3 => Ok(()),
            _ => Err(Refusal::MinimumRows { rows: 3, minimum }),
        };
        assert_eq!(case.check(), expected, "{minimum}");
        assert_eq!(case.circuit_accepts(), expected.is_ok(), "{minimum}");
    }
}

/// What a minimum doesn't mean: that the rows differ.
#[test]
fn a_repeated_row_counts_every_time() {
    let case = Case::trained(spec(4, 2), &[BINARY[1]; 4]).hidden(4);
    assert_eq!(case.check(), Ok(()));
    assert!(case.circuit_accepts());
}

#[test]
fn a_hidden_weight_outside_its_range_is_refused_by_the_circuit_too() {
    let case = Case::trained(spec(4, 2), &BINARY).hidden(3);
    let limit = 1 << case.spec.weight_bits();
    for weight in [limit, -limit - 1, 1 << 23, 1 << 24, i32::MIN, i32::MAX] {
        let mut parameters = case.parameters.clone();
        parameters[1] = weight;
        let case = case.clone().with_parameters(parameters);
        assert!(!case.circuit_accepts(), "{weight}");
        assert!(case.check().is_err(), "{weight}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the data, the minimum and what is added to the trainer's result, circuit
    /// and predicate say the same.
    #[test]
    fn hidden_circuit_and_predicate_agree(
        rows in rows(),
        minimum in 0u32..6,
        j in 0usize..3,
        shift in 0u32..18,
        moved: bool,
    ) {
        let mut case = Case::trained(spec(4, 2), &rows).hidden(minimum);
        if moved {
            case.parameters[j] += 1 << shift;
        }
        prop_assert_eq!(case.circuit_accepts(), case.check().is_ok());
    }
}
