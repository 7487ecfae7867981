//! Scalars have one encoding.

use assay_groth16::{Error, Scalar, scalar_from_bytes};

/// The order of the group, little-endian: one more than the largest scalar.
fn order() -> [u8; 32] {
    let mut bytes = (-Scalar::one()).to_bytes();
    bytes[0] += 1;
    bytes
}

#[test]
fn the_largest_scalar_is_read() {
    let largest = -Scalar::one();
    assert_eq!(scalar_from_bytes(&largest.to_bytes()), Ok(largest));
}

#[test]
fn the_order_and_what_follows_is_refused() {
    let mut above = order();
    above[0] += 1;
    for bytes in [order(), above, [0xff; 32]] {
        assert_eq!(scalar_from_bytes(&bytes), Err(Error::MalformedScalar));
    }
}

#[test]
fn the_bytes_are_little_endian() {
    let mut bytes = [0; 32];
    bytes[1] = 1;
    assert_eq!(scalar_from_bytes(&bytes), Ok(Scalar::from(256)));
}

#[test]
fn other_lengths_are_refused() {
    for len in [0, 31, 33, 64] {
        assert_eq!(
            scalar_from_bytes(&vec![0; len]),
            Err(Error::MalformedScalar)
        );
    }
}
