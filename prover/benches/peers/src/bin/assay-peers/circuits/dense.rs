//! The hardest witness: every wire is a full-size element, each the product of sums of the
//! ones before.

use bellman::{Circuit, ConstraintSystem, SynthesisError};
use bls12_381::Scalar;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::product::{Sum, Wire, any};

const SEED: u64 = 0x64_656e_7365;

/// A circuit of so many constraints.
pub(crate) struct Dense {
    pub(crate) constraints: usize,
}

impl Circuit<Scalar> for Dense {
    fn synthesize<CS: ConstraintSystem<Scalar>>(self, cs: &mut CS) -> Result<(), SynthesisError> {
        let mut rng = ChaCha20Rng::seed_from_u64(SEED);
        let mut wires = vec![Wire::random(cs, &mut rng)?, Wire::random(cs, &mut rng)?];
        for _ in 1..self.constraints {
            let (a, b) = sums(&wires, &mut rng);
            wires.push(a.times(b, cs)?);
        }
        let (a, b) = sums(&wires, &mut rng);
        a.times_publicly(b, cs)
    }
}

/// The last wire and two others; the wire before and one other.
fn sums(wires: &[Wire], rng: &mut ChaCha20Rng) -> (Sum, Sum) {
    let [last, before] = [1, 2].map(|back| wires[wires.len() - back]);
    let [first, second, third] = std::array::from_fn(|_| any(wires, rng));
    let a = Sum::of(&[last, first, second], rng);
    (a, Sum::of(&[before, third], rng))
}
