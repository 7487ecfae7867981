//! What the certificate costs, counted without proving.
#![allow(missing_docs, clippy::unwrap_used)]

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use assay_prover::{Shape, circuit};

/// lambda = 65/65025, about 0.001.
fn shape(rows: u32, features: u32, classes: u32) -> Shape {
    let spec = SquaredHinge::with_fewest_fraction_bits(rows, features, classes, 65).unwrap();
    circuit::shape(&CircuitSpec::SquaredHinge(spec)).unwrap()
}

/// A digest that changes parts every registered circuit from what its specification compiles
/// to: its proofs are refused from then on.
#[test]
fn circuits_registered_before_still_compile_to_what_they_were() {
    let digest = shape(569, 10, 2).digest.to_string();
    let registered = "52640dcbacc90020af9be9bedfc15cb2f17a0f0626e5f503b52f67051c948185";
    assert_eq!(digest, registered);
}

#[test]
fn breast_cancer_with_ten_columns_stays_below_90_000() {
    assert_eq!(shape(569, 10, 2).constraints, 86_044);
}

#[test]
fn breast_cancer_with_thirty_columns_stays_below_205_000() {
    assert_eq!(shape(569, 30, 2).constraints, 203_296);
}

/// The same certificate, and 395 constraints for the model's commitment, the minimum of rows
/// and a longer statement.
#[test]
fn breast_cancer_with_a_hidden_model_stays_below_95_000() {
    let spec = SquaredHinge::with_fewest_fraction_bits(569, 10, 2, 65).unwrap();
    let hidden = circuit::shape(&CircuitSpec::SquaredHingeHidden(spec)).unwrap();
    assert_eq!(hidden.constraints, 86_439);
}

/// Cost grows by the same amount with every class from three on.
#[test]
fn a_class_of_the_digits_costs_128_000_constraints() {
    let spec = |classes| SquaredHinge::with_fewest_fraction_bits(1797, 64, classes, 650).unwrap();
    let count = |classes| {
        circuit::shape(&CircuitSpec::SquaredHinge(spec(classes)))
            .unwrap()
            .constraints
    };
    let ten = count(10);
    assert_eq!((ten, (ten - count(3)) / 7), (2_401_927, 127_876));
}
