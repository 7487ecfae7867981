//! What a circuit costs to set up and to prove, without doing either.

use std::fmt;

use assay_protocol::circuit::CircuitSpec;
use assay_prover::circuit;
use serde::Serialize;

use crate::Error;

/// Seconds of a setup for a constraint, on two cores with AVX-512.
const SETUP: f64 = 1.0e-5;
/// Seconds of a proof for a constraint, on two cores with AVX-512.
const PROVE: f64 = 6.0e-6;
/// Seconds that the smallest setup or proof takes.
const LEAST: f64 = 0.02;
/// Bytes of memory for a constraint, beside the key.
const MEMORY: f64 = 600.0;
/// Bytes of memory that the smallest circuit needs.
const LEAST_MEMORY: u64 = 20_000_000;

/// Costs of a circuit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ProvingCosts {
    /// Length of `proving.key`, exactly.
    pub proving_key_bytes: u64,
    /// About how long a setup takes on two cores with AVX-512; four times as long without.
    pub setup_seconds: f64,
    /// About how long a proof takes, likewise.
    pub prove_seconds: f64,
    /// About how much memory both need, the mapped key included.
    pub memory_bytes: u64,
}

impl ProvingCosts {
    /// The costs of a specification's circuit, which has so many constraints.
    ///
    /// # Errors
    /// [`Error::Prover`] where the circuit can't be synthesised.
    pub fn of(spec: &CircuitSpec, constraints: usize) -> Result<Self, Error> {
        let proving_key_bytes = circuit::key_bytes(spec)?;
        let constraints = constraints as f64;
        Ok(Self {
            proving_key_bytes,
            setup_seconds: LEAST + SETUP * constraints,
            prove_seconds: LEAST + PROVE * constraints,
            memory_bytes: LEAST_MEMORY + proving_key_bytes + (MEMORY * constraints) as u64,
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
