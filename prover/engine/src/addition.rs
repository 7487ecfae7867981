//! Additions of many independent pairs of points in affine coordinates, with one inversion
//! for a batch of them (Montgomery 1987).
//!
//! An addition costs five multiplications and a square, three of the multiplications for
//! the inversion. All special cases are handled where they stand: a pair may be equal,
//! opposite, or hold the identity.

use crate::curve::{Curve, Point, PointOf};
use crate::field::{Field, LANES, Mask, Pair, Portable, Words};

/// Pairs that share an inversion, which costs as much as some 60 multiplications.
pub(crate) const BATCH: usize = 2048;

/// Which point, in the order of a slice, and whether its negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term(u32);

impl Term {
    const NEGATIVE: u32 = 1 << 31;
    /// More points than a slice may have.
    pub const LIMIT: usize = 1 << 31;

    /// The point at `index`, below [`LIMIT`](Self::LIMIT).
    pub fn new(index: u32, negative: bool) -> Self {
        Self(index | if negative { Self::NEGATIVE } else { 0 })
    }

    /// The point itself.
    pub fn positive(index: usize) -> Self {
        debug_assert!(index < Self::LIMIT);
        Self(index as u32)
    }

    /// The point, or its negative.
    pub fn of<C: Curve>(self, points: &[PointOf<C>]) -> PointOf<C> {
        let point = points[self.index()];
        match self.is_negative() {
            true => Point::new(*point.x(), C::negative(point.y())),
            false => point,
        }
    }

    fn index(self) -> usize {
        (self.0 & !Self::NEGATIVE) as usize
    }

    fn is_negative(self) -> bool {
        self.0 & Self::NEGATIVE != 0
    }
}

/// Two points to add, and where the sum goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addition {
    pub left: Term,
    pub right: Term,
    pub sum: u32,
}

/// The lanes of eight pairs that the chord doesn't serve.
#[derive(Clone, Copy, Default)]
struct Special {
    /// Equal points: the tangent.
    double: Mask,
    /// Opposite points, or two identities.
    cancel: Mask,
    /// The left one is the identity.
    take_right: Mask,
    /// The right one is the identity.
    take_left: Mask,
}

impl Special {
    /// Lanes whose sum no formula gives.
    fn others(self) -> Mask {
        self.cancel | self.take_left | self.take_right
    }

    /// Writes the sums of these lanes.
    #[cold]
    fn correct<C: Curve>(self, points: &[PointOf<C>], chunk: &[Addition], sums: &mut [PointOf<C>]) {
        for (lane, addition) in chunk.iter().enumerate() {
            let set = |mask: Mask| mask >> lane & 1 == 1;
            let sum = &mut sums[addition.sum as usize];
            if set(self.cancel) {
                *sum = Point::identity();
            } else if set(self.take_left) {
                *sum = addition.left.of::<C>(points);
            } else if set(self.take_right) {
                *sum = addition.right.of::<C>(points);
            }
        }
    }
}

/// Adds pairs of `points`, at most [`BATCH`] of them, into `sums`.
///
/// Panics if an index is outside its slice.
pub(crate) fn add<C: Curve>(
    points: &[PointOf<C>],
    additions: &[Addition],
    sums: &mut [PointOf<C>],
) {
    #[cfg(target_arch = "x86_64")]
    if crate::field::Ifma::is_available() {
        // SAFETY: the processor has what the function needs.
        #[allow(unsafe_code)]
        unsafe {
            add_with_ifma::<C>(points, additions, sums);
        }
        return;
    }
    add_with::<C, Portable>(points, additions, sums);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512ifma")]
fn add_with_ifma<C: Curve>(points: &[PointOf<C>], additions: &[Addition], sums: &mut [PointOf<C>]) {
    add_with::<C, crate::field::Ifma>(points, additions, sums);
}

/// Eight pairs' points.
struct Operands<'a, C: Curve> {
    left: [&'a PointOf<C>; LANES],
    right: [&'a PointOf<C>; LANES],
    negative_left: Mask,
    negative_right: Mask,
}

impl<'a, C: Curve> Operands<'a, C> {
    /// A chunk of at most eight additions; the last one fills the rest.
    #[inline(always)]
    fn of(points: &'a [PointOf<C>], chunk: &[Addition]) -> Self {
        let at = |lane: usize| chunk[lane.min(chunk.len() - 1)];
        let mask = |term: fn(&Addition) -> Term| {
            (0..LANES).fold(0, |mask, lane| {
                mask | Mask::from(term(&at(lane)).is_negative()) << lane
            })
        };
        Self {
            left: std::array::from_fn(|lane| &points[at(lane).left.index()]),
            right: std::array::from_fn(|lane| &points[at(lane).right.index()]),
            negative_left: mask(|addition| addition.left),
            negative_right: mask(|addition| addition.right),
        }
    }

    #[inline(always)]
    fn x<F: Field<Stored = C::Coordinate>>(&self) -> [F; 2] {
        [
            F::load(self.left.map(|point| point.x())),
            F::load(self.right.map(|point| point.x())),
        ]
    }

    #[inline(always)]
    fn y<F: Field<Stored = C::Coordinate>>(&self) -> [F; 2] {
        [
            F::load(self.left.map(|point| point.y())).negate(self.negative_left),
            F::load(self.right.map(|point| point.y())).negate(self.negative_right),
        ]
    }

    /// Which lanes are special, given that some have equal abscissas or a zero one.
    #[inline(always)]
    fn special<F: Field<Stored = C::Coordinate>>(&self, [x1, x2]: [F; 2]) -> Special {
        let [y1, y2] = [
            F::load(self.left.map(|point| point.y())),
            F::load(self.right.map(|point| point.y())),
        ];
        let (zero1, zero2) = (x1.is_zero() & y1.is_zero(), x2.is_zero() & y2.is_zero());
        let same_x = x1.equal(x2) & !zero1 & !zero2;
        let same_y = y1.equal(y2) ^ self.negative_left ^ self.negative_right;
        Special {
            double: same_x & same_y,
            cancel: same_x & !same_y | zero1 & zero2,
            take_right: zero1 & !zero2,
            take_left: zero2 & !zero1,
        }
    }
}

#[inline(always)]
fn add_with<C: Curve, B: Pair<Stored = Words>>(
    points: &[PointOf<C>],
    additions: &[Addition],
    sums: &mut [PointOf<C>],
) {
    let chunks = additions.len().div_ceil(LANES);
    let mut differences: Vec<C::Lanes<B>> = Vec::with_capacity(chunks);
    let mut products: Vec<C::Lanes<B>> = Vec::with_capacity(chunks);
    let mut specials: Vec<Special> = Vec::with_capacity(chunks);
    let one = C::Lanes::<B>::one();

    let mut product = one;
    for chunk in additions.chunks(LANES) {
        let operands = Operands::<C>::of(points, chunk);
        let [x1, x2] = operands.x::<C::Lanes<B>>();
        let mut difference = x2.sub(x1);
        let mut special = Special::default();
        if x1.equal(x2) | x1.is_zero() | x2.is_zero() != 0 {
            special = operands.special([x1, x2]);
            let [y, _] = operands.y::<C::Lanes<B>>();
            difference = difference
                .select(special.double, y.add(y))
                .select(special.others(), one);
        }
        products.push(product);
        differences.push(difference);
        specials.push(special);
        product = product.mul(difference);
    }

    let mut inverse = product.inverse();
    for (index, chunk) in additions.chunks(LANES).enumerate().rev() {
        let own = inverse.mul(products[index]);
        inverse = inverse.mul(differences[index]);
        let operands = Operands::<C>::of(points, chunk);
        let [x1, x2] = operands.x::<C::Lanes<B>>();
        let [y1, y2] = operands.y::<C::Lanes<B>>();
        let special = specials[index];
        let mut rise = y2.sub(y1);
        if special.double != 0 {
            let square = x1.square();
            rise = rise.select(special.double, square.add(square).add(square).unscaled());
        }
        let slope = rise.mul(own);
        let x = slope.square().scaled().sub_both(x1, x2).reduce();
        let y = slope.mul(x1.sub(x)).sub(y1).reduce();
        for ((addition, x), y) in chunk.iter().zip(x.store()).zip(y.store()) {
            sums[addition.sum as usize] = Point::new(x, y);
        }
        if special.others() != 0 {
            special.correct::<C>(points, chunk, sums);
        }
    }
}

#[cfg(test)]
mod tests;
