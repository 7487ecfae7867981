//! The verifying key as the circuit registry stores it for whoever checks proofs.

use crate::compressed::take;
use crate::{CompressedG1, CompressedG2, Error, VerifyingKey, multiplication};
use alloc::vec::Vec;
use bls12_381::G1Affine;

/// Bytes of an uncompressed point of G1.
const UNCOMPRESSED: usize = 2 * CompressedG1::LEN;

/// A checked verifying key, in the form that costs a contract least to use.
///
/// Encoding, 816 bytes: alpha (48), beta, gamma, delta (96 each), compressed, because the
/// host takes them so; then ic0 and ic1, 2^64 ic1, 2^128 ic1, 2^192 ic1 (96 each),
/// uncompressed, because a contract computes with them and decompression costs 15,000 gas
/// a point. With challenges 912 bytes: epsilon (96), compressed, last.
///
/// A function of the key alone: whoever prepares it gets the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedVerifyingKey {
    pub(crate) alpha: CompressedG1,
    pub(crate) beta: CompressedG2,
    pub(crate) gamma: CompressedG2,
    pub(crate) delta: CompressedG2,
    pub(crate) ic0: G1Affine,
    /// 2^(64 i) ic1 at position i.
    pub(crate) ic1_shifts: [G1Affine; 4],
    pub(crate) epsilon: Option<CompressedG2>,
}

impl From<&VerifyingKey> for PreparedVerifyingKey {
    fn from(key: &VerifyingKey) -> Self {
        let [ic0, ic1] = *key.ic();
        Self {
            alpha: CompressedG1::encode_nonzero(key.alpha_g1()),
            beta: CompressedG2::encode_nonzero(key.beta_g2()),
            gamma: CompressedG2::encode_nonzero(key.gamma_g2()),
            delta: CompressedG2::encode_nonzero(key.delta_g2()),
            ic0,
            ic1_shifts: multiplication::shifts(&ic1),
            epsilon: key.epsilon_g2().map(CompressedG2::encode_nonzero),
        }
    }
}

impl PreparedVerifyingKey {
    /// Bytes of the encoding of a key without challenges.
    pub const LEN: usize = CompressedG1::LEN + 3 * CompressedG2::LEN + 5 * UNCOMPRESSED;
    /// Bytes of the encoding of a key with challenges.
    pub const CHALLENGED_LEN: usize = Self::LEN + CompressedG2::LEN;

    /// Reads bytes that [`to_bytes`](Self::to_bytes) wrote, in a registry that the caller
    /// trusts.
    ///
    /// Neither curve nor subgroup nor the relation between the shifts is checked: with
    /// bytes from anyone else, proofs of false statements may verify.
    ///
    /// # Errors
    /// [`Error::PreparedKeyLength`]; [`Error::MalformedKey`] for bytes that cannot have
    /// been written here.
    pub fn from_trusted_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let has_challenges = match bytes.len() {
            Self::LEN => false,
            Self::CHALLENGED_LEN => true,
            len => return Err(Error::PreparedKeyLength { len }),
        };
        let mut rest = bytes;
        Self::read(&mut rest, has_challenges).ok_or(Error::MalformedKey)
    }

    /// The encoding described above.
    pub fn to_bytes(&self) -> Vec<u8> {
        let compressed = [
            self.alpha.as_bytes().as_slice(),
            self.beta.as_bytes(),
            self.gamma.as_bytes(),
            self.delta.as_bytes(),
        ];
        let mut bytes = compressed.concat();
        for point in [self.ic0].iter().chain(&self.ic1_shifts) {
            bytes.extend_from_slice(&point.to_uncompressed());
        }
        bytes.extend(self.epsilon.iter().flat_map(CompressedG2::as_bytes));
        bytes
    }

    fn read(rest: &mut &[u8], has_challenges: bool) -> Option<Self> {
        Some(Self {
            alpha: CompressedG1::read(rest)?,
            beta: CompressedG2::read(rest)?,
            gamma: CompressedG2::read(rest)?,
            delta: CompressedG2::read(rest)?,
            ic0: read_uncompressed(rest)?,
            ic1_shifts: [
                read_uncompressed(rest)?,
                read_uncompressed(rest)?,
                read_uncompressed(rest)?,
                read_uncompressed(rest)?,
            ],
            epsilon: match has_challenges {
                true => Some(CompressedG2::read(rest)?),
                false => None,
            },
        })
    }
}

fn read_uncompressed(rest: &mut &[u8]) -> Option<G1Affine> {
    take(rest).and_then(|bytes| G1Affine::from_uncompressed_unchecked(bytes).into())
}
