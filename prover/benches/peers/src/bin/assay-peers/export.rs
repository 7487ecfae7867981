//! Instances of the benchmark's circuits.

use std::path::Path;

use assay_peers::ProverError;
use bls12_381::Scalar;
use clap::ValueEnum;

use crate::circuits::certificate;
use crate::circuits::dense::Dense;
use crate::circuits::ml::Ml;
use crate::recorder::Recorder;

/// A circuit by its kind of witness.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Witness {
    /// Three quarters of the wires boolean
    Ml,
    /// All wires full-size
    Dense,
    /// The training certificate of 569 rows and 30 features
    Certificate,
}

/// Writes the instance of a circuit for a domain of `2^log2`.
///
/// # Errors
/// Those of the circuit and of the file.
pub(crate) fn export(witness: Witness, log2: u32, path: &Path) -> Result<(), ProverError> {
    let instance = match witness {
        Witness::Ml => Recorder::of(Ml {
            constraints: constraints(log2),
        })?
        .into_instance("ml"),
        Witness::Dense => Recorder::of(Dense {
            constraints: constraints(log2),
        })?
        .into_instance("dense"),
        Witness::Certificate => certificate::record()?.into_instance("certificate"),
    }?;
    instance.write(path, Scalar::to_bytes)?;
    eprintln!(
        "{}: {} constraints, {} wires",
        instance.witness,
        instance.constraints(),
        instance.assignment.len()
    );
    Ok(())
}

/// As many as a domain of `2^log2` holds beside what a setup adds for the constant and for
/// the public input.
fn constraints(log2: u32) -> usize {
    (1 << log2) - 2
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Wires whose value is 0 or 1 among all but the constant.
    fn booleans(recorder: Recorder) -> (usize, usize) {
        let instance = recorder.into_instance("").unwrap();
        assert_eq!((instance.constraints(), instance.log2()), (1022, 10));
        let values = &instance.assignment[1..];
        let bits = [Scalar::zero(), Scalar::one()];
        let booleans = values.iter().filter(|value| bits.contains(value));
        (booleans.count(), values.len())
    }

    #[test]
    fn three_quarters_of_the_ml_witness_are_boolean() {
        let constraints = constraints(10);
        let (booleans, wires) = booleans(Recorder::of(Ml { constraints }).unwrap());
        assert_eq!((booleans, wires), (766, 1023));
    }

    #[test]
    fn no_wire_of_the_dense_witness_is_boolean() {
        let constraints = constraints(10);
        let (booleans, wires) = booleans(Recorder::of(Dense { constraints }).unwrap());
        assert_eq!((booleans, wires), (0, 1024));
    }
}
