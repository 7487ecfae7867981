//! `assay circuit check`: whether a registration tells the truth about its keys.

use std::fmt;
use std::path::PathBuf;

use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::CircuitId;
use assay_prover::circuit;
use serde::Serialize;

use crate::Error;
use crate::artefact::circuit::{CircuitFolder, key_warning};
use crate::artefact::spec::expect_trained_by;
use crate::output::Report;
use crate::progress::Progress;

/// Check that a registration tells the truth about its keys.
///
/// Compiles the specification again, compares the constraint system, and checks every part
/// of the proving key against the constraints. Nothing can show that nobody kept the
/// trapdoor of keys that one party made: those are refused unless you allow them.
///
/// A proof of training fixes a model's parameters, not what predictions do with them: with
/// --trained-by the circuit must be the classifier that this training method means.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  assay circuit check circuit --allow-development-keys\n\n\
    Example of predictions by a model that was trained:\n  assay circuit check predicts --trained-by spec.json"
)]
pub struct Args {
    /// A circuit's folder, from `assay circuit setup`
    pub circuit: PathBuf,
    /// Accept keys that one party made and could forge with: for tests and test money
    #[arg(long)]
    pub allow_development_keys: bool,
    /// The training method that predictions must use the model of: a specification, or the
    /// verifying.key of the training's circuit
    #[arg(long, value_name = "METHOD")]
    pub trained_by: Option<PathBuf>,
}

/// A circuit that is what it says.
#[derive(Debug, Serialize)]
pub struct Checked {
    circuit: CircuitId,
    constraints: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    trained_by: Option<PathBuf>,
    warning: &'static str,
}

/// Runs the command.
///
/// # Errors
/// [`Error::Check`] with how it lies, [`Error::OtherGraph`] if it doesn't predict as was
/// trained, or another [`Error`] if a file is no good.
pub fn run(args: &Args, progress: Progress) -> Result<Checked, Error> {
    let _step = progress.step("checking the circuit");
    let CircuitFolder { registration, key } = CircuitFolder::read(&args.circuit)?;
    if let Some(method) = &args.trained_by {
        let spec = CircuitSpec::from_canonical(&registration.spec)?;
        expect_trained_by(&spec, method)?;
    }
    let shape = circuit::check(&registration, &key)?;
    if !args.allow_development_keys {
        circuit::refuse_development(&registration)?;
    }
    Ok(Checked {
        circuit: registration.id(),
        constraints: shape.constraints,
        trained_by: args.trained_by.clone(),
        warning: key_warning(&registration.setup),
    })
}

impl Report for Checked {
    fn warning(&self) -> Option<&str> {
        Some(self.warning)
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "circuit      {}", self.circuit)?;
        writeln!(f, "constraints  {}, as registered", self.constraints)?;
        writeln!(f, "keys         made for these constraints and no others")?;
        match &self.trained_by {
            Some(method) => writeln!(
                f,
                "predictions  by the classifier that {} trains",
                method.display()
            ),
            None => Ok(()),
        }
    }
}
