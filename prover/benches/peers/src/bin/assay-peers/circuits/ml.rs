//! A witness as machine learning has it: three quarters of the wires are boolean, as the
//! bits of range checks are, the others are full-size products of sums.

use bellman::{Circuit, ConstraintSystem, SynthesisError};
use bls12_381::Scalar;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use super::product::{Sum, Wire, any};

const SEED: u64 = 0x6d6c;

/// Of so many constraints in a row, all but the last make a boolean.
const PERIOD: usize = 4;

/// Booleans in every sum.
const BOOLEANS: usize = 4;

/// A circuit of so many constraints.
pub(crate) struct Ml {
    pub(crate) constraints: usize,
}

impl Circuit<Scalar> for Ml {
    fn synthesize<CS: ConstraintSystem<Scalar>>(self, cs: &mut CS) -> Result<(), SynthesisError> {
        let mut rng = ChaCha20Rng::seed_from_u64(SEED);
        let mut dense = vec![Wire::random(cs, &mut rng)?];
        let mut booleans = Vec::new();
        for constraint in 1..self.constraints {
            if constraint % PERIOD == 0 {
                let (a, b) = sums(&booleans, &dense, &mut rng);
                dense.push(a.times(b, cs)?);
            } else {
                booleans.push(boolean(cs, rng.next_u32() % 2 == 1)?);
            }
        }
        let (a, b) = sums(&booleans, &dense, &mut rng);
        a.times_publicly(b, cs)
    }
}

/// A wire that is 0 or 1: `(1 - bit) bit = 0`.
fn boolean<CS: ConstraintSystem<Scalar>>(cs: &mut CS, bit: bool) -> Result<Wire, SynthesisError> {
    let wire = Wire::alloc(cs, Scalar::from(u64::from(bit)))?;
    let bit = wire.variable;
    cs.enforce(
        || "",
        |zero| zero + CS::one() - bit,
        |zero| zero + bit,
        |zero| zero,
    );
    Ok(wire)
}

/// Booleans and a dense wire each; the latest dense wire is in the first.
fn sums(booleans: &[Wire], dense: &[Wire], rng: &mut ChaCha20Rng) -> (Sum, Sum) {
    let latest = dense[dense.len() - 1];
    let other = any(dense, rng);
    let mut sum = |dense: Wire| {
        let mut wires = vec![dense];
        wires.extend((0..BOOLEANS).map(|_| any(booleans, rng)));
        Sum::of(&wires, rng)
    };
    (sum(latest), sum(other))
}
