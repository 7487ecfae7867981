//! A proof that a model was trained on a dataset, for one job, slot and payee.

use std::fmt;
use std::path::{Path, PathBuf};

use assay_groth16::Proof;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::{CircuitId, DatasetCommitment, StatementDigest};
use assay_protocol::parameters::{PublicParameters, to_bytes};
use serde::Serialize;

use crate::artefact::circuit::{CircuitFolder, key_warning};
use crate::artefact::dataset::Holding;
use crate::artefact::file::{Access, PendingFile};
use crate::artefact::model::Model;
use crate::artefact::proof::Assignment;
use crate::artefact::spec::public_training;
use crate::artefact::to_text;
use crate::output::Report;
use crate::progress::Progress;
use crate::{Error, proving};

/// A training to prove.
#[derive(Debug)]
pub struct Training<'a> {
    /// The dataset's folder.
    pub dataset: &'a Path,
    /// The model, from `assay train`.
    pub model: &'a Path,
    /// The circuit's folder, from `assay circuit setup`.
    pub circuit: &'a Path,
    /// What the proof is for.
    pub assignment: Assignment,
    /// The file to write.
    pub output: &'a Path,
}

/// What was proved.
#[derive(Debug, Serialize)]
pub struct Proved {
    circuit: CircuitId,
    statement: StatementDigest,
    dataset: DatasetCommitment,
    parameters: String,
    proof_bytes: usize,
    output: PathBuf,
    warning: &'static str,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if a file is no good or they don't belong together, or if the model wasn't
/// trained on this data.
pub fn run(training: Training<'_>, progress: Progress) -> Result<Proved, Error> {
    let file = PendingFile::create(training.output, Access::Public)?;
    let step = progress.step("proving");
    let model: Model = crate::artefact::read(training.model)?;
    let holding = Holding::read(training.dataset)?;
    let circuit = CircuitFolder::read(training.circuit)?;
    let spec = proved_spec(&model, &holding, &circuit)?;
    let parameters = &model.parameters;
    let proof = proving::prove(
        training.assignment,
        &spec,
        &holding,
        parameters,
        &circuit,
        &step,
    )?;
    file.finish(&to_text(&proof)?)?;
    let points = Proof::from_bytes(&proof.proof).map_err(Error::Proof)?;
    Ok(Proved {
        circuit: proof.circuit,
        statement: proof.statement(points.commitment()),
        dataset: model.dataset,
        parameters: PublicParameters::of(
            &to_bytes(parameters)?,
            circuit.registration.kind.blob_hash(),
        )
        .to_string(),
        proof_bytes: proof.proof.len(),
        output: training.output.into(),
        warning: key_warning(&circuit.registration.setup),
    })
}

/// The circuit's specification, if the model is of that method and this dataset.
fn proved_spec(
    model: &Model,
    holding: &Holding,
    circuit: &CircuitFolder,
) -> Result<SquaredHinge, Error> {
    let spec = public_training(&CircuitSpec::from_canonical(&circuit.registration.spec)?)?;
    let trained = model.squared_hinge()?;
    // How many rows the circuit holds doesn't matter to training.
    if (SquaredHinge {
        rows: spec.rows,
        ..trained
    }) != spec
    {
        return Err(Error::Mismatch(format!(
            "the model's method isn't the circuit's: {} against {}; train again or use another circuit",
            in_words(&trained),
            in_words(&spec)
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

/// What the proved optimum depends on.
fn in_words(method: &SquaredHinge) -> String {
    let SquaredHinge {
        features,
        classes,
        lambda_65025,
        fraction_bits,
        ..
    } = method;
    format!(
        "{features} features, {classes} classes, lambda {lambda_65025}/65025, {fraction_bits} fraction bits"
    )
}

impl Report for Proved {
    fn warning(&self) -> Option<&str> {
        Some(self.warning)
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
