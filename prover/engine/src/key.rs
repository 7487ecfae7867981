//! Proving keys.

use std::sync::Arc;

use assay_groth16::VerifyingKey;
use bls12_381::{Bls12, G1Affine, G2Affine};
use groth16::Parameters;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

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

/// Fresh randomness, seeded by the operating system.
pub(crate) fn randomness() -> Result<ChaCha20Rng, EngineError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)?;
    Ok(ChaCha20Rng::from_seed(seed))
}
