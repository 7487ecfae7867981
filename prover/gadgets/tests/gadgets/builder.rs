//! Circuits under test, from a gadget and the widths of its inputs.

use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::int::scalar;
use assay_gadgets::{Error, Int, Linear, range};
use bellman::{ConstraintSystem, SynthesisError};
use bls12_381::Scalar;

pub type Witness = Vec<i128>;

/// A harness over `gadget`, whose inputs are signed integers of `widths` bits: their bits
/// cost `widths` constraints in all.
pub fn on_ints<F>(
    name: &str,
    widths: &'static [u32],
    gadget: F,
) -> Harness<Witness, impl Fn(&mut Recorder, Option<&Witness>) -> Result<Ports, SynthesisError>>
where
    F: Fn(&mut Recorder, &[Int]) -> Result<Vec<Linear>, Error>,
{
    Harness::new(name, move |cs, witness| {
        let ints = alloc(cs, widths, witness)?;
        let outputs = gadget(cs, &ints)?;
        let inputs = ints.iter().map(|int| int.linear().clone()).collect();
        Ok(Ports { inputs, outputs })
    })
}

/// Signed integers of `widths` bits.
pub fn alloc(
    cs: &mut Recorder,
    widths: &[u32],
    witness: Option<&Witness>,
) -> Result<Vec<Int>, Error> {
    let alloc = |(i, &bits): (usize, &u32)| {
        let value = witness.map(|witness| witness[i]);
        range::signed(cs.namespace(|| format!("input {i}")), value, bits)
    };
    widths.iter().enumerate().map(alloc).collect()
}

/// Integers as outputs.
pub fn out(ints: &[&Int]) -> Vec<Linear> {
    ints.iter().map(|int| int.linear().clone()).collect()
}

/// Integers as field elements.
pub fn scalars(values: &[i128]) -> Vec<Scalar> {
    values.iter().map(|&value| scalar(value)).collect()
}

/// Whether the system that `gadget` makes of these inputs is satisfied, its range checks
/// proved by bits; an error is no.
pub fn satisfied<F>(widths: &[u32], witness: &Witness, gadget: F) -> bool
where
    F: Fn(&mut Recorder, &[Int]) -> Result<(), Error>,
{
    let mut cs = Recorder::with_witness();
    let built = alloc(&mut cs, widths, Some(witness)).and_then(|ints| gadget(&mut cs, &ints));
    built.is_ok() && proved(cs).is_satisfied()
}

/// The system with its range checks by bits, which say the same as the checks themselves.
pub fn proved(mut cs: Recorder) -> Recorder {
    let before = cs.is_satisfied();
    cs.prove_ranges().unwrap();
    assert_eq!(cs.is_satisfied(), before, "{:?}", cs.first_unsatisfied());
    cs
}
