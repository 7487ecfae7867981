//! Polynomials over the `n`-th roots of unity `D`, and over the coset `g D` with
//! `g^n = -1`, where `X^n - 1` is `-2` everywhere, so that dividing by it is free.
//!
//! A transform splits `mod X^m - s^2` into `mod X^(m/2) - s` and `mod X^(m/2) + s`, again and
//! again: each block has one factor `s`, and values come out in the order of their bits
//! reversed. Nothing is ever put into another order: constraint `k`, whose place is the
//! `k`-th root, is written to its reversed index, and the key's points follow suit.

use bls12_381::Scalar;
use ff::PrimeField;
use rayon::prelude::*;

use crate::EngineError;

/// Blocks up to this size are one thread's.
const SERIAL: usize = 1 << 11;

/// The `n`-th roots of unity, for a power of two.
pub(crate) struct Domain {
    size: usize,
    /// The factor of block `b` of every level: `exp(2 pi i f / 2)`, where `f` is `b`'s bits
    /// reversed behind the point. The coset's blocks are those from half on.
    factors: Vec<Scalar>,
    inverse_factors: Vec<Scalar>,
}

impl Domain {
    /// `size` is a power of two below `2^32`.
    pub fn new(size: usize) -> Self {
        let (mut factors, mut inverse_factors) = (vec![Scalar::one()], vec![Scalar::one()]);
        // From 2^l blocks to 2^(l+1): a bit more is half the angle of the bit before.
        let mut root = Scalar::ROOT_OF_UNITY;
        let mut inverse = Scalar::ROOT_OF_UNITY_INV;
        let mut roots = vec![[root, inverse]];
        for _ in 1..Scalar::S {
            (root, inverse) = (root.square(), inverse.square());
            roots.push([root, inverse]);
        }
        // `roots[S - k]` is of order `2^k`; factors start with that of order 4.
        let mut order = 2;
        while factors.len() < size {
            let [root, inverse] = roots[(Scalar::S - order) as usize];
            let count = factors.len();
            for i in 0..count {
                factors.push(factors[i] * root);
                inverse_factors.push(inverse_factors[i] * inverse);
            }
            order += 1;
        }
        Self {
            size,
            factors,
            inverse_factors,
        }
    }

    /// `i`, its bits reversed.
    pub fn reversed(&self, index: usize) -> usize {
        match self.size.trailing_zeros() {
            0 => index,
            bits => index.reverse_bits() >> (usize::BITS - bits),
        }
    }

    /// From `n` times a polynomial's values on the domain to its values on the coset, all in
    /// reversed order.
    pub fn extend(&self, values: &mut [Scalar]) {
        self.interpolate(values, 0);
        self.evaluate(values, 1);
    }

    /// From the values on the coset, in reversed order, to `n` times the coefficients.
    pub fn coset_coefficients(&self, values: &mut [Scalar]) {
        self.interpolate(values, 1);
    }

    /// From the values on the domain, in reversed order, to `n` times the coefficients.
    pub fn coefficients(&self, values: &mut [Scalar]) {
        self.interpolate(values, 0);
    }

    /// `root` is 0 for the domain, 1 for the coset.
    fn evaluate(&self, block: &mut [Scalar], index: usize) {
        let half = block.len() / 2;
        if half == 0 {
            return;
        }
        let factor = self.factors[index];
        let (low, high) = block.split_at_mut(half);
        zip(low, high, |a, b| {
            let product = *b * factor;
            (*a, *b) = (*a + product, *a - product);
        });
        fork(
            block,
            |block| self.evaluate(block, 2 * index),
            |block| self.evaluate(block, 2 * index + 1),
        );
    }

    fn interpolate(&self, block: &mut [Scalar], index: usize) {
        if block.len() < 2 {
            return;
        }
        fork(
            block,
            |block| self.interpolate(block, 2 * index),
            |block| self.interpolate(block, 2 * index + 1),
        );
        let factor = self.inverse_factors[index];
        let (low, high) = block.split_at_mut(block.len() / 2);
        zip(low, high, |a, b| {
            (*a, *b) = (*a + *b, (*a - *b) * factor);
        });
    }

    /// The domain's Lagrange polynomials at `tau`, in natural order; with `coset` the
    /// coset's, in reversed order.
    ///
    /// `L_k(tau) = x_k (tau^n - c) / (n c (tau - x_k))`, where `c` is `x^n`, 1 or -1.
    ///
    /// # Errors
    /// [`EngineError::Unlucky`] if `tau` is one of the points, which no random one is.
    pub fn lagrange(&self, tau: &Scalar, coset: bool) -> Result<Vec<Scalar>, EngineError> {
        let points: Vec<Scalar> = match coset {
            false => (0..self.size)
                .map(|k| self.leaf(self.reversed(k)))
                .collect(),
            true => (0..self.size).map(|k| self.leaf(self.size + k)).collect(),
        };
        let c = if coset { -Scalar::one() } else { Scalar::one() };
        let mut differences: Vec<Scalar> = points.iter().map(|point| tau - point).collect();
        let size: Option<Scalar> = (Scalar::from(self.size as u64) * c).invert().into();
        let scale = size.ok_or(EngineError::Unlucky)? * (self.power(tau) - c);
        invert(&mut differences)?;
        let value = |(point, inverse): (&Scalar, &Scalar)| point * inverse * scale;
        Ok(points.iter().zip(&differences).map(value).collect())
    }

    /// `1 / n`.
    pub fn inverse(&self) -> Scalar {
        // A power of two below the modulus is not zero.
        let inverse = Scalar::from(self.size as u64).invert();
        inverse.unwrap_or(Scalar::zero())
    }

    /// `tau^n`.
    pub fn power(&self, tau: &Scalar) -> Scalar {
        (0..self.size.trailing_zeros()).fold(*tau, |power, _| power.square())
    }

    /// The point of a block of one: the square of its factor.
    fn leaf(&self, index: usize) -> Scalar {
        // A factor's angle is half its block's, and the table ends before the coset's
        // leaves: their angle is that of the block above, halved or opposite.
        let parent = self.factors[index / 2];
        if index.is_multiple_of(2) {
            parent
        } else {
            -parent
        }
    }
}

fn fork(
    block: &mut [Scalar],
    left: impl FnOnce(&mut [Scalar]) + Send,
    right: impl FnOnce(&mut [Scalar]) + Send,
) {
    let serial = block.len() <= SERIAL;
    let (low, high) = block.split_at_mut(block.len() / 2);
    match serial {
        true => {
            left(low);
            right(high);
        }
        false => {
            rayon::join(|| left(low), || right(high));
        }
    }
}

fn zip(
    low: &mut [Scalar],
    high: &mut [Scalar],
    butterfly: impl Fn(&mut Scalar, &mut Scalar) + Sync + Send,
) {
    match low.len() <= SERIAL {
        true => low.iter_mut().zip(high).for_each(|(a, b)| butterfly(a, b)),
        false => low
            .par_iter_mut()
            .with_min_len(SERIAL)
            .zip(high)
            .for_each(|(a, b)| butterfly(a, b)),
    }
}

/// Inverts all with one inversion (Montgomery 1987).
///
/// # Errors
/// [`EngineError::Unlucky`] if one is zero.
fn invert(elements: &mut [Scalar]) -> Result<(), EngineError> {
    let mut products = Vec::with_capacity(elements.len());
    let mut product = Scalar::one();
    for element in elements.iter() {
        products.push(product);
        product *= element;
    }
    let inverse: Option<Scalar> = product.invert().into();
    let mut inverse = inverse.ok_or(EngineError::Unlucky)?;
    for (element, before) in elements.iter_mut().zip(products).rev() {
        let own = *element;
        *element = inverse * before;
        inverse *= own;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn polynomial(size: usize) -> Vec<Scalar> {
        (0..size as u64)
            .map(|i| Scalar::from(i * i + 3).square())
            .collect()
    }

    fn at(coefficients: &[Scalar], point: &Scalar) -> Scalar {
        coefficients
            .iter()
            .rev()
            .fold(Scalar::zero(), |sum, c| sum * point + c)
    }

    #[test]
    fn values_on_the_domain_become_values_on_the_coset() {
        for bits in [0, 1, 2, 3, 5, 13] {
            let domain = Domain::new(1 << bits);
            let coefficients = polynomial(domain.size);
            let n = Scalar::from(domain.size as u64);
            let root = (bits..Scalar::S).fold(Scalar::ROOT_OF_UNITY, |root, _| root.square());
            let mut values = vec![Scalar::zero(); domain.size];
            for k in (0..domain.size).step_by(domain.size.div_ceil(64)) {
                let point = root.pow_vartime(&[k as u64, 0, 0, 0]);
                assert_eq!(domain.leaf(domain.reversed(k)), point);
            }
            values.copy_from_slice(&coefficients);
            domain.evaluate(&mut values, 0);
            assert_eq!(values[0], at(&coefficients, &Scalar::one()));
            let mut again = values.clone();
            domain.coefficients(&mut again);
            assert!(again.iter().zip(&coefficients).all(|(a, b)| *a == b * n));

            domain.extend(&mut values);
            for k in (0..domain.size).step_by(domain.size.div_ceil(16)) {
                let point = domain.leaf(domain.size + k);
                assert_eq!(domain.power(&point), -Scalar::one());
                assert_eq!(values[k], at(&coefficients, &point) * n);
            }
            domain.coset_coefficients(&mut values);
            assert!(
                values
                    .iter()
                    .zip(&coefficients)
                    .all(|(a, b)| *a == b * n.square())
            );
        }
    }

    #[test]
    fn lagrange_polynomials_interpolate() {
        for bits in [0, 1, 4] {
            let domain = Domain::new(1 << bits);
            let coefficients = polynomial(domain.size);
            let tau = Scalar::from(5);
            let natural = domain.lagrange(&tau, false).unwrap();
            let sum: Scalar = (0..domain.size)
                .map(|k| at(&coefficients, &domain.leaf(domain.reversed(k))) * natural[k])
                .sum();
            assert_eq!(sum, at(&coefficients, &tau));
            let coset = domain.lagrange(&tau, true).unwrap();
            let sum: Scalar = (0..domain.size)
                .map(|k| at(&coefficients, &domain.leaf(domain.size + k)) * coset[k])
                .sum();
            assert_eq!(sum, at(&coefficients, &tau));
            assert!(domain.lagrange(&Scalar::one(), false).is_err());
        }
    }
}
