//! Solves a constraint system for its wires, from the known ones on.

use std::collections::BTreeMap;

use bls12_381::Scalar;

use super::binary::{self, Bits};
use super::instance::{Combination, Instance, Row};

/// A constraint that cannot hold.
pub(super) struct Contradiction;

/// What a constraint says about the unknown.
enum Step {
    /// Nothing yet.
    Stuck,
    /// All there is.
    Used,
}

/// A combination with the known put in.
struct Form {
    constant: Scalar,
    terms: BTreeMap<usize, Scalar>,
}

impl Form {
    fn add_scaled(&mut self, factor: Scalar, other: &Self) {
        self.constant += factor * other.constant;
        for (&column, coefficient) in &other.terms {
            self.add(column, factor * coefficient);
        }
    }

    fn add(&mut self, column: usize, coefficient: Scalar) {
        let entry = self.terms.entry(column).or_insert(Scalar::zero());
        *entry += coefficient;
        if *entry == Scalar::zero() {
            self.terms.remove(&column);
        }
    }

    fn as_constant(&self) -> Option<Scalar> {
        self.terms.is_empty().then_some(self.constant)
    }
}

/// What doesn't change while wires become known.
pub(super) struct System<'a> {
    pub instance: &'a Instance,
    /// Columns that a constraint of their own makes Boolean.
    pub boolean: Vec<bool>,
}

impl<'a> System<'a> {
    pub fn new(instance: &'a Instance) -> Self {
        let boolean = instance.boolean();
        Self { instance, boolean }
    }
}

/// Wires known so far.
///
/// Three rules make wires known, each the only solution of a constraint: one unknown that
/// it is linear in; bits with powers of two as coefficients; and the same for one factor of
/// a product that has to be zero, where the other factor has no solution. A fourth one
/// replaces a wire by a combination of unknown bits.
#[derive(Clone)]
pub(super) struct Solver {
    known: Vec<Option<Scalar>>,
    /// Wires that depend on a guess.
    tainted: Vec<bool>,
    replaced: BTreeMap<usize, (Scalar, Vec<(usize, Scalar)>)>,
    pending: Vec<usize>,
}

impl Solver {
    /// Nothing known but inputs and free hints.
    pub fn new(system: &System) -> Self {
        let instance = system.instance;
        let mut known: Vec<_> = instance.values.iter().copied().map(Some).collect();
        instance.unknowns().for_each(|column| known[column] = None);
        Self {
            tainted: vec![false; known.len()],
            known,
            replaced: BTreeMap::new(),
            pending: (0..instance.rows.len()).collect(),
        }
    }

    /// Makes a wire known without proof.
    pub fn guess(&mut self, column: usize, value: Scalar) {
        self.known[column] = Some(value);
        self.tainted[column] = true;
    }

    /// Whether the wire depends on a guess.
    pub fn is_tainted(&self, column: usize) -> bool {
        let bits = self.replaced.get(&column).map(|(_, bits)| bits.iter());
        self.tainted[column]
            || bits
                .into_iter()
                .flatten()
                .any(|&(bit, _)| self.tainted[bit])
    }

    /// Applies the rules until they say nothing more.
    pub fn propagate(&mut self, system: &System) -> Result<(), Contradiction> {
        loop {
            let before = (self.pending.len(), self.replaced.len());
            self.sweep(system, false)?;
            if before.0 == self.pending.len() {
                self.sweep(system, true)?;
            }
            if before == (self.pending.len(), self.replaced.len()) {
                return Ok(());
            }
        }
    }

    /// The next wire to guess: a bit if there is one.
    pub fn next_unknown(&self, system: &System) -> Option<usize> {
        let unknown =
            |&column: &usize| self.known[column].is_none() && !self.replaced.contains_key(&column);
        let order = system.instance.order.iter().copied();
        let mut columns = order.filter(unknown);
        let first = columns.next()?;
        let bit = std::iter::once(first)
            .chain(columns)
            .find(|&column| system.boolean[column]);
        Some(bit.unwrap_or(first))
    }

    fn sweep(&mut self, system: &System, replace: bool) -> Result<(), Contradiction> {
        let rows = std::mem::take(&mut self.pending);
        let mut pending = Vec::with_capacity(rows.len());
        for row in rows {
            if let Step::Stuck = self.step(system, row, replace)? {
                pending.push(row);
            }
        }
        self.pending = pending;
        Ok(())
    }

    fn step(&mut self, system: &System, row: usize, replace: bool) -> Result<Step, Contradiction> {
        let row = &system.instance.rows[row];
        let [a, b, mut c] = row.sides().map(|side| self.form(side));
        let (equation, factor) = match (a.as_constant(), b.as_constant()) {
            (Some(a), _) => (b, a),
            (_, Some(b)) => (a, b),
            _ if c.as_constant() == Some(Scalar::zero()) => {
                return self.zero_product(system, row, &a, &b);
            }
            _ => return Ok(Step::Stuck),
        };
        c.add_scaled(-factor, &equation);
        self.linear(system, row, &c, replace)
    }

    /// `form = 0`.
    fn linear(
        &mut self,
        system: &System,
        row: &Row,
        form: &Form,
        replace: bool,
    ) -> Result<Step, Contradiction> {
        if form.terms.is_empty() {
            let holds = form.constant == Scalar::zero();
            return if holds {
                Ok(Step::Used)
            } else {
                Err(Contradiction)
            };
        }
        let mut others = form
            .terms
            .iter()
            .filter(|(column, _)| !system.boolean[**column]);
        match (others.next(), others.next()) {
            (None, _) => match binary::solve(form.constant, &form.terms) {
                Bits::None => Err(Contradiction),
                Bits::Unique(bits) => Ok(self.learn_bits(row, &bits)),
                Bits::Unclear => Ok(Step::Stuck),
            },
            (Some((&column, &coefficient)), None) if replace || form.terms.len() == 1 => {
                let inverse: Option<Scalar> = coefficient.invert().into();
                let factor = -inverse.unwrap_or(Scalar::zero());
                let rest = form.terms.iter().filter(|(other, _)| **other != column);
                let rest: Vec<_> = rest.map(|(&other, c)| (other, c * factor)).collect();
                self.learn(row, column, form.constant * factor, rest);
                Ok(Step::Used)
            }
            _ => Ok(Step::Stuck),
        }
    }

    /// `a * b = 0` with unknowns in both.
    fn zero_product(
        &mut self,
        system: &System,
        row: &Row,
        a: &Form,
        b: &Form,
    ) -> Result<Step, Contradiction> {
        let mut columns = a.terms.keys().chain(b.terms.keys());
        if columns.any(|&column| !system.boolean[column]) {
            return Ok(Step::Stuck);
        }
        let solve = |form: &Form| binary::solve(form.constant, &form.terms);
        match (solve(a), solve(b)) {
            (Bits::None, Bits::None) => Err(Contradiction),
            (Bits::Unique(bits), Bits::None) | (Bits::None, Bits::Unique(bits)) => {
                Ok(self.learn_bits(row, &bits))
            }
            _ => Ok(Step::Stuck),
        }
    }

    fn learn_bits(&mut self, row: &Row, bits: &[(usize, bool)]) -> Step {
        for &(column, bit) in bits {
            self.learn(row, column, Scalar::from(u64::from(bit)), Vec::new());
        }
        Step::Used
    }

    fn learn(&mut self, row: &Row, column: usize, constant: Scalar, rest: Vec<(usize, Scalar)>) {
        self.tainted[column] |= row.columns().any(|column| self.is_tainted(column));
        if rest.is_empty() {
            self.known[column] = Some(constant);
        } else {
            self.replaced.insert(column, (constant, rest));
        }
    }

    /// The combination with all that is known put in.
    fn form(&self, combination: &Combination) -> Form {
        let mut form = Form {
            constant: Scalar::zero(),
            terms: BTreeMap::new(),
        };
        self.expand(&mut form, Scalar::one(), combination);
        form
    }

    fn expand(&self, form: &mut Form, factor: Scalar, combination: &[(usize, Scalar)]) {
        for &(column, coefficient) in combination {
            let coefficient = coefficient * factor;
            if let Some(value) = self.known[column] {
                form.constant += coefficient * value;
            } else if let Some((constant, terms)) = self.replaced.get(&column) {
                form.constant += coefficient * constant;
                self.expand(form, coefficient, terms);
            } else {
                form.add(column, coefficient);
            }
        }
    }
}
