//! `assay verify`: whether a proof holds, and what exactly it shows.

use std::fmt;
use std::path::{Path, PathBuf};

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::{CircuitSpec, Kind, SetupRecord};
use assay_protocol::id::{CircuitId, DatasetCommitment, ParametersRoot, StatementDigest};
use assay_prover::circuit;
use serde::Serialize;

use crate::artefact::circuit::{DEVELOPMENT_WARNING, read_verifying_key};
use crate::artefact::model::Model;
use crate::artefact::proof::{Assignment, ProofFile};
use crate::output::Report;
use crate::progress::Progress;
use crate::{Error, gap, proving};

/// Check a proof and say what exactly it shows.
///
/// The key file alone is enough. The statement is computed from the proof file's parts;
/// compare them with what you expect, or with what the chain holds. The key file's
/// specification is compiled again and compared with the constraint system it names.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay verify proof.json --key circuit/verifying.key")]
pub struct Args {
    /// A proof, from `assay prove`
    pub proof: PathBuf,
    /// The circuit's verifying.key
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    /// A model that must be the one that was proved
    #[arg(long, value_name = "MODEL")]
    pub model: Option<PathBuf>,
}

/// What a proof shows.
#[derive(Debug, Serialize)]
pub struct Verified {
    valid: bool,
    kind: Kind,
    circuit: CircuitId,
    spec: CircuitSpec,
    gap: String,
    dataset: DatasetCommitment,
    parameters: ParametersRoot,
    assignment: Assignment,
    statement: StatementDigest,
    setup: SetupRecord,
    model_matches: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<&'static str>,
}

/// Runs the command.
///
/// # Errors
/// [`Error::Proof`] or [`Error::Refused`] if the proof doesn't hold, another [`Error`] if
/// a file is no good.
pub fn run(args: &Args, progress: Progress) -> Result<Verified, Error> {
    let registration = read_verifying_key(&args.key)?;
    let proof: ProofFile = crate::artefact::read(&args.proof)?;
    let statement = proving::verify(&registration, &proof)?;
    let (spec, _) = {
        let _step = progress.step("compiling the specification");
        circuit::check_label(&registration)?
    };
    if let Some(path) = &args.model {
        check_model(path, &proof)?;
    }
    let CircuitSpec::SquaredHinge(method) = spec;
    let development = registration.setup.is_development();
    Ok(Verified {
        valid: true,
        kind: registration.kind,
        circuit: proof.circuit,
        spec,
        gap: gap::decimal(method.gap()),
        dataset: proof.dataset,
        parameters: proof.parameters,
        assignment: proof.assignment,
        statement,
        setup: registration.setup,
        model_matches: args.model.as_ref().map(|_| true),
        warning: development.then_some(DEVELOPMENT_WARNING),
    })
}

/// Checks that the proof is about the parameters in `path`.
fn check_model(path: &Path, proof: &ProofFile) -> Result<(), Error> {
    let model: Model = crate::artefact::read(path)?;
    if model.root != proof.parameters {
        return Err(Error::Refused(format!(
            "{} has parameters {}, but the proof is about {}: it is another model",
            path.display(),
            model.root,
            proof.parameters
        )));
    }
    Ok(())
}

impl Report for Verified {
    fn warning(&self) -> Option<&str> {
        self.warning
    }
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CircuitSpec::SquaredHinge(method) = self.spec;
        writeln!(f, "valid: the proof holds")?;
        writeln!(
            f,
            "kind        training, public model: the parameters below were trained on the dataset below"
        )?;
        writeln!(f, "method      {}", described(&method))?;
        writeln!(
            f,
            "holds       datasets of at most {} rows, {} features, {} classes",
            method.rows, method.features, method.classes
        )?;
        writeln!(f, "lambda      {}/65025", method.lambda_65025)?;
        writeln!(
            f,
            "gap         at most {} above the least objective, for each weight vector",
            self.gap
        )?;
        writeln!(f, "dataset     {}", self.dataset)?;
        writeln!(
            f,
            "parameters  {}{}",
            self.parameters,
            if self.model_matches == Some(true) {
                " (those of the model file)"
            } else {
                ""
            }
        )?;
        let Assignment {
            chain_id,
            contract,
            job,
            slot,
            payee,
        } = &self.assignment;
        writeln!(
            f,
            "for         job {job}, slot {slot} of {contract} on {chain_id}, to pay {payee}"
        )?;
        writeln!(f, "circuit     {}", self.circuit)?;
        match &self.setup {
            SetupRecord::Development {} => {
                writeln!(f, "key         made by one party, who could forge")?;
            }
            SetupRecord::Ceremony { transcript } => {
                writeln!(
                    f,
                    "key         made by a ceremony, transcript {transcript}: check who took part"
                )?;
            }
        }
        writeln!(
            f,
            "            that it proves this method is its maker's word, until `assay circuit check` has seen the proving key"
        )
    }
}

fn described(method: &SquaredHinge) -> String {
    let classes = match method.classes {
        2 => "two classes",
        _ => "one class against the rest, for each class",
    };
    format!(
        "linear classifier by squared hinge, {classes}; weights with {} fraction bits",
        method.fraction_bits
    )
}
