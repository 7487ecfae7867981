//! Predictions: the statement that a model maps these inputs to these outputs, its circuit
//! and its proof.

mod binding;
mod circuit;
mod linear;

pub(crate) use binding::cost as binding_cost;
pub use circuit::{Costs, PredictionCircuit, Witness};
pub use linear::{OtherGraph, expect_trained_by, linear};

use std::convert::Infallible;
use std::sync::Arc;

use assay_engine::{Progress, ProvingKey};
use assay_groth16::{PreparedVerifyingKey, Proof, verify_native};
use assay_protocol::Scalar;
use assay_protocol::challenge::Commitment;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::id::{SchemaDigest, StatementDigest};
use assay_protocol::parameters::{self, BlobHash, PublicParameters};
use assay_protocol::prediction::{Binding, Opening, PredictionError, input_digest, output_digest};
use assay_protocol::statement::{Model, Prediction, digest_of_kind};

use crate::ProverError;
use crate::graph::Plan;

/// An answer that is to be proved. No `Debug`: the parameters may be hidden.
#[derive(Clone)]
pub struct Answer<'a> {
    /// What is computed.
    pub plan: Arc<Plan>,
    /// The parameter blob.
    pub parameters: &'a [u8],
    /// Salt of the model's commitment; `None` for a public model.
    pub salt: Option<Scalar>,
    /// What the inputs' integers stand for.
    pub schema: SchemaDigest,
    /// `[rows, features]` bytes.
    pub input: &'a [u8],
    /// The context: which request of which contract, and who is paid.
    pub context: Scalar,
}

impl<'a> Answer<'a> {
    /// The integers of every row's output.
    ///
    /// # Errors
    /// Those of [`Plan::answer`].
    pub fn output(&self) -> Result<Vec<i64>, PredictionError> {
        self.plan.answer(self.parameters, self.input)
    }

    /// The statement about this model and these inputs.
    ///
    /// # Errors
    /// Those of [`Plan::answer`].
    pub fn statement(&self) -> Result<Prediction, PredictionError> {
        let output = self.plan.spec().output_to_bytes(&self.output()?)?;
        Ok(Prediction {
            context: self.context,
            model: self.model(),
            schema: self.schema,
            input: input_digest(self.input),
            output: output_digest(&output),
        })
    }

    /// The model as the statement names it.
    pub fn model(&self) -> Model {
        model(
            self.plan.spec().parameters,
            self.parameters,
            self.schema,
            self.salt,
        )
    }

    /// The circuit with this answer as its witness.
    pub fn circuit(&self) -> PredictionCircuit<'a> {
        PredictionCircuit {
            plan: self.plan.clone(),
            witness: Some(Witness {
                parameters: self.parameters,
                salt: self.salt,
                schema: self.schema.0,
                input: self.input,
                context: self.context,
            }),
        }
    }

    /// Proves the statement, and verifies the proof.
    ///
    /// # Errors
    /// [`ProverError::Prediction`] where shapes differ, [`ProverError::KeyMismatch`] if the
    /// key isn't this circuit's, and those of the engine.
    pub fn prove(&self, key: &ProvingKey) -> Result<(Prediction, Proof), ProverError> {
        self.prove_with(key, &())
    }

    /// As [`prove`](Self::prove), with reports to the caller, who may give up.
    ///
    /// # Errors
    /// Those of [`prove`](Self::prove).
    pub fn prove_with(
        &self,
        key: &ProvingKey,
        progress: &dyn Progress,
    ) -> Result<(Prediction, Proof), ProverError> {
        let statement = self.statement()?;
        let proof = assay_engine::prove_with(key, self.circuit(), progress)?;
        let verifying_key = PreparedVerifyingKey::from(key.verifying_key());
        let digest = self.digest(&statement, proof.commitment());
        verify_native(&verifying_key, &digest.0, &proof).map_err(ProverError::KeyMismatch)?;
        Ok((statement, proof))
    }

    /// The digest of the statement, with the commitment of a proof that has one.
    fn digest(&self, statement: &Prediction, commitment: Option<&Commitment>) -> StatementDigest {
        let evaluate = |point| Ok::<_, Infallible>(fingerprint(self.parameters, point));
        let (kind, elements) = (statement.model.kind(), statement.elements());
        let Ok(digest) = digest_of_kind(kind, &elements, commitment, evaluate);
        digest
    }
}

/// A model as statements name it: a hidden one is a model with a salt.
pub fn model(binding: Binding, blob: &[u8], schema: SchemaDigest, salt: Option<Scalar>) -> Model {
    if let Some(salt) = salt {
        let root = parameters::root(blob);
        return Model::Hidden(Opening { root, schema, salt }.commitment());
    }
    let hash = match binding {
        Binding::Fingerprint => BlobHash::Sha256,
        Binding::Root | Binding::Hidden => BlobHash::Poseidon,
    };
    Model::Public(PublicParameters::of(blob, hash))
}
