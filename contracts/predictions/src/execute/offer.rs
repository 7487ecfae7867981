//! Offering predictions.

use assay_protocol::circuit::Kind;
use assay_protocol::hash::{Tag, hash_bytes};
use assay_protocol::id::{BlobId, CircuitId, ModelId, OfferId, SchemaDigest};
use assay_protocol::messages::dataset_registry::MAX_SCHEMA_BYTES;
use assay_protocol::messages::escrow::{FixedModel, OfferEntry, OfferTerms, OfferedModel, Window};
use assay_protocol::prediction::{MAX_INPUT_BYTES, MAX_OUTPUT_BYTES};
use cosmwasm_std::{Coin, Deps, DepsMut, Env, MessageInfo, Response};

use super::check_method;
use crate::deadline;
use crate::error::ContractError;
use crate::state::{OFFER_IDS, OFFERS, save_schema};
use crate::transfer::{check_amount, check_denomination};

/// An offer that is to be made.
pub struct Offering {
    /// The model.
    pub model: OfferedModel,
    /// The method.
    pub circuit: CircuitId,
    /// Paid for each request.
    pub price: Coin,
    /// How long an answer may take.
    pub window: Window,
    /// Bytes of an input.
    pub input_bytes: u32,
    /// Bytes of an output.
    pub output_bytes: u32,
}

impl Offering {
    /// Fixes the terms; the sender is who will be paid.
    pub fn execute(
        self,
        deps: DepsMut,
        env: &Env,
        info: MessageInfo,
    ) -> Result<Response, ContractError> {
        self.check()?;
        let provider = info.sender.into_string();
        let (model, schema) = self.fix_model(deps.as_ref(), env, &provider)?;
        let offer = OfferId(OFFER_IDS.next(deps.storage)?);
        if let OfferedModel::Public { schema, .. } = &self.model {
            save_schema(deps.storage, offer, schema);
        }
        let terms = OfferTerms {
            provider,
            model,
            schema,
            circuit: self.circuit,
            price: self.price,
            window: self.window,
            input_bytes: self.input_bytes,
            output_bytes: self.output_bytes,
        };
        let response = Response::new()
            .add_attribute("action", "offer")
            .add_attribute("offer_id", offer.to_string())
            .add_attribute("provider", &terms.provider)
            .add_attribute("price", terms.price.to_string());
        let closed = false;
        let entry = OfferEntry {
            offer,
            terms,
            closed,
        };
        OFFERS.save(deps.storage, offer.0, &entry)?;
        Ok(response)
    }

    /// Checks what needs no other contract.
    fn check(&self) -> Result<(), ContractError> {
        check_amount("price", &self.price)?;
        check_denomination("price", &self.price.denom)?;
        deadline::check("answer", &self.window)?;
        check_size("input", self.input_bytes, MAX_INPUT_BYTES)?;
        check_size("output", self.output_bytes, MAX_OUTPUT_BYTES)
    }

    /// The model's root or commitment and the digest of its schema, once circuit and
    /// provider are found to fit it.
    fn fix_model(
        &self,
        deps: Deps,
        env: &Env,
        provider: &str,
    ) -> Result<(FixedModel, SchemaDigest), ContractError> {
        match &self.model {
            OfferedModel::Public { blob, schema } => self.fix_public(deps, env, *blob, schema),
            OfferedModel::Hidden { model } => self.fix_hidden(deps, env, *model, provider),
        }
    }

    fn fix_public(
        &self,
        deps: Deps,
        env: &Env,
        blob: BlobId,
        schema: &str,
    ) -> Result<(FixedModel, SchemaDigest), ContractError> {
        let len = schema.len();
        let is_object = schema.starts_with('{') && schema.ends_with('}');
        if len > MAX_SCHEMA_BYTES || !is_object {
            return Err(ContractError::SchemaText { len });
        }
        let kinds = [Kind::PredictionPublic, Kind::PredictionFingerprint];
        let (config, key) = check_method(deps, env, self.circuit, &kinds)?;
        let store = &config.model_store;
        let parameters = assay_registries::parameters(&deps.querier, store, blob, key.kind)?;
        // Whoever uses the schema parses it: with a public model a proof only names it.
        let digest = SchemaDigest(hash_bytes(Tag::Schema, schema.as_bytes()));
        Ok((FixedModel::Public { blob, parameters }, digest))
    }

    fn fix_hidden(
        &self,
        deps: Deps,
        env: &Env,
        model: ModelId,
        provider: &str,
    ) -> Result<(FixedModel, SchemaDigest), ContractError> {
        let (config, _) = check_method(deps, env, self.circuit, &[Kind::PredictionHidden])?;
        let found = assay_registries::model(&deps.querier, &config.model_store, model)?;
        if found.owner != provider {
            let owner = found.owner;
            return Err(ContractError::NotOwner { model, owner });
        }
        let commitment = found.commitment;
        Ok((FixedModel::Hidden { model, commitment }, found.schema))
    }
}

fn check_size(name: &'static str, bytes: u32, max: usize) -> Result<(), ContractError> {
    if (1..=max).contains(&(bytes as usize)) {
        return Ok(());
    }
    Err(ContractError::Size { name, bytes, max })
}
