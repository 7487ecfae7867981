//! One stage of one prover: what a process does and measures.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Subcommand;

use crate::memory::Watch;
use crate::record::{Cost, ProofCost, SetupCost};
use crate::{Error, Instance, Prover, ProverError, Record};

/// Times that a proof is verified. Of these the median counts.
const VERIFICATIONS: usize = 11;

/// A stage and its files.
#[derive(Clone, Debug, Subcommand)]
pub enum Stage {
    /// Make a key for an instance and write it to a file
    Setup {
        /// The instance's file
        instance: PathBuf,
        /// The key's file, written
        key: PathBuf,
    },
    /// Load a key, prove an instance and verify the proof
    Prove {
        /// The instance's file
        instance: PathBuf,
        /// The key's file
        key: PathBuf,
    },
}

impl Stage {
    /// Runs the stage with one prover, and prints its record.
    ///
    /// # Errors
    /// [`Error`] if a file can't be used or the prover fails.
    pub fn run<P: Prover>(&self) -> Result<(), Error> {
        let (Self::Setup { instance, .. } | Self::Prove { instance, .. }) = self;
        let instance = Instance::read(instance, P::scalar)?;
        let cost = match self {
            Self::Setup { key, .. } => Cost::Setup(setup::<P>(&instance, key)?),
            Self::Prove { key, .. } => Cost::Prove(prove::<P>(&instance, key)?),
        };
        let record = Record {
            prover: P::NAME.into(),
            log2: instance.log2(),
            witness: instance.witness,
            cost,
        };
        println!("{}", serde_json::to_string(&record)?);
        Ok(())
    }
}

fn setup<P: Prover>(instance: &Instance<P::Scalar>, path: &Path) -> Result<SetupCost, Error> {
    let start = Instant::now();
    let key = P::setup(instance).map_err(said_by::<P>)?;
    let setup_s = start.elapsed().as_secs_f64();
    P::save(&key, path).map_err(said_by::<P>)?;
    let file = std::fs::metadata(path).map_err(Error::file(path))?;
    Ok(SetupCost {
        setup_s,
        key_bytes: file.len(),
    })
}

fn prove<P: Prover>(instance: &Instance<P::Scalar>, path: &Path) -> Result<ProofCost, Error> {
    let key = P::load(path).map_err(said_by::<P>)?;
    let watch = Watch::start()?;
    let start = Instant::now();
    let proof = P::prove(&key, instance).map_err(said_by::<P>)?;
    let prove_s = start.elapsed().as_secs_f64();
    let peak = watch.stop()?;

    let verifier = P::verifier(&key);
    let verify_ms = |_| {
        let start = Instant::now();
        P::verify(&verifier, instance.assignment[1], &proof).map_err(said_by::<P>)?;
        Ok(1e3 * start.elapsed().as_secs_f64())
    };
    let mut verify_ms = (0..VERIFICATIONS)
        .map(verify_ms)
        .collect::<Result<Vec<f64>, Error>>()?;
    verify_ms.sort_by(f64::total_cmp);
    Ok(ProofCost {
        prove_s,
        verify_ms: verify_ms[VERIFICATIONS / 2],
        peak_rss_bytes: peak.resident,
        peak_anonymous_bytes: peak.anonymous,
    })
}

fn said_by<P: Prover>(source: ProverError) -> Error {
    Error::Prover {
        prover: P::NAME,
        source,
    }
}
