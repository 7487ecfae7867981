//! A proof: three compressed points, or four with challenges.

use alloc::vec::Vec;

use crate::{CompressedG1, CompressedG2, Error};
use bls12_381::{G1Affine, G2Affine};

/// A Groth16 proof, its points compressed.
///
/// Encoding, 192 bytes: A (G1, 48) | B (G2, 96) | C (G1, 48); with challenges 240 bytes,
/// D (G1, 48) last. Length, flags and coordinates are checked when it is made; curve and
/// subgroup are checked when the equation is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// A, in G1.
    pub a: CompressedG1,
    /// B, in G2.
    pub b: CompressedG2,
    /// C, in G1.
    pub c: CompressedG1,
    /// D, in G1, the commitment that the challenges are drawn from; only with challenges.
    pub d: Option<CompressedG1>,
}

impl Proof {
    /// Bytes of the encoding of a proof without challenges.
    pub const LEN: usize = 2 * CompressedG1::LEN + CompressedG2::LEN;
    /// Bytes of the encoding of a proof with challenges.
    pub const CHALLENGED_LEN: usize = Self::LEN + CompressedG1::LEN;

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
                d: None,
            })
        };
        encode().ok_or(Error::MalformedProof)
    }

    /// The proof of a circuit with challenges, which were drawn from `d`.
    #[must_use]
    pub fn with_commitment(self, d: CompressedG1) -> Self {
        Self { d: Some(d), ..self }
    }

    /// Reads A | B | C, and D where it is that long.
    ///
    /// # Errors
    /// [`Error::ProofLength`], or [`Error::MalformedProof`] for wrong flags, the identity,
    /// or a coordinate that is not below the modulus.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let has_d = match bytes.len() {
            Self::LEN => false,
            Self::CHALLENGED_LEN => true,
            len => return Err(Error::ProofLength { len }),
        };
        let mut rest = bytes;
        let mut read = || {
            Some(Self {
                a: CompressedG1::read(&mut rest)?,
                b: CompressedG2::read(&mut rest)?,
                c: CompressedG1::read(&mut rest)?,
                d: match has_d {
                    true => Some(CompressedG1::read(&mut rest)?),
                    false => None,
                },
            })
        };
        read().ok_or(Error::MalformedProof)
    }

    /// A | B | C, then D with challenges.
    pub fn to_bytes(&self) -> Vec<u8> {
        let d = self.commitment().map_or(&[][..], |d| d);
        [
            &self.a.as_bytes()[..],
            self.b.as_bytes(),
            self.c.as_bytes(),
            d,
        ]
        .concat()
    }

    /// The bytes of D, which the challenges are drawn from; `None` without challenges.
    pub fn commitment(&self) -> Option<&[u8; CompressedG1::LEN]> {
        self.d.as_ref().map(CompressedG1::as_bytes)
    }
}
