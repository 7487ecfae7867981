//! What the certificate costs, counted without proving.
#![allow(missing_docs, clippy::unwrap_used)]

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use assay_prover::certificate::{Claim, SquaredHingeCircuit};
use assay_prover::{ByBits, Shape, circuit};

/// lambda = 65/65025, about 0.001.
fn spec(rows: u32, features: u32, classes: u32) -> SquaredHinge {
    SquaredHinge::with_fewest_fraction_bits(rows, features, classes, 65).unwrap()
}

fn shape(rows: u32, features: u32, classes: u32) -> Shape {
    circuit::shape(&CircuitSpec::SquaredHinge(spec(rows, features, classes))).unwrap()
}

/// A digest that changes parts every registered circuit from what its specification compiles
/// to: its proofs are refused from then on.
#[test]
fn circuits_registered_before_still_compile_to_what_they_were() {
    let digest = shape(569, 10, 2).digest.to_string();
    let registered = "0113fa02d12d3d0f6e3a8df0aba2d92b59c513e8591f8d549661520f5d53bb7c";
    assert_eq!(digest, registered);
}

#[test]
fn breast_cancer_with_ten_columns_stays_below_30_000() {
    assert_eq!(shape(569, 10, 2).constraints, 29_752);
}

#[test]
fn breast_cancer_with_thirty_columns_stays_below_70_000() {
    assert_eq!(shape(569, 30, 2).constraints, 64_049);
}

/// Four limbs take three constraints in place of two permutations.
#[test]
fn a_fingerprint_in_place_of_a_root_saves_700_constraints() {
    let fingerprint = CircuitSpec::SquaredHingeFingerprint(spec(569, 30, 2));
    let shape = circuit::shape(&fingerprint).unwrap();
    assert_eq!(shape.constraints, 63_320);
}

/// Without challenges, every range check by bits.
#[test]
fn a_plain_certificate_costs_three_times_as_many() {
    let plain = |features| {
        let (spec, claim) = (spec(569, features, 2), Claim::Public(None));
        let shape = Shape::of(ByBits(SquaredHingeCircuit { spec, claim })).unwrap();
        (shape.constraints, shape.committed)
    };
    assert_eq!(plain(10), (86_044, 0));
    assert_eq!(plain(30), (203_296, 0));
}

/// The same certificate, with the model's commitment, the minimum of rows and a longer
/// statement.
#[test]
fn breast_cancer_with_a_hidden_model_stays_below_31_000() {
    let hidden = circuit::shape(&CircuitSpec::SquaredHingeHidden(spec(569, 10, 2))).unwrap();
    assert_eq!(hidden.constraints, 30_131);
}

/// Cost grows by the same amount with every class from three on: their products with the same
/// rows are proved together.
#[test]
fn a_class_of_the_digits_costs_18_000_constraints() {
    let spec = |classes| SquaredHinge::with_fewest_fraction_bits(1797, 64, classes, 650).unwrap();
    let count = |classes| {
        circuit::shape(&CircuitSpec::SquaredHinge(spec(classes)))
            .unwrap()
            .constraints
    };
    let ten = count(10);
    assert_eq!((ten, (ten - count(3)) / 7), (545_556, 17_731));
}
