//! Proving keys.

use assay_groth16::VerifyingKey;
use bls12_381::{G1Affine, G2Affine};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::EngineError;
use crate::array::Array;
use crate::check::equal;
use crate::curve::{G1, G2, PointOf};
use crate::domain::Domain;
use crate::shape::Shape;

/// What a prover needs besides the witness: the circuit's shape, the points that proofs are
/// made of, the verifying key, and the powers that let anyone check that all of them belong
/// together.
pub struct ProvingKey {
    pub(crate) shape: Shape,
    pub(crate) singles: Singles,
    pub(crate) queries: Queries,
    /// `[tau^i]_1` for `i` from 0 to the size of the domain.
    pub(crate) powers: Array<PointOf<G1>>,
    pub(crate) domain: Domain,
    /// The wires that occur in A and in B: those that have points in these queries.
    pub(crate) a_wires: Vec<u32>,
    pub(crate) b_wires: Vec<u32>,
    verifying_key: VerifyingKey,
}

/// The points that there is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Singles {
    pub alpha_g1: G1Affine,
    pub beta_g1: G1Affine,
    pub delta_g1: G1Affine,
    pub ic: [G1Affine; 2],
    pub beta_g2: G2Affine,
    pub gamma_g2: G2Affine,
    pub delta_g2: G2Affine,
    pub tau_g2: G2Affine,
    /// `[tau^n]_2`, for the size `n` of the domain.
    pub tau_n_g2: G2Affine,
    /// Of a circuit that uses challenges.
    pub epsilon: Option<Epsilon>,
}

impl Singles {
    /// What blinds a proof is the same in both groups: whoever proved with others would not
    /// hide the witness. The rest is for [`check`](crate::check()) to say.
    fn check_blinding(&self) -> Result<(), EngineError> {
        let epsilon = self.epsilon.map(|epsilon| (epsilon.g1, epsilon.g2));
        let pairs = [(self.delta_g1, self.delta_g2)].into_iter().chain(epsilon);
        let (g, h) = (G1Affine::generator().into(), G2Affine::generator());
        for (one, two) in pairs {
            if !equal(&[(one.into(), h)], &[(g, two)]) {
                let part = "blinding points";
                return Err(EngineError::WrongKey { part });
            }
        }
        Ok(())
    }
}

/// The denominator of the committed wires' points, in both groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Epsilon {
    pub g1: G1Affine,
    pub g2: G2Affine,
}

/// The points that a proof's sums are of ([Groth 2016], section 3.2), H changed linearly so
/// that six transforms serve instead of seven.
///
/// H holds `-L'_j(tau) (tau^n - 1) / (2 delta)` for the Lagrange polynomials `L'_j` of the
/// coset on which `X^n - 1 = -2`: multiplied by `a b - c` there, that makes the quotient.
/// (The quotient of `c` is linear in the wires and could go into L, for four transforms; but
/// then committed wires would need a second point.)
///
/// [Groth 2016]: https://eprint.iacr.org/2016/260
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Queries {
    /// Of the wires in A, `a_i(tau)`.
    pub a: Array<PointOf<G1>>,
    /// Of the wires in B, `b_i(tau)`.
    pub b_g1: Array<PointOf<G1>>,
    pub b_g2: Array<PointOf<G2>>,
    /// Of private wires, `(beta a_i + alpha b_i + c_i)(tau)`, by epsilon of those that are
    /// committed to and by delta of the others.
    pub l: Array<PointOf<G1>>,
    /// Of the coset's points, in reversed order.
    pub h: Array<PointOf<G1>>,
}

impl ProvingKey {
    /// Puts parts together whose lengths fit.
    ///
    /// # Errors
    /// [`EngineError::WrongKey`] with the part whose length doesn't, or that doesn't blind
    /// proofs; those of [`VerifyingKey::new`].
    pub(crate) fn new(
        shape: Shape,
        singles: Singles,
        queries: Queries,
        powers: Array<PointOf<G1>>,
    ) -> Result<Self, EngineError> {
        let wires = shape.wires();
        let (a_wires, b_wires) = (shape.a.wires(wires), shape.b.wires(wires));
        let lengths = [
            (queries.a.len() == a_wires.len(), "number of A points"),
            (
                queries.b_g1.len() == b_wires.len(),
                "number of B points in G1",
            ),
            (
                queries.b_g2.len() == b_wires.len(),
                "number of B points in G2",
            ),
            (queries.l.len() == shape.private, "number of L points"),
            (queries.h.len() == shape.domain(), "number of H points"),
            (powers.len() == shape.domain() + 1, "number of powers"),
        ];
        if singles.epsilon.is_some() != shape.is_challenged() {
            return Err(EngineError::WrongKey { part: "epsilon" });
        }
        singles.check_blinding()?;
        if let Some(&(_, part)) = lengths.iter().find(|(fits, _)| !fits) {
            return Err(EngineError::WrongKey { part });
        }
        let Singles {
            alpha_g1,
            beta_g2,
            gamma_g2,
            delta_g2,
            ic,
            ..
        } = singles;
        let plain = VerifyingKey::new(alpha_g1, beta_g2, gamma_g2, delta_g2, ic)?;
        Ok(Self {
            domain: Domain::new(shape.domain()),
            verifying_key: match singles.epsilon {
                Some(epsilon) => plain.with_epsilon(epsilon.g2)?,
                None => plain,
            },
            shape,
            singles,
            queries,
            powers,
            a_wires,
            b_wires,
        })
    }

    /// How many constraints the key's circuit has, without the setup's own ones.
    pub fn constraints(&self) -> usize {
        self.shape.a.ends.len() - self.shape.public
    }

    /// The key that verifies this key's proofs.
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.verifying_key
    }
}

/// Fresh randomness, seeded by the operating system.
pub(crate) fn randomness() -> Result<ChaCha20Rng, EngineError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)?;
    Ok(ChaCha20Rng::from_seed(seed))
}
