//! A verifying key with its trapdoor, and with it proofs of anything.
//!
//! Whoever makes a key alone knows alpha, beta, gamma, delta, epsilon and the exponents of
//! ic, and can solve `a b = alpha beta + vk_x gamma + c delta + d epsilon` for c. The
//! contracts see valid proofs without any circuit being proved.

use assay_groth16::{CompressedG1, G1Affine, G2Affine, Proof, Scalar, VerifyingKey};

/// The exponents of a key.
#[derive(Clone, Copy)]
pub struct Trapdoor {
    alpha: Scalar,
    beta: Scalar,
    gamma: Scalar,
    delta: Scalar,
    ic: [Scalar; 2],
    /// Only of a key with challenges.
    epsilon: Option<Scalar>,
}

impl Trapdoor {
    /// The trapdoor of key number `seed`.
    pub fn new(seed: u64) -> Self {
        let secret = |i: u64| Scalar::from(1 + 1000 * seed + i).square().square();
        Self {
            alpha: secret(1),
            beta: secret(2),
            gamma: secret(3),
            delta: secret(4),
            ic: [secret(5), secret(6)],
            epsilon: None,
        }
    }

    /// The same key with challenges.
    pub fn challenged(seed: u64) -> Self {
        let epsilon = Some(Scalar::from(8 + 1000 * seed).square().square());
        Self {
            epsilon,
            ..Self::new(seed)
        }
    }

    /// The key's bytes.
    pub fn key(&self) -> Vec<u8> {
        let [ic0, ic1] = self.ic.map(g1);
        let (gamma, delta) = (g2(self.gamma), g2(self.delta));
        let key = VerifyingKey::new(g1(self.alpha), g2(self.beta), gamma, delta, [ic0, ic1]);
        let key = key.unwrap();
        match self.epsilon {
            Some(epsilon) => key.with_epsilon(g2(epsilon)).unwrap(),
            None => key,
        }
        .to_bytes()
    }

    /// D of the proofs of this randomness, if the key has challenges.
    pub fn commitment(&self, randomness: u64) -> Option<[u8; 48]> {
        let is_challenged = self.epsilon.is_some();
        is_challenged.then(|| g1(d(randomness)).to_compressed())
    }

    /// A valid proof of the statement with this digest; `randomness` tells
    /// several apart.
    pub fn prove(&self, digest: Scalar, randomness: u64) -> Vec<u8> {
        let (a, b) = (Scalar::from(randomness + 2), Scalar::from(randomness + 3));
        let vk_x = self.ic[0] + digest * self.ic[1];
        let rest = a * b - self.alpha * self.beta - vk_x * self.gamma;
        let committed = self.epsilon.map_or(Scalar::zero(), |e| e * d(randomness));
        let c = (rest - committed) * self.delta.invert().unwrap();
        let proof = Proof::new(&g1(a), &g2(b), &g1(c)).unwrap();
        match self.commitment(randomness) {
            Some(d) => proof.with_commitment(CompressedG1::from_bytes(&d).unwrap()),
            None => proof,
        }
        .to_bytes()
    }

    /// The proof with delta added to D and epsilon subtracted from C, which leaves the
    /// equation as it was. It takes only points that a setup publishes.
    pub fn move_commitment(&self, proof: &[u8]) -> Vec<u8> {
        let mut proof = Proof::from_bytes(proof).unwrap();
        let moved = |point: CompressedG1, by: Scalar| {
            let sum = point.decode().unwrap() + G1Affine::generator() * by;
            CompressedG1::encode(&sum.into()).unwrap()
        };
        proof.c = moved(proof.c, -self.epsilon.unwrap());
        let d = moved(proof.d.unwrap(), self.delta);
        proof.with_commitment(d).to_bytes()
    }
}

/// The exponent of D.
fn d(randomness: u64) -> Scalar {
    Scalar::from(randomness + 4)
}

fn g1(exponent: Scalar) -> G1Affine {
    (G1Affine::generator() * exponent).into()
}

fn g2(exponent: Scalar) -> G2Affine {
    (G2Affine::generator() * exponent).into()
}
