//! `assay compile`: an ONNX model as a circuit's specification with its parameters.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use assay_protocol::parameters::to_bytes;
use assay_protocol::prediction::{Binding, Output};
use assay_prover::ProverError;
use assay_prover::graph::Plan;
use assay_prover::import::{self, Calibration, Compiled, Form, MAX_MODEL_BYTES, Options};
use assay_prover::prediction::linear;
use serde::Serialize;

use crate::artefact::compiled::{CompiledModel, Summary};
use crate::artefact::dataset::Holding;
use crate::artefact::file::{self, PendingFolder};
use crate::artefact::model::Model;
use crate::artefact::salt::Salt;
use crate::inputs::Inputs;
use crate::nodes::{NodeCosts, node_costs};
use crate::output::Report;
use crate::progress::Progress;
use crate::{Error, artefact};

/// Compile a model, of ONNX or from `assay train`, into what is proved of its predictions.
///
/// Writes a folder: spec.json (public), schema.json (public: how a row becomes integers),
/// parameters.bin and, for a hidden model, the salt of its commitment. The calibration rows
/// shape the public scales and bounds, so don't use rows that must stay hidden. `assay
/// setup` makes the keys.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  assay compile digits.onnx --calibrate pixels.csv --parameters hidden --output label -o digits\n\n\
    Example of a model from assay train:\n  assay compile model.json --dataset cells --parameters hidden -o predicts"
)]
pub struct Args {
    /// The model and how it is compiled.
    #[command(flatten)]
    pub source: Source,
    /// For a model from `assay train` instead: the folder of the dataset it was trained on
    #[arg(long, value_name = "DIR", conflicts_with_all = ["calibrate", "ignore", "output", "classes"])]
    pub dataset: Option<PathBuf>,
    /// The folder to make
    #[arg(short = 'o', value_name = "DIR")]
    pub folder: PathBuf,
}

/// A model and how it is compiled.
#[derive(Debug, clap::Args)]
pub struct Source {
    /// An ONNX model with one input and one output
    pub model: PathBuf,
    /// Rows that are typical of the model's inputs: .csv, .npy, or JSON {"input_data": [[...]]}
    #[arg(long, value_name = "ROWS")]
    pub calibrate: Option<PathBuf>,
    /// A column of the rows that isn't one of the model's inputs
    #[arg(long, value_name = "COLUMN")]
    pub ignore: Vec<String>,
    /// How a proof is bound to the parameters: by the root or, in a smaller circuit, by the
    /// fingerprint of their bytes, which everyone can read on chain; or hidden by a commitment
    #[arg(long, value_name = "root|fingerprint|hidden", value_parser = binding, default_value = "hidden")]
    pub parameters: Binding,
    /// What a row is answered with: the label; the bucket of a stated width that the score
    /// falls into; or all scores, which give a model away
    #[arg(id = "output", long, value_name = "label|bucket:W|scores", value_parser = form, default_value = "label")]
    pub output: Form,
    /// Rows in one proof
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub rows: u32,
    /// The classes' names, in the order of the scores
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub classes: Option<Vec<String>>,
}

fn binding(text: &str) -> Result<Binding, String> {
    match text {
        "root" => Ok(Binding::Root),
        "fingerprint" => Ok(Binding::Fingerprint),
        "hidden" => Ok(Binding::Hidden),
        _ => Err("say root, fingerprint or hidden".into()),
    }
}

fn form(text: &str) -> Result<Form, String> {
    let width = text.strip_prefix("bucket:").map(str::parse::<f64>);
    match (text, width) {
        ("label", _) => Ok(Form::Label),
        ("scores", _) => Ok(Form::Scores),
        (_, Some(Ok(width))) if width > 0.0 && width.is_finite() => Ok(Form::Bucket(width)),
        _ => Err("say label, bucket:W with a width above 0, or scores".into()),
    }
}

impl Source {
    /// Reads and compiles the model.
    ///
    /// # Errors
    /// [`Error`] if a file is no good, or [`Error::Import`].
    pub fn compile(&self) -> Result<Compiled, Error> {
        let onnx = file::read(&self.model, "an ONNX model", MAX_MODEL_BYTES as u64)?;
        let calibrate = self.calibrate.as_ref().ok_or_else(|| {
            Error::Mismatch(
                "an ONNX model needs --calibrate ROWS: rows that are typical of its inputs".into(),
            )
        })?;
        let inputs = Inputs::read(calibrate)?.without(&self.ignore)?;
        let calibration = Calibration {
            columns: inputs.names(),
            rows: inputs.floats()?,
            classes: self.classes.clone(),
        };
        let options = Options {
            parameters: self.parameters,
            form: self.output,
            rows: self.rows,
        };
        import::compile(&onnx, &calibration, &options).map_err(refused(&self.model))
    }
}

fn refused(path: &Path) -> impl FnOnce(import::ImportError) -> Error {
    move |source| Error::Import {
        path: path.into(),
        source: Box::new(source),
    }
}

/// What was compiled.
#[derive(Debug, Serialize)]
pub struct CompileReport {
    constraints: usize,
    wires: usize,
    #[serde(flatten)]
    costs: NodeCosts,
    #[serde(flatten)]
    summary: Summary,
    parameter_bytes: usize,
    form: Output,
    score_error: f64,
    folder: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the model can't be compiled or the folder is no good.
pub fn run(args: &Args, progress: Progress) -> Result<CompileReport, Error> {
    let folder = PendingFolder::create(&args.folder)?;
    let _step = progress.step("compiling");
    let (model, error) = match &args.dataset {
        Some(dataset) => (trained(&args.source, dataset)?, 0.0),
        None => imported(&args.source)?,
    };
    let (costs, total) = node_costs(&model.plan, &model.origins)?;
    let report = CompileReport {
        constraints: total.total,
        wires: total.wires,
        costs,
        summary: model.summary()?,
        parameter_bytes: model.parameters.len(),
        form: model.plan.spec().output,
        score_error: error,
        folder: args.folder.clone(),
    };
    model.write(folder)?;
    Ok(report)
}

/// An ONNX model, and how far its scores may be off.
fn imported(source: &Source) -> Result<(CompiledModel, f64), Error> {
    let Compiled {
        plan,
        parameters,
        schema,
        origins,
        error,
    } = source.compile()?;
    let model = CompiledModel {
        salt: salt(plan.spec().parameters)?,
        plan,
        schema,
        parameters,
        origins: origins.into_iter().map(|origin| origin.name).collect(),
    };
    Ok((model, error))
}

/// A model from `assay train`, as its training means it.
fn trained(source: &Source, dataset: &Path) -> Result<CompiledModel, Error> {
    let model: Model = artefact::read(&source.model)?;
    let holding = Holding::read(dataset)?;
    holding.check_against(&model.dataset)?;
    let spec = linear(&model.squared_hinge()?, source.parameters, source.rows);
    let origins = spec.graph.nodes.iter().map(|node| node.operator.clone());
    Ok(CompiledModel {
        origins: origins.collect(),
        plan: Arc::new(Plan::new(&spec).map_err(ProverError::from)?),
        schema: holding.registration.schema,
        parameters: to_bytes(&model.parameters)?,
        salt: salt(source.parameters)?,
    })
}

/// A fresh salt for a hidden model.
fn salt(binding: Binding) -> Result<Option<Salt>, Error> {
    match binding {
        Binding::Root | Binding::Fingerprint => Ok(None),
        Binding::Hidden => Salt::fresh().map(Some),
    }
}

impl Report for CompileReport {}

impl fmt::Display for CompileReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.costs)?;
        writeln!(f, "constraints  {}", self.constraints)?;
        let bytes = self.parameter_bytes;
        if let Some(root) = self.summary.parameters_root {
            writeln!(f, "parameters   {bytes} bytes, root {root}")?;
        }
        if let Some(digest) = self.summary.parameters_sha256 {
            writeln!(f, "parameters   {bytes} bytes, sha256 {digest}")?;
        }
        if let Some(commitment) = self.summary.model_commitment {
            writeln!(f, "parameters   {bytes} bytes, hidden; model {commitment}")?;
        }
        if self.score_error > 0.0 {
            writeln!(
                f,
                "score error  at most {:.3e} against the float model",
                self.score_error
            )?;
        }
        writeln!(f, "written to   {}", self.folder.display())
    }
}
