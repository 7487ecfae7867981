//! `assay verify`: whether a proof holds, and what exactly it shows.

use std::fmt;
use std::path::{Path, PathBuf};

use assay_protocol::parameters::{BlobHash, PublicParameters, to_bytes};
use assay_prover::circuit::check_label;
use assay_verifier::{Claim, Parameters, Proved, topic};
use serde::Serialize;

use crate::Error;
use crate::artefact::circuit::{read_verifying_key, registration};
use crate::artefact::model::Model;
use crate::artefact::proof::ProofFile;
use crate::artefact::spec::expect_trained_by;
use crate::output::Report;
use crate::progress::Progress;

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
    /// The training method that a prediction must use the model of: a specification, or the
    /// verifying.key of the training's circuit
    #[arg(long, value_name = "METHOD")]
    pub trained_by: Option<PathBuf>,
}

/// What a proof shows.
#[derive(Debug, Serialize)]
pub struct Verified {
    valid: bool,
    #[serde(flatten)]
    proved: Proved,
    model_matches: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trained_by: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// [`Error::Proof`] or [`Error::Refused`] if the proof doesn't hold, [`Error::OtherGraph`]
/// if it isn't of a prediction as was trained, another [`Error`] if a file is no good.
pub fn run(args: &Args, progress: Progress) -> Result<Verified, Error> {
    let circuit = read_verifying_key(&args.key)?;
    let proof: ProofFile = crate::artefact::read(&args.proof)?;
    let proved = circuit
        .verify(&proof)
        .map_err(Error::refusal(&args.proof))?;
    {
        let _step = progress.step("compiling the specification");
        check_label(&registration(&circuit))?;
    }
    if let Some(path) = &args.model {
        check_model(path, &proved.claim)?;
    }
    if let Some(method) = &args.trained_by {
        expect_trained_by(circuit.spec(), method)?;
    }
    Ok(Verified {
        valid: true,
        proved,
        model_matches: args.model.as_ref().map(|_| true),
        trained_by: args.trained_by.clone(),
    })
}

/// Checks that the proof is about the parameters in `path`.
fn check_model(path: &Path, claim: &Claim) -> Result<(), Error> {
    let model: Model = crate::artefact::read(path)?;
    let proved = match claim {
        Claim::TrainingPublic { parameters, .. } | Claim::PredictionPublic { parameters, .. } => {
            parameters
        }
        Claim::TrainingHidden { .. } | Claim::PredictionHidden { .. } => {
            return Err(Error::Mismatch(
                "the proof is about a hidden model, which no file can be compared with: leave out --model"
                    .into(),
            ));
        }
    };
    let of_file = match proved {
        Parameters::Root(_) => PublicParameters::Poseidon(model.root),
        Parameters::Blob(_) => {
            PublicParameters::of(&to_bytes(&model.parameters)?, BlobHash::Sha256)
        }
    };
    if of_file != proved.named() {
        return Err(Error::Refused(format!(
            "{} has parameters {of_file}, but the proof is about {}: it is another model",
            path.display(),
            proved.named()
        )));
    }
    Ok(())
}

impl Report for Verified {
    fn warning(&self) -> Option<&str> {
        self.proved.warning
    }
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "valid: the proof holds")?;
        let mut last = "";
        for fact in &self.proved.facts {
            let topic = if fact.topic == last { "" } else { fact.topic };
            last = fact.topic;
            let compared = match fact.topic {
                topic::PARAMETERS if self.model_matches.is_some() => " (those of the model file)",
                topic::METHOD if self.trained_by.is_some() => {
                    " (the classifier that the training method means)"
                }
                _ => "",
            };
            writeln!(f, "{topic:<11} {}{compared}", fact.text)?;
        }
        Ok(())
    }
}
