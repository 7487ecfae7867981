//! The equation evaluated with the crate `bls12_381`.

use crate::{Equation, Error, PreparedVerifyingKey, Proof};
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

impl Equation {
    /// Decodes the points and evaluates four pairings under one final exponentiation.
    ///
    /// # Errors
    /// [`Error::MalformedProof`] if a point of the proof is off its curve or outside the
    /// subgroup, [`Error::MalformedKey`] for one of the key (which no registry stores),
    /// [`Error::EquationFails`] if all are in order and the two sides differ.
    pub fn check_native(&self) -> Result<(), Error> {
        let (a, b, c) = self.proof_points().ok_or(Error::MalformedProof)?;
        let (alpha, beta, gamma, delta) = self.key_points().ok_or(Error::MalformedKey)?;
        let [b, beta, gamma, delta] = [b, beta, gamma, delta].map(G2Prepared::from);
        let pairs = [
            (&-a, &b),
            (&alpha, &beta),
            (&self.vk_x, &gamma),
            (&c, &delta),
        ];
        match multi_miller_loop(&pairs).final_exponentiation() == Gt::identity() {
            true => Ok(()),
            false => Err(Error::EquationFails),
        }
    }

    fn proof_points(&self) -> Option<(G1Affine, G2Affine, G1Affine)> {
        Some((self.a.decode()?, self.b.decode()?, self.c.decode()?))
    }

    fn key_points(&self) -> Option<(G1Affine, G2Affine, G2Affine, G2Affine)> {
        Some((
            self.alpha.decode()?,
            self.beta.decode()?,
            self.gamma.decode()?,
            self.delta.decode()?,
        ))
    }
}
