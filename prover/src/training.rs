//! What a training circuit proves of data and parameters: a delivery, whose parameters
//! everyone can read, or the provenance of a hidden model.

use std::convert::Infallible;

use assay_engine::{Progress, ProvingKey};
use assay_groth16::{PreparedVerifyingKey, Proof, verify_native};
use assay_protocol::Scalar;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::challenge::Commitment;
use assay_protocol::dataset::Dataset;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::id::{DatasetCommitment, ParametersRoot, SchemaDigest, StatementDigest};
use assay_protocol::parameters::{self, BlobHash, PublicParameters};
use assay_protocol::prediction::Opening;
use assay_protocol::statement::{TrainingHidden, TrainingPublic, digest_of_kind};

use crate::ProverError;
use crate::certificate::{Claim, HiddenWitness, SquaredHingeCircuit, Witness, check, check_hidden};

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
    /// What names them, if everyone can read them: by SHA-256 they are bound by their
    /// fingerprint.
    pub hash: BlobHash,
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
            dataset: self.dataset(),
            parameters: PublicParameters::of(&self.blob()?, self.hash),
        })
    }

    /// Proves the statement, after checking natively that it is true, and verifies the proof.
    ///
    /// # Errors
    /// [`ProverError::Refused`] if the statement is false, [`ProverError::KeyMismatch`] if
    /// the key isn't this circuit's, and those of the engine.
    pub fn prove(&self, key: &ProvingKey) -> Result<(TrainingPublic, Proof), ProverError> {
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
    ) -> Result<(TrainingPublic, Proof), ProverError> {
        check(self.spec, self.data, self.parameters)?;
        let statement = self.statement()?;
        let blob = self.blob()?;
        let proof = prove(key, self.circuit(), progress, |commitment| {
            digest(&statement, &blob, commitment)
        })?;
        Ok((statement, proof))
    }

    /// The circuit with this delivery as its witness.
    pub fn circuit(&self) -> SquaredHingeCircuit<'a> {
        SquaredHingeCircuit {
            spec: *self.spec,
            claim: match self.hash {
                BlobHash::Poseidon => Claim::Public(Some(self.witness())),
                BlobHash::Sha256 => Claim::Fingerprint(Some(self.witness())),
            },
        }
    }

    fn witness(&self) -> Witness<'a> {
        Witness {
            data: self.data,
            schema_digest: self.schema_digest,
            salt: self.salt,
            parameters: self.parameters,
            context: self.context,
        }
    }

    fn dataset(&self) -> DatasetCommitment {
        self.data.commitment(self.schema_digest, self.salt)
    }

    fn blob(&self) -> Result<Vec<u8>, ProverError> {
        Ok(parameters::to_bytes(self.parameters)?)
    }

    fn root(&self) -> Result<ParametersRoot, ProverError> {
        Ok(parameters::root(&self.blob()?))
    }
}

/// The digest of a statement about these parameters, with the commitment of a proof that has
/// one.
fn digest(
    statement: &TrainingPublic,
    blob: &[u8],
    commitment: Option<&Commitment>,
) -> StatementDigest {
    let evaluate = |point| Ok::<_, Infallible>(fingerprint(blob, point));
    let Ok(digest) = digest_of_kind(
        statement.kind(),
        &statement.elements(),
        commitment,
        evaluate,
    );
    digest
}

/// Where a hidden model comes from, before it is proved. No `Debug`: it holds salts.
#[derive(Clone, Copy)]
pub struct Provenance<'a> {
    /// Method, data, parameters and context, as for a public model. The data's schema
    /// becomes the model's.
    pub training: Delivery<'a>,
    /// The data has at least so many rows: public, from 1 on.
    pub minimum_rows: u32,
    /// Salt of the model's commitment: 31 fresh random bytes, never the data's, which
    /// whoever is handed the data is handed too.
    pub model_salt: Scalar,
}

impl<'a> Provenance<'a> {
    /// The statement about this data and this model, true or not.
    ///
    /// # Errors
    /// [`ProverError::Parameters`] where a parameter doesn't fit its bytes.
    pub fn statement(&self) -> Result<TrainingHidden, ProverError> {
        let opening = self.opening()?;
        Ok(TrainingHidden {
            context: self.training.context,
            dataset: self.training.dataset(),
            minimum_rows: self.minimum_rows,
            schema: opening.schema,
            model: opening.commitment(),
        })
    }

    /// What the model's commitment opens to: predictions are proved with it.
    ///
    /// # Errors
    /// [`ProverError::Parameters`] where a parameter doesn't fit its bytes.
    pub fn opening(&self) -> Result<Opening, ProverError> {
        Ok(Opening {
            root: self.training.root()?,
            schema: SchemaDigest(self.training.schema_digest),
            salt: self.model_salt,
        })
    }

    /// Proves the statement, after checking natively that it is true, and verifies the proof.
    ///
    /// # Errors
    /// [`ProverError::Refused`] if the statement is false, [`ProverError::KeyMismatch`] if
    /// the key isn't this circuit's, and those of the engine.
    pub fn prove(&self, key: &ProvingKey) -> Result<(TrainingHidden, Proof), ProverError> {
        let Delivery {
            spec,
            data,
            parameters,
            ..
        } = self.training;
        check_hidden(spec, data, parameters, self.minimum_rows)?;
        let statement = self.statement()?;
        let proof = prove(key, self.circuit(), &(), |commitment| {
            statement.digest(commitment)
        })?;
        Ok((statement, proof))
    }

    /// The circuit with this provenance as its witness.
    pub fn circuit(&self) -> SquaredHingeCircuit<'a> {
        let witness = HiddenWitness {
            training: self.training.witness(),
            minimum_rows: self.minimum_rows,
            model_salt: self.model_salt,
        };
        SquaredHingeCircuit {
            spec: *self.training.spec,
            claim: Claim::Hidden(Some(witness)),
        }
    }
}

/// A proof of the statement with this digest, verified.
fn prove(
    key: &ProvingKey,
    circuit: SquaredHingeCircuit<'_>,
    progress: &dyn Progress,
    digest: impl FnOnce(Option<&Commitment>) -> StatementDigest,
) -> Result<Proof, ProverError> {
    let proof = assay_engine::prove_with(key, circuit, progress)?;
    let verifying_key = PreparedVerifyingKey::from(key.verifying_key());
    let digest = digest(proof.commitment());
    verify_native(&verifying_key, &digest.0, &proof).map_err(ProverError::KeyMismatch)?;
    Ok(proof)
}
