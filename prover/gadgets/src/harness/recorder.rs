//! A constraint system that remembers everything and lets every wire be changed.

use bellman::{ConstraintSystem, Index, LinearCombination, SynthesisError, Variable};
use bls12_381::Scalar;

use super::canonical::{Terms, canonical, encode};
use crate::batches::Batches;
use crate::ranges::Ranges;
use crate::{Error, Linear, System, Wire};

/// `a * b = c`.
#[derive(Clone)]
pub struct Constraint {
    /// Path of namespaces and annotation.
    pub name: String,
    /// Left factor.
    pub a: Terms,
    /// Right factor.
    pub b: Terms,
    /// Product.
    pub c: Terms,
}

struct Column {
    name: String,
    value: Option<Scalar>,
}

/// Records names, constraints and, with a witness, values. bellman's own test system
/// can't enumerate its wires; this one lists and sets each.
///
/// It holds the witness in the clear and has no `Debug`.
pub struct Recorder {
    witness: bool,
    inputs: Vec<Column>,
    aux: Vec<Column>,
    constraints: Vec<Constraint>,
    path: Vec<String>,
    ranges: Ranges,
    batches: Batches,
}

impl Recorder {
    /// A system that asks for every wire's value.
    pub fn with_witness() -> Self {
        Self::new(true)
    }

    /// A system that asks for no value, as at setup.
    pub fn shape() -> Self {
        Self::new(false)
    }

    fn new(witness: bool) -> Self {
        let one = Column {
            name: "one".into(),
            value: Some(Scalar::one()),
        };
        Self {
            witness,
            inputs: vec![one],
            aux: vec![],
            constraints: vec![],
            path: vec![],
            ranges: Ranges::new(),
            batches: Batches::new(),
        }
    }

    /// Every wire but the constant one: public inputs, then private wires.
    pub fn wires(&self) -> impl Iterator<Item = Wire> + use<> {
        let inputs = (1..self.inputs.len()).map(Wire::Input);
        inputs.chain((0..self.aux.len()).map(Wire::Aux))
    }

    /// Every private wire so far, as an input to what comes next.
    pub fn private(&self) -> Vec<Linear> {
        let wires = (0..self.aux.len()).map(Wire::Aux);
        wires
            .map(|wire| Linear::variable(wire.variable(), self.get(wire)))
            .collect()
    }

    /// A wire's path, empty if there is no such wire.
    pub fn name(&self, wire: Wire) -> &str {
        self.column(wire).map_or("", |column| &column.name)
    }

    /// The first wire with this path.
    pub fn find(&self, name: &str) -> Option<Wire> {
        self.wires().find(|&wire| self.name(wire) == name)
    }

    /// A wire's value, where there is a witness.
    pub fn get(&self, wire: Wire) -> Option<Scalar> {
        self.column(wire).and_then(|column| column.value)
    }

    /// Changes a wire's value. The constant one and unknown wires are left alone.
    pub fn set(&mut self, wire: Wire, value: Scalar) {
        let column = match wire {
            Wire::ONE => None,
            Wire::Input(index) => self.inputs.get_mut(index),
            Wire::Aux(index) => self.aux.get_mut(index),
        };
        if let Some(column) = column {
            column.value = Some(value);
        }
    }

    /// All constraints, in order.
    pub fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// Number of constraints.
    pub fn num_constraints(&self) -> usize {
        self.constraints.len()
    }

    /// Public inputs, the constant one among them.
    pub fn num_inputs(&self) -> usize {
        self.inputs.len()
    }

    /// Private wires.
    pub fn num_aux(&self) -> usize {
        self.aux.len()
    }

    /// Proves what is still to be proved, range checks by bits.
    ///
    /// # Errors
    /// None in practice.
    pub fn prove_ranges(&mut self) -> Result<(), Error> {
        std::mem::replace(&mut self.batches, Batches::new()).enforce(self)?;
        std::mem::replace(&mut self.ranges, Ranges::new()).by_bits(self)
    }

    /// Whether every constraint holds, and all that is still to be proved;
    /// never without a witness.
    pub fn is_satisfied(&self) -> bool {
        self.first_unsatisfied().is_none()
    }

    /// The path of the first constraint that doesn't hold, or of the first product or range
    /// check that is still to be proved.
    pub fn first_unsatisfied(&self) -> Option<String> {
        let broken = |constraint: &&Constraint| !self.holds(constraint).unwrap_or(false);
        let constraint = self.constraints.iter().find(broken);
        let name = constraint.map(|constraint| constraint.name.clone());
        name.or_else(|| self.batches.first_failure(|linear| self.value_of(linear)))
            .or_else(|| self.ranges.first_failure(|linear| self.value_of(linear)))
    }

    /// The value that a combination's wires give it.
    pub fn value_of(&self, linear: &Linear) -> Option<Scalar> {
        let wires = self.evaluate(linear.terms())?;
        Some(linear.offset() + wires)
    }

    /// The bytes of every constraint in order, in the encoding of
    /// [`canonical`](super::canonical).
    pub fn canonical_rows(&self) -> impl Iterator<Item = Vec<u8>> + '_ {
        self.constraints.iter().map(|constraint| {
            let mut bytes = Vec::new();
            encode([&constraint.a, &constraint.b, &constraint.c], &mut bytes);
            bytes
        })
    }

    fn holds(&self, constraint: &Constraint) -> Option<bool> {
        let [a, b, c] = [&constraint.a, &constraint.b, &constraint.c];
        Some(self.evaluate(a)? * self.evaluate(b)? == self.evaluate(c)?)
    }

    fn evaluate(&self, terms: &[(Wire, Scalar)]) -> Option<Scalar> {
        terms.iter().try_fold(Scalar::zero(), |sum, &(wire, c)| {
            Some(sum + c * self.get(wire)?)
        })
    }

    fn column(&self, wire: Wire) -> Option<&Column> {
        match wire {
            Wire::Input(index) => self.inputs.get(index),
            Wire::Aux(index) => self.aux.get(index),
        }
    }

    fn path_of(&self, name: String) -> String {
        if self.path.is_empty() {
            name
        } else {
            format!("{}/{name}", self.path.join("/"))
        }
    }

    fn new_column<V, A, AR>(&self, name: A, value: V) -> Result<Column, SynthesisError>
    where
        V: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        let value = if self.witness { Some(value()?) } else { None };
        Ok(Column {
            name: self.path_of(name().into()),
            value,
        })
    }
}

impl System for Recorder {
    type Top = Self;

    fn ranges(&mut self) -> &mut Ranges {
        &mut self.ranges
    }

    fn batches(&mut self) -> &mut Batches {
        &mut self.batches
    }

    fn path(&mut self) -> String {
        self.path.join("/")
    }
}

impl ConstraintSystem<Scalar> for Recorder {
    type Root = Self;

    fn alloc<V, A, AR>(&mut self, name: A, value: V) -> Result<Variable, SynthesisError>
    where
        V: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        let column = self.new_column(name, value)?;
        self.aux.push(column);
        Ok(Variable::new_unchecked(Index::Aux(self.aux.len() - 1)))
    }

    fn alloc_input<V, A, AR>(&mut self, name: A, value: V) -> Result<Variable, SynthesisError>
    where
        V: FnOnce() -> Result<Scalar, SynthesisError>,
        A: FnOnce() -> AR,
        AR: Into<String>,
    {
        let column = self.new_column(name, value)?;
        self.inputs.push(column);
        Ok(Variable::new_unchecked(Index::Input(self.inputs.len() - 1)))
    }

    fn enforce<A, AR, LA, LB, LC>(&mut self, name: A, a: LA, b: LB, c: LC)
    where
        A: FnOnce() -> AR,
        AR: Into<String>,
        LA: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LB: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
        LC: FnOnce(LinearCombination<Scalar>) -> LinearCombination<Scalar>,
    {
        let zero = LinearCombination::zero;
        let name = self.path_of(name().into());
        let [a, b, c] = [a(zero()), b(zero()), c(zero())].map(|lc| canonical(&lc));
        self.constraints.push(Constraint { name, a, b, c });
    }

    fn push_namespace<NR: Into<String>, N: FnOnce() -> NR>(&mut self, name: N) {
        self.path.push(name().into());
    }

    fn pop_namespace(&mut self) {
        self.path.pop();
    }

    fn get_root(&mut self) -> &mut Self::Root {
        self
    }
}
