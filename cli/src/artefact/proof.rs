//! A proof with everything that its statement holds, so that whoever checks it
//! computes the digest and never trusts one.

use assay_groth16::Proof;
use assay_protocol::circuit::Kind;
use assay_protocol::context::Context;
use assay_protocol::id::{CircuitId, DatasetCommitment, JobId, ParametersRoot};
use assay_protocol::statement::TrainingPublic;
use serde::{Deserialize, Serialize};

use super::{Artefact, hexadecimal};

/// The job, slot and worker that a proof is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The chain's id.
    pub chain_id: String,
    /// The escrow's address.
    pub contract: String,
    /// The job.
    pub job: JobId,
    /// The job's slot.
    pub slot: u32,
    /// Who is paid.
    pub payee: String,
}

impl Assignment {
    /// The context that a proof by this circuit has.
    pub fn context(&self, kind: Kind, circuit: CircuitId) -> Context<'_> {
        Context {
            kind,
            chain_id: &self.chain_id,
            contract: &self.contract,
            subject: self.job.0,
            slot: self.slot,
            payee: &self.payee,
            circuit,
        }
    }
}

/// A proof and its statement's parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofFile {
    /// The circuit whose key verifies it.
    pub circuit: CircuitId,
    /// What it is for.
    pub assignment: Assignment,
    /// The dataset that was trained on.
    pub dataset: DatasetCommitment,
    /// The parameters that were trained.
    pub parameters: ParametersRoot,
    /// The 192 bytes of the proof.
    #[serde(with = "hexadecimal")]
    pub proof: Vec<u8>,
}

impl ProofFile {
    /// The statement, for a key of this kind.
    pub fn statement(&self, kind: Kind) -> TrainingPublic {
        TrainingPublic {
            context: self.assignment.context(kind, self.circuit).to_scalar(),
            dataset: self.dataset,
            parameters: self.parameters,
        }
    }
}

impl Artefact for ProofFile {
    const FORMAT: &'static str = "assay-proof";

    fn check(&self) -> Result<(), String> {
        Proof::from_bytes(&self.proof)
            .map(|_| ())
            .map_err(|error| error.to_string())
    }
}
