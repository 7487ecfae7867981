//! `assay circuit estimate`: what a specification's circuit would cost, without setting it up.

use std::fmt;
use std::path::PathBuf;

use assay_prover::circuit;
use serde::Serialize;

use crate::Error;
use crate::artefact::spec::SpecFile;
use crate::output::Report;
use crate::progress::Progress;
use crate::proving_costs::ProvingCosts;

/// Estimate what a specification's circuit costs to set up and to prove. Nothing is proved
/// or written.
///
/// Constraints and the key's size are exact. Memory and times are what the engine needs for
/// as many constraints on two cores with AVX-512, and four times as long without.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay circuit estimate spec.json")]
pub struct Args {
    /// A specification, from `assay circuit spec` or `assay compile`
    pub spec: PathBuf,
}

/// What it would cost.
#[derive(Debug, Serialize)]
pub struct Estimate {
    constraints: usize,
    wires: usize,
    #[serde(flatten)]
    proving: ProvingCosts,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the specification is no good.
pub fn run(args: &Args, progress: Progress) -> Result<Estimate, Error> {
    let spec = crate::artefact::read::<SpecFile>(&args.spec)?.spec;
    let _step = progress.step("counting constraints");
    let shape = circuit::shape(&spec)?;
    Ok(Estimate {
        constraints: shape.constraints,
        wires: shape.wires,
        proving: ProvingCosts::of(&spec, shape.constraints)?,
    })
}

impl Report for Estimate {}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "constraints  {}", self.constraints)?;
        writeln!(f, "wires        {}", self.wires)?;
        write!(f, "{}", self.proving)
    }
}
