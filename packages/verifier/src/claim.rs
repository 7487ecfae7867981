//! What a proof says besides its context, per kind of statement.

mod fields;

use alloc::vec::Vec;

use assay_protocol::Scalar;
use assay_protocol::circuit::Kind;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::id::{DatasetCommitment, ModelCommitment, ParametersRoot, SchemaDigest};
use assay_protocol::parameters::{PublicParameters, digest};
use assay_protocol::prediction::{input_digest, output_digest};
use assay_protocol::schema::Schema;
use assay_protocol::statement::{Model, Prediction, TrainingHidden, TrainingPublic};

/// What a proof says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// These parameters were trained on that data.
    TrainingPublic {
        /// The dataset that was trained on.
        dataset: DatasetCommitment,
        /// The parameters that were trained.
        parameters: Parameters,
    },
    /// The hidden model was trained on the hidden data.
    TrainingHidden {
        /// The dataset that was trained on.
        dataset: DatasetCommitment,
        /// The dataset has at least so many rows.
        minimum_rows: u32,
        /// The schema in both commitments.
        schema_digest: SchemaDigest,
        /// The schema itself, where the file tells it.
        schema: Option<Schema>,
        /// The model.
        model: ModelCommitment,
    },
    /// The model with these parameters maps this input to that output.
    PredictionPublic {
        /// The model's parameters.
        parameters: Parameters,
        /// Input and output.
        answer: Answer,
    },
    /// The hidden model maps this input to that output.
    PredictionHidden {
        /// The model.
        model: ModelCommitment,
        /// Input and output.
        answer: Answer,
    },
}

/// Parameters that everyone can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parameters {
    /// By their root.
    Root(ParametersRoot),
    /// Their bytes, which a proof with a fingerprint is checked against.
    Blob(Vec<u8>),
}

impl Parameters {
    /// The parameters in `blob`, as statements name them.
    pub fn new(named: &PublicParameters, blob: &[u8]) -> Self {
        match *named {
            PublicParameters::Poseidon(root) => Self::Root(root),
            PublicParameters::Sha256(_) => Self::Blob(blob.to_vec()),
        }
    }

    /// What names them in a statement.
    pub fn named(&self) -> PublicParameters {
        match self {
            Self::Root(root) => PublicParameters::Poseidon(*root),
            Self::Blob(bytes) => PublicParameters::Sha256(digest(bytes)),
        }
    }
}

/// What a model was asked and what it answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What the input's integers stand for.
    pub schema_digest: SchemaDigest,
    /// The schema itself, where the file tells it.
    pub schema: Option<Schema>,
    /// `[rows, features]`, a byte each.
    pub input: Vec<u8>,
    /// The outputs' bytes, all rows in order.
    pub output: Vec<u8>,
}

impl Claim {
    /// The claim of a training statement about the parameters in `blob`.
    pub fn training(statement: &TrainingPublic, blob: &[u8]) -> Self {
        Self::TrainingPublic {
            dataset: statement.dataset,
            parameters: Parameters::new(&statement.parameters, blob),
        }
    }

    /// The claim of a hidden model's provenance.
    pub fn hidden_training(statement: &TrainingHidden) -> Self {
        Self::TrainingHidden {
            dataset: statement.dataset,
            minimum_rows: statement.minimum_rows,
            schema_digest: statement.schema,
            schema: None,
            model: statement.model,
        }
    }

    /// The claim that `model` gives this answer. `blob` is asked for the parameters of a public
    /// model.
    pub fn prediction(model: &Model, blob: &[u8], answer: Answer) -> Self {
        match model {
            Model::Public(named) => Self::PredictionPublic {
                parameters: Parameters::new(named, blob),
                answer,
            },
            Model::Hidden(model) => Self::PredictionHidden {
                model: *model,
                answer,
            },
        }
    }

    /// The same claim with the schema told, so that columns and classes have names. A
    /// public training says nothing of a schema and stays as it is.
    #[must_use]
    pub fn with_schema(mut self, told: Schema) -> Self {
        match &mut self {
            Self::TrainingPublic { .. } => {}
            Self::TrainingHidden { schema, .. } => *schema = Some(told),
            Self::PredictionPublic { answer, .. } | Self::PredictionHidden { answer, .. } => {
                answer.schema = Some(told);
            }
        }
        self
    }

    /// The kind of statement.
    pub fn kind(&self) -> Kind {
        match self {
            Self::TrainingPublic { parameters, .. } => match parameters {
                Parameters::Root(_) => Kind::TrainingPublic,
                Parameters::Blob(_) => Kind::TrainingFingerprint,
            },
            Self::TrainingHidden { .. } => Kind::TrainingHidden,
            Self::PredictionPublic { parameters, .. } => match parameters {
                Parameters::Root(_) => Kind::PredictionPublic,
                Parameters::Blob(_) => Kind::PredictionFingerprint,
            },
            Self::PredictionHidden { .. } => Kind::PredictionHidden,
        }
    }

    /// The schema that the file tells, with the digest that the statement holds.
    pub(crate) fn schema(&self) -> Option<(&Schema, SchemaDigest)> {
        let (schema, digest) = match self {
            Self::TrainingPublic { .. } => return None,
            Self::TrainingHidden {
                schema,
                schema_digest,
                ..
            } => (schema, schema_digest),
            Self::PredictionPublic { answer, .. } | Self::PredictionHidden { answer, .. } => {
                (&answer.schema, &answer.schema_digest)
            }
        };
        Some((schema.as_ref()?, *digest))
    }

    /// Input and output, where it is a prediction.
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::TrainingPublic { .. } | Self::TrainingHidden { .. } => None,
            Self::PredictionPublic { answer, .. } | Self::PredictionHidden { answer, .. } => {
                Some(answer)
            }
        }
    }

    /// The fingerprint at `point` of parameters whose bytes it has. No other kind of statement
    /// asks for one.
    pub(crate) fn fingerprint(&self, point: Scalar) -> Option<Scalar> {
        match self {
            Self::TrainingPublic {
                parameters: Parameters::Blob(bytes),
                ..
            }
            | Self::PredictionPublic {
                parameters: Parameters::Blob(bytes),
                ..
            } => Some(fingerprint(bytes, point)),
            _ => None,
        }
    }

    /// The elements of the statement that this is, in this context.
    pub(crate) fn elements(&self, context: Scalar) -> Vec<Scalar> {
        match *self {
            Self::TrainingPublic {
                dataset,
                ref parameters,
            } => TrainingPublic {
                context,
                dataset,
                parameters: parameters.named(),
            }
            .elements()
            .into(),
            Self::TrainingHidden {
                dataset,
                minimum_rows,
                schema_digest,
                model,
                ..
            } => TrainingHidden {
                context,
                dataset,
                minimum_rows,
                schema: schema_digest,
                model,
            }
            .elements()
            .into(),
            Self::PredictionPublic {
                ref parameters,
                ref answer,
            } => answer.elements(context, Model::Public(parameters.named())),
            Self::PredictionHidden { model, ref answer } => {
                answer.elements(context, Model::Hidden(model))
            }
        }
    }
}

impl Answer {
    fn elements(&self, context: Scalar, model: Model) -> Vec<Scalar> {
        Prediction {
            context,
            model,
            schema: self.schema_digest,
            input: input_digest(&self.input),
            output: output_digest(&self.output),
        }
        .elements()
        .into()
    }
}
