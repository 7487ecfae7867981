//! The fingerprint of a blob on chain: its polynomial's value at a point drawn at random.
//!
//! A blob of `n` limbs `l_0 ...` and of `length` bytes is the polynomial
//!
//! ```text
//! length X^n + l_0 X^(n-1) + ... + l_(n-1),
//! ```
//!
//! so no two blobs share one: the length, never 0, tells the degree, and limbs are injective
//! where the length is known. Two polynomials of degree `n` agree at no more than `n` points,
//! so a point that is drawn when both are fixed tells two blobs apart but for a chance of
//! `n / 2^248`. A contract evaluates the bytes that it holds, a circuit the integers that it
//! computes with, for a multiplication a limb each, where Poseidon takes some fifty.
//!
//! **The point must be drawn from the blob's [digest](crate::parameters::digest).** Whoever
//! knows the point can find other bytes with the same value.

use crate::Scalar;
use crate::encoding::limbs;

/// A blob's evaluation, as far as it has come: by chunks, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluation {
    point: Scalar,
    value: Scalar,
}

impl Evaluation {
    /// Of a blob of `length` bytes, of which nothing is absorbed yet.
    pub fn begin(length: u32, point: Scalar) -> Self {
        let value = Scalar::from(u64::from(length));
        Self { point, value }
    }

    /// One that had come to `value`.
    pub fn resume(value: Scalar, point: Scalar) -> Self {
        Self { point, value }
    }

    /// Goes on with the next chunk: a whole number of limbs, unless it is the last.
    pub fn absorb(&mut self, chunk: &[u8]) {
        for limb in limbs(chunk) {
            self.value = self.value * self.point + limb;
        }
    }

    /// What it has come to; of a whole blob its fingerprint.
    pub fn value(&self) -> Scalar {
        self.value
    }
}

/// The fingerprint of a whole blob, at most
/// [`MAX_BLOB_BYTES`](crate::parameters::MAX_BLOB_BYTES) long.
pub fn fingerprint(blob: &[u8], point: Scalar) -> Scalar {
    let mut evaluation = Evaluation::begin(blob.len() as u32, point);
    evaluation.absorb(blob);
    evaluation.value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::CHUNK_BYTES;
    use alloc::vec;
    use alloc::vec::Vec;

    fn point() -> Scalar {
        Scalar::from(0x1234_5678_9abc).square().square()
    }

    #[test]
    fn it_is_the_polynomial_s_value() {
        let blob: Vec<u8> = (1..=61).collect();
        let x = point();
        let coefficients: Vec<Scalar> =
            [Scalar::from(61)].into_iter().chain(limbs(&blob)).collect();
        let powers: Vec<Scalar> = core::iter::successors(Some(Scalar::one()), |p| Some(p * x))
            .take(coefficients.len())
            .collect();
        let terms = coefficients.iter().zip(powers.iter().rev());
        let expected: Scalar = terms.map(|(c, p)| c * p).sum();
        assert_eq!(fingerprint(&blob, x), expected);
    }

    #[test]
    fn chunks_resume_where_others_ended() {
        let blob: Vec<u8> = (0..2 * CHUNK_BYTES + 7).map(|i| (i % 251) as u8).collect();
        let mut value = Evaluation::begin(blob.len() as u32, point()).value();
        for chunk in blob.chunks(CHUNK_BYTES) {
            let mut evaluation = Evaluation::resume(value, point());
            evaluation.absorb(chunk);
            value = evaluation.value();
        }
        assert_eq!(value, fingerprint(&blob, point()));
    }

    #[test]
    fn zeros_at_either_end_change_it() {
        let blob = vec![7u8; 30];
        let longer =
            |before: usize, after: usize| [vec![0; before], blob.clone(), vec![0; after]].concat();
        let all: Vec<Scalar> = [(0, 0), (0, 1), (0, 30), (30, 0), (0, 60), (30, 30), (60, 0)]
            .map(|(before, after)| fingerprint(&longer(before, after), point()))
            .into();
        for (i, one) in all.iter().enumerate() {
            assert!(!all[i + 1..].contains(one), "{i}");
        }
        // Not even a limb that is short, or bytes that are another number's.
        assert_ne!(fingerprint(&[1], point()), fingerprint(&[1, 0], point()));
        assert_ne!(fingerprint(&[0], point()), fingerprint(&[0, 0], point()));
    }
}
