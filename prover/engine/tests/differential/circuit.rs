//! A circuit that every prover here can be given.

use assay_groth16::Scalar;
use bellman::{Circuit, ConstraintSystem, SynthesisError};

/// "I know a number that, squared a hundred times with one added each time, is the public
/// input."
#[derive(Clone, Copy)]
pub struct Squares(Option<Scalar>);

impl Squares {
    /// Without a witness.
    pub const SHAPE: Self = Self(None);
    /// How often.
    pub const COUNT: usize = 100;

    /// Of a small number.
    pub fn from(number: u64) -> Self {
        Self(Some(Scalar::from(number)))
    }

    /// The number and what becomes of it, one square after the other.
    pub fn values(&self) -> Option<Vec<Scalar>> {
        let next = |value: &Scalar| Some(value.square() + Scalar::one());
        Some(
            std::iter::successors(Some(self.0?), next)
                .take(Self::COUNT + 1)
                .collect(),
        )
    }

    /// The public input.
    pub fn result(&self) -> Option<Scalar> {
        self.values()?.last().copied()
    }
}

impl Circuit<Scalar> for Squares {
    fn synthesize<CS>(self, cs: &mut CS) -> Result<(), SynthesisError>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let values = self.values();
        let value = |i: usize| {
            let value = values.as_ref().and_then(|values| values.get(i).copied());
            value.ok_or(SynthesisError::AssignmentMissing)
        };
        let mut last = cs.alloc(|| "number", || value(0))?;
        for i in 1..=Self::COUNT {
            let next = match i {
                Self::COUNT => cs.alloc_input(|| "result", || value(i))?,
                _ => cs.alloc(|| "square", || value(i))?,
            };
            cs.enforce(
                || "square",
                |lc| lc + last,
                |lc| lc + last,
                |lc| lc + next - CS::one(),
            );
            last = next;
        }
        Ok(())
    }
}
