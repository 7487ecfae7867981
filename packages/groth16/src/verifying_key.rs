//! The verifying key as a setup produces it and a registration carries it.

use crate::{CompressedG1, CompressedG2, Error};
use alloc::vec::Vec;
use bls12_381::{G1Affine, G2Affine};

/// The verifying key of a circuit with exactly one public input.
///
/// Encoding, 432 bytes, all points compressed:
/// alpha (G1, 48) | beta, gamma, delta (G2, 96 each) | ic0, ic1 (G1, 48 each).
///
/// Every value of this type has passed the checks: no point is the identity, all are in
/// the subgroup of prime order, and gamma is neither delta nor its negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyingKey {
    alpha_g1: G1Affine,
    beta_g2: G2Affine,
    gamma_g2: G2Affine,
    delta_g2: G2Affine,
    ic: [G1Affine; 2],
}

impl VerifyingKey {
    /// Bytes of the encoding.
    pub const LEN: usize = 3 * CompressedG1::LEN + 3 * CompressedG2::LEN;

    /// Checks the points of a setup. `ic` are the elements of the constant one and of the
    /// public input: `(beta u(tau) + alpha v(tau) + w(tau)) / gamma`, in G1.
    ///
    /// # Errors
    /// [`Error::MalformedKey`] if a point is the identity, off its curve or outside the
    /// subgroup; [`Error::GammaEqualsDelta`] if these two agree up to sign.
    pub fn new(
        alpha_g1: G1Affine,
        beta_g2: G2Affine,
        gamma_g2: G2Affine,
        delta_g2: G2Affine,
        ic: [G1Affine; 2],
    ) -> Result<Self, Error> {
        let [ic0, ic1] = &ic;
        let sound = [&alpha_g1, ic0, ic1].into_iter().all(is_sound_g1)
            && [&beta_g2, &gamma_g2, &delta_g2]
                .into_iter()
                .all(is_sound_g2);
        if !sound {
            return Err(Error::MalformedKey);
        }
        Self {
            alpha_g1,
            beta_g2,
            gamma_g2,
            delta_g2,
            ic,
        }
        .with_distinct_denominators()
    }

    /// Reads an encoding and checks every point.
    ///
    /// # Errors
    /// [`Error::KeyLength`]; [`Error::MalformedKey`] for an encoding that is not canonical
    /// and for the points that [`new`](Self::new) refuses; [`Error::GammaEqualsDelta`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() != Self::LEN {
            return Err(Error::KeyLength { len: bytes.len() });
        }
        let mut rest = bytes;
        Self::read(&mut rest)
            .ok_or(Error::MalformedKey)?
            .with_distinct_denominators()
    }

    /// alpha | beta | gamma | delta | ic0 | ic1.
    pub fn to_bytes(&self) -> Vec<u8> {
        let [ic0, ic1] = &self.ic;
        [
            &self.alpha_g1.to_compressed()[..],
            &self.beta_g2.to_compressed(),
            &self.gamma_g2.to_compressed(),
            &self.delta_g2.to_compressed(),
            &ic0.to_compressed(),
            &ic1.to_compressed(),
        ]
        .concat()
    }

    /// Alpha, in G1.
    pub fn alpha_g1(&self) -> &G1Affine {
        &self.alpha_g1
    }

    /// Beta, in G2.
    pub fn beta_g2(&self) -> &G2Affine {
        &self.beta_g2
    }

    /// Gamma, the denominator of the statement's elements, in G2.
    pub fn gamma_g2(&self) -> &G2Affine {
        &self.gamma_g2
    }

    /// Delta, the denominator of the witness's elements, in G2.
    pub fn delta_g2(&self) -> &G2Affine {
        &self.delta_g2
    }

    /// The elements of the constant one and of the public input, in G1.
    pub fn ic(&self) -> &[G1Affine; 2] {
        &self.ic
    }

    fn read(rest: &mut &[u8]) -> Option<Self> {
        Some(Self {
            alpha_g1: CompressedG1::read(rest)?.decode()?,
            beta_g2: CompressedG2::read(rest)?.decode()?,
            gamma_g2: CompressedG2::read(rest)?.decode()?,
            delta_g2: CompressedG2::read(rest)?.decode()?,
            ic: [
                CompressedG1::read(rest)?.decode()?,
                CompressedG1::read(rest)?.decode()?,
            ],
        })
    }

    /// With delta = ±gamma, a proof of one statement becomes a proof of any other by
    /// adding the difference of the two vk_x to C.
    fn with_distinct_denominators(self) -> Result<Self, Error> {
        if self.gamma_g2 == self.delta_g2 || self.gamma_g2 == -self.delta_g2 {
            return Err(Error::GammaEqualsDelta);
        }
        Ok(self)
    }
}

fn is_sound_g1(point: &G1Affine) -> bool {
    bool::from(!point.is_identity() & point.is_on_curve() & point.is_torsion_free())
}

fn is_sound_g2(point: &G2Affine) -> bool {
    bool::from(!point.is_identity() & point.is_on_curve() & point.is_torsion_free())
}
