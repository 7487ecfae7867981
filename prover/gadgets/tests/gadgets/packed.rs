use std::time::{Duration, Instant};

use assay_gadgets::harness::{Counter, Harness, Ports, Recorder};
use assay_gadgets::packed::enforce_products;
use assay_gadgets::stages::by_bits;
use assay_gadgets::{Error, Int, range};
use bellman::{ConstraintSystem, SynthesisError};
use proptest::prelude::*;

use crate::builder::{out, proved, scalars};

const ROWS: usize = 3;
const COLUMNS: usize = 2;
const SUM_BITS: u32 = 16;

/// A matrix of bytes, a vector of signed bytes, and claimed sums.
#[derive(Clone, Debug)]
struct Claim {
    matrix: [[i128; COLUMNS]; ROWS],
    vector: [i128; COLUMNS],
    sums: [i128; ROWS],
}

impl Claim {
    fn honest(matrix: [[i128; COLUMNS]; ROWS], vector: [i128; COLUMNS]) -> Self {
        let sums = matrix.map(|row| row.iter().zip(&vector).map(|(a, b)| a * b).sum());
        Self {
            matrix,
            vector,
            sums,
        }
    }
}

fn build(cs: &mut Recorder, claim: Option<&Claim>) -> Result<Ports, SynthesisError> {
    let mut byte = |i: usize, j: usize| {
        let value = claim.map(|claim| claim.matrix[i][j]);
        range::unsigned(cs.namespace(|| format!("m {i} {j}")), value, 8)
    };
    let matrix = (0..ROWS)
        .map(|i| {
            (0..COLUMNS)
                .map(|j| byte(i, j))
                .collect::<Result<Vec<_>, _>>()
        })
        .collect::<Result<Vec<_>, Error>>()?;
    let mut signed = |name: &str, i: usize, value: Option<i128>, bits| {
        range::signed(cs.namespace(|| format!("{name} {i}")), value, bits)
    };
    let vector = (0..COLUMNS)
        .map(|j| signed("v", j, claim.map(|claim| claim.vector[j]), 8))
        .collect::<Result<Vec<_>, _>>()?;
    let sums = (0..ROWS)
        .map(|i| signed("s", i, claim.map(|claim| claim.sums[i]), SUM_BITS + 1))
        .collect::<Result<Vec<_>, _>>()?;
    enforce_products(cs.namespace(|| "packed"), &matrix, &vector, &sums)?;
    let inputs = matrix.iter().flatten().chain(&vector).collect::<Vec<_>>();
    Ok(Ports {
        inputs: out(&inputs),
        outputs: out(&sums.iter().collect::<Vec<_>>()),
    })
}

#[test]
fn rows_share_their_multiplications() {
    let extreme = Claim::honest([[255, 255], [0, 255], [255, 0]], [-128, -128]);
    let mixed = Claim::honest([[1, 2], [3, 4], [5, 6]], [127, -5]);
    let mut wrong = extreme.clone();
    wrong.sums[0] += 1;
    let mut swapped = mixed.clone();
    swapped.sums.swap(0, 2);
    let packed = Harness::new("packed", build);
    let packed = packed.accept(extreme.clone(), scalars(&extreme.sums));
    let packed = packed
        .accept(mixed.clone(), scalars(&mixed.sums))
        .refuse(wrong)
        .refuse(swapped);
    // One group of three rows: a multiplication for each column.
    let bits = 8 * (ROWS * COLUMNS + COLUMNS) + 17 * ROWS;
    packed
        .expect_constraints(bits + COLUMNS)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn a_carry_from_one_packed_sum_to_the_next_is_refused() {
    let honest = Claim::honest([[1, 2], [3, 4], [5, 6]], [127, -5]);
    // The base is 2^18, for a difference of at most 2^16 + 2 * 255 * 128; a base of 2^16
    // would forget the sums' own range and let a carry through.
    for (base_bits, sign) in (15..20).flat_map(|bits| [(bits, 1), (bits, -1)]) {
        let mut carried = honest.clone();
        carried.sums[0] += sign << base_bits;
        carried.sums[1] -= sign;
        let mut cs = Recorder::with_witness();
        build(&mut cs, Some(&carried)).unwrap();
        assert!(!proved(cs).is_satisfied(), "{sign} * 2^{base_bits}");
    }
}

proptest! {
    #[test]
    fn constraints_refuse_what_is_no_product(
        matrix: [[u8; COLUMNS]; ROWS],
        vector: [i8; COLUMNS],
        row in 0..ROWS,
        other in 0..ROWS,
        error in -3_i128..=3,
        carry in prop::sample::select(vec![0_u32, 1, 8, 16, 17, 18, 19, 36]),
    ) {
        let honest = Claim::honest(matrix.map(|row| row.map(i128::from)), vector.map(i128::from));
        let mut claim = honest.clone();
        claim.sums[row] += error << carry;
        claim.sums[other] -= error;
        let mut cs = Recorder::with_witness();
        build(&mut cs, Some(&claim)).unwrap();
        prop_assert_eq!(proved(cs).is_satisfied(), claim.sums == honest.sums);
    }
}

/// `[rows, columns]` bytes by 24-bit weights into 36-bit sums, at setup.
fn count(rows: usize, columns: usize, constant_column: bool) -> usize {
    let mut counter = Counter::new();
    let counted = by_bits(&mut counter, |cs| {
        let byte = range::unsigned(&mut *cs, None, 8)?;
        let weight = range::signed(&mut *cs, None, 24)?;
        let sum = range::signed(&mut *cs, None, 36)?;
        let mut matrix = vec![vec![byte; columns]; rows];
        let mut vector = vec![weight.clone(); columns];
        if constant_column {
            let constant = Int::constant(255)?;
            matrix.iter_mut().for_each(|row| row.push(constant.clone()));
            vector.push(weight);
        }
        let before = cs.inner().constraints();
        enforce_products(&mut *cs, &matrix, &vector, &vec![sum; rows])?;
        Ok(cs.inner().constraints() - before)
    });
    counted.unwrap()
}

#[test]
fn a_group_takes_a_constraint_a_column_and_constants_none() {
    // 10 * 255 * 2^23 + 2^35 < 2^36: seven rows to a group.
    assert_eq!(count(7, 10, false), 10);
    assert_eq!(count(8, 10, false), 20);
    assert_eq!(count(569, 10, true), 82 * 10);
    assert_eq!(count(5, 0, true), 1);
    assert_eq!(count(0, 3, false), 0);
}

#[test]
fn products_too_wide_or_of_unequal_length_are_errors() {
    let mut cs = Recorder::shape();
    let wide = range::unsigned(&mut cs, None, 100).unwrap();
    let row = vec![wide.clone()];
    let one = std::slice::from_ref(&wide);
    let result = enforce_products(&mut cs, std::slice::from_ref(&row), one, one);
    assert!(matches!(result, Err(Error::PackingTooWide { row: 0, .. })));
    let result = enforce_products(&mut cs, &[row.clone(), row.clone()], one, one);
    assert!(matches!(
        result,
        Err(Error::Length {
            expected: 2,
            found: 1,
            ..
        })
    ));
    let result = enforce_products(&mut cs, &[row], &[], one);
    assert!(matches!(
        result,
        Err(Error::Length {
            expected: 0,
            found: 1,
            ..
        })
    ));
}

/// A layer behind a value that is known to be constant has as many of them as there are
/// parameters: whoever compiles a stranger's graph can't wait for their square.
#[test]
fn constants_in_the_vector_take_no_longer_than_wires() {
    let columns = 20_000;
    let elapsed = by_bits(&mut Counter::new(), |cs| {
        let byte = |_| range::unsigned(&mut *cs, None, 8);
        let matrix = vec![(0..columns).map(byte).collect::<Result<Vec<_>, _>>()?];
        let sums = [range::signed(&mut *cs, None, 32)?];
        let vector = vec![Int::constant(1)?; columns];
        let begun = Instant::now();
        enforce_products(&mut *cs, &matrix, &vector, &sums)?;
        Ok(begun.elapsed())
    });
    let elapsed = elapsed.unwrap();
    assert!(elapsed < Duration::from_secs(10), "{elapsed:?}");
}
