//! `assay train`: parameters whose optimality can be certified.

use std::fmt;
use std::path::PathBuf;

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::id::{BlobDigest, DatasetCommitment, ParametersRoot};
use assay_protocol::parameters::{digest, to_bytes};
use assay_prover::model;
use serde::Serialize;

use crate::artefact::dataset::Holding;
use crate::artefact::file::{Access, PendingFile};
use crate::artefact::model::Model;
use crate::artefact::to_text;
use crate::output::Report;
use crate::progress::Progress;
use crate::{Error, lambda};

/// Train a linear classifier (squared hinge, one against the rest) on a dataset.
///
/// The dataset is checked against its commitment first, and the parameters against the
/// certificate last.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay train cells --lambda 0.001 -o model.json")]
pub struct Args {
    /// A dataset's folder, from `assay dataset commit`
    pub dataset: PathBuf,
    /// How strongly weights are held back, as a decimal number; kept as a 65025th
    #[arg(long, value_name = "L", allow_hyphen_values = true)]
    pub lambda: String,
    /// Rows of the circuit that will prove it, instead of the dataset's
    #[arg(long, value_name = "N")]
    pub rows: Option<u32>,
    /// The file to write
    #[arg(short, long, value_name = "MODEL")]
    pub output: PathBuf,
}

/// What was trained.
#[derive(Debug, Serialize)]
pub struct Trained {
    dataset: DatasetCommitment,
    rows: usize,
    correct: usize,
    accuracy: f64,
    parameters: usize,
    root: ParametersRoot,
    sha256: BlobDigest,
    gap: String,
    spec: SquaredHinge,
    output: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the dataset, lambda or the file is no good.
pub fn run(args: &Args, progress: Progress) -> Result<Trained, Error> {
    // What is no lambda for any data is told before the data is read.
    lambda::parse(&args.lambda)?;
    // Whoever reads it needn't buy it, or learns of hidden data.
    let file = PendingFile::create(&args.output, Access::Private)?;
    let _step = progress.step("training");
    let holding = Holding::read(&args.dataset)?;
    let data = &holding.data;
    let rows = args.rows.unwrap_or(data.rows() as u32);
    let (features, classes) = (data.features() as u32, data.classes() as u32);
    let spec = lambda::method(rows, features, classes, &args.lambda)?;
    let parameters = assay_prover::train::train(&spec, data)?;
    let correct = model::correct(&spec, &parameters, data);
    let model = Model::new(spec, holding.registration.commitment, parameters)?;
    file.finish(&to_text(&model)?)?;
    Ok(Trained {
        dataset: model.dataset,
        rows: data.rows(),
        correct,
        accuracy: correct as f64 / data.rows() as f64,
        parameters: model.parameters.len(),
        root: model.root,
        sha256: digest(&to_bytes(&model.parameters)?),
        gap: model.gap,
        spec,
        output: args.output.clone(),
    })
}

impl Report for Trained {}

impl fmt::Display for Trained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (correct, rows) = (self.correct, self.rows);
        let percent = 100.0 * self.accuracy;
        writeln!(
            f,
            "accuracy    {percent:.1} % on the training rows ({correct} of {rows})"
        )?;
        writeln!(
            f,
            "gap         at most {} above the least objective",
            self.gap
        )?;
        writeln!(f, "parameters  {}, root {}", self.parameters, self.root)?;
        writeln!(f, "            sha256 {} for a fingerprint", self.sha256)?;
        writeln!(f, "dataset     {}", self.dataset)?;
        writeln!(f, "written to  {}", self.output.display())
    }
}
