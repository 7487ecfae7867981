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

#[test]
fn breast_cancer_with_ten_columns_stays_below_90_000() {
    assert_eq!(shape(569, 10, 2).constraints, 86_044);
}

#[test]
fn breast_cancer_with_thirty_columns_stays_below_205_000() {
    assert_eq!(shape(569, 30, 2).constraints, 203_296);
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
