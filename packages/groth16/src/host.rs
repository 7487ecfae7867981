//! The equation evaluated by the CosmWasm host.

use crate::{Equation, Error, PreparedVerifyingKey, Proof};
use bls12_381::Scalar;
use cosmwasm_std::{Api, VerificationError};

/// Checks that `proof` shows the statement with this `digest` under `key`; with challenges,
/// `digest` as [`Equation::new`] needs it.
///
/// # Errors
/// Those of [`Equation::new`] and [`Equation::check_host`].
pub fn verify_host(
    api: &dyn Api,
    key: &PreparedVerifyingKey,
    digest: &Scalar,
    proof: &Proof,
) -> Result<(), Error> {
    Equation::new(key, digest, proof)?.check_host(api)
}

impl Equation {
    /// Has the host decode the points and evaluate the pairings: 19,900 gas, 1,200 more with
    /// challenges.
    ///
    /// # Errors
    /// [`Error::MalformedProof`] if the host cannot decode a point: the key's were checked
    /// at registration, so it is one of the proof's. [`Error::EquationFails`] if the two
    /// sides differ. [`Error::HostFailed`] if the host reports what it never should.
    pub fn check_host(&self, api: &dyn Api) -> Result<(), Error> {
        let vk_x = self.vk_x.to_compressed();
        let mut ps = [self.alpha.as_bytes().as_slice(), &vk_x, self.c.as_bytes()].concat();
        let mut qs = [
            self.beta.as_bytes().as_slice(),
            self.gamma.as_bytes(),
            self.delta.as_bytes(),
        ]
        .concat();
        if let Some((d, epsilon)) = &self.committed {
            ps.extend_from_slice(d.as_bytes());
            qs.extend_from_slice(epsilon.as_bytes());
        }
        match api.bls12_381_pairing_equality(&ps, &qs, self.a.as_bytes(), self.b.as_bytes()) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::EquationFails),
            Err(error) => Err(refusal(&error)),
        }
    }
}

fn refusal(error: &VerificationError) -> Error {
    match error {
        VerificationError::InvalidPoint => Error::MalformedProof,
        _ => Error::HostFailed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_point_is_blamed_on_the_proof() {
        assert_eq!(
            refusal(&VerificationError::InvalidPoint),
            Error::MalformedProof
        );
        assert_eq!(refusal(&VerificationError::GenericErr), Error::HostFailed);
        assert_eq!(
            refusal(&VerificationError::unknown_err(99)),
            Error::HostFailed
        );
    }
}
