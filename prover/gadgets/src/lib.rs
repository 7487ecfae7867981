//! R1CS gadgets over bellman's constraint systems, and the harness that attacks them.

pub mod argmax;
mod bit;
pub mod compare;
mod dot;
mod error;
pub mod harness;
pub mod int;
pub mod limbs;
mod linear;
pub mod mask;
pub mod max;
pub mod merkle;
pub mod packed;
pub mod poseidon;
pub mod product;
pub mod range;
pub mod rescale;
pub mod select;
pub mod sign;

pub use bit::Bit;
pub use dot::dot;
pub use error::Error;
pub use int::Int;
pub use linear::{Linear, Wire};
