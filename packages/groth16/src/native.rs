//! The equation evaluated with the crate `bls12_381`.

use crate::{Equation, Error, PreparedVerifyingKey, Proof, VerifyingKey};
use bls12_381::{G1Affine, G2Affine, G2Prepared, Gt, Scalar, multi_miller_loop};

/// Checks that `proof` shows the statement with this `digest` under `key`.
///
/// # Errors
/// Those of [`Equation::check_native`].
pub fn verify_native(
    key: &PreparedVerifyingKey,
    digest: &Scalar,
    proof: &Proof,
) -> Result<(), Error> {
    Equation::new(key, digest, proof).check_native()
}

/// As [`verify_native`], for a key that is used once: nothing is prepared, and the points
/// that the key's decoding has checked are not decoded again.
///
/// # Errors
/// [`Error::MalformedProof`], [`Error::EquationFails`].
pub fn verify_once(key: &VerifyingKey, digest: &Scalar, proof: &Proof) -> Result<(), Error> {
    let proof = decode(proof).ok_or(Error::MalformedProof)?;
    let [ic0, ic1] = key.ic();
    let vk_x = G1Affine::from(ic1 * digest + ic0);
    let key = (
        *key.alpha_g1(),
        *key.beta_g2(),
        *key.gamma_g2(),
        *key.delta_g2(),
    );
    evaluate(proof, key, vk_x)
}

/// A, B and C.
type ProofPoints = (G1Affine, G2Affine, G1Affine);
/// Alpha, beta, gamma and delta.
type KeyPoints = (G1Affine, G2Affine, G2Affine, G2Affine);

fn decode(proof: &Proof) -> Option<ProofPoints> {
    Some((proof.a.decode()?, proof.b.decode()?, proof.c.decode()?))
}

/// Evaluates four pairings under one final exponentiation.
fn evaluate((a, b, c): ProofPoints, key: KeyPoints, vk_x: G1Affine) -> Result<(), Error> {
    let (alpha, beta, gamma, delta) = key;
    let [b, beta, gamma, delta] = [b, beta, gamma, delta].map(G2Prepared::from);
    let pairs = [(&-a, &b), (&alpha, &beta), (&vk_x, &gamma), (&c, &delta)];
    match multi_miller_loop(&pairs).final_exponentiation() == Gt::identity() {
        true => Ok(()),
        false => Err(Error::EquationFails),
    }
}

impl Equation {
    /// Decodes the points and evaluates four pairings under one final exponentiation.
    ///
    /// # Errors
    /// [`Error::MalformedProof`] if a point of the proof is off its curve or outside the
    /// subgroup, [`Error::MalformedKey`] for one of the key (which no registry stores),
    /// [`Error::EquationFails`] if all are in order and the two sides differ.
    pub fn check_native(&self) -> Result<(), Error> {
        let (a, b, c) = (self.a, self.b, self.c);
        let proof = decode(&Proof { a, b, c }).ok_or(Error::MalformedProof)?;
        let key = self.key_points().ok_or(Error::MalformedKey)?;
        evaluate(proof, key, self.vk_x)
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
