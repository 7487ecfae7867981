//! Keys whose trapdoor the tests know, so that valid proofs take three multiplications.

use assay_groth16::{
    CompressedG1, G1Affine, G2Affine, PreparedVerifyingKey, Proof, Scalar, VerifyingKey,
};
use bls12_381::Bls12;
use ff::Field;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

pub fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub fn g1(scalar: Scalar) -> G1Affine {
    (G1Affine::generator() * scalar).into()
}

pub fn g2(scalar: Scalar) -> G2Affine {
    (G2Affine::generator() * scalar).into()
}

/// Discrete logarithms of a key's points.
#[derive(Clone, Copy)]
pub struct Trapdoor {
    pub alpha: Scalar,
    pub beta: Scalar,
    pub gamma: Scalar,
    pub delta: Scalar,
    pub ic: [Scalar; 2],
    /// Only of a key with challenges.
    pub epsilon: Option<Scalar>,
}

impl Trapdoor {
    pub fn random(seed: u64) -> Self {
        Self::draw(&mut rng(seed))
    }

    /// The same with challenges.
    pub fn challenged(seed: u64) -> Self {
        let mut rng = rng(seed);
        let plain = Self::draw(&mut rng);
        let epsilon = Some(Scalar::random(&mut rng));
        Self { epsilon, ..plain }
    }

    fn draw(rng: &mut ChaCha20Rng) -> Self {
        let mut random = || Scalar::random(&mut *rng);
        Self {
            alpha: random(),
            beta: random(),
            gamma: random(),
            delta: random(),
            ic: [random(), random()],
            epsilon: None,
        }
    }

    pub fn key(&self) -> VerifyingKey {
        let (alpha, beta, ic) = (g1(self.alpha), g2(self.beta), self.ic.map(g1));
        let key = VerifyingKey::new(alpha, beta, g2(self.gamma), g2(self.delta), ic).unwrap();
        match self.epsilon {
            Some(epsilon) => key.with_epsilon(g2(epsilon)).unwrap(),
            None => key,
        }
    }

    pub fn prepared(&self) -> PreparedVerifyingKey {
        PreparedVerifyingKey::from(&self.key())
    }

    /// The same key for the crate `groth16`.
    pub fn reference_key(&self) -> groth16::VerifyingKey<Bls12> {
        groth16::VerifyingKey {
            alpha_g1: g1(self.alpha),
            beta_g1: g1(self.beta),
            beta_g2: g2(self.beta),
            gamma_g2: g2(self.gamma),
            delta_g1: g1(self.delta),
            delta_g2: g2(self.delta),
            ic: self.ic.map(g1).to_vec(),
        }
    }

    /// A valid proof for `digest`, its A and B having the given logarithms.
    pub fn prove(&self, digest: Scalar, a: Scalar, b: Scalar) -> Proof {
        let vk_x = self.ic[0] + digest * self.ic[1];
        let rest = a * b - self.alpha * self.beta - vk_x * self.gamma;
        let c = rest * self.delta.invert().unwrap();
        Proof::new(&g1(a), &g2(b), &g1(c)).unwrap()
    }

    /// A valid proof for `digest` with D, whose logarithm is `d`.
    pub fn prove_committed(&self, digest: Scalar, [a, b, d]: [Scalar; 3]) -> Proof {
        let plain = self.prove(digest, a, b);
        let committed = d * self.epsilon.unwrap() * self.delta.invert().unwrap();
        let c = plain.c.decode().unwrap() - (G1Affine::generator() * committed);
        let proof = Proof::new(&g1(a), &g2(b), &c.into()).unwrap();
        proof.with_commitment(CompressedG1::encode(&g1(d)).unwrap())
    }

    /// A valid proof for `digest`, drawn from a stream that no trapdoor is drawn from.
    pub fn prove_random(&self, digest: Scalar, seed: u64) -> Proof {
        let mut rng = rng(!seed);
        let mut random = || Scalar::random(&mut rng);
        let (a, b) = (random(), random());
        match self.epsilon {
            Some(_) => self.prove_committed(digest, [a, b, random()]),
            None => self.prove(digest, a, b),
        }
    }
}
