//! Proving keys and the setup that makes them.

use std::sync::Arc;

use assay_groth16::VerifyingKey;
use bellman::Circuit;
use bls12_381::{Bls12, G1Affine, G1Projective, G2Affine, G2Projective, Scalar};
use ff::Field;
use groth16::Parameters;
use group::{Curve, Wnaf};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use rayon::prelude::*;

use crate::EngineError;

/// What a prover needs besides the witness. It holds the verifying key, and the powers
/// that let anyone check that both belong to a circuit.
pub struct ProvingKey {
    pub(crate) parameters: Parameters<Bls12>,
    pub(crate) powers: Powers,
    verifying_key: VerifyingKey,
}

/// `[tau^i]_1` for `i` from 0 to the size of the domain, and `[tau]_2`.
pub(crate) struct Powers {
    pub(crate) g1: Arc<Vec<G1Affine>>,
    pub(crate) tau_g2: G2Affine,
}

impl ProvingKey {
    pub(crate) fn new(parameters: Parameters<Bls12>, powers: Powers) -> Result<Self, EngineError> {
        let vk = &parameters.vk;
        let [ic0, ic1] = vk.ic[..] else {
            return Err(EngineError::PublicInputs {
                found: vk.ic.len().saturating_sub(1),
            });
        };
        let verifying_key = VerifyingKey::new(
            vk.alpha_g1,
            vk.beta_g2,
            vk.gamma_g2,
            vk.delta_g2,
            [ic0, ic1],
        )?;
        Ok(Self {
            parameters,
            powers,
            verifying_key,
        })
    }

    /// The key that verifies this key's proofs.
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.verifying_key
    }
}

/// Makes a key for a circuit's shape; the circuit needs no witness. Takes about 0.6 ms a
/// constraint on two cores.
///
/// # Errors
/// [`EngineError`] if the circuit can't be synthesised or hasn't exactly one public input.
pub fn setup<C: Circuit<Scalar>>(circuit: C) -> Result<ProvingKey, EngineError> {
    let mut rng = randomness()?;
    let [alpha, beta, gamma, delta, tau] = std::array::from_fn(|_| Scalar::random(&mut rng));
    let (g1, g2) = (G1Projective::generator(), G2Projective::generator());
    let parameters = groth16::generate_parameters(circuit, g1, g2, alpha, beta, gamma, delta, tau)?;
    let domain = parameters.h.len() + 1;
    let powers = Powers {
        g1: Arc::new(powers_of(tau, domain + 1)),
        tau_g2: (g2 * tau).to_affine(),
    };
    ProvingKey::new(parameters, powers)
}

/// `[tau^i]_1` for `i < count`.
fn powers_of(tau: Scalar, count: usize) -> Vec<G1Affine> {
    const CHUNK: usize = 1 << 12;
    let mut table = Wnaf::new();
    let table = table.base(G1Projective::generator(), count);
    let chunk_from = |start: usize| {
        let mut table = table.shared();
        let first = tau.pow_vartime(&[start as u64, 0, 0, 0]);
        let scalars = std::iter::successors(Some(first), |power| Some(power * tau));
        let len = CHUNK.min(count - start);
        let points: Vec<_> = scalars
            .take(len)
            .map(|power| table.scalar(&power))
            .collect();
        let mut affine = vec![G1Affine::identity(); len];
        G1Projective::batch_normalize(&points, &mut affine);
        affine
    };
    let starts: Vec<usize> = (0..count).step_by(CHUNK).collect();
    starts
        .into_par_iter()
        .map(chunk_from)
        .collect::<Vec<_>>()
        .concat()
}

/// Fresh randomness, seeded by the operating system.
pub(crate) fn randomness() -> Result<ChaCha20Rng, EngineError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)?;
    Ok(ChaCha20Rng::from_seed(seed))
}
