//! Constraints as bytes, for a digest of the constraint system.
//!
//! A constraint is its three combinations A, B, C in this order, each as a 4-byte
//! little-endian number of terms and then the terms in ascending order of wire: one byte,
//! 0 for a public input and 1 for a private wire, its 8-byte little-endian index, and the
//! 32-byte little-endian coefficient. Terms are merged and none is zero. The constant is
//! a term of input 0.

use bellman::{ConstraintSystem, LinearCombination, SynthesisError, Variable};
use bls12_381::Scalar;

use super::counter::Counter;
use crate::Wire;

/// A combination's terms, ascending by wire, merged, without zeros.
pub type Terms = Vec<(Wire, Scalar)>;

/// Sorts and merges bellman's terms, which may repeat a wire.
pub fn canonical(lc: &LinearCombination<Scalar>) -> Terms {
    let convert = |&(variable, coefficient): &(Variable, Scalar)| (variable.into(), coefficient);
    let mut terms: Terms = lc.as_ref().iter().map(convert).collect();
    terms.sort_by_key(|&(wire, _)| wire);
    terms.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    terms.retain(|(_, coefficient)| *coefficient != Scalar::zero());
    terms
}

/// Appends the bytes of one constraint.
pub fn encode(combinations: [&Terms; 3], bytes: &mut Vec<u8>) {
    for terms in combinations {
        bytes.extend((terms.len() as u32).to_le_bytes());
        for (wire, coefficient) in terms {
            let (kind, index) = match *wire {
                Wire::Input(index) => (0, index),
                Wire::Aux(index) => (1, index),
            };
            bytes.push(kind);
            bytes.extend((index as u64).to_le_bytes());
            bytes.extend(coefficient.to_bytes());
        }
    }
}

/// A constraint system without a witness that hands every constraint's bytes to `sink`
/// in order and keeps none: circuits of any size can be digested.
pub struct Stream<F> {
    counter: Counter,
    sink: F,
    bytes: Vec<u8>,
}

impl<F: FnMut(&[u8])> Stream<F> {
    /// An empty system.
    pub fn new(sink: F) -> Self {
        Self {
            counter: Counter::new(),
            sink,
            bytes: Vec::new(),
        }
    }

    /// The counts so far.
    pub fn counter(&self) -> &Counter {
        &self.counter
    }

    /// Hands over the totals, as 8-byte little-endian numbers of public inputs (the one
    /// among them), private wires and constraints, and returns them.
    pub fn finish(mut self) -> Counter {
        let totals = [
            self.counter.inputs(),
            self.counter.aux(),
            self.counter.constraints(),
        ];
        for total in totals {
            (self.sink)(&(total as u64).to_le_bytes());
        }
        self.counter
    }
}

impl<F: FnMut(&[u8])> ConstraintSystem<Scalar> for Stream<F> {
    type Root = Self;

    fn alloc<V, A, AR>(&mut self, name: A, value: V) -> Result<Variable, SynthesisError>
    where
        V: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        self.counter.alloc(name, value)
    }

    fn alloc_input<V, A, AR>(&mut self, name: A, value: V) -> Result<Variable, SynthesisError>
    where
        V: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        self.counter.alloc_input(name, value)
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
        let [a, b, c] = [a(zero()), b(zero()), c(zero())].map(|lc| canonical(&lc));
        self.counter.count(&[a.len(), b.len(), c.len()]);
        self.bytes.clear();
        encode([&a, &b, &c], &mut self.bytes);
        (self.sink)(&self.bytes);
    }

    fn push_namespace<NR: Into<String>, N: FnOnce() -> NR>(&mut self, _: N) {}

    fn pop_namespace(&mut self) {}

    fn get_root(&mut self) -> &mut Self::Root {
        self
    }
}
