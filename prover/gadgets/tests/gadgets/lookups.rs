//! Range checks by lookups: what they accept, and what an attacker finds who knows the
//! challenge too early or too late.

use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::int::scalar;
use assay_gadgets::{Error, Linear, System, Wire, range, ranges};
use bellman::{ConstraintSystem, SynthesisError};
use bls12_381::Scalar;
use proptest::prelude::*;

/// Many checks of one width, so that a table pays, and a few of others.
const WIDTHS: [(usize, u32); 5] = [(96, 6), (3, 13), (2, 1), (1, 2), (2, 4)];

fn widths() -> impl Iterator<Item = u32> {
    WIDTHS
        .into_iter()
        .flat_map(|(count, bits)| std::iter::repeat_n(bits, count))
}

fn allocate<CS: System>(cs: &mut CS, values: Option<&[i128]>) -> Result<Vec<Linear>, Error> {
    let integer = |(i, bits): (usize, u32)| {
        let value = values.map(|values| values[i]);
        let int = range::unsigned(cs.namespace(|| format!("int {i}")), value, bits)?;
        Ok(int.linear().clone())
    };
    widths().enumerate().map(integer).collect()
}

/// Both stages, and the integers with all other wires of the first one.
fn build(
    cs: &mut Recorder,
    values: Option<&[i128]>,
    challenge: Scalar,
) -> Result<(Vec<Linear>, Vec<Linear>), Error> {
    let (ints, lookups) = ranges::first_stage(cs, |system| allocate(system, values))?;
    let first: Vec<Linear> = cs
        .wires()
        .map(|wire| Linear::variable(wire.variable(), cs.get(wire)))
        .collect();
    let rho = values.map(|_| challenge);
    let rho = Linear::alloc(&mut *cs, || "challenge", rho)?;
    lookups
        .expect("lookups pay")
        .enforce(cs.namespace(|| "lookups"), &rho)?;
    let mut fixed = first;
    fixed.push(rho);
    Ok((ints, fixed))
}

fn challenge(seed: u64) -> Scalar {
    // Any number far from the tables.
    Scalar::from(seed).square().square() + Scalar::from(u64::MAX).square()
}

fn zeros() -> Vec<i128> {
    widths().map(|_| 0).collect()
}

fn greatest() -> Vec<i128> {
    widths().map(|bits| (1 << bits) - 1).collect()
}

fn recorded(values: &[i128], challenge: Scalar) -> Recorder {
    let mut cs = Recorder::with_witness();
    build(&mut cs, Some(values), challenge).unwrap();
    cs
}

#[test]
fn bounds_are_accepted_and_what_lies_beyond_them_is_not() {
    for values in [zeros(), greatest()] {
        assert!(recorded(&values, challenge(1)).is_satisfied());
    }
    for (i, bits) in widths().enumerate() {
        for outside in [-1, 1 << bits, i128::MIN, i128::MAX] {
            let mut values = greatest();
            values[i] = outside;
            assert!(
                !recorded(&values, challenge(1)).is_satisfied(),
                "{i}: {outside}"
            );
        }
    }
}

#[test]
fn lookups_take_fewer_constraints_than_bits() {
    let mut by_bits = Recorder::shape();
    ranges::by_bits(&mut by_bits, |system| allocate(system, None)).unwrap();
    let bits: u32 = widths().sum();
    assert_eq!(by_bits.num_constraints(), bits as usize);
    let mut cs = Recorder::shape();
    build(&mut cs, None, challenge(1)).unwrap();
    // A table of 6 bits of 64 entries, one sum; 96 lookups of 6 bits; 13 as 6 + 6 + 1; a bit
    // for each of the small ones, 4 bits by two lookups.
    assert_eq!(cs.num_constraints(), 64 + 1 + 96 + 3 * 3 + 2 + 2 + 2 * 2);
}

#[test]
fn few_checks_are_proved_by_bits() {
    let mut cs = Recorder::shape();
    let (_, lookups) =
        ranges::first_stage(&mut cs, |system| range::unsigned(system, None, 8)).unwrap();
    assert!(lookups.is_none());
    assert_eq!(cs.num_constraints(), 8);
}

/// The commit rule: with all wires of the first stage and the challenge fixed, every wire of
/// the second stage is determined.
#[test]
fn the_second_stage_follows_from_the_first_and_the_challenge() {
    let second = Harness::new(
        "lookups",
        |cs: &mut Recorder, values: Option<&Vec<i128>>| {
            let (_, inputs) = build(cs, values.map(Vec::as_slice), challenge(7))?;
            let outputs = Vec::new();
            Ok::<_, SynthesisError>(Ports { inputs, outputs })
        },
    );
    second
        .accept(zeros(), [])
        .accept(greatest(), [])
        .expect_constraints(178)
        .run()
        .into_result()
        .unwrap();
}

/// The value of a side of a constraint.
fn side(cs: &Recorder, terms: &[(Wire, Scalar)]) -> Scalar {
    let terms = terms.iter();
    terms.fold(Scalar::zero(), |sum, (wire, c)| {
        sum + c * cs.get(*wire).unwrap()
    })
}

/// Draws a challenge and computes all wires of the second stage from those of the first.
fn finish(cs: &mut Recorder, challenge: Scalar) {
    let rho = cs.find("challenge").unwrap();
    cs.set(rho, challenge);
    let second: Vec<_> = cs
        .constraints()
        .iter()
        .filter(|row| row.name.starts_with("lookups/") && !row.name.ends_with("/sum"))
        .cloned()
        .collect();
    for row in second {
        let quotient = side(cs, &row.c) * side(cs, &row.b).invert().unwrap();
        cs.set(row.a[0].0, quotient);
    }
}

/// By how much the sums of the first table differ.
fn imbalance(cs: &Recorder) -> Scalar {
    let sum = cs
        .constraints()
        .iter()
        .find(|row| row.name == "lookups/table 0/sum");
    side(cs, &sum.unwrap().a)
}

fn first_table_is_the_only_one_broken(cs: &Recorder) -> bool {
    cs.first_unsatisfied().as_deref() == Some("lookups/table 0/sum")
}

#[test]
fn a_witness_that_is_finished_honestly_is_accepted_at_any_challenge() {
    let mut cs = recorded(&greatest(), challenge(1));
    for seed in 2..5 {
        finish(&mut cs, challenge(seed));
        assert!(cs.is_satisfied());
    }
}

/// Why multiplicities are committed to: who chooses one after the challenge balances the
/// sums for any value. At a challenge drawn afterwards it fails.
#[test]
fn a_multiplicity_chosen_after_the_challenge_would_prove_anything() {
    let mut cs = recorded(&greatest(), challenge(1));
    let value = cs.find("int 0/integer").unwrap();
    cs.set(value, scalar(64));
    finish(&mut cs, challenge(1));
    assert!(first_table_is_the_only_one_broken(&cs));
    let multiplicity = cs.find("table 0 multiplicity 5").unwrap();
    let own = cs.get(multiplicity).unwrap();
    let needed = imbalance(&cs) * (challenge(1) - Scalar::from(5));
    cs.set(multiplicity, own + needed);
    finish(&mut cs, challenge(1));
    assert!(cs.is_satisfied());
    finish(&mut cs, challenge(2));
    assert!(first_table_is_the_only_one_broken(&cs));
}

/// Why looked-up values are committed to: one that is chosen after the challenge balances
/// the sums as well.
#[test]
fn a_value_chosen_after_the_challenge_would_prove_anything() {
    let mut cs = recorded(&greatest(), challenge(1));
    let [forged, balancing] = [0, 1].map(|i| cs.find(&format!("int {i}/integer")).unwrap());
    cs.set(forged, scalar(-1));
    finish(&mut cs, challenge(1));
    // 1 / (rho - v) has to be smaller by the imbalance.
    let own = (challenge(1) - cs.get(balancing).unwrap())
        .invert()
        .unwrap();
    let inverse = (own - imbalance(&cs)).invert().unwrap();
    cs.set(balancing, challenge(1) - inverse);
    finish(&mut cs, challenge(1));
    assert!(cs.is_satisfied());
    finish(&mut cs, challenge(2));
    assert!(first_table_is_the_only_one_broken(&cs));
}

/// Why a tuple takes independent challenges: with `X^2 - b X - a` for the pair `(a, b)`,
/// whose roots are `r` and `s`, the fraction is `(1/(X-r) - 1/(X-s)) / (r - s)`. So the pairs
/// with roots `r, s` and `s, t` add up to the one with roots `r, t`, for multiplicities that
/// are fixed before any challenge, whether or not it is in the table.
#[test]
fn powers_of_one_challenge_let_a_pair_in_that_is_in_no_table() {
    let [r, s, t] = [3, 7, 20].map(Scalar::from);
    let pair = |r: Scalar, s: Scalar| [-(r * s), r + s];
    let by = |a: Scalar, b: Scalar| a * b.invert().unwrap();
    let table = [pair(r, s), pair(s, t)];
    let multiplicities = [by(r - s, r - t), by(s - t, r - t)];
    let forged = pair(r, t);
    assert!(!table.contains(&forged));
    let balanced = |denominator: &dyn Fn([Scalar; 2]) -> Scalar| {
        let entries = table.iter().zip(multiplicities);
        let sum = entries.fold(Scalar::zero(), |sum, (entry, m)| {
            sum + by(m, denominator(*entry))
        });
        sum == denominator(forged).invert().unwrap()
    };
    for seed in 1..5 {
        let [rho, other] = [challenge(seed), challenge(seed + 10)];
        assert!(balanced(&|[a, b]| rho.square() - b * rho - a));
        assert!(!balanced(&|[a, b]| rho - a - b * other));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn lookups_accept_what_bits_accept(
        index in 0usize..32, value in prop_oneof![-3i128..70, -9000i128..9000], seed: u64,
    ) {
        let mut values = greatest();
        values[index] = value;
        let mut by_bits = Recorder::with_witness();
        ranges::by_bits(&mut by_bits, |system| allocate(system, Some(&values))).unwrap();
        let by_lookups = recorded(&values, challenge(seed));
        prop_assert_eq!(by_lookups.is_satisfied(), by_bits.is_satisfied());
    }
}
