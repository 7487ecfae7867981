//! The Grain LFSR of the Poseidon paper (<https://eprint.iacr.org/2019/458>, appendix E).

use super::{FULL_ROUNDS, PARTIAL_ROUNDS, WIDTH};
use bls12_381::Scalar;

const PRIME_FIELD: u128 = 1;
/// What the reference script of the paper writes for `x^5`.
const POWER_S_BOX: u128 = 1;
const FIELD_BITS: usize = 255;

/// The constants added before each round, in order.
pub fn round_constants() -> Vec<Vec<Scalar>> {
    let mut grain = Grain::new();
    let mut round = || (0..WIDTH).map(|_| grain.scalar()).collect();
    (0..FULL_ROUNDS + PARTIAL_ROUNDS).map(|_| round()).collect()
}

struct Grain {
    /// Bit 0, the oldest, is the most significant one of the 80.
    state: u128,
}

impl Grain {
    fn new() -> Self {
        let fields = [
            (PRIME_FIELD, 2),
            (POWER_S_BOX, 4),
            (FIELD_BITS as u128, 12),
            (WIDTH as u128, 12),
            (FULL_ROUNDS as u128, 10),
            (PARTIAL_ROUNDS as u128, 10),
            ((1 << 30) - 1, 30),
        ];
        let state = fields
            .iter()
            .fold(0, |state, (value, bits)| (state << bits) | value);
        let mut grain = Self { state };
        (0..160).for_each(|_| _ = grain.step());
        grain
    }

    fn step(&mut self) -> bool {
        let bit = |i: u32| (self.state >> (79 - i)) & 1;
        let new = bit(62) ^ bit(51) ^ bit(38) ^ bit(23) ^ bit(13) ^ bit(0);
        self.state = ((self.state << 1) | new) & ((1 << 80) - 1);
        new == 1
    }

    /// Self-shrinking output: of each pair of bits the first says whether the second counts.
    fn output(&mut self) -> bool {
        while !self.step() {
            self.step();
        }
        self.step()
    }

    /// A uniform element: 255 bits, most significant first, drawn again while not below p.
    fn scalar(&mut self) -> Scalar {
        loop {
            let mut bytes = [0; 32];
            for i in (0..FIELD_BITS).rev() {
                bytes[i / 8] |= u8::from(self.output()) << (i % 8);
            }
            if let Some(scalar) = Option::from(Scalar::from_bytes(&bytes)) {
                return scalar;
            }
        }
    }
}
