use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::int::scalar;
use assay_gadgets::mask::{Label, Mask};
use assay_gadgets::{Bit, Error, Linear};
use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::builder::scalars;

const CAPACITY: usize = 5;

fn linears(bits: &[Bit]) -> Vec<Linear> {
    bits.iter().map(|bit| bit.linear().clone()).collect()
}

#[test]
fn a_mask_counts_its_rows() {
    let mask = Harness::new("mask", |cs: &mut Recorder, len: Option<&usize>| {
        let mask = Mask::alloc(cs, len.copied(), CAPACITY)?;
        assert_eq!((mask.len().lo(), mask.len().hi()), (1, 5));
        Ok(Ports {
            inputs: linears(mask.bits()),
            outputs: vec![mask.len().linear().clone()],
        })
    });
    let mask = mask
        .accept(1, scalars(&[1]))
        .accept(3, scalars(&[3]))
        .accept(5, scalars(&[5]));
    mask.expect_constraints(CAPACITY)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn only_masks_that_fall_once_are_accepted() {
    let digits = [0, 1, -1, 2];
    for pattern in 0..4_usize.pow(4) {
        let mut cs = Recorder::with_witness();
        Mask::alloc(&mut cs, Some(1), CAPACITY).unwrap();
        let values = [pattern, pattern / 4, pattern / 16, pattern / 64].map(|p| digits[p % 4]);
        for (wire, value) in cs.wires().zip(values) {
            cs.set(wire, scalar(value));
        }
        let falls_once =
            values.is_sorted_by(|a, b| a >= b) && values.iter().all(|v| [0, 1].contains(v));
        assert_eq!(cs.is_satisfied(), falls_once, "{values:?}");
    }
}

#[test]
fn a_length_that_no_mask_has_is_an_error() {
    let mut cs = Recorder::with_witness();
    let mut alloc = |len, capacity| Mask::alloc(&mut cs, Some(len), capacity).map(drop);
    assert!(matches!(alloc(0, 5), Err(Error::OutOfRange { .. })));
    assert!(matches!(alloc(6, 5), Err(Error::OutOfRange { .. })));
    assert!(matches!(alloc(0, 0), Err(Error::Length { .. })));
}

/// A label of `classes` classes under an allocated mask bit.
fn label(
    cs: &mut Recorder,
    witness: Option<&(bool, usize)>,
    classes: usize,
) -> Result<Ports, bellman::SynthesisError> {
    let mask = Bit::alloc(cs.namespace(|| "mask"), witness.map(|w| w.0))?;
    let label = Label::alloc(
        cs.namespace(|| "label"),
        &mask,
        witness.map(|w| w.1),
        classes,
    )?;
    assert_eq!(
        (label.index().lo(), label.index().hi()),
        (0, classes as i128 - 1)
    );
    let mut inputs = linears(label.bits());
    inputs.push(mask.linear().clone());
    let outputs = [linears(label.bits()), vec![label.index().linear().clone()]].concat();
    Ok(Ports { inputs, outputs })
}

#[test]
fn a_label_is_one_class_where_the_mask_is_set_and_none_elsewhere() {
    let three = Harness::new("three", |cs: &mut Recorder, w: Option<&_>| label(cs, w, 3));
    let three = three.accept((true, 0), scalars(&[1, 0, 0, 0]));
    let three = three
        .accept((true, 2), scalars(&[0, 0, 1, 2]))
        .refuse((false, 1));
    let three = three
        .accept((false, usize::MAX), scalars(&[0, 0, 0, 0]))
        .expect_constraints(1 + 3);
    three.run().into_result().unwrap();
    let two = Harness::new("two", |cs: &mut Recorder, w: Option<&_>| label(cs, w, 2));
    let two = two
        .accept((true, 1), scalars(&[0, 1, 1]))
        .accept((true, 0), scalars(&[1, 0, 0]));
    let two = two
        .accept((false, 0), scalars(&[0, 0, 0]))
        .refuse((false, 1));
    two.expect_constraints(1 + 1).run().into_result().unwrap();
}

#[test]
fn only_labels_of_one_class_at_most_are_accepted() {
    for pattern in 0..27_u64 {
        let mut cs = Recorder::with_witness();
        label(&mut cs, Some(&(true, 0)), 3).unwrap();
        let values = [pattern % 3, pattern / 3 % 3, pattern / 9];
        let wires: Vec<_> = cs.wires().collect();
        for (&wire, &value) in wires.iter().zip(&values) {
            cs.set(wire, Scalar::from(value));
        }
        let one_at_most = matches!(values, [1, 0, 0] | [1, 1, 0] | [1, 0, 1] | [0, 0, 0]);
        assert_eq!(cs.is_satisfied(), one_at_most, "{values:?}");
    }
}

#[test]
fn a_label_that_is_no_class_is_an_error() {
    let mut cs = Recorder::with_witness();
    let mask = Bit::constant(true);
    let mut alloc = |class, classes| Label::alloc(&mut cs, &mask, Some(class), classes).map(drop);
    assert!(matches!(alloc(3, 3), Err(Error::OutOfRange { .. })));
    assert!(matches!(alloc(0, 1), Err(Error::Length { .. })));
}
