//! `assay prove`: a proof that a model was trained on a dataset, for one job, slot and payee.

use std::fmt;
use std::path::PathBuf;

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::{CircuitId, DatasetCommitment, JobId, ParametersRoot, StatementDigest};
use serde::Serialize;

use crate::artefact::circuit::{CircuitFolder, DEVELOPMENT_WARNING};
use crate::artefact::dataset::Holding;
use crate::artefact::file::{Access, PendingFile};
use crate::artefact::model::Model;
use crate::artefact::proof::Assignment;
use crate::artefact::to_text;
use crate::output::Report;
use crate::progress::Progress;
use crate::{Error, proving};

/// Prove that a model was trained on a dataset, for one job, slot and payee.
///
/// The dataset is checked against its commitment, the model against the certificate, and
/// the proof is verified before it is written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  assay prove --dataset cells --model model.json --circuit circuit \\\n    \
    --chain-id assay-1 --contract assay1escrow --job 7 --slot 0 --payee assay1worker -o proof.json"
)]
pub struct Args {
    /// The dataset's folder
    #[arg(long, value_name = "DIR")]
    pub dataset: PathBuf,
    /// The model, from `assay train`
    #[arg(long, value_name = "MODEL")]
    pub model: PathBuf,
    /// The circuit's folder, from `assay circuit setup`
    #[arg(long, value_name = "DIR")]
    pub circuit: PathBuf,
    /// The chain's id
    #[arg(long, value_name = "ID")]
    pub chain_id: String,
    /// The escrow's address
    #[arg(long, value_name = "ADDRESS")]
    pub contract: String,
    /// The job
    #[arg(long, value_name = "N")]
    pub job: u64,
    /// The job's slot
    #[arg(long, value_name = "N")]
    pub slot: u32,
    /// Who is paid
    #[arg(long, value_name = "ADDRESS")]
    pub payee: String,
    /// The file to write
    #[arg(short, long, value_name = "PROOF")]
    pub output: PathBuf,
}

/// What was proved.
#[derive(Debug, Serialize)]
pub struct Proved {
    circuit: CircuitId,
    statement: StatementDigest,
    dataset: DatasetCommitment,
    parameters: ParametersRoot,
    proof_bytes: usize,
    output: PathBuf,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<&'static str>,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if a file is no good or they don't belong together, or if the model wasn't
/// trained on this data.
pub fn run(args: &Args, progress: Progress) -> Result<Proved, Error> {
    let file = PendingFile::create(&args.output, Access::Public)?;
    let _step = progress.step("proving");
    let model: Model = crate::artefact::read(&args.model)?;
    let holding = Holding::read(&args.dataset)?;
    let circuit = CircuitFolder::read(&args.circuit)?;
    let spec = proved_spec(&model, &holding, &circuit)?;
    let parameters = &model.parameters;
    let proof = proving::prove(assignment(args), &spec, &holding, parameters, &circuit)?;
    file.finish(&to_text(&proof)?)?;
    let development = circuit.registration.setup.is_development();
    Ok(Proved {
        circuit: proof.circuit,
        statement: proof.statement(circuit.registration.kind).digest(),
        dataset: proof.dataset,
        parameters: proof.parameters,
        proof_bytes: proof.proof.len(),
        output: args.output.clone(),
        warning: development.then_some(DEVELOPMENT_WARNING),
    })
}

fn assignment(args: &Args) -> Assignment {
    Assignment {
        chain_id: args.chain_id.clone(),
        contract: args.contract.clone(),
        job: JobId(args.job),
        slot: args.slot,
        payee: args.payee.clone(),
    }
}

/// The circuit's specification, if the model is of that method and this dataset.
fn proved_spec(
    model: &Model,
    holding: &Holding,
    circuit: &CircuitFolder,
) -> Result<SquaredHinge, Error> {
    let CircuitSpec::SquaredHinge(spec) = CircuitSpec::from_canonical(&circuit.registration.spec)?;
    let trained = model.squared_hinge();
    // How many rows the circuit holds doesn't matter to training.
    if (SquaredHinge {
        rows: spec.rows,
        ..trained
    }) != spec
    {
        return Err(Error::Mismatch(format!(
            "the model's method isn't the circuit's: {trained:?} against {spec:?}; train again or use another circuit"
        )));
    }
    let commitment = holding.registration.commitment;
    if model.dataset != commitment {
        return Err(Error::Mismatch(format!(
            "the model was trained on dataset {}, not on {commitment}: pass the dataset it was trained on",
            model.dataset
        )));
    }
    Ok(spec)
}

impl Report for Proved {
    fn warning(&self) -> Option<&str> {
        self.warning
    }
}

impl fmt::Display for Proved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "circuit     {}", self.circuit)?;
        writeln!(f, "dataset     {}", self.dataset)?;
        writeln!(f, "parameters  {}", self.parameters)?;
        writeln!(f, "statement   {}", self.statement)?;
        writeln!(
            f,
            "written to  {} (a proof of {} bytes)",
            self.output.display(),
            self.proof_bytes
        )
    }
}
