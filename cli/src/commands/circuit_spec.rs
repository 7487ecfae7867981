//! `assay circuit spec`: what a circuit is to compute, and its size.

use std::fmt;
use std::path::PathBuf;

use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::Sha256Digest;
use assay_prover::circuit;
use assay_verifier::decimal_gap;
use serde::Serialize;

use crate::artefact::file::{Access, PendingFile};
use crate::artefact::spec::SpecFile;
use crate::artefact::to_text;
use crate::output::Report;
use crate::progress::Progress;
use crate::{Error, lambda};

/// Write the specification of a training circuit and count its constraints.
///
/// One circuit serves every dataset of at most that many rows with these features and
/// classes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  assay circuit spec --rows 569 --features 30 --classes 2 --lambda 0.001 -o spec.json"
)]
pub struct Args {
    /// The most rows of a dataset
    #[arg(long, value_name = "N")]
    pub rows: u32,
    /// Features in a row
    #[arg(long, value_name = "D")]
    pub features: u32,
    /// Number of classes
    #[arg(long, value_name = "K")]
    pub classes: u32,
    /// How strongly weights are held back, as a decimal number; kept as a 65025th
    #[arg(long, value_name = "L", allow_hyphen_values = true)]
    pub lambda: String,
    /// Bind the parameters on chain by their fingerprint instead of their root: a smaller
    /// circuit and cheaper uploads, for an evaluation on chain
    #[arg(long, conflicts_with = "hidden")]
    pub fingerprint: bool,
    /// The model stays hidden: the proof shows where it came from
    #[arg(long)]
    pub hidden: bool,
    /// The file to write
    #[arg(short, long, value_name = "SPEC")]
    pub output: PathBuf,
}

/// What was specified.
#[derive(Debug, Serialize)]
pub struct Specified {
    spec: CircuitSpec,
    constraints: usize,
    wires: usize,
    constraint_system: Sha256Digest,
    gap: String,
    output: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the specification is outside its conditions or the file no good.
pub fn run(args: &Args, progress: Progress) -> Result<Specified, Error> {
    let (rows, features, classes) = (args.rows, args.features, args.classes);
    let method = lambda::method(rows, features, classes, &args.lambda)?;
    let file = PendingFile::create(&args.output, Access::Public)?;
    let spec = match (args.fingerprint, args.hidden) {
        (true, _) => CircuitSpec::SquaredHingeFingerprint(method),
        (_, true) => CircuitSpec::SquaredHingeHidden(method),
        _ => CircuitSpec::SquaredHinge(method),
    };
    let _step = progress.step("counting constraints");
    let shape = circuit::shape(&spec)?;
    file.finish(&to_text(&SpecFile { spec: spec.clone() })?)?;
    Ok(Specified {
        spec,
        constraints: shape.constraints,
        wires: shape.wires,
        constraint_system: shape.digest,
        gap: decimal_gap(method.gap()),
        output: args.output.clone(),
    })
}

impl Report for Specified {}

impl fmt::Display for Specified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "constraints        {}", self.constraints)?;
        writeln!(f, "wires              {}", self.wires)?;
        writeln!(f, "constraint system  {}", self.constraint_system)?;
        writeln!(
            f,
            "gap                at most {} above the least objective",
            self.gap
        )?;
        writeln!(f, "written to         {}", self.output.display())
    }
}
