//! Sums of multiples `sum e_i P_i`, by buckets (Pippenger 1976): for each digit of the
//! exponents, points with the same digit are added first.
//!
//! Digits that are zero cost nothing, so exponents cost by their size: a bit is one
//! addition, a byte one or two, and so are their negatives.

use group::Group;
use rayon::prelude::*;

use crate::addition::Term;
use crate::curve::{Curve, PointOf};
use crate::exponent::{Exponent, digits};
use crate::sums::Groups;

/// Widest digits: the buckets of a window, at work on a core, are to fit its second cache.
const MAX_WIDTH: usize = 15;

/// `sum e_i P_i` with `e_i = exponent(i)` for every point.
pub(crate) fn multiexp<'a, C: Curve>(
    points: &[PointOf<C>],
    exponent: impl Fn(usize) -> &'a Exponent + Sync,
) -> C::Projective {
    let sizes = Sizes::of(
        (0..points.len())
            .into_par_iter()
            .map(|i| exponent(i).bits()),
    );
    let width = sizes.best_width();
    let windows: Vec<Vec<C::Projective>> = (0..digits(sizes.greatest(), width))
        .into_par_iter()
        .with_max_len(1)
        .map(|index| {
            let digit = |i| exponent(i).digit(index, width);
            window::<C>(points, width, digit)
        })
        .collect();
    horner::<C>(&windows, width)
}

/// How many exponents have how many bits.
struct Sizes([usize; 256]);

impl Sizes {
    fn of(bits: impl ParallelIterator<Item = usize>) -> Self {
        let none = || Self([0; 256]);
        let counted = bits.fold(none, |mut sizes, bits| {
            sizes.0[bits] += 1;
            sizes
        });
        counted.reduce(none, |mut sizes, other| {
            for (count, more) in sizes.0.iter_mut().zip(other.0) {
                *count += more;
            }
            sizes
        })
    }

    fn greatest(&self) -> usize {
        self.0.iter().rposition(|&count| count > 0).unwrap_or(0)
    }

    /// The width of digits that needs the fewest additions: one for each digit that isn't
    /// zero, and about one for each number of `width` bits in every window.
    fn best_width(&self) -> usize {
        let windows = |width| digits(self.greatest(), width);
        let additions = |&width: &usize| -> usize {
            let digits = |(bits, &count): (usize, &usize)| count * digits(bits, width);
            self.0.iter().enumerate().skip(1).map(digits).sum::<usize>() + (windows(width) << width)
        };
        (2..=MAX_WIDTH).min_by_key(additions).unwrap_or(MAX_WIDTH)
    }
}

/// What the digits of one window make: `sum d_i P_i` is `sum_b 2^b s_b` for the `s_b`
/// returned.
fn window<C: Curve>(
    points: &[PointOf<C>],
    width: usize,
    digit: impl Fn(usize) -> i32,
) -> Vec<C::Projective> {
    let digits: Vec<i32> = (0..points.len()).map(digit).collect();
    let buckets = by_magnitude(&digits, 1 << (width - 1)).sum::<C>(points);
    bit_sums::<C>(buckets)
}

/// A group for each magnitude from 1, of the points with that digit, by counting.
fn by_magnitude(digits: &[i32], magnitudes: usize) -> Groups {
    let mut ends = vec![0; magnitudes + 1];
    for digit in digits {
        ends[digit.unsigned_abs() as usize] += 1;
    }
    ends[0] = 0;
    let mut total = 0;
    for end in &mut ends {
        // Where the group starts; placing its terms moves this to where it ends.
        (*end, total) = (total, total + *end);
    }
    let mut terms = vec![Term::positive(0); total];
    for (index, &digit) in digits.iter().enumerate() {
        if digit != 0 {
            let place = &mut ends[digit.unsigned_abs() as usize];
            terms[*place] = Term::new(index as u32, digit < 0);
            *place += 1;
        }
    }
    ends.remove(0);
    Groups::new(terms, ends)
}

/// Of `2^k` buckets `B_1, B_2, ...` the points `s_0, ..., s_k` with
/// `sum_d d B_d = sum_b 2^b s_b`.
///
/// With `i = d - 1` it is `sum_i B + sum_b 2^b (sum of those whose i has bit b)`. Adding
/// neighbours drops the lowest bit, and the odd ones of each level are those with the bit.
fn bit_sums<C: Curve>(buckets: Vec<PointOf<C>>) -> Vec<C::Projective> {
    let mut levels = buckets;
    let mut odd = Groups::with_capacity(levels.len(), levels.len().ilog2() as usize + 1);
    let (mut start, mut length) = (0, levels.len());
    while length > 1 {
        let level = start..start + length;
        odd.push(level.clone().skip(1).step_by(2).map(Term::positive));
        let mut pairs = Groups::with_capacity(length, length / 2);
        for left in level.step_by(2) {
            pairs.push([Term::positive(left), Term::positive(left + 1)]);
        }
        let next = pairs.sum::<C>(&levels);
        levels.extend(next);
        (start, length) = (start + length, length / 2);
    }
    odd.push([Term::positive(start)]);
    let mut sums: Vec<C::Projective> = odd
        .sum::<C>(&levels)
        .iter()
        .map(|sum| C::Projective::from(C::to_affine(sum)))
        .collect();
    // All buckets together count once.
    if let Some(all) = sums.pop() {
        match sums.first_mut() {
            Some(first) => *first += all,
            None => sums.push(all),
        }
    }
    sums
}

/// `sum_w 2^(w width) sum_b 2^b windows[w][b]`.
fn horner<C: Curve>(windows: &[Vec<C::Projective>], width: usize) -> C::Projective {
    let bits = windows.len() * width;
    (0..bits).rev().fold(C::Projective::identity(), |sum, bit| {
        let term = windows[bit / width].get(bit % width);
        term.into_iter().fold(sum.double(), |sum, term| sum + term)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curve::{G1, G2};
    use bls12_381::Scalar;
    use ff::Field;
    use group::Curve as _;
    use proptest::prelude::*;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    /// Scalars of all sizes, small ones more often, either sign.
    fn scalars(seed: u64, count: usize) -> Vec<Scalar> {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let scalar = |i: usize| {
            let bytes = Scalar::random(&mut rng).to_bytes();
            let (words, _) = bytes.as_chunks::<8>();
            let mut words: [u64; 4] = std::array::from_fn(|i| u64::from_le_bytes(words[i]));
            words[3] >>= 2;
            match i % 4 {
                0 => words = [words[0] & 1, 0, 0, 0],
                1 => words = [words[0] & 0xff, 0, 0, 0],
                2 => words = [words[0], 0, 0, 0],
                _ => {}
            }
            let scalar = Scalar::from_raw(words);
            if i.is_multiple_of(3) { -scalar } else { scalar }
        };
        (0..count).map(scalar).collect()
    }

    fn check<C: Curve>(seed: u64, count: usize) {
        let scalars = scalars(seed, count);
        let logarithms = self::scalars(seed + 1, count);
        let generator = C::Projective::generator();
        let points: Vec<_> = logarithms
            .iter()
            .map(|logarithm| C::from_affine(&(generator * logarithm).to_affine()))
            .collect();
        let exponents: Vec<Exponent> = scalars.iter().map(Exponent::from).collect();
        let product = |(a, b): (&Scalar, &Scalar)| a * b;
        let expected: Scalar = scalars.iter().zip(&logarithms).map(product).sum();
        assert!(multiexp::<C>(&points, |i| &exponents[i]) == generator * expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn it_is_the_sum_of_the_multiples(seed in any::<u32>(), count in 0..70usize) {
            check::<G1>(seed.into(), count);
            check::<G2>(seed.into(), count / 3);
        }
    }

    #[test]
    fn many_batches_add_up() {
        check::<G1>(7, 3000);
    }
}
