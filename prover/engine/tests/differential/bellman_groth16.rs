//! The crate `groth16`.

use assay_groth16::{Proof, Scalar, VerifyingKey};
use bellman::Circuit;
use bls12_381::Bls12;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::{g1, g2};

/// Its verdict.
pub fn verifies(key: &VerifyingKey, proof: &Proof, input: &Scalar) -> bool {
    let key = groth16::VerifyingKey::<Bls12> {
        alpha_g1: *key.alpha_g1(),
        // Provers' points, of no use to a verifier.
        beta_g1: *key.alpha_g1(),
        delta_g1: *key.alpha_g1(),
        beta_g2: *key.beta_g2(),
        gamma_g2: *key.gamma_g2(),
        delta_g2: *key.delta_g2(),
        ic: key.ic().to_vec(),
    };
    let proof = groth16::Proof {
        a: g1(proof.a.as_bytes()),
        b: g2(proof.b.as_bytes()),
        c: g1(proof.c.as_bytes()),
    };
    let prepared = groth16::prepare_verifying_key(&key);
    groth16::verify_proof(&prepared, &proof, &[*input]).is_ok()
}

/// Its key and its proof.
pub fn prove<C: Circuit<Scalar>>(shape: C, circuit: C) -> (VerifyingKey, Proof) {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let parameters = groth16::generate_random_parameters::<Bls12, _, _>(shape, &mut rng).unwrap();
    let proof = groth16::create_random_proof(circuit, &parameters, &mut rng).unwrap();
    let vk = &parameters.vk;
    let ic = [vk.ic[0], vk.ic[1]];
    let key = VerifyingKey::new(vk.alpha_g1, vk.beta_g2, vk.gamma_g2, vk.delta_g2, ic);
    (
        key.unwrap(),
        Proof::new(&proof.a, &proof.b, &proof.c).unwrap(),
    )
}
