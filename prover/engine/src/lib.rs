//! Groth16 setup and proving behind one small interface.
//!
//! Circuits are bellman's, with exactly one public input. The setup is ours; the crate
//! `groth16` makes the proofs. Whoever replaces it replaces this crate's inside and nothing
//! else.
//!
//! A key comes from one party's randomness: whoever runs [`setup`] could keep it and
//! forge proofs. Callers say so wherever such a key is used. What can be checked of a key
//! without trust, that it belongs to a circuit, [`check`] does.
#![forbid(unsafe_code)]

mod check;
mod combination;
mod error;
mod fixed_base;
mod key;
mod key_file;
mod prove;
mod qap;
mod setup;

pub use check::check;
pub use error::EngineError;
pub use key::ProvingKey;
pub use prove::prove;
pub use setup::setup;
