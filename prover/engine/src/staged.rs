//! Circuits in two stages: what is committed to, and what may depend on challenges.

use std::convert::Infallible;

use assay_groth16::CompressedG1;
use bellman::{Circuit, ConstraintSystem, SynthesisError};
use bls12_381::Scalar;

/// A circuit that may use challenges, random numbers that are drawn once the first stage's
/// wires are fixed.
///
/// A circuit that needs none is complete after its first stage, as every circuit of
/// bellman's is, and has plain Groth16 proofs. With a second stage, a proof carries a
/// commitment D to *all* private wires of the first one, so that whatever the second stage
/// does with challenges can only concern wires that were fixed before them. What remains to
/// the circuit is that the first stage's wires and the challenges determine those of the
/// second.
pub trait StagedCircuit {
    /// What the second stage is made of.
    type Second: SecondStage;

    /// Synthesises the first stage. `None` if that was all.
    ///
    /// # Errors
    /// Those of bellman's [`Circuit`].
    fn first_stage<CS: ConstraintSystem<Scalar>>(
        self,
        cs: &mut CS,
    ) -> Result<Option<Self::Second>, SynthesisError>;
}

/// The second stage of a [`StagedCircuit`].
pub trait SecondStage {
    /// Synthesises the stage, with the commitment from which its challenges are drawn, which
    /// isn't known at setup.
    ///
    /// # Errors
    /// Those of bellman's [`Circuit`].
    fn synthesize<CS: ConstraintSystem<Scalar>>(
        self,
        cs: &mut CS,
        commitment: Option<&CompressedG1>,
    ) -> Result<(), SynthesisError>;
}

impl<C: Circuit<Scalar>> StagedCircuit for C {
    type Second = Infallible;

    fn first_stage<CS: ConstraintSystem<Scalar>>(
        self,
        cs: &mut CS,
    ) -> Result<Option<Infallible>, SynthesisError> {
        self.synthesize(cs)?;
        Ok(None)
    }
}

impl SecondStage for Infallible {
    fn synthesize<CS: ConstraintSystem<Scalar>>(
        self,
        _: &mut CS,
        _: Option<&CompressedG1>,
    ) -> Result<(), SynthesisError> {
        match self {}
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tests;
