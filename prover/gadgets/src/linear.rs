//! Linear combinations of wires, which cost no constraint.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Neg, Sub};

use bellman::{ConstraintSystem, Index, LinearCombination, Variable};
use bls12_381::Scalar;

use crate::Error;

/// A wire's place in the constraint system; public inputs sort before private wires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// The `n`-th public input; input 0 is the constant one.
    Input(usize),
    /// The `n`-th private wire.
    Aux(usize),
}

impl Wire {
    /// The wire that always carries 1.
    pub const ONE: Self = Self::Input(0);

    /// The wire as bellman's variable.
    pub fn variable(self) -> Variable {
        Variable::new_unchecked(match self {
            Self::Input(index) => Index::Input(index),
            Self::Aux(index) => Index::Aux(index),
        })
    }
}

impl From<Variable> for Wire {
    fn from(variable: Variable) -> Self {
        match variable.get_unchecked() {
            Index::Input(index) => Self::Input(index),
            Index::Aux(index) => Self::Aux(index),
        }
    }
}

/// A constant plus a sum of wires with coefficients: sorted, merged, none of them zero.
///
/// It carries its value where the witness is known. `Debug` doesn't show the value.
#[derive(Clone)]
pub struct Linear {
    terms: Vec<(Wire, Scalar)>,
    constant: Scalar,
    value: Option<Scalar>,
}

impl Linear {
    /// The constant 0.
    pub fn zero() -> Self {
        Self::constant(Scalar::zero())
    }

    /// A constant.
    pub fn constant(value: Scalar) -> Self {
        Self {
            terms: Vec::new(),
            constant: value,
            value: Some(value),
        }
    }

    /// One wire and its value.
    pub fn variable(variable: Variable, value: Option<Scalar>) -> Self {
        match variable.into() {
            Wire::ONE => Self::constant(Scalar::one()),
            wire => Self {
                terms: vec![(wire, Scalar::one())],
                constant: Scalar::zero(),
                value,
            },
        }
    }

    /// Allocates a private wire. Nothing constrains it yet.
    ///
    /// # Errors
    /// Those of the constraint system.
    pub fn alloc<CS, N>(
        mut cs: CS,
        name: impl FnOnce() -> N,
        value: Option<Scalar>,
    ) -> Result<Self, Error>
    where
        CS: ConstraintSystem<Scalar>,
        N: Into<String>,
    {
        let variable = cs.alloc(name, || {
            value.ok_or(bellman::SynthesisError::AssignmentMissing)
        })?;
        Ok(Self::variable(variable, value))
    }

    /// The sum of `coefficient * linear` over all pairs: one sort instead of a merge each.
    pub fn sum<'a>(parts: impl IntoIterator<Item = (Scalar, &'a Self)>) -> Self {
        let mut sum = Self::zero();
        for (coefficient, part) in parts {
            sum.absorb(coefficient, part);
            sum.terms.extend(part.scaled_terms(coefficient));
        }
        sum.terms.sort_by_key(|&(wire, _)| wire);
        sum.terms.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        sum.drop_zeros();
        sum
    }

    /// Adds `coefficient * other`.
    pub fn add_scaled(&mut self, coefficient: Scalar, other: &Self) {
        self.absorb(coefficient, other);
        let (Some(first), false) = (other.terms.first(), coefficient == Scalar::zero()) else {
            return;
        };
        if self.terms.last().is_none_or(|last| last.0 < first.0) {
            self.terms.extend(other.scaled_terms(coefficient));
        } else {
            self.merge(coefficient, other);
        }
    }

    /// This times `factor`.
    pub fn scale(&self, factor: Scalar) -> Self {
        let mut scaled = Self::zero();
        scaled.add_scaled(factor, self);
        scaled
    }

    /// The combination for bellman.
    pub fn lc(&self) -> LinearCombination<Scalar> {
        let mut lc = LinearCombination::zero();
        if self.constant != Scalar::zero() {
            lc = lc + (self.constant, Wire::ONE.variable());
        }
        self.terms.iter().fold(lc, |lc, &(wire, coefficient)| {
            lc + (coefficient, wire.variable())
        })
    }

    /// The value, where the witness is known.
    pub fn value(&self) -> Option<Scalar> {
        self.value
    }

    /// The constant, if this holds no wire.
    pub fn as_constant(&self) -> Option<Scalar> {
        self.terms.is_empty().then_some(self.constant)
    }

    /// Whether this holds no wire.
    pub fn is_constant(&self) -> bool {
        self.terms.is_empty()
    }

    /// What is added to the wires.
    pub fn offset(&self) -> Scalar {
        self.constant
    }

    /// The wires with their coefficients, ascending; the constant isn't among them.
    pub fn terms(&self) -> &[(Wire, Scalar)] {
        &self.terms
    }

    /// Enforces that this equals `other`: one constraint.
    pub fn enforce_equal<CS, N>(&self, mut cs: CS, name: impl FnOnce() -> N, other: &Self)
    where
        CS: ConstraintSystem<Scalar>,
        N: Into<String>,
    {
        let difference = self - other;
        cs.enforce(name, |_| difference.lc(), |lc| lc + CS::one(), |zero| zero);
    }

    /// The constant and the value of a sum; the terms are the caller's.
    fn absorb(&mut self, coefficient: Scalar, other: &Self) {
        self.constant += coefficient * other.constant;
        self.value = match (self.value, other.value) {
            (Some(a), Some(b)) => Some(a + coefficient * b),
            _ => None,
        };
    }

    fn scaled_terms(&self, factor: Scalar) -> impl Iterator<Item = (Wire, Scalar)> + '_ {
        self.terms
            .iter()
            .map(move |&(wire, coefficient)| (wire, coefficient * factor))
    }

    fn merge(&mut self, coefficient: Scalar, other: &Self) {
        let mut left = std::mem::take(&mut self.terms).into_iter().peekable();
        let mut right = other.scaled_terms(coefficient).peekable();
        let mut merged = Vec::with_capacity(left.len() + other.terms.len());
        while let (Some(l), Some(r)) = (left.peek(), right.peek()) {
            match l.0.cmp(&r.0) {
                Ordering::Less => merged.extend(left.next()),
                Ordering::Greater => merged.extend(right.next()),
                Ordering::Equal => {
                    merged.push((l.0, l.1 + r.1));
                    left.next();
                    right.next();
                }
            }
        }
        merged.extend(left);
        merged.extend(right);
        self.terms = merged;
        self.drop_zeros();
    }

    fn drop_zeros(&mut self) {
        self.terms.retain(|(_, c)| *c != Scalar::zero());
    }
}

impl fmt::Debug for Linear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Linear({} wires)", self.terms.len())
    }
}

impl Add<&Linear> for Linear {
    type Output = Linear;
    fn add(mut self, other: &Linear) -> Linear {
        self.add_scaled(Scalar::one(), other);
        self
    }
}

impl Sub<&Linear> for Linear {
    type Output = Linear;
    fn sub(mut self, other: &Linear) -> Linear {
        self.add_scaled(-Scalar::one(), other);
        self
    }
}

impl Add for &Linear {
    type Output = Linear;
    fn add(self, other: &Linear) -> Linear {
        self.clone() + other
    }
}

impl Sub for &Linear {
    type Output = Linear;
    fn sub(self, other: &Linear) -> Linear {
        self.clone() - other
    }
}

impl Add for Linear {
    type Output = Linear;
    fn add(self, other: Linear) -> Linear {
        self + &other
    }
}

impl Sub for Linear {
    type Output = Linear;
    fn sub(self, other: Linear) -> Linear {
        self - &other
    }
}

impl Neg for &Linear {
    type Output = Linear;
    fn neg(self) -> Linear {
        self.scale(-Scalar::one())
    }
}
