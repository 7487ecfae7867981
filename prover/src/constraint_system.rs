//! A circuit's counts and digest, found by synthesising without a witness and keeping
//! nothing.

use assay_engine::{SecondStage, StagedCircuit};
use assay_gadgets::harness::Stream;
use assay_protocol::id::Sha256Digest;
use bellman::SynthesisError;
use sha2::{Digest, Sha256};

/// Version of the digest's encoding; the first thing hashed.
const VERSION: &[u8] = b"assay/constraint-system/2";

/// The shape of a circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Number of constraints.
    pub constraints: usize,
    /// Number of private wires.
    pub wires: usize,
    /// How many of them, the first ones, are committed to before the challenges; 0 without
    /// challenges.
    pub committed: usize,
    /// SHA-256 over the version and every constraint in order, its terms sorted and merged,
    /// then the totals.
    pub digest: Sha256Digest,
}

impl Shape {
    /// Synthesises a circuit without its witness.
    ///
    /// # Errors
    /// Those of the circuit.
    pub fn of<C: StagedCircuit>(circuit: C) -> Result<Self, SynthesisError> {
        let mut sha = Sha256::new_with_prefix(VERSION);
        let mut stream = Stream::new(|bytes: &[u8]| sha.update(bytes));
        let second = circuit.first_stage(&mut stream)?;
        let committed = second.as_ref().map_or(0, |_| stream.counter().aux());
        if let Some(second) = second {
            second.synthesize(&mut stream, None)?;
        }
        let counter = stream.finish();
        sha.update((committed as u64).to_le_bytes());
        Ok(Self {
            constraints: counter.constraints(),
            wires: counter.aux(),
            committed,
            digest: Sha256Digest(sha.finalize().into()),
        })
    }
}
