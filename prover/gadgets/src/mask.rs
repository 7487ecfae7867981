//! How many of a circuit's rows are in use, and labels of the rows that are.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::{Bit, Error, Int, Linear};

/// A number of rows between 1 and a capacity, as a bit for each row: set for the first
/// `len` rows and for no other.
#[derive(Clone, Debug)]
pub struct Mask {
    bits: Vec<Bit>,
    len: Int,
}

impl Mask {
    /// Allocates a number of rows: `capacity` constraints and `capacity - 1` wires.
    ///
    /// The first bit is 1 and a bit past the last is 0; the differences of neighbours are
    /// proved Boolean and add up to 1, so exactly one of them is 1: the bits fall from 1
    /// to 0 once.
    ///
    /// # Errors
    /// [`Error::Length`] where `capacity` is 0; [`Error::OutOfRange`] where `len` is 0 or
    /// beyond it, which no wires can say.
    pub fn alloc<CS>(mut cs: CS, len: Option<usize>, capacity: usize) -> Result<Self, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let operation = "a mask";
        if capacity == 0 {
            return Err(Error::Length {
                operation,
                expected: 1,
                found: 0,
            });
        }
        if len.is_some_and(|len| !(1..=capacity).contains(&len)) {
            return Err(Error::OutOfRange { operation });
        }
        let mut bits = vec![Bit::constant(true)];
        for row in 1..=capacity {
            let mut cs = cs.namespace(|| format!("row {row}"));
            let used = len.map(|len| Scalar::from(u64::from(row < len)));
            let bit = match row < capacity {
                true => Linear::alloc(&mut cs, || "used", used)?,
                false => Linear::zero(),
            };
            let before = &bits[row - 1];
            Bit::enforce(&mut cs, before.linear() - &bit);
            bits.push(Bit::proved(bit));
        }
        bits.truncate(capacity);
        let len = Self::count(&bits)?;
        Ok(Self { bits, len })
    }

    fn count(bits: &[Bit]) -> Result<Int, Error> {
        let rest: Vec<Int> = bits[1..].iter().map(Int::from_bit).collect();
        Int::sum(&rest)?.add(&Int::constant(1)?)
    }

    /// A bit for each row.
    pub fn bits(&self) -> &[Bit] {
        &self.bits
    }

    /// The number of rows in use, in `1..=capacity`.
    pub fn len(&self) -> &Int {
        &self.len
    }
}

/// A class number where a mask is set, as one bit for each class; no bit, and class
/// number 0, where it isn't.
#[derive(Clone, Debug)]
pub struct Label {
    bits: Vec<Bit>,
    index: Int,
}

impl Label {
    /// Allocates a label: for two classes one constraint, else `classes`; `classes - 1`
    /// wires.
    ///
    /// `class` has no meaning where the mask isn't set, and must then not be a class but 0:
    /// any other leaves the system unsatisfied.
    ///
    /// Each bit but the first is 0 or the mask, as `bit (mask - bit) = 0`. The first is
    /// the mask minus all others: with one other that makes it 0 or the mask as well, with
    /// more it is proved Boolean, so that no two others are set.
    ///
    /// # Errors
    /// [`Error::Length`] for fewer than two classes; [`Error::OutOfRange`] where the mask is
    /// set and `class` isn't one of them.
    pub fn alloc<CS>(
        mut cs: CS,
        mask: &Bit,
        class: Option<usize>,
        classes: usize,
    ) -> Result<Self, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let operation = "a label";
        if classes < 2 {
            return Err(Error::Length {
                operation,
                expected: 2,
                found: classes,
            });
        }
        if mask.value() == Some(true) && class.is_some_and(|class| class >= classes) {
            return Err(Error::OutOfRange { operation });
        }
        let mut others = Vec::with_capacity(classes);
        for k in 1..classes {
            let mut cs = cs.namespace(|| format!("class {k}"));
            let value = class.map(|class| Scalar::from(u64::from(class == k)));
            let bit = Linear::alloc(&mut cs, || "bit", value)?;
            let rest = mask.linear() - &bit;
            cs.enforce(|| "0 or the mask", |_| bit.lc(), |_| rest.lc(), |zero| zero);
            others.push(Bit::proved(bit));
        }
        let sum = Linear::sum(others.iter().map(|bit| (Scalar::one(), bit.linear())));
        let first = mask.linear() - &sum;
        let first = match classes {
            2 => Bit::proved(first),
            _ => Bit::enforce(cs.namespace(|| "class 0"), first),
        };
        let index = Self::index_of(&others)?;
        let bits = std::iter::once(first).chain(others).collect();
        Ok(Self { bits, index })
    }

    /// At most one of the bits is set, so their weighted sum is at most the last class.
    fn index_of(others: &[Bit]) -> Result<Int, Error> {
        let weighted = (1..)
            .zip(others)
            .map(|(k, bit)| Int::from_bit(bit).scale(k))
            .collect::<Result<Vec<_>, _>>()?;
        let sum = Int::sum(&weighted)?;
        let bounds = (0, others.len() as i128);
        Int::with_proved_bounds("a label", sum.linear().clone(), sum.value(), bounds)
    }

    /// A bit for each class.
    pub fn bits(&self) -> &[Bit] {
        &self.bits
    }

    /// The class number: 0 where the mask isn't set.
    pub fn index(&self) -> &Int {
        &self.index
    }
}
