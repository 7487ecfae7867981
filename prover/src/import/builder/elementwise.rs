//! Sums and products, element by element, and comparisons with a constant.

use super::Builder;
use crate::import::floats::fraction_bits;
use crate::import::operand::{Bytes, Operand, Scaled, repeated, squeezed};
use crate::import::{Floats, ImportError};
use crate::op::{Add, Multiply, Offset, Op};

/// Bits of a factor of an element-wise product: few of them, so they may be wide.
const FACTOR_BITS: u32 = 16;

/// For each element the constant, and what is used for it.
type Constants = Vec<(f64, f64)>;

impl Builder {
    /// The operand times constants. The bytes of a row keep these for the product that
    /// follows.
    pub fn multiply(&mut self, operand: &Operand, by: &Floats) -> Result<Operand, ImportError> {
        if let Operand::Bytes(bytes) = operand {
            let factors = repeated(by, &bytes.shape);
            return Ok(Operand::Bytes(bytes.times(&factors)));
        }
        let value = self.narrowed(operand)?;
        let bits = fraction_bits(by.magnitude(), FACTOR_BITS);
        let (value, factors, pairs) = self.constants(value, by, bits)?;
        let elements = value.elements.iter().zip(pairs);
        let like = Scaled {
            fraction_bits: value.fraction_bits + bits,
            elements: elements
                .map(|(x, (factor, used))| x.times(factor, used))
                .collect(),
            ..value.clone()
        };
        let product = self.scaled_node(Multiply { factors }, &[value.value], like)?;
        Ok(product.into())
    }

    /// The operand plus constants. The bytes of a row keep these for the product that
    /// follows.
    pub fn offset(&mut self, operand: &Operand, by: &Floats) -> Result<Operand, ImportError> {
        if let Operand::Bytes(bytes) = operand {
            let constants = repeated(by, &bytes.shape);
            return Ok(Operand::Bytes(bytes.plus(&constants)));
        }
        let value = self.scaled(operand)?;
        Ok(self.sum(value, by)?.into())
    }

    /// The value plus constants.
    fn sum(&mut self, value: Scaled, by: &Floats) -> Result<Scaled, ImportError> {
        let value = self.fit_for(value, by)?;
        let bits = value.fraction_bits;
        let (value, offsets, pairs) = self.constants(value, by, bits)?;
        let elements = value.elements.iter().zip(pairs);
        let like = Scaled {
            elements: elements
                .map(|(x, (constant, used))| x.plus(constant, used))
                .collect(),
            ..value.clone()
        };
        self.scaled_node(Offset { offsets }, &[value.value], like)
    }

    /// A value and a tensor of constants in shapes that go together, and for each element
    /// the constant and what is used for it.
    fn constants(
        &mut self,
        value: Scaled,
        by: &Floats,
        bits: i32,
    ) -> Result<(Scaled, usize, Constants), ImportError> {
        let mut value = value;
        let shape = match by.data.len() {
            1 => vec![1; self.facts[value.value].shape.len()],
            _ => {
                value.value = self.arranged(value.value, &squeezed(&value.shape))?;
                let axes = by.shape.iter().zip(&value.shape);
                let kept = axes.filter(|&(_, &dimension)| dimension != 1);
                kept.map(|(&dimension, _)| dimension).collect()
            }
        };
        let tensor = self.parameters(shape, &by.data, bits)?;
        let used = Floats {
            shape: by.shape.clone(),
            data: tensor.used,
        };
        let floats = repeated(by, &value.shape);
        let pairs = floats.into_iter().zip(repeated(&used, &value.shape));
        Ok((value, tensor.index, pairs.collect()))
    }

    /// What the bytes stand for where constants of the model have changed it: these stay
    /// parameters.
    pub(super) fn computed(
        &mut self,
        bytes: &Bytes,
        lines: &[(f64, f64)],
    ) -> Result<Scaled, ImportError> {
        let shape = self.facts[bytes.value].shape.clone();
        let (slopes, starts): (Vec<f64>, Vec<f64>) = lines.iter().copied().unzip();
        let bits = fraction_bits(crate::import::floats::magnitude(&slopes), FACTOR_BITS);
        let slopes = self.parameters(shape, &slopes, bits)?;
        let factors = slopes.index;
        let value = self.push(Multiply { factors }, &[bytes.value])?;
        // What the slopes have lost, of the largest byte.
        let used = slopes.used.iter().zip(lines).zip(bytes.elements.iter());
        let product = used.map(|((&used, (slope, start)), x)| {
            let mut product = x.plus(-start, -start);
            (product.lo, product.hi) = (0f64.min(255.0 * used), 0f64.max(255.0 * used));
            product.error += 255.0 * (slope - used).abs();
            product
        });
        let product = Scaled {
            value,
            shape: bytes.shape.clone(),
            fraction_bits: bits,
            elements: product.collect(),
            greatest: super::largest(&bytes.elements),
            is_label: false,
        };
        if starts.iter().all(|&start| start == 0.0) {
            return Ok(product);
        }
        let starts = Floats {
            shape: bytes.shape.clone(),
            data: starts,
        };
        self.sum(product, &starts)
    }

    /// The operand with the other sign.
    pub fn negated(&mut self, operand: &Operand) -> Result<Operand, ImportError> {
        if let Operand::Bytes(bytes) = operand {
            let signs = vec![-1.0; bytes.elements.len()];
            return Ok(Operand::Bytes(bytes.times(&signs)));
        }
        let value = self.scaled(operand)?;
        let like = Scaled {
            elements: value.map(|x| x.negated()),
            ..value.clone()
        };
        let multipliers = vec![-1];
        let negated = self.scaled_node(Add { multipliers }, &[value.value], like)?;
        Ok(negated.into())
    }

    /// The sum or the difference of two computed values, at the finer of their scales.
    pub fn add(
        &mut self,
        a: &Operand,
        b: &Operand,
        is_difference: bool,
    ) -> Result<Scaled, ImportError> {
        let (a, b) = (self.scaled(a)?, self.scaled(b)?);
        if a.shape != b.shape {
            return Err(self.refused("it repeats a computed value: only constants are repeated"));
        }
        let (a, mut b) = self.comparable(a, b)?;
        let shape = self.facts[a.value].shape.clone();
        b.value = self.arranged(b.value, &shape)?;
        let bits = a.fraction_bits.max(b.fraction_bits);
        let (first, second) = (
            self.power(bits - a.fraction_bits)?,
            self.power(bits - b.fraction_bits)?,
        );
        let signed = |x: crate::import::element::Element| match is_difference {
            true => x.negated(),
            false => x,
        };
        let elements = a.elements.iter().zip(b.elements.iter());
        let like = Scaled {
            fraction_bits: bits,
            elements: elements.map(|(&x, &y)| x.sum(signed(y))).collect(),
            greatest: a.greatest + b.greatest,
            ..a.clone()
        };
        let multipliers = vec![first, if is_difference { -second } else { second }];
        self.scaled_node(Add { multipliers }, &[a.value, b.value], like)
    }

    /// The greater of a value and a constant, after bits were dropped: what `make` makes of
    /// the constant's integer.
    pub fn at_least(
        &mut self,
        value: &Scaled,
        shift: u32,
        constant: f64,
        make: impl FnOnce(i64) -> Op,
    ) -> Result<Scaled, ImportError> {
        let fraction_bits = value.fraction_bits - shift as i32;
        let unit = 2f64.powi(-fraction_bits);
        let fact = &self.facts[value.value];
        if (fact.lo >> shift) as f64 * unit >= constant {
            return self.rescaled(value.clone(), shift);
        }
        let integer = self.compared(constant, unit)?;
        let used = integer as f64 * unit;
        let floored = |x: &crate::import::element::Element| match shift {
            0 => *x,
            _ => x.floored(unit),
        };
        let like = Scaled {
            fraction_bits,
            elements: value.map(|x| floored(x).at_least(constant, used)),
            ..value.clone()
        };
        self.scaled_node(make(integer), &[value.value], like)
    }

    /// The lesser of a value and a constant: what `make` makes of the constant's integer.
    pub fn at_most(
        &mut self,
        value: &Scaled,
        constant: f64,
        make: impl FnOnce(i64) -> Op,
    ) -> Result<Scaled, ImportError> {
        let fact = &self.facts[value.value];
        if fact.hi as f64 * value.unit() <= constant {
            return Ok(value.clone());
        }
        let integer = self.compared(constant, value.unit())?;
        let used = integer as f64 * value.unit();
        let like = Scaled {
            elements: value.map(|x| x.at_most(constant, used)),
            ..value.clone()
        };
        self.scaled_node(make(integer), &[value.value], like)
    }

    fn compared(&self, constant: f64, unit: f64) -> Result<i64, ImportError> {
        let integer = (constant / unit).round();
        if integer.abs() >= 2f64.powi(62) {
            return Err(self.refused("its constant is too large beside the values it meets"));
        }
        Ok(integer as i64)
    }
}
