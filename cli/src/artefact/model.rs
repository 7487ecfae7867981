//! A trained model as a file.

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::{DatasetCommitment, ParametersRoot};
use assay_protocol::parameters;
use assay_verifier::decimal_gap;
use serde::{Deserialize, Serialize};

use super::Artefact;
use super::spec::public_training;
use crate::Error;

/// A trained model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The method it was trained by.
    pub spec: CircuitSpec,
    /// What it was trained on.
    pub dataset: DatasetCommitment,
    /// A bound on how far the objective is from its minimum, for each weight vector.
    pub gap: String,
    /// The root that names the parameters.
    pub root: ParametersRoot,
    /// Weights and bias of each vector, `[vectors, features + 1]`.
    pub parameters: Vec<i32>,
}

impl Model {
    /// The model of these parameters.
    ///
    /// # Errors
    /// [`Error::Parameters`] for a parameter that 24 bits can't hold.
    pub fn new(
        spec: SquaredHinge,
        dataset: DatasetCommitment,
        parameters: Vec<i32>,
    ) -> Result<Self, Error> {
        Ok(Self {
            spec: CircuitSpec::SquaredHinge(spec),
            dataset,
            gap: decimal_gap(spec.gap()),
            root: parameters::root(&parameters::to_bytes(&parameters)?),
            parameters,
        })
    }

    /// The training method.
    ///
    /// # Errors
    /// [`Error::Mismatch`] if the specification isn't one of training.
    pub fn squared_hinge(&self) -> Result<SquaredHinge, Error> {
        public_training(&self.spec)
    }
}

impl Artefact for Model {
    const FORMAT: &'static str = "assay-model";

    fn check(&self) -> Result<(), String> {
        self.spec.check().map_err(|error| error.to_string())?;
        let spec = self.squared_hinge().map_err(|error| error.to_string())?;
        if self.parameters.len() != spec.parameters() {
            let (found, expected) = (self.parameters.len(), spec.parameters());
            return Err(format!("{found} parameters; its spec has {expected}"));
        }
        let model = Self::new(spec, self.dataset, self.parameters.clone());
        match model.map_err(|error| error.to_string())? == *self {
            true => Ok(()),
            false => Err("its root or gap isn't that of its parameters".into()),
        }
    }
}
