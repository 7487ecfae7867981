//! Registrations, and their keys in the form that verification needs.

use assay_groth16::PreparedVerifyingKey;
use assay_protocol::id::CircuitId;
use assay_protocol::messages::circuit_registry::{CircuitResponse, RegisteredKey, registered_key};
use cosmwasm_std::Storage;
use cw_storage_plus::Map;

use crate::error::ContractError;

/// Registrations, by the bytes of their ids.
pub const CIRCUITS: Map<[u8; 32], CircuitResponse> = Map::new("circuit");

/// Stores a key as raw bytes, where other contracts read it.
pub fn save_key(storage: &mut dyn Storage, id: &CircuitId, key: &RegisteredKey) {
    storage.set(&registered_key(id), &key.to_bytes());
}

/// The prepared verifying key of a circuit.
pub fn load_key(
    storage: &dyn Storage,
    id: CircuitId,
) -> Result<PreparedVerifyingKey, ContractError> {
    let bytes = storage
        .get(&registered_key(&id))
        .ok_or(ContractError::UnknownCircuit { id })?;
    let key = RegisteredKey::from_bytes(&bytes).ok_or(ContractError::CorruptKey { id })?;
    Ok(PreparedVerifyingKey::from_trusted_bytes(key.prepared)?)
}
