//! Compressed points that are read now and decoded later, or by someone else.

use bls12_381::{G1Affine, G2Affine};

/// First byte: the encoding is compressed.
const COMPRESSED: u8 = 0b1000_0000;
/// First byte: the point is the identity.
const IDENTITY: u8 = 0b0100_0000;
/// First byte: the bits that belong to the coordinate.
const COORDINATE: u8 = 0b0001_1111;

/// The modulus of the base field, big-endian.
const MODULUS: [u8; 48] = [
    0x1a, 0x01, 0x11, 0xea, 0x39, 0x7f, 0xe6, 0x9a, 0x4b, 0x1b, 0xa7, 0xb6, 0x43, 0x4b, 0xac, 0xd7,
    0x64, 0x77, 0x4b, 0x84, 0xf3, 0x85, 0x12, 0xbf, 0x67, 0x30, 0xd2, 0xa0, 0xf6, 0xb0, 0xf6, 0x24,
    0x1e, 0xab, 0xff, 0xfe, 0xb1, 0x53, 0xff, 0xff, 0xb9, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xaa, 0xab,
];

/// Whether `bytes` have the shape of a compressed point other than the identity: flags,
/// and each 48-byte coordinate below the modulus. Says nothing about the curve.
fn well_formed(bytes: &[u8]) -> bool {
    let Some((first, rest)) = bytes.split_first_chunk::<48>() else {
        return false;
    };
    let mut unflagged = *first;
    unflagged[0] &= COORDINATE;
    first[0] & (COMPRESSED | IDENTITY) == COMPRESSED
        && unflagged < MODULUS
        && rest
            .chunks(48)
            .all(|coordinate| coordinate < MODULUS.as_slice())
}

/// Takes the first `N` bytes off the front of `bytes`; `None` if there are fewer.
pub(crate) fn take<'a, const N: usize>(bytes: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (head, tail) = bytes.split_first_chunk()?;
    *bytes = tail;
    Some(head)
}

/// 48 bytes in the shape of a compressed G1 point other than the identity.
///
/// Flags and coordinate are checked; curve and subgroup are checked by [`decode`](Self::decode),
/// or by the host when it is handed the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompressedG1([u8; Self::LEN]);

impl CompressedG1 {
    /// Bytes of the encoding.
    pub const LEN: usize = 48;

    /// Checks the shape; `None` if it is wrong.
    pub fn from_bytes(bytes: &[u8; Self::LEN]) -> Option<Self> {
        well_formed(bytes).then_some(Self(*bytes))
    }

    /// Takes an encoding off the front of `bytes`.
    pub(crate) fn read(bytes: &mut &[u8]) -> Option<Self> {
        take(bytes).and_then(Self::from_bytes)
    }

    /// Encodes a point; `None` for the identity.
    pub fn encode(point: &G1Affine) -> Option<Self> {
        Self::from_bytes(&point.to_compressed())
    }

    /// Encodes a point that is known not to be the identity.
    pub(crate) fn encode_nonzero(point: &G1Affine) -> Self {
        Self(point.to_compressed())
    }

    /// The point, if it is on the curve and in the subgroup of prime order.
    pub fn decode(&self) -> Option<G1Affine> {
        G1Affine::from_compressed(&self.0).into()
    }

    /// The encoding.
    pub fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }
}

/// 96 bytes in the shape of a compressed G2 point other than the identity.
///
/// Flags and coordinate are checked; curve and subgroup are checked by [`decode`](Self::decode),
/// or by the host when it is handed the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompressedG2([u8; Self::LEN]);

impl CompressedG2 {
    /// Bytes of the encoding.
    pub const LEN: usize = 96;

    /// Checks the shape; `None` if it is wrong.
    pub fn from_bytes(bytes: &[u8; Self::LEN]) -> Option<Self> {
        well_formed(bytes).then_some(Self(*bytes))
    }

    /// Takes an encoding off the front of `bytes`.
    pub(crate) fn read(bytes: &mut &[u8]) -> Option<Self> {
        take(bytes).and_then(Self::from_bytes)
    }

    /// Encodes a point; `None` for the identity.
    pub fn encode(point: &G2Affine) -> Option<Self> {
        Self::from_bytes(&point.to_compressed())
    }

    /// Encodes a point that is known not to be the identity.
    pub(crate) fn encode_nonzero(point: &G2Affine) -> Self {
        Self(point.to_compressed())
    }

    /// The point, if it is on the curve and in the subgroup of prime order.
    pub fn decode(&self) -> Option<G2Affine> {
        G2Affine::from_compressed(&self.0).into()
    }

    /// The encoding.
    pub fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }
}
