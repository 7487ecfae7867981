//! Groth16 setup and proving behind one small interface.
//!
//! Circuits are bellman's, with exactly one public input, and have plain Groth16 proofs over
//! BLS12-381; or they are [staged](StagedCircuit) and use challenges, and their proofs have a
//! commitment beside (Kosba, Papadopoulos, Papamanthou, Song: [MIRAGE], USENIX Security
//! 2020). Every multiplication of points is made of sums of groups of points, added in
//! batches in AVX-512 lanes where the processor has them, by blst elsewhere.
//!
//! A key comes from one party's randomness: whoever runs [`setup`] could keep it and
//! forge proofs. Callers say so wherever such a key is used. What can be checked of a key
//! without trust, that it belongs to a circuit, [`check`] does.
//!
//! [MIRAGE]: https://eprint.iacr.org/2020/278

mod addition;
mod array;
mod assignment;
mod check;
mod curve;
mod domain;
mod error;
mod exponent;
mod field;
mod fixed_base;
mod key;
mod key_file;
mod multiexp;
mod progress;
mod prove;
mod setup;
mod shape;
mod staged;
mod subgroup;
mod sums;

pub use check::{check, check_points};
pub use error::EngineError;
pub use key::ProvingKey;
pub use key_file::key_bytes;
pub use progress::Progress;
pub use prove::{prove, prove_with};
pub use setup::{setup, setup_with};
pub use staged::{SecondStage, StagedCircuit};
