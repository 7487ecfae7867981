//! An instance as a circuit of bellman's, for the provers that take one.

use bellman::{Circuit, ConstraintSystem, Index, LinearCombination, SynthesisError, Variable};
use bls12_381::Scalar;

use crate::Instance;
use crate::instance::INPUTS;

/// Allocates the instance's wires with their values and enforces its constraints.
#[derive(Clone, Copy, Debug)]
pub struct InstanceCircuit<'a>(pub &'a Instance<Scalar>);

impl Circuit<Scalar> for InstanceCircuit<'_> {
    fn synthesize<CS: ConstraintSystem<Scalar>>(self, cs: &mut CS) -> Result<(), SynthesisError> {
        let Self(instance) = self;
        let value = |wire: usize| instance.assignment.get(wire).copied();
        let value = |wire| value(wire).ok_or(SynthesisError::AssignmentMissing);
        cs.alloc_input(|| "", || value(1))?;
        for wire in INPUTS..instance.assignment.len() {
            cs.alloc(|| "", || value(wire))?;
        }
        for constraint in 0..instance.constraints() {
            let combination = |matrix| move |zero| sum(zero, instance.row(matrix, constraint));
            cs.enforce(|| "", combination(0), combination(1), combination(2));
        }
        Ok(())
    }
}

fn sum(
    zero: LinearCombination<Scalar>,
    terms: impl Iterator<Item = (usize, Scalar)>,
) -> LinearCombination<Scalar> {
    terms.fold(zero, |sum, (wire, coefficient)| {
        sum + (coefficient, variable(wire))
    })
}

fn variable(wire: usize) -> Variable {
    Variable::new_unchecked(match wire.checked_sub(INPUTS) {
        Some(private) => Index::Aux(private),
        None => Index::Input(wire),
    })
}
