//! The sponge around the permutation.

use crate::{Scalar, WIDTH, permute};

/// The capacity element `tag * 2^64 + length` a sponge starts from.
///
/// Hashes for different purposes start from different capacities, so none of them can
/// be passed off as another.
pub fn capacity(tag: u64, length: u64) -> Scalar {
    Scalar::from_raw([length, tag, 0, 0])
}

/// Hashes `elements` under a domain `tag`.
///
/// The state starts as [`capacity`]`(tag, length)` followed by zeros; elements are added
/// into `state[1..=8]`, eight at a time, with a permutation after every full group and
/// after a partial last one (one permutation where there are no elements). The result is
/// `state[1]`.
///
/// The last group is filled up with zeros, so `length` must tell apart any two inputs
/// that differ only in trailing zeros: the caller passes the number of elements, or
/// whatever fixes it, such as the number of bytes they were cut from.
pub fn hash(tag: u64, length: u64, elements: impl IntoIterator<Item = Scalar>) -> Scalar {
    let mut state = [Scalar::zero(); WIDTH];
    state[0] = capacity(tag, length);
    let mut elements = elements.into_iter().fuse().peekable();
    loop {
        for (slot, element) in state[1..].iter_mut().zip(elements.by_ref()) {
            *slot += element;
        }
        permute(&mut state);
        if elements.peek().is_none() {
            return state[1];
        }
    }
}
