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
pub(crate) struct Point<T>([T; 2]);

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

    /// Whether both coordinates are below the modulus and the point is on the curve.
    fn is_on_curve(point: &PointOf<Self>) -> bool;

    /// The endomorphism that acts on the subgroup as `-|x|` to this power, negated.
    fn endomorphism(point: &PointOf<Self>) -> PointOf<Self>;

    /// See [`endomorphism`](Self::endomorphism).
    const SUBGROUP_POWER: usize;

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

/// A cube root of one, as [`field::mul`] takes factors.
const BETA: Words = [
    0x30f1_361b_798a_64e8,
    0xf3b8_ddab_7ece_5a2a,
    0x16a8_ca3a_c615_77f7,
    0xc26a_2ff8_74fd_029b,
    0x3636_b766_6070_1c6e,
    0x051b_a4ab_241b_6160,
];

/// `(u + 1)^(-(p - 1)/3)`, likewise.
const PSI_X: [Words; 2] = [
    [0; 6],
    [
        0x890d_c9e4_8675_45c3,
        0x2af3_2253_3285_a5d5,
        0x5088_0866_309b_7e2c,
        0xa20d_1b8c_7e88_1024,
        0x14e4_f04f_e2db_9068,
        0x14e5_6d3f_1564_853a,
    ],
];

/// `(u + 1)^(-(p - 1)/2)`, likewise.
const PSI_Y: [Words; 2] = [
    [
        0x3e2f_585d_a55c_9ad1,
        0x4294_213d_86c1_8183,
        0x3828_44c8_8b62_3732,
        0x92ad_2afd_1910_3e18,
        0x1d79_4e4f_ac7c_f0b9,
        0x0bd5_92fc_7d82_5ec8,
    ],
    [
        0x7bcf_a7a2_5aa3_0fda,
        0xdc17_dec1_2a92_7e7c,
        0x2f08_8dd8_6b4e_bef1,
        0xd1ca_2087_da74_d4a7,
        0x2da2_5966_96ce_bc1d,
        0x0e2b_7eed_bbfd_87d2,
    ],
];

/// `(c0 - c1 u)(f0 + f1 u)`.
fn conjugate_times([c0, c1]: &[Words; 2], [f0, f1]: &[Words; 2]) -> [Words; 2] {
    let negative = field::negate(c1);
    [
        field::add(&field::mul(c0, f0), &field::mul(c1, f1)),
        field::add(&field::mul(c0, f1), &field::mul(&negative, f0)),
    ]
}

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

    const SUBGROUP_POWER: usize = 2;

    fn is_on_curve(point: &Point<Words>) -> bool {
        [point.x(), point.y()].into_iter().all(field::is_canonical)
            && Self::to_affine(point).is_on_curve().into()
    }

    fn endomorphism(point: &Point<Words>) -> Point<Words> {
        Point::new(field::mul(point.x(), &BETA), *point.y())
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
    const SUBGROUP_POWER: usize = 1;

    fn is_on_curve(point: &Point<[Words; 2]>) -> bool {
        point.x().iter().chain(point.y()).all(field::is_canonical)
            && Self::to_affine(point).is_on_curve().into()
    }

    fn endomorphism(point: &Point<[Words; 2]>) -> Point<[Words; 2]> {
        Point::new(
            conjugate_times(point.x(), &PSI_X),
            conjugate_times(point.y(), &PSI_Y),
        )
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
