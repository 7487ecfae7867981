//! The crate `ark-groth16`.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

use ark_bls12_381::{Bls12_381, Fr};
use ark_groth16::{Groth16, PreparedVerifyingKey, Proof, ProvingKey};
use ark_relations::gr1cs::{
    ConstraintSynthesizer, ConstraintSystemRef, LinearCombination, SynthesisError, Variable,
};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use ark_snark::SNARK;
use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use assay_peers::{Instance, Prover, ProverError};

/// The keys and proofs of a benchmark protect nothing.
const SEED: u64 = 0;

/// The crate `ark-groth16`.
pub(crate) struct Ark;

impl Prover for Ark {
    const NAME: &'static str = "ark";
    type Scalar = Fr;
    type Key = ProvingKey<Bls12_381>;
    type Verifier = PreparedVerifyingKey<Bls12_381>;
    type Proof = Proof<Bls12_381>;

    fn scalar(bytes: &[u8; 32]) -> Option<Fr> {
        Fr::deserialize_uncompressed(&bytes[..]).ok()
    }

    fn setup(instance: &Instance<Fr>) -> Result<Self::Key, ProverError> {
        let mut rng = StdRng::seed_from_u64(SEED);
        let (key, _) = Groth16::<Bls12_381>::circuit_specific_setup(System(instance), &mut rng)?;
        Ok(key)
    }

    fn save(key: &Self::Key, path: &Path) -> Result<(), ProverError> {
        let mut out = BufWriter::new(File::create(path)?);
        key.serialize_uncompressed(&mut out)?;
        Ok(out.flush()?)
    }

    fn load(path: &Path) -> Result<Self::Key, ProverError> {
        let file = BufReader::new(File::open(path)?);
        Ok(ProvingKey::deserialize_uncompressed_unchecked(file)?)
    }

    fn prove(key: &Self::Key, instance: &Instance<Fr>) -> Result<Self::Proof, ProverError> {
        let mut rng = StdRng::seed_from_u64(SEED);
        Ok(Groth16::<Bls12_381>::prove(
            key,
            System(instance),
            &mut rng,
        )?)
    }

    fn verifier(key: &Self::Key) -> Self::Verifier {
        ark_groth16::prepare_verifying_key(&key.vk)
    }

    fn verify(
        verifier: &Self::Verifier,
        public_input: Fr,
        proof: &Self::Proof,
    ) -> Result<(), ProverError> {
        let inputs = [public_input];
        match Groth16::<Bls12_381>::verify_with_processed_vk(verifier, &inputs, proof)? {
            true => Ok(()),
            false => Err("its proof doesn't verify".into()),
        }
    }
}

/// The instance as a constraint system of arkworks'.
#[derive(Clone, Copy)]
struct System<'a>(&'a Instance<Fr>);

impl ConstraintSynthesizer<Fr> for System<'_> {
    fn generate_constraints(self, cs: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        let Self(instance) = self;
        let mut variables = vec![Variable::One];
        for (wire, &value) in instance.assignment.iter().enumerate().skip(1) {
            variables.push(match wire {
                1 => cs.new_input_variable(|| Ok(value))?,
                _ => cs.new_witness_variable(|| Ok(value))?,
            });
        }
        for constraint in 0..instance.constraints() {
            let combination = |matrix| {
                let terms = instance.row(matrix, constraint);
                let terms = terms.map(|(wire, coefficient)| (coefficient, variables[wire]));
                LinearCombination(terms.collect())
            };
            cs.enforce_r1cs_constraint(|| combination(0), || combination(1), || combination(2))?;
        }
        Ok(())
    }
}
