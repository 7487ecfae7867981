//! Derives every table of `src/constants.rs` from the instance's numbers.

mod grain;
mod matrix;
mod optimise;
mod source;

use bls12_381::Scalar;

pub const WIDTH: usize = 9;
pub const FULL_ROUNDS: usize = 8;
pub const PARTIAL_ROUNDS: usize = 57;

/// The text of `src/constants.rs`; `None` if a matrix turned out not to be invertible.
pub fn source() -> Option<String> {
    let plain = Plain {
        round_constants: grain::round_constants(),
        mds: matrix::cauchy()?,
    };
    let optimised = optimise::Optimised::new(&plain)?;
    Some(source::render(&plain, &optimised))
}

/// The tables of the textbook form.
pub struct Plain {
    /// Shape [`FULL_ROUNDS`] + [`PARTIAL_ROUNDS`] by [`WIDTH`].
    pub round_constants: Vec<Vec<Scalar>>,
    /// Shape [`WIDTH`] by [`WIDTH`].
    pub mds: matrix::Matrix,
}
