//! The verifying key as a setup produces it and a registration carries it.

use crate::{CompressedG1, CompressedG2, Error};
use alloc::vec::Vec;
use bls12_381::{G1Affine, G2Affine};

/// The verifying key of a circuit with exactly one public input.
///
/// Encoding, 432 bytes, all points compressed:
/// alpha (G1, 48) | beta, gamma, delta (G2, 96 each) | ic0, ic1 (G1, 48 each);
/// with challenges 528 bytes, epsilon (G2, 96) last.
///
/// Every value of this type has passed the checks: no point is the identity, all are in
/// the subgroup of prime order, and gamma, delta and epsilon differ, up to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyingKey {
    alpha_g1: G1Affine,
    beta_g2: G2Affine,
    gamma_g2: G2Affine,
    delta_g2: G2Affine,
    ic: [G1Affine; 2],
    epsilon_g2: Option<G2Affine>,
}

impl VerifyingKey {
    /// Bytes of the encoding of a key without challenges.
    pub const LEN: usize = 3 * CompressedG1::LEN + 3 * CompressedG2::LEN;
    /// Bytes of the encoding of a key with challenges.
    pub const CHALLENGED_LEN: usize = Self::LEN + CompressedG2::LEN;

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
            epsilon_g2: None,
        }
        .with_distinct_denominators()
    }

    /// The key of a circuit with challenges: `epsilon_g2` is the denominator of the
    /// elements of the wires that are committed to before them.
    ///
    /// # Errors
    /// [`Error::MalformedKey`] as for the other points; [`Error::EpsilonEqualsOther`] if it
    /// is gamma or delta up to sign.
    pub fn with_epsilon(self, epsilon_g2: G2Affine) -> Result<Self, Error> {
        if !is_sound_g2(&epsilon_g2) {
            return Err(Error::MalformedKey);
        }
        let epsilon_g2 = Some(epsilon_g2);
        Self { epsilon_g2, ..self }.with_distinct_denominators()
    }

    /// Reads an encoding and checks every point.
    ///
    /// # Errors
    /// [`Error::KeyLength`]; [`Error::MalformedKey`] for an encoding that is not canonical
    /// and for the points that [`new`](Self::new) refuses; [`Error::GammaEqualsDelta`];
    /// [`Error::EpsilonEqualsOther`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let has_challenges = match bytes.len() {
            Self::LEN => false,
            Self::CHALLENGED_LEN => true,
            len => return Err(Error::KeyLength { len }),
        };
        let mut rest = bytes;
        Self::read(&mut rest, has_challenges)
            .ok_or(Error::MalformedKey)?
            .with_distinct_denominators()
    }

    /// alpha | beta | gamma | delta | ic0 | ic1, then epsilon with challenges.
    pub fn to_bytes(&self) -> Vec<u8> {
        let [ic0, ic1] = &self.ic;
        let epsilon = self.epsilon_g2.as_ref().map(G2Affine::to_compressed);
        [
            &self.alpha_g1.to_compressed()[..],
            &self.beta_g2.to_compressed(),
            &self.gamma_g2.to_compressed(),
            &self.delta_g2.to_compressed(),
            &ic0.to_compressed(),
            &ic1.to_compressed(),
            epsilon.as_ref().map_or(&[], |epsilon| &epsilon[..]),
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

    /// Epsilon, the denominator of the committed wires' elements, in G2; only with
    /// challenges.
    pub fn epsilon_g2(&self) -> Option<&G2Affine> {
        self.epsilon_g2.as_ref()
    }

    fn read(rest: &mut &[u8], has_challenges: bool) -> Option<Self> {
        Some(Self {
            alpha_g1: CompressedG1::read(rest)?.decode()?,
            beta_g2: CompressedG2::read(rest)?.decode()?,
            gamma_g2: CompressedG2::read(rest)?.decode()?,
            delta_g2: CompressedG2::read(rest)?.decode()?,
            ic: [
                CompressedG1::read(rest)?.decode()?,
                CompressedG1::read(rest)?.decode()?,
            ],
            epsilon_g2: match has_challenges {
                true => Some(CompressedG2::read(rest)?.decode()?),
                false => None,
            },
        })
    }

    /// With delta = ±gamma, a proof of one statement becomes a proof of any other by
    /// adding the difference of the two vk_x to C; with epsilon equal to one of them, up to
    /// sign, what was committed to can be changed in the same way after the challenges.
    fn with_distinct_denominators(self) -> Result<Self, Error> {
        let same = |a: &G2Affine, b: &G2Affine| a == b || *a == -b;
        let (gamma, delta) = (&self.gamma_g2, &self.delta_g2);
        let epsilon_is = |other| self.epsilon_g2.as_ref().is_some_and(|e| same(e, other));
        if same(gamma, delta) {
            return Err(Error::GammaEqualsDelta);
        }
        if epsilon_is(gamma) || epsilon_is(delta) {
            return Err(Error::EpsilonEqualsOther);
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
