//! Linear equations in bits whose coefficients are powers of two.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use bls12_381::Scalar;
use ff::Field;

/// Powers of two in the field reach exponent 254 before they are reduced.
const EXPONENTS: u32 = 255;

static POWERS: LazyLock<Vec<Scalar>> = LazyLock::new(|| powers_of(Scalar::from(2)).collect());

/// The exponents of all powers of two and, below zero, of their inverses.
static LOGARITHMS: LazyLock<HashMap<[u8; 32], i32>> = LazyLock::new(|| {
    let half = Scalar::from(2).invert().unwrap_or(Scalar::ZERO);
    let fractions = powers_of(half).zip((0..).map(|exponent: i32| -exponent));
    let powers = fractions.chain(powers_of(Scalar::from(2)).zip(0..));
    powers
        .map(|(power, exponent)| (power.to_bytes(), exponent))
        .collect()
});

fn powers_of(base: Scalar) -> impl Iterator<Item = Scalar> {
    let powers = std::iter::successors(Some(Scalar::one()), move |power| Some(power * base));
    powers.take(EXPONENTS as usize)
}

/// The bits that solve an equation.
pub(super) enum Bits {
    /// The equation isn't of this kind, or two solutions exist.
    Unclear,
    /// No bits solve it.
    None,
    /// The only solution: columns and their bits.
    Unique(Vec<(usize, bool)>),
}

/// Solves `constant + sum of terms = 0` for bits, where up to a common factor and signs
/// the coefficients are powers of two.
///
/// Distinct powers leave one candidate. A total of 255 bits reaches beyond the field's
/// order; both representatives are tried. Repeated powers, as in "exactly one of these is
/// set", are decided where all bits must be equal.
pub(super) fn solve(constant: Scalar, terms: &BTreeMap<usize, Scalar>) -> Bits {
    let Some((unit, places)) = normalise(terms) else {
        return Bits::Unclear;
    };
    // sum of ±2^e b = target; with b = 1 - b' where the sign is negative, all are positive.
    let negative = places.iter().filter(|place| place.negative);
    let shift = negative.fold(Scalar::zero(), |sum, place| sum + power(place.exponent));
    let target = shift - constant * unit;
    if places
        .windows(2)
        .any(|pair| pair[0].exponent == pair[1].exponent)
    {
        return all_equal(target, &places);
    }
    let mut solutions = [Some(words(target)), plus_order(words(target))]
        .into_iter()
        .flatten()
        .filter_map(|target| read(target, &places));
    match (solutions.next(), solutions.next()) {
        (None, _) => Bits::None,
        (Some(bits), None) => Bits::Unique(bits),
        (Some(_), Some(_)) => Bits::Unclear,
    }
}

/// A bit's coefficient, `±2^exponent`.
struct Place {
    exponent: u32,
    column: usize,
    negative: bool,
}

/// A factor that turns every coefficient into plus or minus a power of two, and these,
/// ascending.
fn normalise(terms: &BTreeMap<usize, Scalar>) -> Option<(Scalar, Vec<Place>)> {
    let inverse = Option::<Scalar>::from(terms.values().next()?.invert())?;
    // Relative to the first one, the others may be fractions.
    let relative = |(&column, &coefficient): (&usize, &Scalar)| {
        let ratio = coefficient * inverse;
        let (exponent, negative) = match LOGARITHMS.get(&ratio.to_bytes()) {
            Some(&exponent) => (exponent, false),
            None => (*LOGARITHMS.get(&(-ratio).to_bytes())?, true),
        };
        Some((exponent, column, negative))
    };
    let mut places = terms.iter().map(relative).collect::<Option<Vec<_>>>()?;
    places.sort_by_key(|&(exponent, ..)| exponent);
    let (least, greatest) = (places.first()?.0, places.last()?.0);
    if greatest.abs_diff(least) >= EXPONENTS {
        return None;
    }
    // The first one has exponent 0, so the least isn't above that.
    let unit = inverse * power(least.unsigned_abs());
    let place = |(exponent, column, negative): (i32, usize, bool)| Place {
        exponent: exponent.abs_diff(least),
        column,
        negative,
    };
    Some((unit, places.into_iter().map(place).collect()))
}

/// The bits of `target`, if it has none but at the places' exponents.
fn read(mut target: [u64; 4], places: &[Place]) -> Option<Vec<(usize, bool)>> {
    let mut bits = Vec::with_capacity(places.len());
    for &Place {
        exponent,
        column,
        negative,
    } in places
    {
        let (word, mask) = (&mut target[(exponent / 64) as usize], 1 << (exponent % 64));
        bits.push((column, (*word & mask != 0) != negative));
        *word &= !mask;
    }
    (target == [0; 4]).then_some(bits)
}

/// With repeated exponents: no bits if `target` is 0, all if it is their total, and no
/// solution beyond that.
fn all_equal(target: Scalar, places: &[Place]) -> Bits {
    let total = places
        .iter()
        .fold(Scalar::zero(), |sum, place| sum + power(place.exponent));
    let bits = |set: bool| {
        places
            .iter()
            .map(move |place| (place.column, set != place.negative))
    };
    if places.iter().any(|place| place.exponent > 240) || places.len() > 1 << 12 {
        Bits::Unclear
    } else if target == Scalar::zero() {
        Bits::Unique(bits(false).collect())
    } else if target == total {
        Bits::Unique(bits(true).collect())
    } else if words(target).iter().rev().gt(words(total).iter().rev()) {
        Bits::None
    } else {
        Bits::Unclear
    }
}

fn power(exponent: u32) -> Scalar {
    POWERS[exponent as usize]
}

fn words(scalar: Scalar) -> [u64; 4] {
    let bytes = scalar.to_bytes();
    std::array::from_fn(|i| {
        let word = bytes[8 * i..8 * i + 8].iter().rev();
        word.fold(0, |word, &byte| (word << 8) | u64::from(byte))
    })
}

/// `target + order`, unless it exceeds 256 bits.
fn plus_order(target: [u64; 4]) -> Option<[u64; 4]> {
    let order_minus_one = words(-Scalar::one());
    let mut carry = true;
    let mut sum = [0; 4];
    for (i, word) in sum.iter_mut().enumerate() {
        let (partial, first) = target[i].overflowing_add(order_minus_one[i]);
        let (total, second) = partial.overflowing_add(u64::from(carry));
        (*word, carry) = (total, first || second);
    }
    (!carry).then_some(sum)
}
