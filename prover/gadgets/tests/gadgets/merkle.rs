use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::merkle::{Step, opening, root};
use assay_gadgets::{Bit, Error, Linear};
use bellman::ConstraintSystem;
use bls12_381::Scalar;

const TAG: u64 = 2;

fn native_node(children: &[Scalar]) -> Scalar {
    assay_poseidon::hash(TAG, 8, children.iter().copied())
}

fn empty(depth: usize) -> Vec<Scalar> {
    let node = |below: &Scalar| Some(native_node(&[*below; 8]));
    std::iter::successors(Some(Scalar::from(99)), node)
        .take(depth + 1)
        .collect()
}

fn native_root(leaves: &[Scalar], depth: usize) -> Scalar {
    let mut level = leaves.to_vec();
    level.resize(8_usize.pow(depth as u32), Scalar::from(99));
    while level.len() > 1 {
        level = level.chunks(8).map(native_node).collect();
    }
    level[0]
}

fn wires(cs: &mut Recorder, values: Option<&Vec<Scalar>>, len: usize) -> Vec<Linear> {
    let wire = |i: usize| {
        let value = values.map(|values| values[i]);
        Linear::alloc(&mut *cs, || format!("node {i}"), value).unwrap()
    };
    (0..len).map(wire).collect()
}

fn leaves(len: u64) -> Vec<Scalar> {
    (0..len).map(|i| Scalar::from(1000 + i)).collect()
}

#[test]
fn the_root_of_a_tree_with_missing_leaves_is_the_native_one() {
    let tree = Harness::new("root", |cs: &mut Recorder, values: Option<&Vec<Scalar>>| {
        let inputs = wires(cs, values, 10);
        let root = root(cs, &inputs, &empty(2), TAG)?;
        Ok(Ports {
            inputs,
            outputs: vec![root],
        })
    });
    let values = leaves(10);
    let expected = native_root(&values, 2);
    // Nodes of 8, 2 and again 2 wires.
    let tree = tree
        .accept(values, [expected])
        .expect_constraints(384 + 2 * (384 - 6 * 3));
    tree.bound_inputs().run().into_result().unwrap();
}

#[test]
fn trees_of_any_filling_agree() {
    for (len, depth) in [(0, 2), (1, 0), (1, 1), (8, 1), (64, 2), (9, 3)] {
        let values = leaves(len);
        let mut cs = Recorder::with_witness();
        let inputs = wires(&mut cs, Some(&values), values.len());
        let digest = root(&mut cs, &inputs, &empty(depth), TAG).unwrap();
        assert_eq!(
            digest.value(),
            Some(native_root(&values, depth)),
            "{len} leaves"
        );
    }
    let mut cs = Recorder::shape();
    let inputs = wires(&mut cs, None, 9);
    let full = root(&mut cs, &inputs, &empty(1), TAG);
    assert!(matches!(
        full,
        Err(Error::TreeFull {
            leaves: 9,
            capacity: 8
        })
    ));
    assert!(matches!(
        root(&mut cs, &inputs, &[], TAG),
        Err(Error::Length { .. })
    ));
}

/// A leaf, the position at each of two steps, and the children of each step.
#[derive(Clone)]
struct Opening(Scalar, usize, Vec<Scalar>);

impl Opening {
    /// Of leaf 11 in a full tree of depth 2.
    fn honest() -> Self {
        let leaves = leaves(64);
        let nodes: Vec<Scalar> = leaves.chunks(8).map(native_node).collect();
        Self(leaves[11], 11, [&leaves[8..16], &nodes].concat())
    }
}

fn build(cs: &mut Recorder, witness: Option<&Opening>) -> Result<Ports, bellman::SynthesisError> {
    let leaf = Linear::alloc(&mut *cs, || "leaf", witness.map(|w| w.0))?;
    let children = wires(cs, witness.map(|w| &w.2), 16);
    let bits = (0..6)
        .map(|i| Bit::alloc(&mut *cs, witness.map(|w| w.1 >> i & 1 == 1)))
        .collect::<Result<Vec<_>, Error>>()?;
    let path: Vec<Step> = bits
        .chunks(3)
        .zip(children.chunks(8))
        .map(|(position, children)| Step {
            position: position.to_vec().try_into().unwrap(),
            children: children.to_vec().try_into().unwrap(),
        })
        .collect();
    let root = opening(cs.namespace(|| "opening"), &leaf, &path, TAG)?;
    let mut inputs = [vec![leaf], children].concat();
    inputs.extend(bits.iter().map(|bit| bit.linear().clone()));
    Ok(Ports {
        inputs,
        outputs: vec![root],
    })
}

#[test]
fn an_opening_leads_to_the_root() {
    let honest = Opening::honest();
    let mut leaf = honest.clone();
    leaf.0 += Scalar::one();
    let mut position = honest.clone();
    position.1 = 12;
    let mut sibling = honest.clone();
    sibling.2[0] += Scalar::one();
    let mut upper = honest.clone();
    upper.1 = 3;
    let opening = Harness::new("opening", build).accept(honest, [native_root(&leaves(64), 2)]);
    let opening = opening
        .refuse(leaf)
        .refuse(position)
        .refuse(sibling)
        .refuse(upper);
    opening
        .expect_constraints(6 + 2 * (7 + 1 + 384))
        .run()
        .into_result()
        .unwrap();
}
