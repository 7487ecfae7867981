use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::int::scalar;
use assay_gadgets::mask::Mask;
use assay_gadgets::{Bit, Linear};
use assay_protocol::Scalar;
use bellman::{ConstraintSystem, SynthesisError};

use super::*;

/// Rows in use and the minimum stated.
type Rows = (usize, u32);

/// A mask of `capacity` rows and a minimum of them.
fn build(
    cs: &mut Recorder,
    witness: Option<&Rows>,
    capacity: usize,
) -> Result<Ports, SynthesisError> {
    let mask = Mask::alloc(cs.namespace(|| "mask"), witness.map(|w| w.0), capacity)?;
    let minimum = witness.map(|w| w.1);
    let minimum = minimum_rows(cs.namespace(|| "minimum"), mask.len(), minimum)?;
    let mut inputs: Vec<Linear> = mask.bits().iter().map(Bit::linear).cloned().collect();
    inputs.push(minimum.linear().clone());
    let outputs = vec![minimum.linear().clone()];
    Ok(Ports { inputs, outputs })
}

/// `constraints` are the mask's, one a row but none for a single one, and the minimum's.
fn expect(capacity: usize, rows: &[usize], constraints: usize) {
    let name = format!("minimum of {capacity} rows");
    let build = |cs: &mut Recorder, witness: Option<&Rows>| build(cs, witness, capacity);
    let mut harness = Harness::new(name, build).expect_constraints(constraints);
    for &rows in rows {
        for minimum in 1..=rows as u32 {
            harness = harness.accept((rows, minimum), [scalar(minimum.into())]);
        }
        for minimum in [0, rows as u32 + 1, 16, u32::MAX] {
            harness = harness.refuse((rows, minimum));
        }
    }
    harness.run().into_result().unwrap();
}

#[test]
fn a_minimum_lies_between_one_and_the_rows_in_use() {
    expect(1, &[1], 1 + 1);
    expect(2, &[1, 2], 2 + 1 + 1);
    expect(5, &[1, 3, 4, 5], 5 + 3 + 3);
    expect(8, &[1, 7, 8], 8 + 3 + 3);
}

/// Every assignment of these digits to the wires: the constraints leave none but the bits
/// of a minimum that holds, whatever a prover would write there.
#[test]
fn no_wires_say_a_minimum_that_does_not_hold() {
    let digits = [0, 1, -1, 2, 3].map(scalar);
    let digits = [&digits[..], &[half()]].concat();
    let mut cs = Recorder::with_witness();
    let ports = build(&mut cs, Some(&(1, 1)), 4).unwrap();
    let wires: Vec<_> = cs.wires().collect();
    let mut accepted = Vec::new();
    for pattern in 0..digits.len().pow(wires.len() as u32) {
        let mut rest = pattern;
        for &wire in &wires {
            cs.set(wire, digits[rest % digits.len()]);
            rest /= digits.len();
        }
        if cs.is_satisfied() {
            accepted.push(stated(&cs, &ports.outputs[0]));
        }
    }
    accepted.sort_unstable();
    // One minimum for one row, two for two rows, and so on.
    assert_eq!(accepted, [1, 1, 1, 1, 2, 2, 2, 3, 3, 4]);
}

/// The minimum that the wires say: one more than its bits.
fn stated(cs: &Recorder, minimum: &Linear) -> u8 {
    let terms = minimum.terms().iter();
    let bits = terms.fold(Scalar::zero(), |sum, &(wire, c)| {
        sum + c * cs.get(wire).unwrap()
    });
    let [low, high @ ..] = (bits + Scalar::one()).to_bytes();
    assert_eq!(high, [0; 31]);
    low
}

fn half() -> Scalar {
    scalar(2).invert().unwrap()
}
