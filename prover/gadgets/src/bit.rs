//! Booleans.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::{Error, Linear};

/// A linear combination that the constraints prove to be 0 or 1.
#[derive(Clone, Debug)]
pub struct Bit {
    linear: Linear,
}

impl Bit {
    /// A constant bit: free.
    pub fn constant(value: bool) -> Self {
        Self {
            linear: Linear::constant(Scalar::from(u64::from(value))),
        }
    }

    /// Allocates a bit: one wire, one constraint.
    ///
    /// # Errors
    /// Those of the constraint system.
    pub fn alloc<CS>(cs: CS, value: Option<bool>) -> Result<Self, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        Self::alloc_digit(cs, || "bit", value.map(|bit| Scalar::from(u64::from(bit))))
    }

    /// Proves that `linear` is 0 or 1: one constraint, none if it is a constant 0 or 1.
    pub fn enforce<CS>(mut cs: CS, linear: Linear) -> Self
    where
        CS: ConstraintSystem<Scalar>,
    {
        let boolean = |c| c == Scalar::zero() || c == Scalar::one();
        if !linear.as_constant().is_some_and(boolean) {
            cs.enforce(
                || "boolean",
                |_| linear.lc(),
                |lc| lc + CS::one() - &linear.lc(),
                |zero| zero,
            );
        }
        Self { linear }
    }

    /// A bit that the caller's own constraints prove to be 0 or 1.
    ///
    /// Every call is an obligation: the constraints emitted by the same gadget must imply it.
    pub(crate) fn proved(linear: Linear) -> Self {
        Self { linear }
    }

    /// Allocates a bit whose witness may be any number; any but 0 and 1 leaves the
    /// system unsatisfied.
    pub(crate) fn alloc_digit<CS, N>(
        mut cs: CS,
        name: impl FnOnce() -> N,
        value: Option<Scalar>,
    ) -> Result<Self, Error>
    where
        CS: ConstraintSystem<Scalar>,
        N: Into<String>,
    {
        let linear = Linear::alloc(&mut cs, name, value)?;
        Ok(Self::enforce(cs, linear))
    }

    /// 1 minus this: free.
    #[must_use]
    pub fn not(&self) -> Self {
        Self {
            linear: Linear::constant(Scalar::one()) - &self.linear,
        }
    }

    /// The bit as a linear combination.
    pub fn linear(&self) -> &Linear {
        &self.linear
    }

    /// The value, where the witness is known. Without meaning in an unsatisfied system.
    pub fn value(&self) -> Option<bool> {
        self.linear.value().map(|value| value == Scalar::one())
    }
}
