//! What a circuit costs to set up and to prove, without doing either.

use std::fmt;

use assay_protocol::circuit::CircuitSpec;
use assay_prover::circuit;
use serde::Serialize;

use crate::Error;

/// Seconds of a setup for a constraint, on two cores with AVX-512: 10 microseconds in the
/// engine, and the digest of the constraint system.
const SETUP: f64 = 1.5e-5;
/// Seconds of a proof for a constraint, on two cores with AVX-512: 6 microseconds in the
/// engine, and the key's checksums.
const PROVE: f64 = 7.0e-6;
/// Seconds that the smallest setup or proof takes.
const LEAST: f64 = 0.02;
/// Bytes of memory for a point of the domain, beside the key; a setup's, which needs more
/// than a proof. Measured with 6,352, 86,044 and 203,296 constraints.
const MEMORY: u64 = 730;
/// Bytes of memory that the smallest circuit needs.
const LEAST_MEMORY: u64 = 25_000_000;
/// Constraints that a setup adds, one for each public input.
const ADDED: usize = 2;

/// Costs of a circuit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ProvingCosts {
    /// Length of `proving.key`, exactly.
    pub proving_key_bytes: u64,
    /// About how long a setup takes on two cores with AVX-512; four times as long without.
    pub setup_seconds: f64,
    /// About how long a proof takes, likewise.
    pub prove_seconds: f64,
    /// About how much memory a setup needs, the key included; a proof needs less.
    pub memory_bytes: u64,
}

impl ProvingCosts {
    /// The costs of a specification's circuit, which has so many constraints.
    ///
    /// # Errors
    /// [`Error::Prover`] where the circuit can't be synthesised.
    pub fn of(spec: &CircuitSpec, constraints: usize) -> Result<Self, Error> {
        let proving_key_bytes = circuit::key_bytes(spec)?;
        let domain = (constraints + ADDED).next_power_of_two() as u64;
        let constraints = constraints as f64;
        Ok(Self {
            proving_key_bytes,
            setup_seconds: LEAST + SETUP * constraints,
            prove_seconds: LEAST + PROVE * constraints,
            memory_bytes: LEAST_MEMORY + proving_key_bytes + MEMORY * domain,
        })
    }
}

impl fmt::Display for ProvingCosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mb = |bytes: u64| bytes as f64 / 1e6;
        writeln!(f, "proving key  {:.1} MB", mb(self.proving_key_bytes))?;
        writeln!(f, "setup        about {:.2} s", self.setup_seconds)?;
        writeln!(f, "proof        about {:.2} s", self.prove_seconds)?;
        writeln!(f, "memory       about {:.0} MB", mb(self.memory_bytes))
    }
}
