//! Encodings that a strict decoder must refuse, found by search.

use assay_groth16::{CompressedG1, CompressedG2, G1Affine, G2Affine};

/// The modulus of the base field, big-endian.
pub const MODULUS: [u8; 48] = [
    0x1a, 0x01, 0x11, 0xea, 0x39, 0x7f, 0xe6, 0x9a, 0x4b, 0x1b, 0xa7, 0xb6, 0x43, 0x4b, 0xac, 0xd7,
    0x64, 0x77, 0x4b, 0x84, 0xf3, 0x85, 0x12, 0xbf, 0x67, 0x30, 0xd2, 0xa0, 0xf6, 0xb0, 0xf6, 0x24,
    0x1e, 0xab, 0xff, 0xfe, 0xb1, 0x53, 0xff, 0xff, 0xb9, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xaa, 0xab,
];

fn small_x<const N: usize>() -> impl Iterator<Item = [u8; N]> {
    (1..=u8::MAX).map(|x| {
        let mut bytes = [0; N];
        bytes[0] = 0b1000_0000;
        bytes[N - 1] = x;
        bytes
    })
}

fn decoded_g1(bytes: &[u8; 48]) -> Option<G1Affine> {
    G1Affine::from_compressed_unchecked(bytes).into()
}

fn decoded_g2(bytes: &[u8; 96]) -> Option<G2Affine> {
    G2Affine::from_compressed_unchecked(bytes).into()
}

pub fn off_curve_g1() -> [u8; 48] {
    small_x().find(|bytes| decoded_g1(bytes).is_none()).unwrap()
}

pub fn off_curve_g2() -> [u8; 96] {
    small_x().find(|bytes| decoded_g2(bytes).is_none()).unwrap()
}

pub fn outside_subgroup_g1() -> [u8; 48] {
    let outside = |point: G1Affine| !bool::from(point.is_torsion_free());
    small_x()
        .find(|bytes| decoded_g1(bytes).is_some_and(outside))
        .unwrap()
}

pub fn outside_subgroup_g2() -> [u8; 96] {
    let outside = |point: G2Affine| !bool::from(point.is_torsion_free());
    small_x()
        .find(|bytes| decoded_g2(bytes).is_some_and(outside))
        .unwrap()
}

pub fn identity_g1() -> [u8; 48] {
    G1Affine::identity().to_compressed()
}

pub fn identity_g2() -> [u8; 96] {
    G2Affine::identity().to_compressed()
}

/// The same coordinate written as x + p; `None` if that does not fit 381 bits.
pub fn plus_modulus(coordinate: &[u8]) -> Option<[u8; 48]> {
    let mut sum: [u8; 48] = coordinate.try_into().unwrap();
    let flags = sum[0] & 0b1110_0000;
    sum[0] &= 0b0001_1111;
    let mut carry = 0;
    for (byte, p) in sum.iter_mut().zip(MODULUS).rev() {
        let total = u16::from(*byte) + u16::from(p) + carry;
        *byte = total.to_le_bytes()[0];
        carry = total >> 8;
    }
    let fits = sum[0] < 0b0010_0000;
    sum[0] |= flags;
    fits.then_some(sum)
}

#[test]
fn a_coordinate_is_at_most_the_modulus_minus_one() {
    let mut largest = MODULUS;
    largest[47] -= 1;
    let g1 = |mut x: [u8; 48]| {
        x[0] |= 0b1000_0000;
        CompressedG1::from_bytes(&x)
    };
    assert!(g1(largest).is_some());
    assert!(g1(MODULUS).is_none());
    let g2 = |mut c1: [u8; 48], c0: [u8; 48]| {
        c1[0] |= 0b1000_0000;
        CompressedG2::from_bytes(&[c1, c0].concat().try_into().unwrap())
    };
    assert!(g2(largest, largest).is_some());
    assert!(g2(largest, MODULUS).is_none());
    assert!(g2(MODULUS, largest).is_none());
}
