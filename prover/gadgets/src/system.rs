//! What gadgets build on: bellman's constraint system with what is proved at its end.

use bellman::{ConstraintSystem, LinearCombination, Namespace, SynthesisError, Variable};
use bls12_381::Scalar;

use crate::batches::Batches;
use crate::ranges::Ranges;

/// bellman's constraint system, and the range checks and products that are still to be proved.
///
/// Gadgets ask for range checks as they go; how they are proved, bit by bit or all together
/// by [lookups](crate::lookups), is decided once all are known. So an
/// [`Int`](crate::Int) keeps its promise only in a circuit whose checks are proved in the
/// end, which [`by_bits`](crate::stages::by_bits) and
/// [`first_stage`](crate::stages::first_stage) see to: no other system is to be had.
pub trait System: ConstraintSystem<Scalar, Root = <Self as System>::Top> {
    /// The system outside of all namespaces.
    type Top: System<Top = Self::Top>;

    /// The range checks so far.
    fn ranges(&mut self) -> &mut Ranges;

    /// The products so far, where they are kept.
    fn batches(&mut self) -> &mut Batches;

    /// The path of the namespace, where the system keeps it.
    fn path(&mut self) -> String {
        String::new()
    }
}

impl<CS: System> System for &mut CS {
    type Top = CS::Top;

    fn ranges(&mut self) -> &mut Ranges {
        (**self).ranges()
    }

    fn batches(&mut self) -> &mut Batches {
        (**self).batches()
    }

    fn path(&mut self) -> String {
        (**self).path()
    }
}

impl<CS: System> System for Namespace<'_, Scalar, CS> {
    type Top = CS::Top;

    fn ranges(&mut self) -> &mut Ranges {
        self.get_root().ranges()
    }

    fn batches(&mut self) -> &mut Batches {
        self.get_root().batches()
    }

    fn path(&mut self) -> String {
        self.get_root().path()
    }
}

/// A constraint system of bellman's with what is still to be proved.
pub struct Synthesizer<'a, CS> {
    cs: &'a mut CS,
    ranges: Ranges,
    batches: Batches,
}

impl<'a, CS: ConstraintSystem<Scalar>> Synthesizer<'a, CS> {
    /// Whoever makes one proves its [`Ranges`] and [`Batches`].
    pub(crate) fn new(cs: &'a mut CS) -> Self {
        Self {
            cs,
            ranges: Ranges::new(),
            batches: Batches::new(),
        }
    }

    /// bellman's constraint system.
    pub fn inner(&self) -> &CS {
        self.cs
    }

    pub(crate) fn into_rest(self) -> (Ranges, Batches) {
        (self.ranges, self.batches)
    }
}

impl<CS: ConstraintSystem<Scalar>> System for Synthesizer<'_, CS> {
    type Top = Self;

    fn ranges(&mut self) -> &mut Ranges {
        &mut self.ranges
    }

    fn batches(&mut self) -> &mut Batches {
        &mut self.batches
    }
}

impl<CS: ConstraintSystem<Scalar>> ConstraintSystem<Scalar> for Synthesizer<'_, CS> {
    type Root = Self;

    fn alloc<V, A, AR>(&mut self, name: A, value: V) -> Result<Variable, SynthesisError>
    where
        V: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        self.cs.alloc(name, value)
    }

    fn alloc_input<V, A, AR>(&mut self, name: A, value: V) -> Result<Variable, SynthesisError>
    where
        V: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        self.cs.alloc_input(name, value)
    }

    fn enforce<A, AR, LA, LB, LC>(&mut self, name: A, a: LA, b: LB, c: LC)
    where
        A: FnOnce() -> AR,
        AR: Into<String>,
        LA: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LB: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LC: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
    {
        self.cs.enforce(name, a, b, c);
    }

    fn push_namespace<NR: Into<String>, N: FnOnce() -> NR>(&mut self, name: N) {
        self.cs.get_root().push_namespace(name);
    }

    fn pop_namespace(&mut self) {
        self.cs.get_root().pop_namespace();
    }

    fn get_root(&mut self) -> &mut Self::Root {
        self
    }
}
