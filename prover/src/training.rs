//! A delivery: the statement that these parameters were trained on that data, and its
//! proof.

use assay_engine::ProvingKey;
use assay_groth16::{PreparedVerifyingKey, Proof, verify_native};
use assay_protocol::Scalar;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::dataset::Dataset;
use assay_protocol::parameters;
use assay_protocol::statement::TrainingPublic;

use crate::ProverError;
use crate::certificate::{SquaredHingeCircuit, Witness, check};

/// What a worker delivers, before it is proved. No `Debug`: the data may be private.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    /// The method.
    pub spec: &'a SquaredHinge,
    /// The data, as handed over.
    pub data: &'a Dataset,
    /// Digest of its schema.
    pub schema_digest: Scalar,
    /// Salt of its commitment.
    pub salt: Scalar,
    /// The parameters, `[vectors, features + 1]`.
    pub parameters: &'a [i32],
    /// The context: who is paid for which slot of which job, where.
    pub context: Scalar,
}

impl<'a> Delivery<'a> {
    /// The statement about this data and these parameters, true or not.
    ///
    /// # Errors
    /// [`ProverError::Parameters`] where a parameter doesn't fit its bytes.
    pub fn statement(&self) -> Result<TrainingPublic, ProverError> {
        Ok(TrainingPublic {
            context: self.context,
            dataset: self.data.commitment(self.schema_digest, self.salt),
            parameters: parameters::root(&parameters::to_bytes(self.parameters)?),
        })
    }

    /// Proves the statement, after checking natively that it is true, and verifies the proof.
    ///
    /// # Errors
    /// [`ProverError::Refused`] if the statement is false, [`ProverError::KeyMismatch`] if
    /// the key isn't this circuit's, and those of the engine.
    pub fn prove(&self, key: &ProvingKey) -> Result<(TrainingPublic, Proof), ProverError> {
        check(self.spec, self.data, self.parameters)?;
        let statement = self.statement()?;
        let proof = assay_engine::prove(key, self.circuit())?;
        let verifying_key = PreparedVerifyingKey::from(key.verifying_key());
        verify_native(&verifying_key, &statement.digest().0, &proof)
            .map_err(ProverError::KeyMismatch)?;
        Ok((statement, proof))
    }

    /// The circuit with this delivery as its witness.
    pub fn circuit(&self) -> SquaredHingeCircuit<'a> {
        SquaredHingeCircuit {
            spec: *self.spec,
            witness: Some(Witness {
                data: self.data,
                schema_digest: self.schema_digest,
                salt: self.salt,
                parameters: self.parameters,
                context: self.context,
            }),
        }
    }
}
