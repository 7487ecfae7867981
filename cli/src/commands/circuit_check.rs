//! `assay circuit check`: whether a registration tells the truth about its keys.

use std::fmt;
use std::path::PathBuf;

use assay_protocol::id::CircuitId;
use assay_prover::circuit;
use serde::Serialize;

use crate::Error;
use crate::artefact::circuit::{CircuitFolder, DEVELOPMENT_WARNING};
use crate::output::Report;
use crate::progress::Progress;

/// Check that a registration tells the truth about its keys.
///
/// Compiles the specification again, compares the constraint system, and checks every part
/// of the proving key against the constraints. It can't show that nobody knows the trapdoor
/// of the keys.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay circuit check circuit")]
pub struct Args {
    /// A circuit's folder, from `assay circuit setup`
    pub circuit: PathBuf,
}

/// A circuit that is what it says.
#[derive(Debug, Serialize)]
pub struct Checked {
    circuit: CircuitId,
    constraints: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<&'static str>,
}

/// Runs the command.
///
/// # Errors
/// [`Error::Check`] with how it lies, or another [`Error`] if the folder is no good.
pub fn run(args: &Args, progress: Progress) -> Result<Checked, Error> {
    let _step = progress.step("checking the circuit");
    let CircuitFolder { registration, key } = CircuitFolder::read(&args.circuit)?;
    let shape = circuit::check(&registration, &key)?;
    let development = registration.setup.is_development();
    Ok(Checked {
        circuit: registration.id(),
        constraints: shape.constraints,
        warning: development.then_some(DEVELOPMENT_WARNING),
    })
}

impl Report for Checked {
    fn warning(&self) -> Option<&str> {
        self.warning
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "circuit      {}", self.circuit)?;
        writeln!(f, "constraints  {}, as registered", self.constraints)?;
        writeln!(f, "keys         made for these constraints and no others")
    }
}
