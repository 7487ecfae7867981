//! Points of the two groups in memory and in key files.

use std::fmt::Debug;

use bls12_381::{G1Affine, G1Projective, G2Affine, G2Projective, Scalar};
use bytemuck::{Pod, Zeroable};
use group::prime::PrimeCurve;

use crate::field::{self, Field, Pair, Quadratic, Words};

/// A point in affine coordinates, each canonical; the identity is all zeros, which is on
/// neither curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(transparent)]
pub(crate) struct Point<T: Pod>([T; 2]);

impl<T: Pod + Eq> Point<T> {
    pub fn new(x: T, y: T) -> Self {
        Self([x, y])
    }

    pub fn x(&self) -> &T {
        &self.0[0]
    }

    pub fn y(&self) -> &T {
        &self.0[1]
    }

    pub fn identity() -> Self {
        Self::zeroed()
    }

    pub fn is_identity(&self) -> bool {
        *self == Self::zeroed()
    }
}

/// One of the two groups.
pub(crate) trait Curve: Copy + Send + Sync + 'static {
    /// A coordinate in memory.
    type Coordinate: Pod + Eq + Debug + Send + Sync;
    /// Eight coordinates at work.
    type Lanes<F: Pair<Stored = Words>>: Field<Stored = Self::Coordinate>;
    /// The same group in the crate `bls12_381`.
    type Projective: PrimeCurve<Affine = Self::Affine, Scalar = Scalar>
        + group::Group<Scalar = Scalar>
        + From<Self::Affine>;
    /// Its affine points.
    type Affine: Copy + Send + Sync;

    /// The ordinate of the opposite point.
    fn negative(y: &Self::Coordinate) -> Self::Coordinate;

    /// Whether both coordinates are below the modulus.
    fn is_canonical(point: &PointOf<Self>) -> bool;

    /// From the crate's form.
    fn from_affine(point: &Self::Affine) -> Point<Self::Coordinate>;

    /// To the crate's form; neither curve nor subgroup is checked.
    fn to_affine(point: &Point<Self::Coordinate>) -> Self::Affine;
}

/// A point of a group, in memory.
pub(crate) type PointOf<C> = Point<<C as Curve>::Coordinate>;

/// The group of points with coordinates in the base field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct G1;

/// The group of points with coordinates in the quadratic extension.
#[derive(Clone, Copy, Debug)]
pub(crate) struct G2;

/// The crate writes zcash's form: the first byte's upper three bits are flags.
const FLAGS: u8 = 0b1110_0000;
const IDENTITY: u8 = 0b0100_0000;

impl Curve for G1 {
    type Coordinate = Words;
    type Lanes<F: Pair<Stored = Words>> = F;
    type Projective = G1Projective;
    type Affine = G1Affine;

    fn negative(y: &Words) -> Words {
        field::negate(y)
    }

    fn is_canonical(point: &Point<Words>) -> bool {
        [point.x(), point.y()].into_iter().all(field::is_canonical)
    }

    fn from_affine(point: &G1Affine) -> Point<Words> {
        let bytes = point.to_uncompressed();
        match bytes[0] & FLAGS {
            0 => Point::new(coordinate(&bytes, 0), coordinate(&bytes, 1)),
            _ => Point::identity(),
        }
    }

    fn to_affine(point: &Point<Words>) -> G1Affine {
        let mut bytes = [0; 96];
        match point.is_identity() {
            true => bytes[0] = IDENTITY,
            false => write(&mut bytes, [point.x(), point.y()]),
        }
        G1Affine::from_uncompressed_unchecked(&bytes).unwrap_or(G1Affine::identity())
    }
}

impl Curve for G2 {
    type Coordinate = [Words; 2];
    type Lanes<F: Pair<Stored = Words>> = Quadratic<F>;
    type Projective = G2Projective;
    type Affine = G2Affine;

    fn negative(y: &[Words; 2]) -> [Words; 2] {
        y.each_ref().map(field::negate)
    }

    /// The encoding has the coefficient of `u` first.
    fn is_canonical(point: &Point<[Words; 2]>) -> bool {
        point.x().iter().chain(point.y()).all(field::is_canonical)
    }

    fn from_affine(point: &G2Affine) -> Point<[Words; 2]> {
        let bytes = point.to_uncompressed();
        match bytes[0] & FLAGS {
            0 => Point::new(
                [coordinate(&bytes, 1), coordinate(&bytes, 0)],
                [coordinate(&bytes, 3), coordinate(&bytes, 2)],
            ),
            _ => Point::identity(),
        }
    }

    fn to_affine(point: &Point<[Words; 2]>) -> G2Affine {
        let mut bytes = [0; 192];
        let ([x0, x1], [y0, y1]) = (point.x(), point.y());
        match point.is_identity() {
            true => bytes[0] = IDENTITY,
            false => write(&mut bytes, [x1, x0, y1, y0]),
        }
        G2Affine::from_uncompressed_unchecked(&bytes).unwrap_or(G2Affine::identity())
    }
}

/// The `index`-th 48 bytes as a coordinate.
fn coordinate(bytes: &[u8], index: usize) -> Words {
    let (chunks, _) = bytes.as_chunks::<48>();
    chunks.get(index).map_or([0; 6], field::from_bytes)
}

fn write<const N: usize>(bytes: &mut [u8], coordinates: [&Words; N]) {
    for (chunk, words) in bytes.chunks_exact_mut(48).zip(coordinates) {
        chunk.copy_from_slice(&field::to_bytes(words));
    }
}
