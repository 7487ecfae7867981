//! `assay setup`: development keys for a compiled model.

use std::fmt;
use std::path::PathBuf;

use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::CircuitId;
use assay_prover::circuit;
use serde::Serialize;

use crate::Error;
use crate::artefact::circuit::{CircuitFolder, DEVELOPMENT_WARNING};
use crate::artefact::compiled::CompiledModel;
use crate::output::Report;
use crate::progress::Progress;

/// Make development keys for a compiled model, in its folder.
///
/// Adds circuit.json (to be registered on chain), verifying.key (all that `assay verify`
/// needs) and proving.key.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay setup digits")]
pub struct Args {
    /// A compiled model's folder, from `assay compile`
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// The keys that were made.
#[derive(Debug, Serialize)]
pub struct SetUp {
    circuit: CircuitId,
    folder: PathBuf,
    warning: &'static str,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the folder is no good or has keys already.
pub fn run(args: &Args, progress: Progress) -> Result<SetUp, Error> {
    CircuitFolder::expect_none(&args.folder)?;
    let model = CompiledModel::read(&args.folder)?;
    let spec = CircuitSpec::Prediction(model.plan.spec().clone());
    let step = progress.step("making keys");
    let key = circuit::setup_with(&spec, &step)?;
    let registration = circuit::registration(&spec, &key)?;
    let circuit = registration.id();
    CircuitFolder { registration, key }.add_to(&args.folder)?;
    Ok(SetUp {
        circuit,
        folder: args.folder.clone(),
        warning: DEVELOPMENT_WARNING,
    })
}

impl Report for SetUp {
    fn warning(&self) -> Option<&str> {
        Some(self.warning)
    }
}

impl fmt::Display for SetUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "circuit     {}", self.circuit)?;
        writeln!(f, "written to  {}", self.folder.display())
    }
}
