//! Registering a hidden model.

use assay_groth16::{Proof, verify_host};
use assay_protocol::circuit::Kind;
use assay_protocol::context::Context;
use assay_protocol::id::{ModelCommitment, SchemaDigest};
use assay_protocol::messages::dataset_registry::MAX_SCHEMA_BYTES;
use assay_protocol::messages::model_store::{Origin, Provenance, RegisteredModel};
use assay_protocol::schema::Schema;
use assay_protocol::statement::TrainingHidden;
use cosmwasm_std::{Deps, DepsMut, Env, Event, MessageInfo, Response, from_json};

use crate::error::ContractError;
use crate::model;
use crate::state::Config;

/// A hidden model that is to be registered.
pub struct Registration {
    /// The hiding commitment.
    pub commitment: ModelCommitment,
    /// The schema's canonical text.
    pub schema: String,
    /// Where the model came from, with the proof.
    pub provenance: Option<Provenance>,
}

impl Registration {
    /// Checks schema and provenance and stores the model under the next id; the sender
    /// owns it.
    pub fn execute(
        self,
        deps: DepsMut,
        env: &Env,
        info: MessageInfo,
    ) -> Result<Response, ContractError> {
        let schema = schema_digest(&self.schema)?;
        let owner = info.sender.as_str();
        let origin = match &self.provenance {
            Some(provenance) => Some(self.verify(deps.as_ref(), env, owner, schema, provenance)?),
            None => None,
        };
        let model = RegisteredModel {
            commitment: self.commitment,
            schema,
            owner,
        };
        let id = model::add(deps.storage, &model, &self.schema, origin.as_ref())?;
        let mut event =
            Event::new("assay-register-model").add_attribute("model_id", id.to_string());
        if let Some(origin) = &origin {
            event = event
                .add_attribute("dataset_id", origin.dataset.to_string())
                .add_attribute("circuit_id", origin.circuit.to_string());
        }
        let event = event
            .add_attribute("owner", owner)
            .add_attribute("commitment", self.commitment.to_string())
            .add_attribute("provenance", origin.is_some().to_string());
        Ok(Response::new().add_event(event))
    }

    /// Where the model came from, if the proof holds. Its payee is the sender, so that
    /// nobody registers with a proof that was made for somebody else.
    fn verify(
        &self,
        deps: Deps,
        env: &Env,
        owner: &str,
        schema: SchemaDigest,
        provenance: &Provenance,
    ) -> Result<Origin, ContractError> {
        let &Provenance {
            dataset,
            circuit,
            minimum_rows,
            ..
        } = provenance;
        if minimum_rows == 0 {
            return Err(ContractError::NoRows);
        }
        let config = Config::load(deps.storage)?;
        let key = assay_registries::key(&deps.querier, &config.circuit_registry, circuit)?;
        key.expect(&[Kind::TrainingHidden], config.allow_development_keys)?;
        let registry = &config.dataset_registry;
        let registered = assay_registries::dataset(&deps.querier, registry, dataset)?;
        let dataset_commitment = registered.commitment;
        let context = Context {
            kind: key.kind,
            chain_id: &env.block.chain_id,
            contract: env.contract.address.as_str(),
            subject: 0,
            slot: 0,
            payee: owner,
            circuit,
        };
        let statement = TrainingHidden {
            context: context.to_scalar(),
            dataset: dataset_commitment,
            minimum_rows,
            schema,
            model: self.commitment,
        };
        let proof = Proof::from_bytes(&provenance.proof)?;
        let digest = statement.digest(proof.commitment());
        verify_host(deps.api, &key.prepared, &digest.0, &proof)?;
        Ok(Origin {
            dataset,
            dataset_commitment,
            circuit,
            minimum_rows,
        })
    }
}

/// The digest of a schema's canonical text: one schema has one text.
fn schema_digest(text: &str) -> Result<SchemaDigest, ContractError> {
    let len = text.len();
    if !(1..=MAX_SCHEMA_BYTES).contains(&len) {
        return Err(ContractError::SchemaLength { len });
    }
    let schema: Schema = from_json(text).map_err(|_| ContractError::SchemaNotCanonical)?;
    let digest = schema.digest()?;
    if schema.to_canonical() != text {
        return Err(ContractError::SchemaNotCanonical);
    }
    Ok(SchemaDigest(digest))
}
