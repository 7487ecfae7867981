//! A signed integer that keeps its sign and what is below it, so that what comes after need
//! not check its range again.

use crate::int::inverse_power_of_two;
use crate::range::{self, check_width};
use crate::ranges::{CheckId, Ranges};
use crate::{Bit, Error, Int, System, product};

/// An integer of `n` bits in two's complement: its sign and the `n - 1` bits below.
#[derive(Clone, Debug)]
pub struct Signed {
    int: Int,
    bits: u32,
    non_negative: Bit,
    /// The integer modulo `2^(n - 1)`, with the check that says so; none where n is 1.
    low: Option<(Int, CheckId)>,
}

impl Signed {
    /// Allocates an integer in `-2^(bits-1)..2^(bits-1)`: `bits` constraints.
    ///
    /// It is `low - 2^(bits-1) (1 - non_negative)`, its two's complement.
    ///
    /// # Errors
    /// [`Error::Width`] unless `1 <= bits <= 120`; [`Error::ValueOverflow`].
    pub fn alloc<CS>(mut cs: CS, value: Option<i128>, bits: u32) -> Result<Self, Error>
    where
        CS: System,
    {
        check_width(bits)?;
        let offset = Int::constant(1 << (bits - 1))?;
        let operation = "a signed range check";
        let shifted = crate::int::combine(operation, value, offset.value(), i128::checked_add)?;
        let (non_negative, low) = range::split_top_bit(&mut cs, shifted, bits)?;
        let low = match bits {
            1 => None,
            _ => Some(range::checked(cs.namespace(|| "low"), low, bits - 1)?),
        };
        let top = Int::from_bit(&non_negative)
            .scale(1 << (bits - 1))?
            .sub(&offset)?;
        let sum = match &low {
            Some((low, _)) => top.add(low)?,
            None => top,
        };
        // A value out of range is in the top bit, which the sum takes for a bit.
        let bounds = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1);
        let int = Int::with_proved_bounds(operation, sum.linear().clone(), value, bounds)?;
        Ok(Self {
            int,
            bits,
            non_negative,
            low,
        })
    }

    /// The same integer with a tighter bound, which the caller has just proved.
    pub(crate) fn with_proved_bounds(self, bounds: (i128, i128)) -> Result<Self, Error> {
        let (linear, value) = (self.int.linear().clone(), self.int.value());
        let int = Int::with_proved_bounds("a signed integer", linear, value, bounds)?;
        Ok(Self { int, ..self })
    }

    /// The integer.
    pub fn int(&self) -> &Int {
        &self.int
    }

    /// Its bits, the sign among them.
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// Whether it is at least 0: free.
    pub fn non_negative(&self) -> &Bit {
        &self.non_negative
    }

    /// `floor(int / 2^shift)`: free, since the range check is cut there.
    ///
    /// With `low = 2^shift q + r` and `0 <= r < 2^shift`, it is
    /// `q - 2^(n-1-shift) (1 - non_negative)`.
    ///
    /// # Errors
    /// [`Error::Width`] unless `shift` is less than the number of bits.
    pub fn floor<CS>(&self, mut cs: CS, shift: u32) -> Result<Int, Error>
    where
        CS: System,
    {
        if shift >= self.bits {
            return Err(Error::Width { bits: shift });
        }
        let Some((low, check)) = self.low.as_ref().filter(|_| shift > 0) else {
            return Ok(self.int.clone());
        };
        let remainder = match shift == self.bits - 1 {
            // Nothing is left but the sign.
            true => low.linear().clone(),
            false => Ranges::cut(cs.namespace(|| "floor"), *check, shift)?,
        };
        let quotient = (self.int.linear() - &remainder).scale(inverse_power_of_two(shift));
        let value = self.int.value().map(|value| value >> shift);
        let bounds = (self.int.lo() >> shift, self.int.hi() >> shift);
        Int::with_proved_bounds("a quotient", quotient, value, bounds)
    }

    /// `max(0, floor(int / 2^shift))`: the cost of [`Signed::floor`] and one constraint.
    ///
    /// # Errors
    /// Those of [`Signed::floor`].
    pub fn relu_floor<CS>(&self, mut cs: CS, shift: u32) -> Result<Int, Error>
    where
        CS: System,
    {
        let floor = self.floor(&mut cs, shift)?;
        // The floor of a negative integer is negative, of any other it is not.
        let positive = product::mul_bit(cs, &self.non_negative, &floor)?;
        let bounds = (floor.lo().max(0), floor.hi().max(0));
        let (linear, value) = (positive.linear().clone(), positive.value());
        Int::with_proved_bounds("a rectifier", linear, value, bounds)
    }

    /// Its two's complement in `bytes` bytes, as an unsigned integer: free.
    ///
    /// # Errors
    /// [`Error::Width`] where they have fewer bits than the integer.
    pub fn twos_complement(&self, bytes: usize) -> Result<Int, Error> {
        let bits = self.bits;
        let width = u32::try_from(8 * bytes).unwrap_or(u32::MAX);
        if bits > width || width > crate::int::MAX_BITS {
            return Err(Error::Width { bits });
        }
        // All bits from the sign up are its opposite.
        let ones = (1 << width) - (1 << (bits - 1));
        let negative = Int::from_bit(&self.non_negative.not()).scale(ones)?;
        match &self.low {
            Some((low, _)) => low.add(&negative),
            None => Ok(negative),
        }
    }
}
