//! The crate `ark-groth16`.

use ark_bls12_381::{Bls12_381, Fr};
use ark_groth16::Groth16;
use ark_relations::gr1cs::{
    ConstraintSynthesizer, ConstraintSystemRef, LinearCombination, SynthesisError, Variable,
};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use ark_snark::SNARK;
use ark_std::rand::{SeedableRng, rngs::StdRng};
use assay_groth16::{Proof, Scalar, VerifyingKey};

use super::circuit::Squares;
use super::{g1, g2};

fn point<T: CanonicalDeserialize>(bytes: &[u8]) -> T {
    T::deserialize_compressed(bytes).unwrap()
}

fn bytes(point: &impl CanonicalSerialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    point.serialize_compressed(&mut bytes).unwrap();
    bytes
}

fn field(scalar: &Scalar) -> Fr {
    point(&scalar.to_bytes())
}

/// Its verdict.
pub fn verifies(key: &VerifyingKey, proof: &Proof, input: &Scalar) -> bool {
    let key = ark_groth16::VerifyingKey::<Bls12_381> {
        alpha_g1: point(&key.alpha_g1().to_compressed()),
        beta_g2: point(&key.beta_g2().to_compressed()),
        gamma_g2: point(&key.gamma_g2().to_compressed()),
        delta_g2: point(&key.delta_g2().to_compressed()),
        gamma_abc_g1: key
            .ic()
            .iter()
            .map(|ic| point(&ic.to_compressed()))
            .collect(),
    };
    let proof = ark_groth16::Proof::<Bls12_381> {
        a: point(proof.a.as_bytes()),
        b: point(proof.b.as_bytes()),
        c: point(proof.c.as_bytes()),
    };
    Groth16::<Bls12_381>::verify(&key, &[field(input)], &proof).unwrap()
}

/// Its key and its proof.
pub fn prove(circuit: &Squares) -> (VerifyingKey, Proof) {
    let mut rng = StdRng::seed_from_u64(1);
    let (key, _) = Groth16::<Bls12_381>::circuit_specific_setup(System(circuit), &mut rng).unwrap();
    let proof = Groth16::<Bls12_381>::prove(&key, System(circuit), &mut rng).unwrap();
    let vk = &key.vk;
    let ic = [
        g1(&bytes(&vk.gamma_abc_g1[0])),
        g1(&bytes(&vk.gamma_abc_g1[1])),
    ];
    let key = VerifyingKey::new(
        g1(&bytes(&vk.alpha_g1)),
        g2(&bytes(&vk.beta_g2)),
        g2(&bytes(&vk.gamma_g2)),
        g2(&bytes(&vk.delta_g2)),
        ic,
    );
    let encoded = [bytes(&proof.a), bytes(&proof.b), bytes(&proof.c)].concat();
    (key.unwrap(), Proof::from_bytes(&encoded).unwrap())
}

struct System<'a>(&'a Squares);

impl ConstraintSynthesizer<Fr> for System<'_> {
    fn generate_constraints(self, cs: ConstraintSystemRef<Fr>) -> Result<(), SynthesisError> {
        let values = self.0.values().ok_or(SynthesisError::AssignmentMissing)?;
        let value = |i: usize| Ok(field(&values[i]));
        let result = cs.new_input_variable(|| value(Squares::COUNT))?;
        let mut last = cs.new_witness_variable(|| value(0))?;
        for i in 1..=Squares::COUNT {
            let next = match i {
                Squares::COUNT => result,
                _ => cs.new_witness_variable(|| value(i))?,
            };
            let one = |variable| LinearCombination(vec![(Fr::from(1), variable)]);
            let next_less_one =
                || LinearCombination(vec![(Fr::from(1), next), (-Fr::from(1), Variable::One)]);
            cs.enforce_r1cs_constraint(|| one(last), || one(last), next_less_one)?;
            last = next;
        }
        Ok(())
    }
}
