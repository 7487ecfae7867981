//! Hidden models in storage: what the escrow reads, the schema's text and the origin, each
//! on its own, so that a list reads no schema.

use assay_protocol::id::ModelId;
use assay_protocol::messages::model_store::{
    ModelEntry, ModelResponse, Origin, RegisteredModel, registered_model,
};
use assay_rows::Rows;
use cosmwasm_std::{Empty, StdResult, Storage};
use cw_storage_plus::{Item, Map};

use crate::error::ContractError;

/// The last model's id; ids start from 1.
pub(crate) const LAST_ID: Item<u64> = Item::new("last_model");

/// Keys of the schemas' texts, by model. The values are not JSON.
const SCHEMAS: Map<u64, Empty> = Map::new("schema");

/// Where models came from, by model, for those of which it was shown.
const ORIGINS: Rows<u64, Origin> = Rows::new("origin");

/// Stores a model under the next id.
pub fn add(
    storage: &mut dyn Storage,
    model: &RegisteredModel,
    schema: &str,
    origin: Option<&Origin>,
) -> Result<ModelId, ContractError> {
    let next = last_id(storage)?.checked_add(1);
    let id = next.ok_or(ContractError::IdsExhausted { of: "model" })?;
    LAST_ID.save(storage, &id)?;
    storage.set(&registered_model(ModelId(id)), &model.to_bytes());
    storage.set(&SCHEMAS.key(id), schema.as_bytes());
    if let Some(origin) = origin {
        ORIGINS.save(storage, id, origin)?;
    }
    Ok(ModelId(id))
}

/// The last model's id, or 0.
pub fn last_id(storage: &dyn Storage) -> StdResult<u64> {
    Ok(LAST_ID.may_load(storage)?.unwrap_or(0))
}

/// A model without its schema.
pub fn entry(storage: &dyn Storage, model: ModelId) -> Result<ModelEntry, ContractError> {
    let bytes = storage.get(&registered_model(model));
    let found = bytes
        .as_deref()
        .and_then(RegisteredModel::from_bytes)
        .ok_or(ContractError::UnknownModel { model })?;
    Ok(ModelEntry {
        model,
        owner: found.owner.to_owned(),
        commitment: found.commitment,
        origin: ORIGINS.may_load(storage, model.0)?,
    })
}

/// All of a model.
pub fn load(storage: &dyn Storage, model: ModelId) -> Result<ModelResponse, ContractError> {
    let entry = entry(storage, model)?;
    let schema = storage.get(&SCHEMAS.key(model.0));
    let schema = schema.and_then(|bytes| String::from_utf8(bytes).ok());
    Ok(ModelResponse {
        model,
        owner: entry.owner,
        commitment: entry.commitment,
        schema: schema.ok_or(ContractError::UnknownModel { model })?,
        origin: entry.origin,
    })
}

/// Where a model's schema and origin lie.
#[cfg(test)]
pub(crate) fn keys(id: u64) -> [Vec<u8>; 2] {
    [SCHEMAS.key(id).to_vec(), ORIGINS.key(id)]
}
