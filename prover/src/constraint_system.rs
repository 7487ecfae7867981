//! A circuit's counts and digest, found by synthesising without a witness and keeping
//! nothing.

use assay_gadgets::harness::Stream;
use assay_protocol::Scalar;
use assay_protocol::id::Sha256Digest;
use bellman::{Circuit, SynthesisError};
use sha2::{Digest, Sha256};

/// Version of the digest's encoding; the first thing hashed.
const VERSION: &[u8] = b"assay/constraint-system/1";

/// The shape of a circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Number of constraints.
    pub constraints: usize,
    /// Number of private wires.
    pub wires: usize,
    /// SHA-256 over the version and every constraint in order, its terms sorted and merged.
    pub digest: Sha256Digest,
}

impl Shape {
    /// Synthesises a circuit without its witness.
    ///
    /// # Errors
    /// Those of the circuit.
    pub fn of<C: Circuit<Scalar>>(circuit: C) -> Result<Self, SynthesisError> {
        let mut sha = Sha256::new_with_prefix(VERSION);
        let mut stream = Stream::new(|bytes: &[u8]| sha.update(bytes));
        circuit.synthesize(&mut stream)?;
        let counter = stream.finish();
        Ok(Self {
            constraints: counter.constraints(),
            wires: counter.aux(),
            digest: Sha256Digest(sha.finalize().into()),
        })
    }
}
