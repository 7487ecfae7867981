//! `assay prove`: a prediction of a compiled model, or the training of a model.

pub mod prediction;
pub mod training;

use std::fmt;
use std::path::PathBuf;

use assay_protocol::id::{JobId, RequestId};
use clap::builder::NonEmptyStringValueParser;
use serde::Serialize;

use crate::Error;
use crate::artefact::proof::{Assignment, Subject};
use crate::output::Report;
use crate::progress::Progress;
use prediction::Prediction;
use training::Training;

/// Prove a prediction of a compiled model, or that a model was trained on a dataset.
///
/// A prediction: the folder that `assay compile` and `assay setup` wrote, and a row. For a
/// request on chain say which, where and who is paid; else the proof is for nobody.
///
/// A training: dataset, model, circuit, and the job's slot and payee. The dataset is
/// checked against its commitment, the model against the certificate.
///
/// A proof is verified before it is written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  assay prove digits --input pixels.csv --row 3 -o proof.json\n\n\
    Example of a training:\n  assay prove --dataset cells --model model.json --circuit circuit \\\n    \
    --chain-id assay-1 --contract assay1escrow --job 7 --slot 0 --payee assay1worker -o proof.json"
)]
pub struct Args {
    /// A compiled model's folder with keys
    #[arg(value_name = "DIR", required_unless_present = "dataset", conflicts_with_all = ["dataset", "model", "circuit", "job", "slot"])]
    pub folder: Option<PathBuf>,
    /// Rows to predict: .csv, .npy, or JSON {"input_data": [[...]]}
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "dataset",
        requires = "folder"
    )]
    pub input: Option<PathBuf>,
    /// The first of them, from 0; needed where the file has more than a proof holds
    #[arg(long, value_name = "N", requires = "folder")]
    pub row: Option<usize>,
    /// The request that is answered
    #[arg(long, value_name = "N", requires_all = ["folder", "chain_id"])]
    pub request: Option<u64>,
    /// The dataset's folder
    #[arg(long, value_name = "DIR", requires_all = ["model", "circuit", "chain_id", "job", "slot"])]
    pub dataset: Option<PathBuf>,
    /// The model, from `assay train`
    #[arg(long, value_name = "MODEL", requires = "dataset")]
    pub model: Option<PathBuf>,
    /// The circuit's folder, from `assay circuit setup`
    #[arg(long, value_name = "DIR", requires = "dataset")]
    pub circuit: Option<PathBuf>,
    /// The chain's id
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new(), requires_all = ["contract", "payee"])]
    pub chain_id: Option<String>,
    /// The escrow's address
    #[arg(long, value_name = "ADDRESS", value_parser = NonEmptyStringValueParser::new(), requires = "chain_id")]
    pub contract: Option<String>,
    /// The job
    #[arg(long, value_name = "N", requires = "dataset")]
    pub job: Option<u64>,
    /// The job's slot
    #[arg(long, value_name = "N", requires = "dataset")]
    pub slot: Option<u32>,
    /// Who is paid
    #[arg(long, value_name = "ADDRESS", value_parser = NonEmptyStringValueParser::new(), requires = "chain_id")]
    pub payee: Option<String>,
    /// The file to write
    #[arg(short, long, value_name = "PROOF")]
    pub output: PathBuf,
}

/// What was proved.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Proved {
    /// A training.
    Training(training::Proved),
    /// A prediction.
    Prediction(Box<prediction::Proved>),
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if a file is no good or they don't belong together, or if there is nothing
/// true to prove.
pub fn run(args: &Args, progress: Progress) -> Result<Proved, Error> {
    let Args {
        folder,
        input,
        dataset,
        model,
        circuit,
        output,
        ..
    } = args;
    if let (Some(dataset), Some(model), Some(circuit)) = (dataset, model, circuit) {
        let training = Training {
            dataset,
            model,
            circuit,
            assignment: args.assignment(Subject::Job(JobId(args.job.unwrap_or(0))))?,
            output,
        };
        return training::run(training, progress).map(Proved::Training);
    }
    let (Some(folder), Some(input)) = (folder, input) else {
        return Err(Error::Mismatch(
            "pass a compiled model's folder and --input, or --dataset, --model and --circuit"
                .into(),
        ));
    };
    let assignment = match args.request {
        Some(request) => Some(args.assignment(Subject::Request(RequestId(request)))?),
        None if args.chain_id.is_some() => {
            return Err(Error::Mismatch(
                "a proof for a chain answers a request: pass --request".into(),
            ));
        }
        None => None,
    };
    let prediction = Prediction {
        folder,
        input,
        row: args.row,
        assignment,
        output,
    };
    prediction::run(prediction, progress).map(|proved| Proved::Prediction(Box::new(proved)))
}

impl Args {
    fn assignment(&self, subject: Subject) -> Result<Assignment, Error> {
        let missing = |name: &str| Error::Mismatch(format!("--{name} is missing"));
        let text = |text: &Option<String>, name| text.clone().ok_or_else(|| missing(name));
        Ok(Assignment {
            chain_id: text(&self.chain_id, "chain-id")?,
            contract: text(&self.contract, "contract")?,
            subject,
            slot: self.slot.unwrap_or(0),
            payee: text(&self.payee, "payee")?,
        })
    }
}

impl Report for Proved {
    fn warning(&self) -> Option<&str> {
        match self {
            Self::Training(proved) => proved.warning(),
            Self::Prediction(proved) => proved.warning(),
        }
    }

    fn warnings(&self) -> &[String] {
        match self {
            Self::Training(proved) => proved.warnings(),
            Self::Prediction(proved) => proved.warnings(),
        }
    }
}

impl fmt::Display for Proved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Training(proved) => proved.fmt(f),
            Self::Prediction(proved) => proved.fmt(f),
        }
    }
}
