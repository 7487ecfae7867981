//! The equation evaluated with the crate `bls12_381`.

use crate::{
    CompressedG1, CompressedG2, Equation, Error, PreparedVerifyingKey, Proof, VerifyingKey,
};
use alloc::vec::Vec;
use bls12_381::{G1Affine, G2Affine, G2Prepared, Gt, Scalar, multi_miller_loop};

/// Checks that `proof` shows the statement with this `digest` under `key`; with challenges,
/// `digest` as [`Equation::new`] needs it.
///
/// # Errors
/// Those of [`Equation::new`] and [`Equation::check_native`].
pub fn verify_native(
    key: &PreparedVerifyingKey,
    digest: &Scalar,
    proof: &Proof,
) -> Result<(), Error> {
    Equation::new(key, digest, proof)?.check_native()
}

/// As [`verify_native`], for a key that is used once: nothing is prepared, and the points
/// that the key's decoding has checked are not decoded again.
///
/// # Errors
/// [`Error::ProofKind`], [`Error::MalformedProof`], [`Error::EquationFails`].
pub fn verify_once(key: &VerifyingKey, digest: &Scalar, proof: &Proof) -> Result<(), Error> {
    let committed = match (&proof.d, key.epsilon_g2()) {
        (Some(d), Some(epsilon)) => Some((d.decode().ok_or(Error::MalformedProof)?, *epsilon)),
        (None, None) => None,
        _ => return Err(Error::ProofKind),
    };
    let proof = decode(&proof.a, &proof.b, &proof.c).ok_or(Error::MalformedProof)?;
    let [ic0, ic1] = key.ic();
    let vk_x = G1Affine::from(ic1 * digest + ic0);
    let key = (
        *key.alpha_g1(),
        *key.beta_g2(),
        *key.gamma_g2(),
        *key.delta_g2(),
    );
    evaluate(proof, key, vk_x, committed)
}

/// A, B and C.
type ProofPoints = (G1Affine, G2Affine, G1Affine);
/// Alpha, beta, gamma and delta.
type KeyPoints = (G1Affine, G2Affine, G2Affine, G2Affine);

fn decode(a: &CompressedG1, b: &CompressedG2, c: &CompressedG1) -> Option<ProofPoints> {
    Some((a.decode()?, b.decode()?, c.decode()?))
}

/// Evaluates the pairings, four or with D and epsilon five, under one final exponentiation.
fn evaluate(
    (a, b, c): ProofPoints,
    (alpha, beta, gamma, delta): KeyPoints,
    vk_x: G1Affine,
    committed: Option<(G1Affine, G2Affine)>,
) -> Result<(), Error> {
    let pairs = [(-a, b), (alpha, beta), (vk_x, gamma), (c, delta)].into_iter();
    let pairs: Vec<(G1Affine, G2Prepared)> = pairs
        .chain(committed)
        .map(|(p, q)| (p, G2Prepared::from(q)))
        .collect();
    let pairs: Vec<(&G1Affine, &G2Prepared)> = pairs.iter().map(|(p, q)| (p, q)).collect();
    match multi_miller_loop(&pairs).final_exponentiation() == Gt::identity() {
        true => Ok(()),
        false => Err(Error::EquationFails),
    }
}

impl Equation {
    /// Decodes the points and evaluates the pairings under one final exponentiation.
    ///
    /// # Errors
    /// [`Error::MalformedProof`] if a point of the proof is off its curve or outside the
    /// subgroup, [`Error::MalformedKey`] for one of the key (which no registry stores),
    /// [`Error::EquationFails`] if all are in order and the two sides differ.
    pub fn check_native(&self) -> Result<(), Error> {
        let proof = decode(&self.a, &self.b, &self.c).ok_or(Error::MalformedProof)?;
        let key = self.key_points().ok_or(Error::MalformedKey)?;
        let committed = match &self.committed {
            Some((d, epsilon)) => Some((
                d.decode().ok_or(Error::MalformedProof)?,
                epsilon.decode().ok_or(Error::MalformedKey)?,
            )),
            None => None,
        };
        evaluate(proof, key, self.vk_x, committed)
    }

    fn key_points(&self) -> Option<KeyPoints> {
        Some((
            self.alpha.decode()?,
            self.beta.decode()?,
            self.gamma.decode()?,
            self.delta.decode()?,
        ))
    }
}
