//! A proof of a compiled model's prediction.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Instant;

use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::{CircuitId, StatementDigest};
use assay_protocol::prediction::Output;
use assay_prover::prediction::Answer;
use serde::Serialize;
use serde_json::{Value, json};

use crate::Error;
use crate::artefact::circuit::{CircuitFolder, key_warning};
use crate::artefact::compiled::{CompiledModel, prediction};
use crate::artefact::file::{Access, PendingFile};
use crate::artefact::proof::{Assignment, Claim, ProofFile};
use crate::artefact::to_text;
use crate::inputs::Inputs;
use crate::memory::peak_rss_bytes;
use crate::output::Report;
use crate::progress::Progress;

/// A prediction to prove.
#[derive(Debug)]
pub struct Prediction<'a> {
    /// The compiled model's folder, with keys.
    pub folder: &'a Path,
    /// The file of rows.
    pub input: &'a Path,
    /// The first row, where the file has more than a proof holds.
    pub row: Option<usize>,
    /// What the proof is for; `None` for nobody.
    pub assignment: Option<Assignment>,
    /// The file to write.
    pub output: &'a Path,
}

/// What was proved.
#[derive(Debug, Serialize)]
pub struct Proved {
    output: Vec<Value>,
    output_integers: Vec<i64>,
    constraints: usize,
    seconds: f64,
    peak_rss_bytes: Option<u64>,
    circuit: CircuitId,
    statement: StatementDigest,
    proof_bytes: usize,
    file: PathBuf,
    warning: &'static str,
    warnings: Vec<String>,
}

/// Proves a prediction.
///
/// # Errors
/// [`Error`] if a file is no good or they don't belong together.
pub fn run(wanted: Prediction<'_>, progress: Progress) -> Result<Proved, Error> {
    let file = PendingFile::create(wanted.output, Access::Public)?;
    let step = progress.step("proving");
    let model = CompiledModel::read(wanted.folder)?;
    let (circuit, inputs) = rayon::join(
        || CircuitFolder::read(wanted.folder),
        || Inputs::read(wanted.input),
    );
    let (circuit, inputs) = (circuit?, inputs?);
    expect_same(&model, &circuit)?;
    let rows = model.plan.spec().rows as usize;
    let first = first_row(wanted.row, inputs.len(), rows)?;
    let input = inputs.quantised(&model.schema, first, rows)?;
    let warnings = inputs.clamped(&model.schema, first, rows)?;
    let kind = circuit.registration.kind;
    let id = circuit.registration.id();
    let assignment = wanted
        .assignment
        .unwrap_or_else(|| Assignment::unbound(kind));
    assignment.check(kind).map_err(Error::Mismatch)?;
    let answer = Answer {
        plan: model.plan.clone(),
        parameters: &model.parameters,
        salt: model.salt.as_ref().map(|salt| salt.scalar()),
        schema: model.schema_digest()?,
        input: &input,
        context: assignment.context(kind, id).to_scalar(),
    };
    let start = Instant::now();
    let (_, proof) = answer.prove_with(&circuit.key, &step)?;
    let seconds = start.elapsed().as_secs_f64();
    let output_integers = answer.output()?;
    let claim = claim(&model, &answer, &output_integers)?;
    let commitment = proof.commitment().copied();
    let proof = ProofFile::new(id, assignment, claim, &proof).with_schema(model.schema.clone());
    let statement = proof.statement(commitment.as_ref());
    file.finish(&to_text(&proof)?)?;
    Ok(Proved {
        output: output_integers
            .iter()
            .map(|&integer| shown(&model, integer))
            .collect(),
        output_integers,
        constraints: circuit.key.constraints(),
        seconds,
        peak_rss_bytes: peak_rss_bytes(),
        circuit: id,
        statement,
        proof_bytes: proof.proof.len(),
        file: wanted.output.into(),
        warning: key_warning(&circuit.registration.setup),
        warnings,
    })
}

/// Checks that the folder's keys are of its specification.
fn expect_same(model: &CompiledModel, circuit: &CircuitFolder) -> Result<(), Error> {
    let registered = prediction(CircuitSpec::from_canonical(&circuit.registration.spec)?)?;
    if registered == *model.plan.spec() {
        return Ok(());
    }
    Err(Error::Mismatch(
        "the folder's keys are of another specification: compile into a new folder and set it up"
            .into(),
    ))
}

fn first_row(row: Option<usize>, found: usize, rows: usize) -> Result<usize, Error> {
    match row {
        Some(row) => Ok(row),
        None if found <= rows => Ok(0),
        None => Err(Error::Mismatch(format!(
            "the file has {found} rows, a proof holds {rows}: choose the first with --row"
        ))),
    }
}

fn claim(model: &CompiledModel, answer: &Answer<'_>, output: &[i64]) -> Result<Claim, Error> {
    let answered = assay_verifier::Answer {
        schema_digest: answer.schema,
        schema: None,
        input: answer.input.to_vec(),
        output: model.plan.spec().output_to_bytes(output)?,
    };
    Ok(Claim::prediction(
        &answer.model(),
        answer.parameters,
        answered,
    ))
}

/// An output in the model's own terms: a class by its name, a bucket's lower end, a score.
fn shown(model: &CompiledModel, integer: i64) -> Value {
    let units =
        |integer: f64, fraction_bits: u32| json!(integer * 0.5f64.powi(fraction_bits as i32));
    match model.plan.spec().output {
        Output::Label { .. } => {
            let class = usize::try_from(integer).ok();
            let name = class.and_then(|class| model.schema.label.classes.get(class));
            name.map_or(json!(integer), |name| json!(name))
        }
        Output::Bucket {
            width,
            fraction_bits,
        } => units(integer as f64 * width as f64, fraction_bits),
        Output::Scores { fraction_bits, .. } => units(integer as f64, fraction_bits),
    }
}

impl Report for Proved {
    fn warning(&self) -> Option<&str> {
        Some(self.warning)
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

impl fmt::Display for Proved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let output: Vec<String> = self.output.iter().map(Value::to_string).collect();
        writeln!(f, "output      {}", output.join(", "))?;
        writeln!(
            f,
            "circuit     {} ({} constraints)",
            self.circuit, self.constraints
        )?;
        writeln!(f, "statement   {}", self.statement)?;
        writeln!(f, "proved in   {:.2} s", self.seconds)?;
        writeln!(
            f,
            "written to  {} (a proof of {} bytes)",
            self.file.display(),
            self.proof_bytes
        )
    }
}
