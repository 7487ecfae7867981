//! Constants of a float model.

use super::{ImportError, TractNode};

/// Finite floats in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Floats {
    /// Their dimensions.
    pub shape: Vec<usize>,
    /// The floats.
    pub data: Vec<f64>,
}

impl Floats {
    /// The negated constants.
    pub fn neg(&self) -> Self {
        Self {
            shape: self.shape.clone(),
            data: self.data.iter().map(|x| -x).collect(),
        }
    }

    /// One over each.
    pub fn recip(&self, node: &TractNode<'_>) -> Result<Self, ImportError> {
        if self.data.contains(&0.0) {
            return Err(node.refused("it divides by 0"));
        }
        Ok(Self {
            shape: self.shape.clone(),
            data: self.data.iter().map(|x| 1.0 / x).collect(),
        })
    }

    /// The one value that all of them have.
    pub fn uniform(&self) -> Option<f64> {
        let (&first, rest) = self.data.split_first()?;
        rest.iter().all(|&x| x == first).then_some(first)
    }

    /// The greatest magnitude.
    pub fn magnitude(&self) -> f64 {
        magnitude(&self.data)
    }

    /// The same floats with dimensions of 1 before their own, up to a rank.
    pub fn padded(&self, rank: usize) -> Self {
        let missing = rank.saturating_sub(self.shape.len());
        let shape = std::iter::repeat_n(1, missing).chain(self.shape.iter().copied());
        Self {
            shape: shape.collect(),
            data: self.data.clone(),
        }
    }
}

/// The greatest magnitude.
pub(crate) fn magnitude(floats: &[f64]) -> f64 {
    floats.iter().fold(0.0, |greatest, x| x.abs().max(greatest))
}

/// The most fraction bits with which `magnitude` fits signed integers of `bits` bits; for 0
/// as many as for 1.
pub(crate) fn fraction_bits(magnitude: f64, bits: u32) -> i32 {
    let magnitude = if magnitude > 0.0 { magnitude } else { 1.0 };
    let most = 2f64.powi(bits as i32 - 1) - 1.0;
    // One more than the logarithm says, as half a unit is rounded away; the integers decide.
    let mut fraction_bits = (most / magnitude).log2().floor() as i32 + 1;
    while (magnitude * 2f64.powi(fraction_bits)).round() > most {
        fraction_bits -= 1;
    }
    fraction_bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_magnitude_just_fits() {
        assert_eq!(fraction_bits(127.0, 8), 0);
        assert_eq!(fraction_bits(127.6, 8), -1);
        assert_eq!(fraction_bits(1.0, 8), 6);
        assert_eq!(fraction_bits(0.0, 8), 6);
        for magnitude in [1e-30, 0.9999, 127.49999, 1e30] {
            let bits = fraction_bits(magnitude, 8);
            assert!((magnitude * 2f64.powi(bits)).round() <= 127.0);
            assert!(
                (magnitude * 2f64.powi(bits + 1)).round() > 127.0,
                "{magnitude}"
            );
        }
    }
}
