//! A proof: three compressed points.

use alloc::vec::Vec;

use crate::{CompressedG1, CompressedG2, Error};
use bls12_381::{G1Affine, G2Affine};

/// A Groth16 proof, its points compressed.
///
/// Encoding, 192 bytes: A (G1, 48) | B (G2, 96) | C (G1, 48). Length, flags and
/// coordinates are checked when it is made; curve and subgroup are checked when the
/// equation is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// A, in G1.
    pub a: CompressedG1,
    /// B, in G2.
    pub b: CompressedG2,
    /// C, in G1.
    pub c: CompressedG1,
}

impl Proof {
    /// Bytes of the encoding.
    pub const LEN: usize = 2 * CompressedG1::LEN + CompressedG2::LEN;

    /// Encodes the points a prover computed.
    ///
    /// # Errors
    /// [`Error::MalformedProof`] if one of them is the identity.
    pub fn new(a: &G1Affine, b: &G2Affine, c: &G1Affine) -> Result<Self, Error> {
        let encode = || {
            Some(Self {
                a: CompressedG1::encode(a)?,
                b: CompressedG2::encode(b)?,
                c: CompressedG1::encode(c)?,
            })
        };
        encode().ok_or(Error::MalformedProof)
    }

    /// Reads A | B | C.
    ///
    /// # Errors
    /// [`Error::ProofLength`], or [`Error::MalformedProof`] for wrong flags, the identity,
    /// or a coordinate that is not below the modulus.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() != Self::LEN {
            return Err(Error::ProofLength { len: bytes.len() });
        }
        let mut rest = bytes;
        let mut read = || {
            Some(Self {
                a: CompressedG1::read(&mut rest)?,
                b: CompressedG2::read(&mut rest)?,
                c: CompressedG1::read(&mut rest)?,
            })
        };
        read().ok_or(Error::MalformedProof)
    }

    /// A | B | C.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.a.as_bytes()[..], self.b.as_bytes(), self.c.as_bytes()].concat()
    }
}
