//! A circuit's witness: a value for every wire, constraints not looked at.

use bellman::{ConstraintSystem, Index, LinearCombination, SynthesisError, Variable};
use bls12_381::Scalar;
use zeroize::Zeroize;

/// The value of every wire, public ones first; overwritten when dropped. No `Debug`.
pub(crate) struct Assignment(pub Vec<Scalar>);

impl Drop for Assignment {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Values under construction; overwritten when dropped. No `Debug`.
pub(crate) struct Synthesis {
    public: Vec<Scalar>,
    private: Vec<Scalar>,
}

impl Synthesis {
    /// The constant one, with room for so many private wires.
    pub fn new(private: usize) -> Self {
        Self {
            public: vec![Scalar::one()],
            private: Vec::with_capacity(private),
        }
    }

    /// The private wires so far.
    pub fn private(&self) -> &[Scalar] {
        &self.private
    }

    /// All values.
    pub fn finish(mut self) -> Assignment {
        let mut values = std::mem::take(&mut self.public);
        values.extend_from_slice(&self.private);
        Assignment(values)
    }
}

impl Drop for Synthesis {
    fn drop(&mut self) {
        self.public.zeroize();
        self.private.zeroize();
    }
}

impl ConstraintSystem<Scalar> for Synthesis {
    type Root = Self;

    fn alloc<F, A, AR>(&mut self, _: A, value: F) -> Result<Variable, SynthesisError>
    where
        F: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        self.private.push(value()?);
        Ok(Variable::new_unchecked(Index::Aux(self.private.len() - 1)))
    }

    fn alloc_input<F, A, AR>(&mut self, _: A, value: F) -> Result<Variable, SynthesisError>
    where
        F: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        self.public.push(value()?);
        Ok(Variable::new_unchecked(Index::Input(self.public.len() - 1)))
    }

    fn enforce<A, AR, LA, LB, LC>(&mut self, _: A, _: LA, _: LB, _: LC)
    where
        A: FnOnce() -> AR,
        AR: Into<String>,
        LA: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LB: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LC: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
    {
    }

    fn push_namespace<NR, N>(&mut self, _: N)
    where
        NR: Into<String>,
        N: FnOnce() -> NR,
    {
    }

    fn pop_namespace(&mut self) {}

    fn get_root(&mut self) -> &mut Self::Root {
        self
    }
}
