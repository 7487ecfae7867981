//! `assay circuit setup`: development keys.

use std::fmt;
use std::path::PathBuf;

use assay_protocol::id::CircuitId;
use assay_prover::circuit;
use serde::Serialize;

use crate::Error;
use crate::artefact::circuit::{CircuitFolder, DEVELOPMENT_WARNING};
use crate::artefact::file::PendingFolder;
use crate::artefact::spec::SpecFile;
use crate::output::Report;
use crate::progress::Progress;

/// Make development keys for a specification.
///
/// Writes a folder with circuit.json (to be registered on chain), verifying.key (all that
/// `assay verify` needs) and proving.key. Takes about a second for
/// 80,000 constraints on two cores with AVX-512, a few without.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay circuit setup spec.json -o circuit")]
pub struct Args {
    /// A specification, from `assay circuit spec`
    pub spec: PathBuf,
    /// The folder to make
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
}

/// The keys that were made.
#[derive(Debug, Serialize)]
pub struct SetUp {
    circuit: CircuitId,
    output: PathBuf,
    warning: &'static str,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the specification or the folder is no good.
pub fn run(args: &Args, progress: Progress) -> Result<SetUp, Error> {
    let spec = crate::artefact::read::<SpecFile>(&args.spec)?.spec;
    let folder = PendingFolder::create(&args.output)?;
    let step = progress.step("making keys");
    let key = circuit::setup_with(&spec, &step)?;
    let registration = circuit::registration(&spec, &key)?;
    let circuit = registration.id();
    CircuitFolder { registration, key }.write(folder)?;
    Ok(SetUp {
        circuit,
        output: args.output.clone(),
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
        writeln!(f, "written to  {}", self.output.display())
    }
}
