//! Groth16 over BLS12-381: strict encodings and the pairing equation.
//!
//! A proof (A, B, C) shows a statement whose only public input is one scalar, the
//! statement's digest, exactly if
//!
//! ```text
//! e(A, B) = e(alpha, beta) e(vk_x, gamma) e(C, delta)      vk_x = ic0 + digest ic1
//! ```
//!
//! ([Groth 2016], section 3.2). With challenges the proof has a fourth point D, a commitment
//! to a part of the witness under a trapdoor epsilon of its own, from which the challenges
//! are drawn that the digest is then made of; the right side has a fourth factor
//! `e(D, epsilon)` (Kosba, Papadopoulos, Papamanthou, Song: [MIRAGE], USENIX Security 2020;
//! the circuits' side is in `prover/docs/soundness.md`). [`Equation`] holds the points of
//! that equation, built in one place; what differs is who evaluates it: `verify_native`
//! with the crate `bls12_381` (feature `native`, the default), `verify_host` with the
//! CosmWasm host's functions (feature `host`). Both give the same verdict and, for bad
//! input, the same [`Error`].
//!
//! # The way of a key
//! 1. The prover's setup yields a [`VerifyingKey`]; its 432 or, with challenges, 528 bytes
//!    are what a circuit's identifier is computed from.
//! 2. The registry reads them with [`VerifyingKey::from_bytes`], which checks every point,
//!    and stores [`PreparedVerifyingKey::to_bytes`].
//! 3. The escrow reads the 816 or 912 prepared bytes raw, with
//!    [`PreparedVerifyingKey::from_trusted_bytes`], and checks proofs against them.
//!
//! ```
//! # #[cfg(feature = "native")] {
//! use assay_groth16::{Error, PreparedVerifyingKey, Proof, Scalar, VerifyingKey, verify_native};
//!
//! /// What anyone with a key, a digest and a proof can do.
//! fn check(key: &[u8], digest: Scalar, proof: &[u8]) -> Result<(), Error> {
//!     let key = PreparedVerifyingKey::from(&VerifyingKey::from_bytes(key)?);
//!     verify_native(&key, &digest, &Proof::from_bytes(proof)?)
//! }
//! assert_eq!(check(&[], Scalar::one(), &[]), Err(Error::KeyLength { len: 0 }));
//! # }
//! ```
//!
//! # Encodings
//! Points are in the zcash format: coordinates big-endian, three flags in the first byte.
//! Every encoding has one length without and one with challenges, and every point one
//! encoding; refused are other lengths, a missing compression flag, coordinates not below
//! the modulus, points off the curve or outside the subgroup of prime order, and the
//! identity, which makes sense nowhere in a proof or a key. (vk_x, computed and not read, may be the identity: then e(vk_x, gamma)
//! is 1 for both evaluators.)
//!
//! The host decodes points strictly but takes the identity, so [`Proof::from_bytes`]
//! checks length, flags and coordinates, which is cheap, and leaves curve and subgroup to
//! whoever evaluates the equation.
//!
//! # What it does not do
//! A proof is not bound to anything but the digest, and can be re-randomised by anyone who
//! sees it: its bytes never serve as a nullifier. A key says nothing about who knows its
//! trapdoor.
//!
//! The equation doesn't tie D to the digest: anyone can add t delta to D and subtract
//! t epsilon from C, and whoever chooses the challenges can prove what is false. So with
//! challenges a verifier takes no digest from anyone: it draws them from the D that it was
//! handed ([`Proof::commitment`]) and computes the digest from them.
//!
//! [Groth 2016]: https://eprint.iacr.org/2016/260
//! [MIRAGE]: https://eprint.iacr.org/2020/278
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod compressed;
mod equation;
mod error;
#[cfg(feature = "host")]
mod host;
mod multiplication;
#[cfg(feature = "native")]
mod native;
mod prepared;
mod proof;
mod scalar;
mod verifying_key;

pub use bls12_381::{G1Affine, G2Affine, Scalar};
pub use compressed::{CompressedG1, CompressedG2};
pub use equation::Equation;
pub use error::Error;
#[cfg(feature = "host")]
pub use host::verify_host;
#[cfg(feature = "native")]
pub use native::{verify_native, verify_once};
pub use prepared::PreparedVerifyingKey;
pub use proof::Proof;
pub use scalar::scalar_from_bytes;
pub use verifying_key::VerifyingKey;
