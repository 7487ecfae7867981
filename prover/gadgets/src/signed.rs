//! A signed integer that keeps the bits of its range check, so that what comes after need
//! not decompose it again.

use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::{Bit, Error, Int, limbs, product, range};

/// An integer with the bits of itself plus `2^(n - 1)`, least significant first.
#[derive(Clone, Debug)]
pub struct Signed {
    int: Int,
    bits: Vec<Bit>,
}

impl Signed {
    /// Allocates an integer in `-2^(bits-1)..2^(bits-1)`: `bits` constraints.
    ///
    /// # Errors
    /// Those of [`range::signed`].
    pub fn alloc<CS>(cs: CS, value: Option<i128>, bits: u32) -> Result<Self, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let (int, bits) = range::signed(cs, value, bits)?;
        Ok(Self { int, bits })
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

    /// Whether it is at least 0: free.
    ///
    /// # Errors
    /// None in practice: there is at least one bit.
    pub fn non_negative(&self) -> Result<&Bit, Error> {
        self.bits.last().ok_or(Error::Width { bits: 0 })
    }

    /// `floor(int / 2^shift)`: free, the upper bits alone.
    ///
    /// With `u = int + 2^(n-1)` of n bits, `u = 2^shift q + r` where q is what the upper
    /// bits say and `0 <= r < 2^shift`; so the floor is `q - 2^(n-1-shift)`.
    ///
    /// # Errors
    /// [`Error::Width`] unless `shift` is less than the number of bits.
    pub fn floor(&self, shift: u32) -> Result<Int, Error> {
        let upper = match self.bits.get(shift as usize..) {
            Some(upper) if !upper.is_empty() => upper,
            _ => return Err(Error::Width { bits: shift }),
        };
        let offset = Int::constant(1 << (upper.len() - 1))?;
        let floor = Int::from_bits(upper)?.sub(&offset)?;
        let bounds = (self.int.lo() >> shift, self.int.hi() >> shift);
        let (linear, value) = (floor.linear().clone(), floor.value());
        Int::with_proved_bounds("a quotient", linear, value, bounds)
    }

    /// `max(0, floor(int / 2^shift))`: one constraint.
    ///
    /// # Errors
    /// Those of [`Signed::floor`].
    pub fn relu_floor<CS>(&self, cs: CS, shift: u32) -> Result<Int, Error>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let floor = self.floor(shift)?;
        // The floor of a negative integer is negative, of any other it is not.
        let positive = product::mul_bit(cs, self.non_negative()?, &floor)?;
        let bounds = (floor.lo().max(0), floor.hi().max(0));
        let (linear, value) = (positive.linear().clone(), positive.value());
        Int::with_proved_bounds("a rectifier", linear, value, bounds)
    }

    /// The `bytes` bytes of its two's complement, least significant first: free.
    ///
    /// # Errors
    /// [`Error::Width`] where they have fewer bits than the integer.
    pub fn to_bytes(&self, bytes: usize) -> Result<Vec<Int>, Error> {
        let sign = self.non_negative()?.not();
        let low = &self.bits[..self.bits.len() - 1];
        if low.len() >= 8 * bytes {
            let bits = u32::try_from(self.bits.len()).unwrap_or(u32::MAX);
            return Err(Error::Width { bits });
        }
        let above = std::iter::repeat_n(sign, 8 * bytes - low.len());
        let bits: Vec<Bit> = low.iter().cloned().chain(above).collect();
        bits.chunks(8).map(Int::from_bits).collect()
    }

    /// The two's complement of as many bits as the integer has: free.
    ///
    /// # Errors
    /// Those of [`limbs::twos_complement`].
    pub fn twos_complement(&self) -> Result<Int, Error> {
        limbs::twos_complement(&self.bits)
    }
}
