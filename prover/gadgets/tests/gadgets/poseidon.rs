use assay_gadgets::harness::{Counter, Harness, Ports, Recorder};
use assay_gadgets::{Error, Linear, poseidon};
use bellman::ConstraintSystem;
use bls12_381::Scalar;
use ff::Field;

fn inputs(cs: &mut Recorder, values: Option<&Vec<Scalar>>, len: usize) -> Vec<Linear> {
    let input = |i: usize| {
        let value = values.map(|values| values[i]);
        Linear::alloc(cs.namespace(|| format!("input {i}")), || "element", value).unwrap()
    };
    (0..len).map(input).collect()
}

fn elements(len: u64) -> Vec<Scalar> {
    (1..=len)
        .map(|i| Scalar::from(i).square().invert().unwrap())
        .collect()
}

#[test]
fn a_permutation_takes_387_constraints() {
    let permutation = Harness::new("permutation", |cs: &mut Recorder, values: Option<&_>| {
        let inputs = inputs(cs, values, 9);
        let state: [Linear; 9] = inputs.clone().try_into().unwrap();
        Ok(Ports {
            inputs,
            outputs: poseidon::permute(cs, state)?.to_vec(),
        })
    });
    let native = |values: &[Scalar]| {
        let mut state: [Scalar; 9] = values.try_into().unwrap();
        assay_poseidon::permute(&mut state);
        state
    };
    let values = elements(9);
    let zeros = vec![Scalar::ZERO; 9];
    let permutation = permutation.accept(values.clone(), native(&values));
    let permutation = permutation
        .accept(zeros.clone(), native(&zeros))
        .expect_constraints(387);
    permutation.bound_inputs().run().into_result().unwrap();
}

#[test]
fn a_hash_agrees_with_its_native_twin_at_every_length() {
    for len in [0, 1, 7, 8, 9, 16, 17] {
        let values = elements(len);
        let mut cs = Recorder::with_witness();
        let inputs = inputs(&mut cs, Some(&values), values.len());
        let digest = poseidon::hash(&mut cs, 5, 30 * len, &inputs).unwrap();
        assert!(cs.is_satisfied());
        let native = assay_poseidon::hash(5, 30 * len, values);
        assert_eq!(digest.value(), Some(native), "{len} elements");
    }
}

#[test]
fn constants_hash_for_free_and_unused_lanes_cost_nothing() {
    let count = |elements: &[Linear]| {
        let mut cs = Counter::new();
        poseidon::hash(&mut cs, 1, 8, elements).map(|_| cs.constraints())
    };
    let constant = Linear::constant(Scalar::from(3));
    let mut cs = Recorder::shape();
    let wires = inputs(&mut cs, None, 8);
    assert_eq!(count(&[]).unwrap(), 0);
    assert_eq!(count(&vec![constant.clone(); 11]).unwrap(), 0);
    assert_eq!(count(&wires).unwrap(), 384);
    assert_eq!(count(&wires[..1]).unwrap(), 387 - 8 * 3);
    let mixed = [vec![constant; 8], wires].concat();
    assert_eq!(count(&mixed).unwrap(), 384);
}

#[test]
fn a_hash_binds_every_element() -> Result<(), Error> {
    let hash = Harness::new("hash", |cs: &mut Recorder, values: Option<&Vec<Scalar>>| {
        let inputs = inputs(cs, values, 10);
        let digest = poseidon::hash(cs, 7, 10, &inputs)?;
        Ok(Ports {
            inputs,
            outputs: vec![digest],
        })
    });
    let values = elements(10);
    let digest = assay_poseidon::hash(7, 10, values.iter().copied());
    let hash = hash
        .accept(values, [digest])
        .expect_constraints(384 + 387)
        .bound_inputs();
    hash.run().into_result().unwrap();
    Ok(())
}
