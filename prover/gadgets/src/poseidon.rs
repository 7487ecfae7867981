//! Poseidon, the twin of the crate `assay-poseidon`: 387 constraints a permutation.
//!
//! Only S-boxes cost: `x^5` takes three constraints, everything else is linear. Between
//! the two halves of full rounds, 57 partial rounds send one element each through the
//! S-box; all else in them is linear in the nine S-box outputs before them and in their
//! own. A table holds these linear maps, the same for every permutation, so that a
//! permutation only attaches coefficients to wires.

use std::sync::LazyLock;

use assay_poseidon::{FULL_ROUNDS, MDS, PARTIAL_ROUNDS, RATE, ROUND_CONSTANTS, WIDTH, capacity};
use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::{Error, Linear};

/// Rows over the basis (nine S-box outputs before, 57 S-box outputs within, 1).
const BASIS: usize = WIDTH + PARTIAL_ROUNDS + 1;

type Row = [Scalar; BASIS];

/// What the partial rounds do to the S-box outputs of the full round before them.
struct PartialRounds {
    /// The S-box input of each partial round.
    inputs: Vec<Row>,
    /// The state after the last one.
    state: Vec<Row>,
}

static PARTIAL: LazyLock<PartialRounds> = LazyLock::new(|| {
    let mut state: Vec<Row> = (0..WIDTH).map(unit).collect();
    state = mix(&state);
    let constants = &ROUND_CONSTANTS[FULL_ROUNDS / 2..][..PARTIAL_ROUNDS];
    let mut inputs = Vec::with_capacity(PARTIAL_ROUNDS);
    for (round, constants) in constants.iter().enumerate() {
        for (row, constant) in state.iter_mut().zip(constants) {
            row[BASIS - 1] += constant;
        }
        inputs.push(std::mem::replace(&mut state[0], unit(WIDTH + round)));
        state = mix(&state);
    }
    PartialRounds { inputs, state }
});

fn unit(index: usize) -> Row {
    let mut row = [Scalar::zero(); BASIS];
    row[index] = Scalar::one();
    row
}

fn mix(state: &[Row]) -> Vec<Row> {
    let entry = |weights: &[Scalar; WIDTH], k: usize| {
        let products = weights.iter().zip(state).map(|(w, row)| w * row[k]);
        products.fold(Scalar::zero(), |sum, product| sum + product)
    };
    let row = |weights| std::array::from_fn(|k| entry(weights, k));
    MDS.iter().map(row).collect()
}

/// The permutation: 387 constraints on wires, three fewer for each S-box whose input is
/// constant.
///
/// # Errors
/// Those of the constraint system.
pub fn permute<CS>(mut cs: CS, state: [Linear; WIDTH]) -> Result<[Linear; WIDTH], Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let (first, rest) = ROUND_CONSTANTS.split_at(FULL_ROUNDS / 2);
    let last = &rest[PARTIAL_ROUNDS..];
    let mut powers = state;
    for (round, constants) in first.iter().enumerate() {
        let input = if round == 0 { powers } else { mixed(&powers) };
        powers = full_sboxes(cs.namespace(|| format!("first {round}")), input, constants)?;
    }
    let mut state = partial_rounds(cs.namespace(|| "partial"), &powers)?;
    for (round, constants) in last.iter().enumerate() {
        let powers = full_sboxes(cs.namespace(|| format!("last {round}")), state, constants)?;
        state = mixed(&powers);
    }
    Ok(state)
}

/// The hash of `elements` under a domain tag, as `assay_poseidon::hash` defines it: one
/// permutation for every eight elements begun, at least one.
///
/// # Errors
/// Those of the constraint system.
pub fn hash<CS>(mut cs: CS, tag: u64, length: u64, elements: &[Linear]) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let mut state: [Linear; WIDTH] = std::array::from_fn(|_| Linear::zero());
    state[0] = Linear::constant(capacity(tag, length));
    let none: &[Linear] = &[];
    let groups = elements
        .chunks(RATE)
        .chain(elements.is_empty().then_some(none));
    for (i, group) in groups.enumerate() {
        for (slot, element) in state[1..].iter_mut().zip(group) {
            slot.add_scaled(Scalar::one(), element);
        }
        state = permute(cs.namespace(|| format!("permutation {i}")), state)?;
    }
    let [_, digest, ..] = state;
    Ok(digest)
}

fn full_sboxes<CS>(
    mut cs: CS,
    state: [Linear; WIDTH],
    constants: &[Scalar; WIDTH],
) -> Result<[Linear; WIDTH], Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let mut powers = state;
    for (i, (element, constant)) in powers.iter_mut().zip(constants).enumerate() {
        let input = &*element + &Linear::constant(*constant);
        *element = quintic(cs.namespace(|| format!("element {i}")), &input)?;
    }
    Ok(powers)
}

fn mixed(powers: &[Linear; WIDTH]) -> [Linear; WIDTH] {
    std::array::from_fn(|i| Linear::sum(MDS[i].iter().copied().zip(powers)))
}

fn partial_rounds<CS>(mut cs: CS, before: &[Linear; WIDTH]) -> Result<[Linear; WIDTH], Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let mut basis = before.to_vec();
    for (round, row) in PARTIAL.inputs.iter().enumerate() {
        let input = apply(row, &basis);
        basis.push(quintic(cs.namespace(|| format!("round {round}")), &input)?);
    }
    Ok(std::array::from_fn(|i| apply(&PARTIAL.state[i], &basis)))
}

/// The row's constant plus its combination of the basis so far.
fn apply(row: &Row, basis: &[Linear]) -> Linear {
    let constant = Linear::constant(row[BASIS - 1]);
    Linear::sum(row.iter().copied().zip(basis)) + constant
}

/// `x^5`: three constraints, none for a constant.
fn quintic<CS>(mut cs: CS, x: &Linear) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    if let Some(x) = x.as_constant() {
        return Ok(Linear::constant(x.square().square() * x));
    }
    let square = product(&mut cs, "x^2", x, x)?;
    let fourth = product(&mut cs, "x^4", &square, &square)?;
    product(&mut cs, "x^5", &fourth, x)
}

fn product<CS>(cs: &mut CS, name: &'static str, a: &Linear, b: &Linear) -> Result<Linear, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let value = a.value().zip(b.value()).map(|(a, b)| a * b);
    let product = Linear::alloc(&mut *cs, || name, value)?;
    cs.enforce(|| name, |_| a.lc(), |_| b.lc(), |_| product.lc());
    Ok(product)
}
