//! Our engine as a prover of the benchmark.

use std::path::Path;

use assay_engine::ProvingKey;
use assay_groth16::{Proof, VerifyingKey, verify_once};
use assay_peers::{Instance, InstanceCircuit, Prover, ProverError};
use bls12_381::Scalar;

/// The crate `assay-engine`.
pub(crate) struct Assay;

impl Prover for Assay {
    const NAME: &'static str = "assay";
    type Scalar = Scalar;
    type Key = ProvingKey;
    type Verifier = VerifyingKey;
    type Proof = Proof;

    fn scalar(bytes: &[u8; 32]) -> Option<Scalar> {
        Scalar::from_bytes(bytes).into()
    }

    fn setup(instance: &Instance<Scalar>) -> Result<ProvingKey, ProverError> {
        Ok(assay_engine::setup(InstanceCircuit(instance))?)
    }

    fn save(key: &ProvingKey, path: &Path) -> Result<(), ProverError> {
        Ok(key.save(path)?)
    }

    fn load(path: &Path) -> Result<ProvingKey, ProverError> {
        Ok(ProvingKey::load(path)?)
    }

    fn prove(key: &ProvingKey, instance: &Instance<Scalar>) -> Result<Proof, ProverError> {
        Ok(assay_engine::prove(key, InstanceCircuit(instance))?)
    }

    fn verifier(key: &ProvingKey) -> VerifyingKey {
        key.verifying_key().clone()
    }

    fn verify(
        verifier: &VerifyingKey,
        public_input: Scalar,
        proof: &Proof,
    ) -> Result<(), ProverError> {
        Ok(verify_once(verifier, &public_input, proof)?)
    }
}
