//! Products with one matrix, proved together: what is accepted, and what an attacker finds who
//! knows the challenge too early.

use assay_gadgets::harness::{Counter, Harness, Ports, Recorder};
use assay_gadgets::packed::enforce_products;
use assay_gadgets::{Error, Int, Linear, System, Wire, range, stages};
use bellman::ConstraintSystem;
use bls12_381::Scalar;
use proptest::prelude::*;

const COLUMNS: usize = 3;
/// Sums of 18 bits, so that fourteen of them make a group: two groups.
const ROWS: usize = 16;
const VECTORS: usize = 4;

/// Bytes, signed bytes, and claimed sums.
#[derive(Clone, Debug)]
struct Claim {
    matrix: Vec<Vec<i128>>,
    vectors: Vec<Vec<i128>>,
    sums: Vec<Vec<i128>>,
}

impl Claim {
    fn honest(byte: impl Fn(usize, usize) -> i128, signed: impl Fn(usize, usize) -> i128) -> Self {
        let grid = |rows, value: &dyn Fn(usize, usize) -> i128| -> Vec<Vec<i128>> {
            (0..rows)
                .map(|i| (0..COLUMNS).map(|j| value(i, j)).collect())
                .collect()
        };
        let (matrix, vectors) = (grid(ROWS, &byte), grid(VECTORS, &signed));
        let product = |vector: &Vec<i128>| {
            let rows = matrix.iter();
            rows.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
                .collect()
        };
        let sums = vectors.iter().map(product).collect();
        Self {
            matrix,
            vectors,
            sums,
        }
    }

    fn mixed() -> Self {
        let byte = |i: usize, j: usize| (i * 37 + j * 101) as i128 % 256;
        Self::honest(byte, |r, j| (r * 59 + j * 83) as i128 % 256 - 128)
    }

    fn extreme() -> Self {
        Self::honest(|_, _| 255, |r, _| if r == 0 { 127 } else { -128 })
    }
}

fn ints<CS: System>(
    cs: &mut CS,
    name: &str,
    values: Option<&Vec<Vec<i128>>>,
    [rows, columns]: [usize; 2],
    bits: u32,
) -> Result<Vec<Vec<Int>>, Error> {
    let mut int = |i: usize, j: usize| {
        let value = values.map(|values| values[i][j]);
        let cs = cs.namespace(|| format!("{name} {i} {j}"));
        match name {
            "matrix" => range::unsigned(cs, value, bits),
            _ => range::signed(cs, value, bits),
        }
    };
    (0..rows)
        .map(|i| (0..columns).map(|j| int(i, j)).collect())
        .collect()
}

/// All products, in batches if `open`.
fn allocate<CS: System>(cs: &mut CS, claim: Option<&Claim>, open: bool) -> Result<usize, Error> {
    if open {
        cs.batches().open();
    }
    let of = |part: fn(&Claim) -> &Vec<Vec<i128>>| claim.map(part);
    let matrix = ints(cs, "matrix", of(|c| &c.matrix), [ROWS, COLUMNS], 8)?;
    let vectors = ints(cs, "vector", of(|c| &c.vectors), [VECTORS, COLUMNS], 8)?;
    let sums = ints(cs, "sum", of(|c| &c.sums), [VECTORS, ROWS], 18)?;
    for (r, (vector, sums)) in vectors.iter().zip(&sums).enumerate() {
        enforce_products(
            cs.namespace(|| format!("vector {r}")),
            &matrix,
            vector,
            sums,
        )?;
    }
    Ok(cs.batches().constraints(true))
}

fn challenge(seed: u64) -> Scalar {
    Scalar::from(seed).square().square() + Scalar::from(u64::MAX).square()
}

/// Both stages; the wires of the first one and the challenge.
fn build(
    cs: &mut Recorder,
    claim: Option<&Claim>,
    challenge: Scalar,
) -> Result<Vec<Linear>, Error> {
    let (_, rest) = stages::first_stage(cs, |system| allocate(system, claim, true))?;
    let mut fixed = cs.private();
    let rho = Linear::alloc(&mut *cs, || "challenge", claim.map(|_| challenge))?;
    rest.expect("lookups pay").enforce(&mut *cs, &rho)?;
    fixed.push(rho);
    Ok(fixed)
}

fn accepted(claim: &Claim, seed: u64) -> bool {
    let mut cs = Recorder::with_witness();
    build(&mut cs, Some(claim), challenge(seed)).unwrap();
    cs.is_satisfied()
}

#[test]
fn a_batch_leaves_nothing_free() {
    let build = |cs: &mut Recorder, claim: Option<&Claim>| {
        Ok(Ports {
            inputs: build(cs, claim, challenge(1))?,
            outputs: Vec::new(),
        })
    };
    let mut wrong = Claim::mixed();
    wrong.sums[2][15] += 1;
    let harness = Harness::new("batch", build)
        .bound_inputs()
        .accept(Claim::mixed(), [])
        .accept(Claim::extreme(), [])
        .refuse(wrong)
        .expect_constraints(403);
    harness.run().into_result().unwrap();
}

#[test]
fn a_wrong_sum_anywhere_is_refused() {
    assert!(accepted(&Claim::mixed(), 1) && accepted(&Claim::extreme(), 2));
    for r in 0..VECTORS {
        for i in 0..ROWS {
            let mut wrong = Claim::mixed();
            wrong.sums[r][i] += 1;
            assert!(!accepted(&wrong, 1), "vector {r}, row {i}");
        }
    }
    let mut swapped = Claim::mixed();
    swapped.sums.swap(0, 1);
    assert!(!accepted(&swapped, 1));
    // The same errors in two vectors, which cancel in their plain sum.
    let mut cancelling = Claim::mixed();
    cancelling.sums[0][3] += 1;
    cancelling.sums[1][3] -= 1;
    assert!(!accepted(&cancelling, 1));
    // A carry from one packed sum to the next: of every base that might be taken.
    for bits in 15..20 {
        let mut carried = Claim::mixed();
        carried.sums[1][0] += 1 << bits;
        carried.sums[1][1] -= 1;
        assert!(!accepted(&carried, 1), "{bits}");
    }
}

/// The wires of the second stage follow from those of the first: each is the one that its
/// constraint is named after.
fn finish(cs: &mut Recorder, challenge: Scalar) {
    let rho = cs.find("challenge").unwrap();
    cs.set(rho, challenge);
    let second: Vec<_> = cs
        .constraints()
        .iter()
        .filter(|row| row.name.starts_with("batch 0/"))
        .cloned()
        .collect();
    for row in second {
        let own = |&&(wire, _): &&(Wire, Scalar)| cs.name(wire) == row.name;
        let Some(&(wire, coefficient)) = row.c.iter().find(own) else {
            continue;
        };
        let side = |terms: &[(Wire, Scalar)]| {
            let terms = terms.iter().filter(|(other, _)| *other != wire);
            terms.fold(Scalar::zero(), |sum, &(wire, c)| {
                sum + c * cs.get(wire).unwrap()
            })
        };
        let value = (side(&row.a) * side(&row.b) - side(&row.c)) * coefficient.invert().unwrap();
        cs.set(wire, value);
    }
}

fn first_failure_of_batch(cs: &Recorder) -> Option<String> {
    cs.first_unsatisfied()
        .filter(|name| name.starts_with("batch"))
}

/// Why sums are committed to: who chooses one once it knows the challenge balances any other.
/// At a challenge drawn afterwards it fails. (Such a sum is out of its range, too; small ones
/// are what lattice reduction finds in larger batches.)
#[test]
fn a_sum_chosen_after_the_challenge_would_prove_anything() {
    let mut cs = Recorder::with_witness();
    build(&mut cs, Some(&Claim::mixed()), challenge(1)).unwrap();
    let [forged, balancing] = [2, 3].map(|r| cs.find(&format!("sum {r} 0/integer")).unwrap());
    let value = |cs: &Recorder, wire| cs.get(wire).unwrap();
    let more = value(&cs, forged) + Scalar::one();
    cs.set(forged, more);
    finish(&mut cs, challenge(1));
    assert!(first_failure_of_batch(&cs).is_some());
    // The last vector's coefficient is 1, that of the one before it the challenge.
    let less = value(&cs, balancing) - challenge(1);
    cs.set(balancing, less);
    finish(&mut cs, challenge(1));
    assert_eq!(first_failure_of_batch(&cs), None);
    finish(&mut cs, challenge(2));
    assert!(first_failure_of_batch(&cs).is_some());
}

#[test]
fn a_batch_takes_as_many_constraints_as_it_says_and_fewer_than_its_products() {
    let count = |open| {
        let mut cs = Counter::new();
        let first = stages::first_stage(&mut cs, |system| allocate(system, None, open));
        let (predicted, rest) = first.unwrap();
        let rest = rest.unwrap();
        rest.enforce(&mut cs, &Linear::constant(challenge(1)))
            .unwrap();
        (cs.constraints(), predicted)
    };
    let ((together, predicted), (apart, none)) = (count(true), count(false));
    assert_eq!(none, 0);
    // Two groups, three columns, four vectors.
    let (by_batch, by_product) = (3 * 3 + 2 * (3 + 3), 4 * 2 * 3);
    assert_eq!(predicted, by_batch);
    assert_eq!(apart - together, by_product - by_batch);
}

/// A layer: what its batch says it takes, and the bits of all range checks. With constants, a
/// column of the matrix and some elements of the vectors.
fn layer<CS: System>(
    cs: &mut CS,
    [rows, vectors]: [usize; 2],
    constants: bool,
    with_challenge: bool,
) -> Result<(usize, Vec<u32>), Error> {
    cs.batches().open();
    // Enough for lookups to pay.
    ints(cs, "other", None, [200, 1], 8)?;
    let mut matrix = ints(cs, "matrix", None, [rows, COLUMNS], 8)?;
    let mut elements = ints(cs, "vector", None, [vectors, COLUMNS], 8)?;
    let sums = ints(cs, "sum", None, [vectors, rows], 18)?;
    if constants {
        let one = Int::constant(1)?;
        let zero = Int::constant(0)?;
        matrix.iter_mut().for_each(|row| row.push(one.clone()));
        elements[0][0] = one.clone();
        elements
            .iter_mut()
            .for_each(|vector| vector[1] = one.clone());
        elements
            .iter_mut()
            .for_each(|vector| vector.push(vector[2].clone()));
        // A column of zeros, and one that is 0 in the first vectors only.
        for row in &mut matrix {
            row.extend([row[0].clone(), row[2].clone()]);
        }
        for (r, vector) in elements.iter_mut().enumerate() {
            let late = if r < 2 {
                zero.clone()
            } else {
                vector[2].clone()
            };
            vector.extend([zero.clone(), late]);
        }
    }
    for (r, (vector, sums)) in elements.iter().zip(&sums).enumerate() {
        enforce_products(
            cs.namespace(|| format!("vector {r}")),
            &matrix,
            vector,
            sums,
        )?;
    }
    let bits = cs.ranges().bits().collect();
    Ok((cs.batches().constraints(with_challenge), bits))
}

#[test]
fn every_batch_takes_as_many_constraints_as_it_says() {
    for (shape, constants) in [
        ([1, 1], false),
        ([1, 9], false),
        ([3, 2], true),
        ([20, 2], false),
        ([20, 9], true),
        ([40, 30], true),
    ] {
        let mut cs = Counter::new();
        let first = stages::first_stage(&mut cs, |cs| layer(cs, shape, constants, true));
        let ((products, bits), rest) = first.unwrap();
        let rest = rest.unwrap();
        let checks = bits.iter().map(|&bits| rest.lookups().constraints_of(bits));
        let expected = products + checks.sum::<usize>() + rest.lookups().table_constraints();
        let rho = Linear::alloc(&mut cs, || "challenge", None).unwrap();
        rest.enforce(&mut cs, &rho).unwrap();
        assert_eq!(cs.constraints(), expected, "{shape:?} {constants}");

        let mut cs = Counter::new();
        let built = stages::by_bits(&mut cs, |cs| layer(cs, shape, constants, false));
        let (products, bits) = built.unwrap();
        let expected = products + bits.iter().sum::<u32>() as usize;
        assert_eq!(cs.constraints(), expected, "{shape:?} {constants}");
    }
}

#[test]
fn another_matrix_is_another_batch() {
    let mut cs = Recorder::shape();
    cs.batches().open();
    let ints = ints(&mut cs, "int", None, [3, 1], 8).unwrap();
    let sum = range::signed(&mut cs, None, 17).unwrap();
    let (matrix, vector) = (vec![vec![ints[0][0].clone()]; 40], &ints[1]);
    let sums = vec![sum; 40];
    let mut total = |matrix: &[Vec<Int>]| {
        enforce_products(&mut cs, matrix, vector, &sums).unwrap();
        cs.batches().constraints(false)
    };
    let one = total(&matrix);
    assert_eq!(total(&matrix), 2 * one);
    let mut other = matrix.clone();
    other[39] = ints[2].clone();
    assert_eq!(total(&other), 3 * one);
    let mut shifted = matrix.clone();
    shifted[39][0] = matrix[39][0].add(&Int::constant(1).unwrap()).unwrap();
    assert_eq!(total(&shifted), 4 * one);
}

/// Bits of a vector's elements and of its sums.
type Widths = (u32, u32);

/// Products of one matrix of sixty rows by vectors of these widths, the elements 1 and -1 in
/// turns, with `more` added to some sums.
fn of_widths(widths: &[Widths], more: &[(usize, usize, i128)]) -> bool {
    const ROWS: usize = 60;
    let mut cs = Recorder::with_witness();
    let byte = |i: usize, j: usize| (i * 5 + j * 3) as i128 % 256;
    let matrix_values: Vec<Vec<i128>> = (0..ROWS)
        .map(|i| (0..COLUMNS).map(|j| byte(i, j)).collect())
        .collect();
    let vector: Vec<i128> = (0..COLUMNS).map(|j| 1 - 2 * (j as i128 % 2)).collect();
    let vectors = vec![vector.clone()];
    let product = |row: &Vec<i128>| row.iter().zip(&vector).map(|(a, b)| a * b).sum();
    let built = stages::first_stage(&mut cs, |cs| {
        cs.batches().open();
        ints(cs, "other", Some(&vec![vec![0]; 200]), [200, 1], 8)?;
        let matrix = ints(cs, "matrix", Some(&matrix_values), [ROWS, COLUMNS], 8)?;
        for (r, &(element_bits, sum_bits)) in widths.iter().enumerate() {
            let mut cs = cs.namespace(|| format!("vector {r}"));
            let elements = ints(
                &mut cs,
                "vector",
                Some(&vectors),
                [1, COLUMNS],
                element_bits,
            )?;
            let mut sums: Vec<i128> = matrix_values.iter().map(product).collect();
            for &(vector, row, more) in more {
                sums[row] += if vector == r { more } else { 0 };
            }
            let sums = ints(&mut cs, "sum", Some(&vec![sums]), [1, ROWS], sum_bits)?;
            enforce_products(cs, &matrix, &elements[0], &sums[0])?;
        }
        assert!(cs.batches().constraints(true) < cs.batches().constraints(false));
        Ok(())
    });
    let rho = Linear::alloc(&mut cs, || "challenge", Some(challenge(1))).unwrap();
    built.unwrap().1.unwrap().enforce(&mut cs, &rho).unwrap();
    cs.is_satisfied()
}

/// The base of a batch holds the differences of every vector, wherever the widest one is: with
/// another's, what is added to one sum could be taken from the next.
#[test]
fn a_carry_is_refused_whatever_the_widths_of_the_other_vectors() {
    const NARROW: Widths = (2, 12);
    const WIDE: Widths = (8, 18);
    for place in [0, 5, 11] {
        let mut widths = [NARROW; 12];
        widths[place] = WIDE;
        assert!(of_widths(&widths, &[]));
        for bits in 8..17 {
            for sign in [1, -1] {
                let carry = [(place, 4, sign << bits), (place, 5, -sign)];
                assert!(!of_widths(&widths, &carry), "{place} {bits} {sign}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_batch_accepts_what_its_products_accept(
        errors in prop::collection::vec((0..VECTORS, 0..ROWS, -2i128..3, 0u32..18), 0..4),
        seed in 1u64..1000,
    ) {
        let honest = Claim::mixed();
        let mut claim = honest.clone();
        for (r, i, error, shift) in errors {
            claim.sums[r][i] += error << shift;
        }
        let mut apart = Recorder::with_witness();
        stages::by_bits(&mut apart, |cs| allocate(cs, Some(&claim), false)).unwrap();
        prop_assert_eq!(apart.is_satisfied(), claim.sums == honest.sums);
        prop_assert_eq!(accepted(&claim, seed), claim.sums == honest.sums);
    }
}
