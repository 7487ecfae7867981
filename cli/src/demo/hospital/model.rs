//! The hospital's data and model, committed to without showing either.

use std::sync::Arc;

use assay_protocol::Scalar;
use assay_protocol::circuit::{CircuitSpec, Kind};
use assay_protocol::context::Context;
use assay_protocol::id::{CircuitId, DatasetId, ModelCommitment, ModelId, SchemaDigest};
use assay_protocol::messages::model_store::Provenance as Claimed;
use assay_protocol::parameters::{self, BlobHash};
use assay_prover::graph::Plan;
use assay_prover::prediction::Answer;
use assay_prover::train;
use assay_prover::training::{Delivery, Provenance};

use super::super::Stage;
use super::super::chain::CHAIN_ID;
use super::{HospitalKeys, MINIMUM_ROWS};
use crate::Error;
use crate::artefact::compiled::prediction;
use crate::artefact::dataset::Holding;
use crate::artefact::salt::Salt;

/// The model as the hospital keeps it. No `Debug`: it is hidden.
pub struct HiddenModel {
    /// Its id in the model store.
    pub id: ModelId,
    /// Its parameters' bytes.
    pub parameters: Vec<u8>,
    /// What predictions compute.
    pub plan: Arc<Plan>,
    /// The circuit of predictions.
    pub circuit: CircuitId,
    salt: Salt,
    schema: SchemaDigest,
}

impl HiddenModel {
    /// Registers data, both circuits and the model with the proof of where it came from.
    pub fn register(
        stage: &mut Stage<'_>,
        keys: &HospitalKeys,
        patients: &Holding,
    ) -> Result<Self, Error> {
        let hospital = stage.chain.cast.hospital.clone();
        let registered = &patients.registration;
        let dataset = stage.chain.register_dataset(&hospital, registered)?;
        stage.reporter.step(&format!(
            "the hospital registers {} patients as dataset {dataset}: a salted commitment and the public bounds of each column, no file hash",
            registered.rows
        ));
        let provenance = &keys.provenance.circuit.registration;
        let method = stage.chain.register_circuit(&hospital, provenance)?;
        let predictions = &keys.prediction.circuit.registration;
        let circuit = stage.chain.register_circuit(&hospital, predictions)?;
        let spec = prediction(CircuitSpec::from_canonical(&predictions.spec)?)?;
        let schema = patients.registration.schema.to_canonical();
        let mut model = Self {
            id: ModelId(0),
            parameters: Vec::new(),
            plan: Arc::new(Plan::new(&spec).map_err(assay_prover::ProverError::from)?),
            circuit,
            salt: Salt::fresh()?,
            schema: SchemaDigest(patients.schema_digest()?),
        };
        let proving = stage
            .reporter
            .working("the hospital trains and proves where its model came from");
        let (commitment, claimed) = model.train(stage, keys, patients, dataset, method)?;
        drop(proving);
        model.id = stage
            .chain
            .register_model(&hospital, commitment, schema, claimed)?;
        stage.reporter.step(&format!(
            "it trains privately and registers model {}: the chain verifies that it was trained by this method on at least {MINIMUM_ROWS} of these patients, and sees neither",
            model.id
        ));
        Ok(model)
    }

    fn train(
        &mut self,
        stage: &Stage<'_>,
        keys: &HospitalKeys,
        patients: &Holding,
        dataset: DatasetId,
        circuit: CircuitId,
    ) -> Result<(ModelCommitment, Claimed), Error> {
        let trained = train::train(&stage.method, &patients.data)?;
        let context = Context {
            kind: Kind::TrainingHidden,
            chain_id: CHAIN_ID,
            contract: stage.chain.model_store.as_str(),
            subject: 0,
            slot: 0,
            payee: stage.chain.cast.hospital.as_str(),
            circuit,
        };
        let provenance = Provenance {
            training: Delivery {
                spec: &stage.method,
                data: &patients.data,
                schema_digest: patients.schema_digest()?,
                salt: patients.salt.scalar(),
                parameters: &trained,
                hash: BlobHash::Poseidon,
                context: context.to_scalar(),
            },
            minimum_rows: MINIMUM_ROWS.min(patients.data.rows() as u32),
            model_salt: self.salt.scalar(),
        };
        let (statement, proof) = provenance.prove(&keys.provenance.circuit.key)?;
        self.parameters = parameters::to_bytes(&trained)?;
        let claimed = Claimed {
            dataset,
            circuit,
            minimum_rows: statement.minimum_rows,
            proof: proof.to_bytes().into(),
        };
        Ok((statement.model, claimed))
    }

    /// An answer to `input` for the request with this context.
    pub fn answer<'a>(&'a self, input: &'a [u8], context: Scalar) -> Answer<'a> {
        Answer {
            plan: self.plan.clone(),
            parameters: &self.parameters,
            salt: Some(self.salt.scalar()),
            schema: self.schema,
            input,
            context,
        }
    }
}
