//! Trees of arity 8 over Poseidon digests.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::{Bit, Error, Linear, poseidon};

/// Children of a node: one permutation.
pub const ARITY: usize = 8;

/// The root of the tree of depth `empty.len() - 1` over `leaves`.
///
/// `empty[l]` is the root of an empty subtree of depth `l`, `empty[0]` an empty leaf: a
/// constant in place of whatever has no leaf. A node hashes its eight children under
/// `tag`. About 384 constraints for each node above a leaf, fewer with empty children.
///
/// # Errors
/// [`Error::TreeFull`] where leaves are left over; [`Error::Length`] where `empty` is.
pub fn root<CS>(mut cs: CS, leaves: &[Linear], empty: &[Scalar], tag: u64) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let Some((root_if_empty, below)) = empty.split_last() else {
        return Err(Error::Length {
            operation: "a tree",
            expected: 1,
            found: 0,
        });
    };
    let mut level = leaves.to_vec();
    for (depth, filler) in below.iter().enumerate() {
        level = level
            .chunks(ARITY)
            .enumerate()
            .map(|(i, children)| {
                let mut all: [Linear; ARITY] = std::array::from_fn(|_| Linear::constant(*filler));
                all[..children.len()].clone_from_slice(children);
                node(
                    cs.namespace(|| format!("depth {depth} node {i}")),
                    &all,
                    tag,
                )
            })
            .collect::<Result<_, _>>()?;
    }
    match <[Linear; 1]>::try_from(level) {
        Ok([root]) => Ok(root),
        Err(level) if level.is_empty() => Ok(Linear::constant(*root_if_empty)),
        Err(_) => Err(Error::TreeFull {
            leaves: leaves.len(),
            capacity: ARITY.saturating_pow(below.len() as u32),
        }),
    }
}

/// One step of an opening: a node's eight children, and which of them is on the path.
#[derive(Clone, Debug)]
pub struct Step {
    /// The child's position in binary, least significant bit first.
    pub position: [Bit; 3],
    /// All children of the node, the one on the path among them.
    pub children: [Linear; ARITY],
}

/// The root over `leaf` along `path`, from the leaf upwards: the child at each step's
/// position is enforced to be the digest below it. 392 constraints a step: seven select
/// the child, one compares it, 384 hash the node.
///
/// # Errors
/// Those of the constraint system.
pub fn opening<CS>(mut cs: CS, leaf: &Linear, path: &[Step], tag: u64) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let mut digest = leaf.clone();
    for (depth, step) in path.iter().enumerate() {
        let mut cs = cs.namespace(|| format!("step {depth}"));
        let child = child_at(&mut cs, step)?;
        child.enforce_equal(&mut cs, || "child is the digest below", &digest);
        digest = node(&mut cs, &step.children, tag)?;
    }
    Ok(digest)
}

fn node<CS>(cs: CS, children: &[Linear; ARITY], tag: u64) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    poseidon::hash(cs, tag, ARITY as u64, children)
}

/// Halves the candidates with each bit of the position.
fn child_at<CS>(cs: &mut CS, step: &Step) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let mut candidates = step.children.to_vec();
    for bit in &step.position {
        candidates = candidates
            .chunks_exact(2)
            .map(|pair| choose(cs, bit, &pair[1], &pair[0]))
            .collect::<Result<_, _>>()?;
    }
    Ok(candidates.swap_remove(0))
}

/// `a` if `bit`, else `b`, of any field elements: one constraint.
fn choose<CS>(cs: &mut CS, bit: &Bit, a: &Linear, b: &Linear) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let difference = a - b;
    let product = bit
        .linear()
        .value()
        .zip(difference.value())
        .map(|(a, b)| a * b);
    let product = Linear::alloc(&mut *cs, || "chosen", product)?;
    cs.enforce(
        || "chosen",
        |_| bit.linear().lc(),
        |_| difference.lc(),
        |_| product.lc(),
    );
    Ok(product + b)
}
