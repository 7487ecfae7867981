//! Selection by a bit or by position.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::{Bit, Error, Int, Linear, product};

/// `a` if `bit`, else `b`: one constraint, none where `bit` or `a - b` is constant.
///
/// # Errors
/// Those of [`product::mul`].
pub fn select<CS>(cs: CS, bit: &Bit, a: &Int, b: &Int) -> Result<Int, Error>
where
    CS: ConstraintSystem<Scalar>,
{
    let chosen = b.add(&product::mul_bit(cs, bit, &a.sub(b)?)?)?;
    let bounds = (a.lo().min(b.lo()), a.hi().max(b.hi()));
    Int::with_proved_bounds(
        "a selection",
        chosen.linear().clone(),
        chosen.value(),
        bounds,
    )
}

/// A position among `n`, as `n` bits exactly one of which is set.
#[derive(Clone, Debug)]
pub struct OneHot {
    bits: Vec<Bit>,
}

impl OneHot {
    /// Allocates a position: `len` constraints and `len - 1` wires. The last bit is 1
    /// minus all others, proved Boolean, so that their sum is 1.
    ///
    /// # Errors
    /// [`Error::Length`] where `len` is 0; [`Error::OutOfRange`] where `index` isn't below it.
    pub fn alloc<CS>(mut cs: CS, index: Option<usize>, len: usize) -> Result<Self, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let operation = "a position";
        if len == 0 {
            return Err(Error::Length {
                operation,
                expected: 1,
                found: len,
            });
        }
        if index.is_some_and(|index| index >= len) {
            return Err(Error::OutOfRange { operation });
        }
        let mut bits = (0..len - 1)
            .map(|i| {
                let name = || format!("position {i}");
                Bit::alloc(cs.namespace(name), index.map(|index| index == i))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let others = Linear::sum(bits.iter().map(|bit| (Scalar::one(), bit.linear())));
        let last = Linear::constant(Scalar::one()) - others;
        bits.push(Bit::enforce(cs.namespace(|| "last position"), last));
        Ok(Self { bits })
    }

    /// The bits, in order.
    pub fn bits(&self) -> &[Bit] {
        &self.bits
    }

    /// The position as an integer from 0: free.
    ///
    /// # Errors
    /// None in practice: a position is far below every limit.
    pub fn index(&self) -> Result<Int, Error> {
        let last = self.bits.len() as i128 - 1;
        let scaled = (0..)
            .zip(&self.bits)
            .map(|(i, bit)| Int::from_bit(bit).scale(i))
            .collect::<Result<Vec<_>, _>>()?;
        let sum = Int::sum(&scaled)?;
        Int::with_proved_bounds("a position", sum.linear().clone(), sum.value(), (0, last))
    }

    /// 1 if this position comes after `index`, else 0: free.
    ///
    /// # Errors
    /// None in practice.
    pub fn is_after(&self, index: usize) -> Result<Int, Error> {
        let later: Vec<Int> = self
            .bits
            .iter()
            .skip(index + 1)
            .map(Int::from_bit)
            .collect();
        let sum = Int::sum(&later)?;
        // Only one bit is set.
        Int::with_proved_bounds("a position", sum.linear().clone(), sum.value(), (0, 1))
    }

    /// The element of `choices` at this position: a constraint each except for the last
    /// and for those that differ from it by a constant.
    ///
    /// # Errors
    /// [`Error::Length`] unless there is a choice for each position.
    pub fn select<CS>(&self, mut cs: CS, choices: &[Int]) -> Result<Int, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let (Some(last), true) = (choices.last(), choices.len() == self.bits.len()) else {
            return Err(Error::Length {
                operation: "a selection",
                expected: self.bits.len(),
                found: choices.len(),
            });
        };
        let mut parts = vec![last.clone()];
        for (i, (bit, choice)) in self.bits.iter().zip(choices).enumerate() {
            let name = || format!("choice {i}");
            parts.push(product::mul_bit(
                cs.namespace(name),
                bit,
                &choice.sub(last)?,
            )?);
        }
        let sum = Int::sum(&parts)?;
        let lo = choices.iter().map(Int::lo).min().unwrap_or(0);
        let hi = choices.iter().map(Int::hi).max().unwrap_or(0);
        Int::with_proved_bounds("a selection", sum.linear().clone(), sum.value(), (lo, hi))
    }
}
