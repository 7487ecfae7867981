//! Scales: as many bits as the next product uses, and common ones for sums.

use super::{Builder, PARAMETER_BITS};
use crate::import::floats::fraction_bits;
use crate::import::operand::{Operand, Scaled};
use crate::import::{Floats, ImportError};
use crate::op::{Add, Rescale};

/// Bits of the greatest calibrated value before a product, without its sign.
const ACTIVATION_BITS: u32 = 12;
/// By how many bits a value is made finer at most, so that it can be added to a finer one.
const REFINED_BITS: i32 = 32;
/// Bits that the greatest of added constants has at least.
const OFFSET_BITS: u32 = 10;

impl Builder {
    /// No element can stand for more, whatever the parameters are.
    fn static_greatest(&self, value: &Scaled) -> f64 {
        let fact = &self.facts[value.value];
        let greatest = fact.lo.unsigned_abs().max(fact.hi.unsigned_abs());
        greatest as f64 * value.unit()
    }

    /// How many bits to drop of a value that gets as large as `greatest`, such that the
    /// next product needn't carry more than it uses.
    pub fn narrowing_shift(&self, value: &Scaled, greatest: f64) -> u32 {
        let greatest = greatest.min(self.static_greatest(value));
        let wanted = fraction_bits(greatest, ACTIVATION_BITS + 1);
        let bits = self.facts[value.value].magnitude_bits();
        u32::try_from(value.fraction_bits - wanted)
            .unwrap_or(0)
            .min(bits.saturating_sub(1))
    }

    /// The operand with the bits dropped that a product doesn't use.
    pub(super) fn narrowed(&mut self, operand: &Operand) -> Result<Scaled, ImportError> {
        let value = self.scaled(operand)?;
        let shift = self.narrowing_shift(&value, value.greatest);
        self.rescaled(value, shift)
    }

    /// The value in coarser units, rounded down.
    pub(super) fn rescaled(&mut self, value: Scaled, shift: u32) -> Result<Scaled, ImportError> {
        if shift == 0 {
            return Ok(value);
        }
        let fraction_bits = value.fraction_bits - shift as i32;
        let unit = 2f64.powi(-fraction_bits);
        let inputs = [value.value];
        let like = Scaled {
            fraction_bits,
            elements: value.map(|x| x.floored(unit)),
            ..value
        };
        self.scaled_node(Rescale { shift }, &inputs, like)
    }

    /// The same value in finer units.
    pub(super) fn refined(&mut self, value: Scaled, bits: i32) -> Result<Scaled, ImportError> {
        let multipliers = vec![self.power(bits - value.fraction_bits)?];
        let inputs = [value.value];
        let like = Scaled {
            fraction_bits: bits,
            ..value
        };
        self.scaled_node(Add { multipliers }, &inputs, like)
    }

    /// `2^exponent`.
    pub(super) fn power(&self, exponent: i32) -> Result<i64, ImportError> {
        let shift = u32::try_from(exponent).ok().filter(|&shift| shift < 62);
        let shift = shift.ok_or_else(|| {
            self.refused("the scales of the values that it brings together differ too much")
        })?;
        Ok(1 << shift)
    }

    /// Two values, such that neither is so much finer than the other that a sum of both
    /// would be nothing but digits of the finer.
    pub(super) fn comparable(
        &mut self,
        a: Scaled,
        b: Scaled,
    ) -> Result<(Scaled, Scaled), ImportError> {
        let excess = |fine: &Scaled, coarse: &Scaled| {
            let finer = fine.fraction_bits - coarse.fraction_bits - REFINED_BITS;
            u32::try_from(finer).unwrap_or(0)
        };
        let (of_a, of_b) = (excess(&a, &b), excess(&b, &a));
        Ok((self.rescaled(a, of_a)?, self.rescaled(b, of_b)?))
    }

    /// The value at a scale at which constants are more than a few units, and fit a
    /// parameter tensor.
    pub(super) fn fit_for(
        &mut self,
        value: Scaled,
        constants: &Floats,
    ) -> Result<Scaled, ImportError> {
        if constants.magnitude() == 0.0 {
            return Ok(value);
        }
        let most = fraction_bits(constants.magnitude(), PARAMETER_BITS);
        if value.fraction_bits > most {
            let shift = (value.fraction_bits - most) as u32;
            return self.rescaled(value, shift);
        }
        let wanted = fraction_bits(constants.magnitude(), OFFSET_BITS);
        let wanted = wanted.min(value.fraction_bits + REFINED_BITS);
        match wanted > value.fraction_bits {
            true => self.refined(value, wanted),
            false => Ok(value),
        }
    }
}
