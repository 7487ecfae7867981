//! The crate `groth16`, bellman's prover.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

use assay_peers::{Instance, InstanceCircuit, Prover, ProverError};
use bls12_381::{Bls12, Scalar};
use groth16::{Parameters, PreparedVerifyingKey, Proof};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

/// The keys and proofs of a benchmark protect nothing.
const SEED: u64 = 0;

/// The crate `groth16`.
pub(crate) struct Bellman;

impl Prover for Bellman {
    const NAME: &'static str = "groth16";
    type Scalar = Scalar;
    type Key = Parameters<Bls12>;
    type Verifier = PreparedVerifyingKey<Bls12>;
    type Proof = Proof<Bls12>;

    fn scalar(bytes: &[u8; 32]) -> Option<Scalar> {
        Scalar::from_bytes(bytes).into()
    }

    fn setup(instance: &Instance<Scalar>) -> Result<Self::Key, ProverError> {
        let mut rng = ChaCha20Rng::seed_from_u64(SEED);
        let circuit = InstanceCircuit(instance);
        Ok(groth16::generate_random_parameters(circuit, &mut rng)?)
    }

    fn save(key: &Self::Key, path: &Path) -> Result<(), ProverError> {
        let mut out = BufWriter::new(File::create(path)?);
        key.write(&mut out)?;
        Ok(out.flush()?)
    }

    fn load(path: &Path) -> Result<Self::Key, ProverError> {
        Ok(Parameters::read(BufReader::new(File::open(path)?), false)?)
    }

    fn prove(key: &Self::Key, instance: &Instance<Scalar>) -> Result<Self::Proof, ProverError> {
        let mut rng = ChaCha20Rng::seed_from_u64(SEED);
        let circuit = InstanceCircuit(instance);
        Ok(groth16::create_random_proof(circuit, key, &mut rng)?)
    }

    fn verifier(key: &Self::Key) -> Self::Verifier {
        groth16::prepare_verifying_key(&key.vk)
    }

    fn verify(
        verifier: &Self::Verifier,
        public_input: Scalar,
        proof: &Self::Proof,
    ) -> Result<(), ProverError> {
        groth16::verify_proof(verifier, proof, &[public_input])
            .map_err(|error| format!("its proof doesn't verify: {error:?}").into())
    }
}
