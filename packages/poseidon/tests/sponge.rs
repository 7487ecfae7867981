//! The sponge against a construction by hand from the permutation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assay_poseidon::{RATE, Scalar, WIDTH, capacity, hash, permute};
use proptest::prelude::*;

const TAG: u64 = 7;

fn counting(count: usize) -> Vec<Scalar> {
    (1..=count as u64).map(Scalar::from).collect()
}

fn permuted(mut state: [Scalar; WIDTH]) -> [Scalar; WIDTH] {
    permute(&mut state);
    state
}

/// `state` with `group` added after the capacity element.
fn added(mut state: [Scalar; WIDTH], group: &[Scalar]) -> [Scalar; WIDTH] {
    assert!(group.len() <= RATE);
    for (i, element) in group.iter().enumerate() {
        state[1 + i] += element;
    }
    state
}

fn initial(tag: u64, length: u64) -> [Scalar; WIDTH] {
    let mut state = [Scalar::zero(); WIDTH];
    state[0] = capacity(tag, length);
    state
}

#[test]
fn the_capacity_element_is_tag_times_two_to_the_64_plus_length() {
    let two_to_the_64 = Scalar::from(u64::MAX) + Scalar::one();
    let tag = Scalar::from(u64::MAX);
    assert_eq!(capacity(u64::MAX, 3), tag * two_to_the_64 + Scalar::from(3));
    assert_eq!(capacity(0, u64::MAX), Scalar::from(u64::MAX));
}

#[test]
fn no_elements_take_one_permutation() {
    assert_eq!(hash(TAG, 0, []), permuted(initial(TAG, 0))[1]);
}

#[test]
fn a_full_group_takes_one_permutation() {
    let elements = counting(RATE);
    let expected = permuted(added(initial(TAG, 8), &elements))[1];
    assert_eq!(hash(TAG, 8, elements), expected);
}

#[test]
fn a_partial_last_group_takes_a_permutation_of_its_own() {
    let elements = counting(RATE + 1);
    let between = permuted(added(initial(TAG, 9), &elements[..RATE]));
    let expected = permuted(added(between, &elements[RATE..]))[1];
    assert_eq!(hash(TAG, 9, elements), expected);
}

#[test]
fn two_full_groups_take_two_permutations() {
    let elements = counting(2 * RATE);
    let between = permuted(added(initial(TAG, 16), &elements[..RATE]));
    let expected = permuted(added(between, &elements[RATE..]))[1];
    assert_eq!(hash(TAG, 16, elements), expected);
}

#[test]
fn an_iterator_that_resumes_after_its_end_is_read_once() {
    let mut calls = 0;
    let resuming = std::iter::from_fn(move || {
        calls += 1;
        matches!(calls, 1 | 2 | 4).then(|| Scalar::from(calls))
    });
    assert_eq!(hash(TAG, 2, resuming), hash(TAG, 2, counting(2)));
}

#[test]
fn digests_are_pinned() {
    let digest = |count: usize| hash(TAG, count as u64, counting(count)).to_bytes();
    let hexadecimal = |bytes: [u8; 32]| -> String {
        bytes
            .iter()
            .rev()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    assert_eq!(
        [0, 1, 8, 9].map(digest).map(hexadecimal),
        [
            "4528860b592f5aa1986049d5ab12a5cafe0911834d6c614f119776a088c12556",
            "2e1c2872b87fe8ecfc1573eac37d1117a475f7b2750069b1fe4fa5f89d194579",
            "6688313a4765d88a83d24fd95e8f5e50e901f4ef96dee1b8b888c6309e9c657e",
            "1c1fb33b246a03a571eb72dce3695560ea591fe6018aa74d0293a461d57f08a6",
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn another_tag_length_or_element_is_another_digest(
        count in 1_usize..20, tag: u32, length: u32, position: prop::sample::Index,
    ) {
        let (tag, length) = (u64::from(tag), u64::from(length));
        let elements = counting(count);
        let mut changed = elements.clone();
        changed[position.index(count)] += Scalar::one();
        let digest = hash(tag, length, elements.clone());
        prop_assert_ne!(digest, hash(tag + 1, length, elements.clone()));
        prop_assert_ne!(digest, hash(tag, length + 1, elements));
        prop_assert_ne!(digest, hash(tag, length, changed));
    }
}
