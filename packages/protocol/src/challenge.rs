//! Challenges: random numbers that a circuit may use once a part of its witness is fixed.
//!
//! A proof with challenges carries a commitment D to that part. The challenges are hashes of
//! the statement and of D, so they can't be known before D is chosen, and a changed D or
//! statement changes them (Fiat and Shamir 1986). They join the elements that the
//! statement's digest is of: circuit and verifier use the same ones.
//!
//! The circuit itself needs no place of its own in the hash: every statement begins with its
//! [context](crate::context), which holds the circuit's id and with it the verifying key.

use alloc::vec::Vec;

use crate::Scalar;
use crate::hash::{Tag, sha256_scalar};

/// Version of the derivation; the first thing hashed.
const VERSION: &[u8] = b"assay/challenge/1";

/// How many challenges every circuit that uses any has: independent ones, as a power of one
/// is no second one.
pub const CHALLENGES: usize = 2;

/// The commitment D as a proof carries it: a compressed point of G1.
pub type Commitment = [u8; 48];

/// The challenges: of each the SHA-256 over version, number, tag, elements and commitment,
/// each preceded by its length, cut to 31 bytes and read as a little-endian integer.
pub fn challenges(tag: Tag, elements: &[Scalar], commitment: &Commitment) -> [Scalar; CHALLENGES] {
    let tag = (tag as u64).to_be_bytes();
    let elements: Vec<u8> = elements.iter().flat_map(Scalar::to_bytes).collect();
    core::array::from_fn(|index| {
        let index = [index as u8];
        let parts: [&[u8]; 5] = [VERSION, &index, &tag, &elements, commitment];
        sha256_scalar(parts.iter().copied())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ELEMENTS: [u64; 3] = [1, 2, 3];

    fn drawn(tag: Tag, elements: &[u64], commitment: &Commitment) -> [Scalar; CHALLENGES] {
        let elements: Vec<Scalar> = elements.iter().copied().map(Scalar::from).collect();
        challenges(tag, &elements, commitment)
    }

    #[test]
    fn everything_that_is_fixed_changes_every_challenge() {
        let (tag, d) = (Tag::TrainingPublicV1, [7; 48]);
        let one = drawn(tag, &ELEMENTS, &d);
        let mut other_d = d;
        other_d[47] ^= 1;
        let mut changed = alloc::vec![
            drawn(Tag::TrainingHiddenV1, &ELEMENTS, &d),
            drawn(tag, &ELEMENTS, &other_d),
            drawn(tag, &ELEMENTS[..2], &d),
        ];
        for index in 0..ELEMENTS.len() {
            let mut elements = ELEMENTS;
            elements[index] += 1;
            changed.push(drawn(tag, &elements, &d));
        }
        for other in changed {
            assert!(one.iter().zip(&other).all(|(a, b)| a != b), "{other:?}");
        }
    }

    #[test]
    fn challenges_are_independent_and_of_31_bytes() {
        let [a, b] = drawn(Tag::TrainingPublicV1, &ELEMENTS, &[7; 48]);
        assert!(a != b && a.square() != b && b.square() != a);
        assert_eq!([a.to_bytes()[31], b.to_bytes()[31]], [0, 0]);
    }
}
