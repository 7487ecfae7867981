//! A verifying key with its trapdoor, and with it proofs of anything.
//!
//! Whoever makes a key alone knows alpha, beta, gamma, delta and the exponents
//! of ic, and can solve `a b = alpha beta + vk_x gamma + c delta` for c. The
//! contracts see valid proofs without any circuit being proved.

use assay_groth16::{G1Affine, G2Affine, Proof, Scalar, VerifyingKey};

/// The exponents of a key.
#[derive(Clone, Copy)]
pub struct Trapdoor {
    alpha: Scalar,
    beta: Scalar,
    gamma: Scalar,
    delta: Scalar,
    ic: [Scalar; 2],
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
        }
    }

    /// The key's bytes.
    pub fn key(&self) -> Vec<u8> {
        let [ic0, ic1] = self.ic.map(g1);
        let (gamma, delta) = (g2(self.gamma), g2(self.delta));
        let key = VerifyingKey::new(g1(self.alpha), g2(self.beta), gamma, delta, [ic0, ic1]);
        key.unwrap().to_bytes()
    }

    /// A valid proof of the statement with this digest; `randomness` tells
    /// several apart.
    pub fn prove(&self, digest: Scalar, randomness: u64) -> Vec<u8> {
        let (a, b) = (Scalar::from(randomness + 2), Scalar::from(randomness + 3));
        let vk_x = self.ic[0] + digest * self.ic[1];
        let c = (a * b - self.alpha * self.beta - vk_x * self.gamma) * self.delta.invert().unwrap();
        Proof::new(&g1(a), &g2(b), &g1(c)).unwrap().to_bytes()
    }
}

fn g1(exponent: Scalar) -> G1Affine {
    (G1Affine::generator() * exponent).into()
}

fn g2(exponent: Scalar) -> G2Affine {
    (G2Affine::generator() * exponent).into()
}
