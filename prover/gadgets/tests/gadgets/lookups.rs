//! Range checks by lookups: what they accept, and what an attacker finds who knows the
//! challenge too early or too late.

use assay_gadgets::harness::{Counter, Harness, Ports, Recorder};
use assay_gadgets::int::scalar;
use assay_gadgets::{Error, Linear, System, Wire, range, stages};
use bls12_381::Scalar;
use proptest::prelude::*;

/// So many checks of so many bits each.
type Widths = [(usize, u32)];

/// Many checks of one width, so that a table pays, and a few of others.
const MIXED: &Widths = &[(96, 6), (3, 13), (2, 1), (1, 2), (2, 4)];

/// Enough of two widths that each takes a table of its own.
const TWO_TABLES: &Widths = &[(400, 5), (60, 3)];

fn each(widths: &Widths) -> impl Iterator<Item = u32> {
    let each = widths.iter();
    each.flat_map(|&(count, bits)| std::iter::repeat_n(bits, count))
}

fn allocate<CS>(cs: &mut CS, widths: &Widths, values: Option<&[i128]>) -> Result<(), Error>
where
    CS: System,
{
    each(widths).enumerate().try_for_each(|(i, bits)| {
        let value = values.map(|values| values[i]);
        range::unsigned(cs.namespace(|| format!("int {i}")), value, bits).map(drop)
    })
}

/// Both stages; the wires of the first one and the challenge.
fn build(
    cs: &mut Recorder,
    widths: &Widths,
    values: Option<&[i128]>,
    challenge: Scalar,
) -> Result<Vec<Linear>, Error> {
    let (_, rest) = stages::first_stage(cs, |system| allocate(system, widths, values))?;
    let mut fixed = cs.private();
    let rho = Linear::alloc(&mut *cs, || "challenge", values.map(|_| challenge))?;
    let rest = rest.expect("lookups pay");
    rest.enforce(&mut *cs, &rho)?;
    fixed.push(rho);
    Ok(fixed)
}

fn challenge(seed: u64) -> Scalar {
    // Any number far from the tables.
    Scalar::from(seed).square().square() + Scalar::from(u64::MAX).square()
}

fn zeros(widths: &Widths) -> Vec<i128> {
    each(widths).map(|_| 0).collect()
}

fn greatest(widths: &Widths) -> Vec<i128> {
    each(widths).map(|bits| (1 << bits) - 1).collect()
}

fn recorded(widths: &Widths, values: &[i128]) -> Recorder {
    let mut cs = Recorder::with_witness();
    build(&mut cs, widths, Some(values), challenge(1)).unwrap();
    cs
}

fn accepts_bounds_and_nothing_beyond(widths: &Widths, indices: impl Iterator<Item = usize>) {
    for values in [zeros(widths), greatest(widths)] {
        assert!(recorded(widths, &values).is_satisfied());
    }
    let greatest = greatest(widths);
    for i in indices {
        for outside in [-1, greatest[i] + 1, i128::MIN, i128::MAX] {
            let mut values = greatest.clone();
            values[i] = outside;
            assert!(!recorded(widths, &values).is_satisfied(), "{i}: {outside}");
        }
    }
}

#[test]
fn bounds_are_accepted_and_what_lies_beyond_them_is_not() {
    accepts_bounds_and_nothing_beyond(MIXED, 0..each(MIXED).count());
}

/// What is in one table is not in the other: 8 is no integer of 3 bits.
#[test]
fn each_of_two_tables_has_its_own_bound() {
    let cs = recorded(TWO_TABLES, &zeros(TWO_TABLES));
    assert!(cs.find("table 0 multiplicity 7").is_some());
    assert!(cs.find("table 0 multiplicity 8").is_none());
    assert!(cs.find("table 1 multiplicity 31").is_some());
    accepts_bounds_and_nothing_beyond(TWO_TABLES, 398..402);
}

#[test]
fn lookups_take_fewer_constraints_than_bits() {
    let mut by_bits = Counter::new();
    stages::by_bits(&mut by_bits, |system| allocate(system, MIXED, None)).unwrap();
    let bits: u32 = each(MIXED).sum();
    assert_eq!(by_bits.constraints(), bits as usize);
    // A table of 6 bits: 64 entries, one sum; 96 lookups of 6 bits; 13 as 1 + 6 + 6; a bit
    // for each of the small ones, 4 bits by two lookups.
    assert_eq!(
        constraints(MIXED),
        (64 + 1 + 96 + 3 * 3 + 2 + 2 + 2 * 2, true)
    );
}

/// How many constraints all checks take, and whether it is by lookups.
fn constraints(widths: &Widths) -> (usize, bool) {
    let mut cs = Counter::new();
    let first = stages::first_stage(&mut cs, |system| allocate(system, widths, None));
    let Some(rest) = first.unwrap().1 else {
        return (cs.constraints(), false);
    };
    let lookups = rest.lookups();
    let checks: usize = each(widths).map(|bits| lookups.constraints_of(bits)).sum();
    let predicted = checks + lookups.table_constraints();
    rest.enforce(&mut cs, &Linear::constant(challenge(1)))
        .unwrap();
    assert_eq!(cs.constraints(), predicted, "{widths:?}");
    (cs.constraints(), true)
}

#[test]
fn the_cheapest_tables_are_taken() {
    let table = |bits: u32| (1 << bits) + 1;
    // Bits take no more than the smallest table.
    assert_eq!(constraints(&[]), (0, false));
    assert_eq!(constraints(&[(1, 8)]), (8, false));
    assert_eq!(constraints(&[(100, 1)]), (100, false));
    assert_eq!(constraints(&[(1, 10)]), (table(2) + 5, false));
    assert_eq!(constraints(&[(1, 12)]), (table(2) + 6, true));
    // The more checks, the wider the table.
    assert_eq!(constraints(&[(3, 8)]), (table(2) + 3 * 4, true));
    assert_eq!(constraints(&[(40, 8)]), (table(4) + 40 * 2, true));
    assert_eq!(constraints(&[(1000, 8)]), (table(8) + 1000, true));
    assert_eq!(constraints(&[(20_000, 16)]), (table(8) + 20_000 * 2, true));
    // A check narrower than the table takes two lookups, or a table of its own.
    assert_eq!(
        constraints(&[(1000, 8), (1, 5)]),
        (table(8) + 1000 + 2, true)
    );
    assert_eq!(
        constraints(TWO_TABLES),
        (table(5) + 400 + table(3) + 60, true)
    );
    // The widest check that there is.
    assert_eq!(constraints(&[(1, 120)]), (table(4) + 30, true));
}

/// The commit rule: with all wires of the first stage and the challenge fixed, every wire of
/// the second stage is determined.
#[test]
fn the_second_stage_follows_from_the_first_and_the_challenge() {
    let second = Harness::new(
        "lookups",
        |cs: &mut Recorder, values: Option<&Vec<i128>>| {
            Ok(Ports {
                inputs: build(cs, MIXED, values.map(Vec::as_slice), challenge(7))?,
                outputs: Vec::new(),
            })
        },
    );
    second
        .accept(zeros(MIXED), [])
        .accept(greatest(MIXED), [])
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
    let mut cs = recorded(MIXED, &greatest(MIXED));
    for seed in 2..5 {
        finish(&mut cs, challenge(seed));
        assert!(cs.is_satisfied());
    }
}

/// Adds to how often an entry of the first table is said to occur.
fn count(cs: &mut Recorder, entry: u64, more: i128) {
    let wire = cs.find(&format!("table 0 multiplicity {entry}")).unwrap();
    let count = cs.get(wire).unwrap();
    cs.set(wire, count + scalar(more));
}

/// 13 bits are cut into 1, 6 and 6; 64 more in the middle is one less at the top.
#[test]
fn a_limb_beyond_its_table_is_refused() {
    let mut cs = recorded(MIXED, &greatest(MIXED));
    let limb = cs.find("/limb 1/value").unwrap();
    assert_eq!(cs.get(limb), Some(scalar(63)));
    cs.set(limb, scalar(63 + 64));
    count(&mut cs, 63, -2);
    count(&mut cs, 62, 1);
    finish(&mut cs, challenge(1));
    assert!(first_table_is_the_only_one_broken(&cs));
    // The same multiplicities with the honest limb and one value less.
    cs.set(limb, scalar(62));
    count(&mut cs, 63, 1);
    let next = cs.find("int 96/integer").unwrap();
    cs.set(next, scalar((1 << 13) - 1 - 2));
    finish(&mut cs, challenge(1));
    assert!(cs.is_satisfied());
}

/// Why multiplicities are committed to: who chooses one after the challenge balances the
/// sums for any value. At a challenge drawn afterwards it fails.
#[test]
fn a_multiplicity_chosen_after_the_challenge_would_prove_anything() {
    let mut cs = recorded(MIXED, &greatest(MIXED));
    let value = cs.find("int 0/integer").unwrap();
    cs.set(value, scalar(64));
    finish(&mut cs, challenge(1));
    assert!(first_table_is_the_only_one_broken(&cs));
    let needed = imbalance(&cs) * (challenge(1) - Scalar::from(5));
    let multiplicity = cs.find("table 0 multiplicity 5").unwrap();
    let own = cs.get(multiplicity).unwrap();
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
    let mut cs = recorded(MIXED, &greatest(MIXED));
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
        // The last integers of 6 bits, and all others.
        index in 90usize..104, value in prop_oneof![-3i128..70, -9000i128..9000], seed: u64,
    ) {
        let mut values = greatest(MIXED);
        values[index] = value;
        let mut by_bits = Recorder::with_witness();
        stages::by_bits(&mut by_bits, |system| allocate(system, MIXED, Some(&values))).unwrap();
        let mut by_lookups = Recorder::with_witness();
        build(&mut by_lookups, MIXED, Some(&values), challenge(seed)).unwrap();
        let accepted = (0..1 << each(MIXED).nth(index).unwrap()).contains(&value);
        prop_assert_eq!(by_bits.is_satisfied(), accepted);
        prop_assert_eq!(by_lookups.is_satisfied(), accepted);
    }
}
