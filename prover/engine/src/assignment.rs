//! A circuit's witness: a value for every wire, constraints not looked at.

use bellman::{Circuit, ConstraintSystem, Index, LinearCombination, SynthesisError, Variable};
use bls12_381::Scalar;
use zeroize::Zeroize;

/// The value of every wire, public ones first; overwritten when dropped. No `Debug`.
pub(crate) struct Assignment(pub Vec<Scalar>);

impl Assignment {
    /// Synthesises with the witness.
    ///
    /// # Errors
    /// Those of the circuit, [`SynthesisError::AssignmentMissing`] without a witness.
    pub fn of<C: Circuit<Scalar>>(circuit: C, wires: usize) -> Result<Self, SynthesisError> {
        let mut synthesis = Synthesis {
            public: vec![Scalar::one()],
            private: Vec::with_capacity(wires),
        };
        circuit.synthesize(&mut synthesis)?;
        let mut values = std::mem::take(&mut synthesis.public);
        values.extend_from_slice(&synthesis.private);
        Ok(Self(values))
    }
}

impl Drop for Assignment {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

struct Synthesis {
    public: Vec<Scalar>,
    private: Vec<Scalar>,
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
