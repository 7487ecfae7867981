//! What can be wrong with a scalar, a key or a proof.

use crate::{PreparedVerifyingKey, Proof, VerifyingKey};

/// Why a scalar, a key or a proof was refused.
///
/// Neither evaluator of the equation says which point of a malformed proof is at fault,
/// because the host does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The bytes are not 32, or the number is not below the order of the group.
    #[error(
        "a scalar is 32 bytes, little-endian, below the group order: reduce it before encoding"
    )]
    MalformedScalar,
    /// The proof's encoding has the wrong length.
    #[error(
        "a proof is {} bytes or, with challenges, {}, got {len}: pass A, B, C and, with challenges, D compressed, nothing after them",
        Proof::LEN,
        Proof::CHALLENGED_LEN
    )]
    ProofLength {
        /// Bytes found.
        len: usize,
    },
    /// A point of the proof is not canonical, off its curve, outside the subgroup, or the identity.
    #[error(
        "the proof has a point that is not a canonical non-zero element of its group: fetch it again, or prove again"
    )]
    MalformedProof,
    /// A proof without D under a key with challenges, or the other way round.
    #[error(
        "one of proof and key has challenges and the other has none: the proof is of another circuit"
    )]
    ProofKind,
    /// The verifying key's encoding has the wrong length.
    #[error(
        "a verifying key is {} bytes or, with challenges, {}, got {len}: it takes exactly one public input",
        VerifyingKey::LEN,
        VerifyingKey::CHALLENGED_LEN
    )]
    KeyLength {
        /// Bytes found.
        len: usize,
    },
    /// A point of the key is not canonical, off its curve, outside the subgroup, or the identity.
    #[error(
        "the verifying key has a point that is not a canonical non-zero element of its group: do not use it"
    )]
    MalformedKey,
    /// Gamma and delta are the same point, which lets anyone forge proofs.
    #[error(
        "gamma and delta of the verifying key are equal, so its proofs can be forged: run the setup again"
    )]
    GammaEqualsDelta,
    /// Epsilon is gamma or delta, which lets anyone forge proofs.
    #[error(
        "epsilon of the verifying key is equal to gamma or delta, so its proofs can be forged: run the setup again"
    )]
    EpsilonEqualsOther,
    /// The prepared key's encoding has the wrong length.
    #[error(
        "a prepared verifying key is {} bytes or, with challenges, {}, got {len}: read it from the circuit registry",
        PreparedVerifyingKey::LEN,
        PreparedVerifyingKey::CHALLENGED_LEN
    )]
    PreparedKeyLength {
        /// Bytes found.
        len: usize,
    },
    /// The points are well formed, but the proof does not show this statement under this key.
    #[error(
        "the proof does not show this statement under this key: check the circuit, the inputs and the payee"
    )]
    EquationFails,
    /// The host failed in a way that its pairing function never should.
    #[error(
        "the host could not evaluate the pairing equation: it must support the BLS12-381 functions of CosmWasm 2.1"
    )]
    HostFailed,
}

impl Error {
    /// The cause's name, which never changes and is the same for every evaluator.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::MalformedScalar => "malformed_scalar",
            Self::ProofLength { .. } => "proof_length",
            Self::MalformedProof => "malformed_proof",
            Self::ProofKind => "proof_kind",
            Self::KeyLength { .. } => "key_length",
            Self::MalformedKey => "malformed_key",
            Self::GammaEqualsDelta => "gamma_equals_delta",
            Self::EpsilonEqualsOther => "epsilon_equals_other",
            Self::PreparedKeyLength { .. } => "prepared_key_length",
            Self::EquationFails => "equation_fails",
            Self::HostFailed => "host_failed",
        }
    }
}
