//! What the synthetic circuits are made of: wires with values, sums of them, and products
//! of sums.

use bellman::{ConstraintSystem, LinearCombination, SynthesisError, Variable};
use bls12_381::Scalar;
use ff::Field;
use rand_chacha::ChaCha20Rng;
use rand_core::Rng;

/// A wire and its value.
#[derive(Clone, Copy)]
pub(crate) struct Wire {
    pub(crate) variable: Variable,
    pub(crate) value: Scalar,
}

impl Wire {
    /// A private wire with this value.
    pub(crate) fn alloc<CS>(cs: &mut CS, value: Scalar) -> Result<Self, SynthesisError>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let variable = cs.alloc(|| "", || Ok(value))?;
        Ok(Self { variable, value })
    }

    /// A private wire with a random value.
    pub(crate) fn random<CS>(cs: &mut CS, rng: &mut ChaCha20Rng) -> Result<Self, SynthesisError>
    where
        CS: ConstraintSystem<Scalar>,
    {
        Self::alloc(cs, Scalar::random(rng))
    }
}

/// A linear combination of wires, and its value.
pub(crate) struct Sum {
    combination: LinearCombination<Scalar>,
    value: Scalar,
}

impl Sum {
    /// These wires, each times a coefficient from 1 to 256.
    pub(crate) fn of(wires: &[Wire], rng: &mut ChaCha20Rng) -> Self {
        let zero = Self {
            combination: LinearCombination::zero(),
            value: Scalar::zero(),
        };
        wires.iter().fold(zero, |sum, wire| {
            let coefficient = Scalar::from(u64::from(rng.next_u32() % 256) + 1);
            Self {
                combination: sum.combination + (coefficient, wire.variable),
                value: sum.value + coefficient * wire.value,
            }
        })
    }

    /// A private wire that is the product of two sums.
    pub(crate) fn times<CS>(self, other: Self, cs: &mut CS) -> Result<Wire, SynthesisError>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let product = Wire::alloc(cs, self.value * other.value)?;
        self.enforce(other, product.variable, cs);
        Ok(product)
    }

    /// The public input, which is the product of two sums.
    pub(crate) fn times_publicly<CS>(self, other: Self, cs: &mut CS) -> Result<(), SynthesisError>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let product = cs.alloc_input(|| "", || Ok(self.value * other.value))?;
        self.enforce(other, product, cs);
        Ok(())
    }

    fn enforce<CS>(self, other: Self, product: Variable, cs: &mut CS)
    where
        CS: ConstraintSystem<Scalar>,
    {
        let [a, b] = [self.combination, other.combination];
        cs.enforce(
            || "",
            |zero| zero + &a,
            |zero| zero + &b,
            |zero| zero + product,
        );
    }
}

/// One of these wires.
pub(crate) fn any(wires: &[Wire], rng: &mut ChaCha20Rng) -> Wire {
    wires[rng.next_u32() as usize % wires.len()]
}
