//! Sizes of a circuit, without its memory.

use bellman::{ConstraintSystem, Index, LinearCombination, SynthesisError, Variable};
use bls12_381::Scalar;

/// A constraint system without a witness that only counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    inputs: usize,
    aux: usize,
    constraints: usize,
    nonzeros: usize,
}

impl Counter {
    /// An empty system: nothing but the constant one.
    pub fn new() -> Self {
        Self {
            inputs: 1,
            aux: 0,
            constraints: 0,
            nonzeros: 0,
        }
    }

    /// Public inputs, the constant one among them.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Private wires.
    pub fn aux(&self) -> usize {
        self.aux
    }

    /// Constraints.
    pub fn constraints(&self) -> usize {
        self.constraints
    }

    /// Terms of all combinations: what a prover's time for the witness map grows with.
    pub fn nonzeros(&self) -> usize {
        self.nonzeros
    }

    pub(super) fn count(&mut self, terms: &[usize; 3]) {
        self.constraints += 1;
        self.nonzeros += terms.iter().sum::<usize>();
    }
}

impl Default for Counter {
    fn default() -> Self {
        Self::new()
    }
}

impl ConstraintSystem<Scalar> for Counter {
    type Root = Self;

    fn alloc<V, A, AR>(&mut self, _: A, _: V) -> Result<Variable, SynthesisError>
    where
        V: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        self.aux += 1;
        Ok(Variable::new_unchecked(Index::Aux(self.aux - 1)))
    }

    fn alloc_input<V, A, AR>(&mut self, _: A, _: V) -> Result<Variable, SynthesisError>
    where
        V: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        self.inputs += 1;
        Ok(Variable::new_unchecked(Index::Input(self.inputs - 1)))
    }

    fn enforce<A, AR, LA, LB, LC>(&mut self, _: A, a: LA, b: LB, c: LC)
    where
        A: FnOnce() -> AR,
        AR: Into<String>,
        LA: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LB: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LC: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
    {
        let zero = LinearCombination::zero;
        self.count(&[a(zero()), b(zero()), c(zero())].map(|lc| lc.as_ref().len()));
    }

    fn push_namespace<NR: Into<String>, N: FnOnce() -> NR>(&mut self, _: N) {}

    fn pop_namespace(&mut self) {}

    fn get_root(&mut self) -> &mut Self::Root {
        self
    }
}
