//! A compiled model's folder: what is proved, what maps rows to integers, the parameters
//! and, for a hidden model, the salt of its commitment. `assay setup` adds a circuit's files.

use std::path::Path;
use std::sync::Arc;

use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::{BlobDigest, ModelCommitment, ParametersRoot, SchemaDigest};
use assay_protocol::parameters::{self, PublicParameters};
use assay_protocol::prediction::{Binding, Prediction};
use assay_protocol::schema::Schema;
use assay_protocol::statement::Model;
use assay_prover::graph::Plan;
use serde::{Deserialize, Serialize};

use super::Artefact;
use super::file::{self, Access, PendingFile, PendingFolder};
use super::salt::Salt;
use super::spec::SpecFile;
use crate::Error;

/// The specification's file, which `assay setup` reads.
pub const SPEC: &str = "spec.json";
const SCHEMA: &str = "schema.json";
const PARAMETERS: &str = "parameters.bin";
const SALT: &str = "salt";
const SUMMARY: &str = "model.json";

/// What others may know of a compiled model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Root of a public model's parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters_root: Option<ParametersRoot>,
    /// Digest of a public model's parameters, where they are bound by their fingerprint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters_sha256: Option<BlobDigest>,
    /// Commitment to a hidden model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_commitment: Option<ModelCommitment>,
    /// Digest of the schema.
    pub schema_digest: SchemaDigest,
    /// The node of the ONNX file that each node of the graph comes from.
    pub origins: Vec<String>,
}

impl Artefact for Summary {
    const FORMAT: &'static str = "assay-model-summary";
}

/// A compiled model as its owner keeps it. No `Debug`: the parameters may be hidden.
pub struct CompiledModel {
    /// What is proved, read and checked.
    pub plan: Arc<Plan>,
    /// What maps a row to bytes.
    pub schema: Schema,
    /// The parameter blob.
    pub parameters: Vec<u8>,
    /// The salt of a hidden model's commitment.
    pub salt: Option<Salt>,
    /// The node of the ONNX file that each node of the graph comes from.
    pub origins: Vec<String>,
}

impl CompiledModel {
    /// The digest of the schema.
    ///
    /// # Errors
    /// [`Error::Schema`].
    pub fn schema_digest(&self) -> Result<SchemaDigest, Error> {
        Ok(SchemaDigest(self.schema.digest()?))
    }

    /// The model as statements name it.
    ///
    /// # Errors
    /// [`Error::Schema`].
    pub fn model(&self) -> Result<Model, Error> {
        Ok(assay_prover::prediction::model(
            self.plan.spec().parameters,
            &self.parameters,
            self.schema_digest()?,
            self.salt.as_ref().map(Salt::scalar),
        ))
    }

    /// What others may know of it.
    ///
    /// # Errors
    /// [`Error::Schema`].
    pub fn summary(&self) -> Result<Summary, Error> {
        let mut summary = Summary {
            parameters_root: None,
            parameters_sha256: None,
            model_commitment: None,
            schema_digest: self.schema_digest()?,
            origins: self.origins.clone(),
        };
        match self.model()? {
            Model::Public(PublicParameters::Poseidon(root)) => summary.parameters_root = Some(root),
            Model::Public(PublicParameters::Sha256(digest)) => {
                summary.parameters_sha256 = Some(digest);
            }
            Model::Hidden(commitment) => summary.model_commitment = Some(commitment),
        }
        Ok(summary)
    }

    /// Writes the folder; hidden parameters and their salt can be read by their owner only.
    ///
    /// # Errors
    /// [`Error::Write`] or [`Error::Schema`].
    pub fn write(&self, folder: PendingFolder) -> Result<(), Error> {
        let spec = CircuitSpec::Prediction(self.plan.spec().clone());
        super::write(&folder.join(SPEC), &SpecFile { spec })?;
        super::write(&folder.join(SCHEMA), &self.schema)?;
        let access = match self.salt {
            Some(_) => Access::Private,
            None => Access::Public,
        };
        PendingFile::create(&folder.join(PARAMETERS), access)?.finish(&self.parameters)?;
        if let Some(salt) = &self.salt {
            super::write(&folder.join(SALT), salt)?;
        }
        super::write(&folder.join(SUMMARY), &self.summary()?)?;
        folder.finish()
    }

    /// Reads a folder and checks its parts against each other.
    ///
    /// # Errors
    /// [`Error`] if a file is missing or damaged; [`Error::Refused`] if they aren't of one
    /// model.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(SPEC);
        let spec = prediction(super::read::<SpecFile>(&path)?.spec)?;
        let plan = Plan::new(&spec).map_err(|error| Error::damaged(&path, error))?;
        let path = folder.join(PARAMETERS);
        let most = u64::from(parameters::MAX_BLOB_BYTES);
        let blob = file::read(&path, "a model's parameters", most)?;
        plan.tensors(&blob)
            .map_err(|error| Error::damaged(&path, error))?;
        let salt = match spec.parameters {
            Binding::Root | Binding::Fingerprint => None,
            Binding::Hidden => Some(super::read(&folder.join(SALT))?),
        };
        let summary: Summary = super::read(&folder.join(SUMMARY))?;
        let compiled = Self {
            plan: Arc::new(plan),
            schema: super::read(&folder.join(SCHEMA))?,
            parameters: blob,
            salt,
            origins: summary.origins.clone(),
        };
        if compiled.summary()? != summary {
            return Err(Error::Refused(format!(
                "{}: parameters, schema and salt aren't those that {SUMMARY} names: compile the model again",
                folder.display()
            )));
        }
        Ok(compiled)
    }
}

/// The specification of a prediction.
///
/// # Errors
/// [`Error::Mismatch`] for another kind.
pub fn prediction(spec: CircuitSpec) -> Result<Prediction, Error> {
    match spec {
        CircuitSpec::Prediction(prediction) => Ok(prediction),
        CircuitSpec::SquaredHinge(_)
        | CircuitSpec::SquaredHingeHidden(_)
        | CircuitSpec::SquaredHingeFingerprint(_) => {
            Err(Error::Mismatch(
                "the specification is of a training, this needs a prediction: pass a folder that `assay compile` wrote"
                    .into(),
            ))
        }
    }
}
