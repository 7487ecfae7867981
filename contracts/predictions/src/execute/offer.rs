//! Offering predictions.

use assay_escrow::{check_amount, check_denomination, check_method};
use assay_protocol::circuit::Kind;
use assay_protocol::hash::{Tag, hash_bytes};
use assay_protocol::id::{BlobId, CircuitId, ModelId, OfferId, SchemaDigest};
use assay_protocol::messages::dataset_registry::MAX_SCHEMA_BYTES;
use assay_protocol::messages::predictions::{
    FixedModel, OfferEntry, OfferTerms, OfferedModel, Offering,
};
use assay_protocol::prediction::{MAX_INPUT_BYTES, MAX_OUTPUT_BYTES};
use cosmwasm_std::{Api, Deps, DepsMut, Env, Event, Response};

use crate::error::ContractError;
use crate::state::{OFFER_IDS, OFFERS, save_schema};

/// Fixes the terms; the sender is who will be paid.
pub fn offer(
    deps: DepsMut,
    env: &Env,
    provider: String,
    offering: Offering,
) -> Result<Response, ContractError> {
    check(deps.api, &offering)?;
    let (model, schema) = fix(deps.as_ref(), env, &offering, &provider)?;
    let offer = OfferId(OFFER_IDS.next(deps.storage)?);
    if let OfferedModel::Public { schema, .. } = &offering.model {
        save_schema(deps.storage, offer, schema);
    }
    let terms = OfferTerms {
        provider,
        model,
        schema,
        circuit: offering.circuit,
        price: offering.price,
        window: offering.window,
        input_bytes: offering.input_bytes,
        output_bytes: offering.output_bytes,
    };
    let event = event(offer, &terms);
    let closed = false;
    let entry = OfferEntry {
        offer,
        terms,
        closed,
    };
    OFFERS.save(deps.storage, offer.0, &entry)?;
    Ok(Response::new().add_event(event))
}

fn event(offer: OfferId, terms: &OfferTerms) -> Event {
    let (kind, model) = match &terms.model {
        FixedModel::Public { blob, .. } => ("blob_id", blob.to_string()),
        FixedModel::Hidden { model, .. } => ("model_id", model.to_string()),
    };
    Event::new("assay-offer")
        .add_attribute("offer_id", offer.to_string())
        .add_attribute(kind, model)
        .add_attribute("circuit_id", terms.circuit.to_string())
        .add_attribute("provider", &terms.provider)
        .add_attribute("price", terms.price.to_string())
}

/// Checks what needs no other contract.
fn check(api: &dyn Api, offering: &Offering) -> Result<(), ContractError> {
    check_amount("price", &offering.price)?;
    check_denomination(api, "price", &offering.price.denom)?;
    assay_deadlines::check("answer", &offering.window)?;
    check_size("input", offering.input_bytes, MAX_INPUT_BYTES)?;
    check_size("output", offering.output_bytes, MAX_OUTPUT_BYTES)
}

/// The model's root or commitment and the digest of its schema, once circuit and
/// provider are found to fit it.
fn fix(
    deps: Deps,
    env: &Env,
    offering: &Offering,
    provider: &str,
) -> Result<(FixedModel, SchemaDigest), ContractError> {
    let circuit = offering.circuit;
    match &offering.model {
        OfferedModel::Public { blob, schema } => fix_public(deps, env, circuit, *blob, schema),
        OfferedModel::Hidden { model } => fix_hidden(deps, env, circuit, *model, provider),
    }
}

fn fix_public(
    deps: Deps,
    env: &Env,
    circuit: CircuitId,
    blob: BlobId,
    schema: &str,
) -> Result<(FixedModel, SchemaDigest), ContractError> {
    let len = schema.len();
    let is_object = schema.starts_with('{') && schema.ends_with('}');
    if len > MAX_SCHEMA_BYTES || !is_object {
        return Err(ContractError::SchemaText { len });
    }
    let kinds = [Kind::PredictionPublic, Kind::PredictionFingerprint];
    let (config, key) = check_method(deps, env, circuit, &kinds)?;
    let store = &config.model_store;
    let parameters = assay_registries::parameters(&deps.querier, store, blob, key.kind)?;
    // Whoever uses the schema parses it: with a public model a proof only names it.
    let digest = SchemaDigest(hash_bytes(Tag::Schema, schema.as_bytes()));
    Ok((FixedModel::Public { blob, parameters }, digest))
}

fn fix_hidden(
    deps: Deps,
    env: &Env,
    circuit: CircuitId,
    model: ModelId,
    provider: &str,
) -> Result<(FixedModel, SchemaDigest), ContractError> {
    let (config, _) = check_method(deps, env, circuit, &[Kind::PredictionHidden])?;
    let found = assay_registries::model(&deps.querier, &config.model_store, model)?;
    if found.owner != provider {
        let owner = found.owner;
        return Err(ContractError::NotOwner { model, owner });
    }
    let commitment = found.commitment;
    Ok((FixedModel::Hidden { model, commitment }, found.schema))
}

fn check_size(name: &'static str, bytes: u32, max: usize) -> Result<(), ContractError> {
    if (1..=max).contains(&(bytes as usize)) {
        return Ok(());
    }
    Err(ContractError::Size { name, bytes, max })
}
