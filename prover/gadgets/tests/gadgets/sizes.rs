//! Recorder, counter and stream see the same circuit.

use assay_gadgets::harness::{Counter, Recorder, Stream};
use assay_gadgets::stages::by_bits;
use assay_gadgets::{Error, System, max, range};
use bellman::ConstraintSystem;
use bls12_381::Scalar;

fn circuit<CS: System>(mut cs: CS, value: Option<i128>) -> Result<(), Error> {
    cs.alloc_input(|| "public", || Ok(Scalar::from(4)))?;
    let int = range::signed(cs.namespace(|| "int"), value, 8)?;
    max::relu(cs.namespace(|| "relu"), &int).map(drop)
}

#[test]
fn all_three_agree() {
    let mut recorder = Recorder::with_witness();
    circuit(&mut recorder, Some(-3)).unwrap();
    recorder.prove_ranges().unwrap();
    let mut counter = Counter::new();
    by_bits(&mut counter, |cs| circuit(cs, None)).unwrap();
    let mut bytes = Vec::new();
    let mut stream = Stream::new(|row: &[u8]| bytes.extend_from_slice(row));
    by_bits(&mut stream, |cs| circuit(cs, None)).unwrap();
    assert_eq!(stream.counter(), &counter);
    assert_eq!(stream.finish(), counter);
    let mut recorded: Vec<u8> = recorder.canonical_rows().flatten().collect();
    for total in [
        recorder.num_inputs(),
        recorder.num_aux(),
        recorder.num_constraints(),
    ] {
        recorded.extend((total as u64).to_le_bytes());
    }
    assert_eq!(recorded, bytes);
    assert_eq!(
        (counter.inputs(), counter.aux(), counter.constraints()),
        (2, 16, 17)
    );
}

#[test]
fn every_wire_is_listed_named_and_set() {
    let mut cs = Recorder::with_witness();
    circuit(&mut cs, Some(-3)).unwrap();
    cs.prove_ranges().unwrap();
    assert_eq!(cs.wires().count(), 17);
    let wire = cs.find("relu/sign/bit 2").unwrap();
    assert_eq!(cs.name(wire), "relu/sign/bit 2");
    let honest = cs.get(wire).unwrap();
    assert!(cs.is_satisfied());
    cs.set(wire, Scalar::from(2));
    let broken = cs.first_unsatisfied();
    assert_eq!(broken.as_deref(), Some("relu/sign/boolean"));
    cs.set(wire, honest);
    assert!(cs.is_satisfied());
}

#[test]
fn without_a_witness_nothing_is_satisfied() {
    let mut cs = Recorder::shape();
    range::signed(cs.namespace(|| "int"), None, 8).unwrap();
    assert_eq!(cs.first_unsatisfied().as_deref(), Some("int"));
    cs.prove_ranges().unwrap();
    assert_eq!(cs.first_unsatisfied().as_deref(), Some("int/boolean"));
    assert!(cs.wires().all(|wire| cs.get(wire).is_none()));
}
