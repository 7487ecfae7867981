//! Proofs of what the model says that they claim.

use assay_protocol::Scalar;
use assay_protocol::context::Context;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::hash::{Tag, hash_bytes};
use assay_protocol::id::{DatasetCommitment, ModelCommitment, SchemaDigest};
use assay_protocol::parameters::{CHUNK_BYTES, PublicParameters};
use assay_protocol::prediction::{input_digest, output_digest};
use assay_protocol::statement::{self, Prediction, TrainingPublic, digest_of_kind};
use assay_reference::money::Who;
use assay_reference::proof::{CircuitId, Claim, Model, Parameters, Proof};
use cosmwasm_std::Binary;

use super::hash;
use super::messages::schema;
use crate::accounts::CONTRACTS;
use crate::chain::Chain;
use crate::deploy::KINDS;

/// The bytes of which contents consist.
fn bytes(parameters: &Parameters) -> Vec<u8> {
    let chunks = parameters.chunks.iter();
    let chunks = chunks.flat_map(|&byte| [byte; CHUNK_BYTES]);
    chunks.take(parameters.length as usize).collect()
}

impl Chain {
    /// What names contents.
    pub fn parameters(&self, parameters: &Parameters) -> PublicParameters {
        let name = || PublicParameters::of(&bytes(parameters), hash(parameters.hash));
        let mut names = self.names.borrow_mut();
        *names.entry(parameters.clone()).or_insert_with(name)
    }

    /// What names a public model's or a hidden one's schema.
    pub fn schema(&self, text: &str) -> SchemaDigest {
        SchemaDigest(match text {
            "" => schema().digest().unwrap(),
            text => hash_bytes(Tag::Schema, text.as_bytes()),
        })
    }

    /// A proof's bytes.
    pub fn proof(&self, proof: &Proof) -> Binary {
        let (circuit, claim) = match proof {
            Proof::Garbage(length) => return vec![0xc1; usize::from(*length)].into(),
            Proof::Of(circuit, claim) => (*circuit, claim),
        };
        let place = usize::from(circuit.0).min(KINDS.len() - 1);
        let (kind, _) = KINDS[place];
        let forger = &self.forgers[place];
        let (elements, contents) = self.statement(circuit, claim);
        let evaluate = |point| {
            let bytes = contents.map(bytes).unwrap_or_default();
            Ok::<Scalar, ()>(fingerprint(&bytes, point))
        };
        let digest = digest_of_kind(kind, &elements, forger.commitment(), evaluate);
        forger.prove(digest.unwrap().0).into()
    }

    /// What is claimed, and the contents that it is about.
    fn statement<'a>(
        &self,
        circuit: CircuitId,
        claim: &'a Claim,
    ) -> (Vec<Scalar>, Option<&'a Parameters>) {
        match claim {
            Claim::Training {
                slot: (job, slot),
                worker,
                commitment,
                parameters,
            } => {
                let context = self.context(CONTRACTS.jobs, circuit, *job, *slot, *worker);
                let statement = TrainingPublic {
                    context,
                    dataset: DatasetCommitment((*commitment).into()),
                    parameters: self.parameters(parameters),
                };
                (statement.elements().into(), Some(parameters))
            }
            Claim::Prediction {
                request,
                provider,
                model,
                schema,
                input,
                output,
            } => {
                let (model, contents) = match model {
                    Model::Public(p) => (statement::Model::Public(self.parameters(p)), Some(p)),
                    Model::Hidden(commitment) => {
                        let commitment = ModelCommitment((*commitment).into());
                        (statement::Model::Hidden(commitment), None)
                    }
                };
                let contract = CONTRACTS.predictions;
                let statement = Prediction {
                    context: self.context(contract, circuit, *request, 0, *provider),
                    model,
                    schema: self.schema(schema),
                    input: input_digest(input),
                    output: output_digest(output),
                };
                (statement.elements().into(), contents)
            }
        }
    }

    fn context(
        &self,
        contract: Who,
        circuit: CircuitId,
        subject: u64,
        slot: u32,
        payee: Who,
    ) -> Scalar {
        let place = usize::from(circuit.0).min(KINDS.len() - 1);
        Context {
            kind: KINDS[place].0,
            chain_id: &self.app.block_info().chain_id,
            contract: self.address(contract).as_str(),
            subject,
            slot,
            payee: self.address(payee).as_str(),
            circuit: self.circuit(circuit),
        }
        .to_scalar()
    }
}
