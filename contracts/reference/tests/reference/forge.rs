//! Keys whose trapdoors are known, and with them proofs of anything at the cost of one
//! multiplication: whoever makes a key alone can solve the equation for C.

use assay_groth16::{CompressedG1, G1Affine, G2Affine, Proof, Scalar, VerifyingKey};

/// A key with its trapdoor. A, B and D are the same in all its proofs.
pub struct Forger {
    key: Vec<u8>,
    ic: [Scalar; 2],
    gamma: Scalar,
    inverse_delta: Scalar,
    /// What C times delta is without the statement.
    rest: Scalar,
    a: G1Affine,
    b: G2Affine,
    d: Option<CompressedG1>,
}

impl Forger {
    /// The forger of key number `seed`, which has challenges or not.
    pub fn new(seed: u64, is_challenged: bool) -> Self {
        let secret = |i: u64| Scalar::from(1 + 1000 * seed + i).square().square();
        let [alpha, beta, gamma, delta] = [1, 2, 3, 4].map(secret);
        let ic = [5, 6].map(secret);
        let [a, b, d, epsilon] = [7, 8, 9, 10].map(secret);
        let [ic0, ic1] = ic.map(g1);
        let key = VerifyingKey::new(g1(alpha), g2(beta), g2(gamma), g2(delta), [ic0, ic1]);
        let key = key.unwrap();
        let (key, committed) = match is_challenged {
            true => (key.with_epsilon(g2(epsilon)).unwrap(), d * epsilon),
            false => (key, Scalar::zero()),
        };
        Self {
            key: key.to_bytes(),
            ic,
            gamma,
            inverse_delta: delta.invert().unwrap(),
            rest: a * b - alpha * beta - committed,
            a: g1(a),
            b: g2(b),
            d: is_challenged.then(|| CompressedG1::encode(&g1(d)).unwrap()),
        }
    }

    /// The key's bytes.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// D of every proof, if the key has challenges.
    pub fn commitment(&self) -> Option<&[u8; 48]> {
        self.d.as_ref().map(CompressedG1::as_bytes)
    }

    /// A valid proof of the statement with this digest.
    pub fn prove(&self, digest: Scalar) -> Vec<u8> {
        let vk_x = self.ic[0] + digest * self.ic[1];
        let c = (self.rest - vk_x * self.gamma) * self.inverse_delta;
        let proof = Proof::new(&self.a, &self.b, &g1(c)).unwrap();
        match self.d {
            Some(d) => proof.with_commitment(d),
            None => proof,
        }
        .to_bytes()
    }
}

fn g1(exponent: Scalar) -> G1Affine {
    (G1Affine::generator() * exponent).into()
}

fn g2(exponent: Scalar) -> G2Affine {
    (G2Affine::generator() * exponent).into()
}
