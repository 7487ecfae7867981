//! The pairing equation, built once for every evaluator.

use crate::{CompressedG1, CompressedG2, Error, PreparedVerifyingKey, Proof, multiplication};
use bls12_381::{G1Affine, Scalar};

/// `e(A, B) = e(alpha, beta) e(vk_x, gamma) e(C, delta)`, with challenges times
/// `e(D, epsilon)`, not yet evaluated.
///
/// The points of key and proof have the right shape; curve and subgroup are checked by
/// whoever evaluates. `vk_x` is computed from the key, so it needs no check, and it may be
/// the identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// A of the proof.
    pub a: CompressedG1,
    /// B of the proof.
    pub b: CompressedG2,
    /// Alpha of the key.
    pub alpha: CompressedG1,
    /// Beta of the key.
    pub beta: CompressedG2,
    /// `ic0 + digest ic1`.
    pub vk_x: G1Affine,
    /// Gamma of the key.
    pub gamma: CompressedG2,
    /// C of the proof.
    pub c: CompressedG1,
    /// Delta of the key.
    pub delta: CompressedG2,
    /// D of the proof and epsilon of the key; only with challenges.
    pub committed: Option<(CompressedG1, CompressedG2)>,
}

impl Equation {
    /// The equation that holds exactly if `proof` shows the statement with this `digest`.
    /// With challenges, `digest` must have been computed with the challenges that
    /// [`Proof::commitment`] gives.
    ///
    /// # Errors
    /// [`Error::ProofKind`] if one of key and proof has challenges and the other has none.
    pub fn new(key: &PreparedVerifyingKey, digest: &Scalar, proof: &Proof) -> Result<Self, Error> {
        let committed = match (proof.d, key.epsilon) {
            (Some(d), Some(epsilon)) => Some((d, epsilon)),
            (None, None) => None,
            _ => return Err(Error::ProofKind),
        };
        let vk_x = multiplication::multiply(&key.ic1_shifts, digest).add_mixed(&key.ic0);
        Ok(Self {
            a: proof.a,
            b: proof.b,
            alpha: key.alpha,
            beta: key.beta,
            vk_x: vk_x.into(),
            gamma: key.gamma,
            c: proof.c,
            delta: key.delta,
            committed,
        })
    }
}
