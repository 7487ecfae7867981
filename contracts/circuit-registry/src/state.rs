//! Registrations, and their keys in the form that verification needs.
//!
//! What makes a registration long lies beside it as raw bytes, so that a list reads none of
//! it and JSON adds nothing to it.

use assay_groth16::PreparedVerifyingKey;
use assay_protocol::circuit::{Kind, SetupRecord};
use assay_protocol::id::{CircuitId, Sha256Digest};
use assay_protocol::messages::circuit_registry::{RegisteredKey, registered_key};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Empty, Storage};
use cw_storage_plus::Map;

use crate::error::ContractError;

/// Registrations, by the bytes of their ids.
pub const CIRCUITS: Map<[u8; 32], Circuit> = Map::new("circuit");

/// Keys of the specifications' texts, by circuit. The values are not JSON.
const SPECS: Map<[u8; 32], Empty> = Map::new("spec");

/// Keys of the verifying keys' bytes, by circuit. The values are not JSON.
const VERIFYING_KEYS: Map<[u8; 32], Empty> = Map::new("verifying_key");

/// The short part of a registration.
#[cw_serde]
pub struct Circuit {
    /// The statement's kind.
    pub kind: Kind,
    /// The digest of the constraint system that the registration claims.
    pub constraint_system: Sha256Digest,
    /// How the key was made.
    pub setup: SetupRecord,
}

/// Stores a specification and a verifying key as raw bytes.
pub fn save_long_parts(
    storage: &mut dyn Storage,
    id: &CircuitId,
    spec: &str,
    verifying_key: &[u8],
) {
    storage.set(&SPECS.key(id.0), spec.as_bytes());
    storage.set(&VERIFYING_KEYS.key(id.0), verifying_key);
}

/// The specification and the verifying key of a circuit.
pub fn load_long_parts(
    storage: &dyn Storage,
    id: CircuitId,
) -> Result<(String, Vec<u8>), ContractError> {
    let spec = storage.get(&SPECS.key(id.0));
    let spec = spec.and_then(|bytes| String::from_utf8(bytes).ok());
    spec.zip(storage.get(&VERIFYING_KEYS.key(id.0)))
        .ok_or(ContractError::UnknownCircuit { id })
}

/// Stores a key as raw bytes, where other contracts read it.
pub fn save_key(storage: &mut dyn Storage, id: &CircuitId, key: &RegisteredKey) {
    storage.set(&registered_key(id), &key.to_bytes());
}

/// The kind of a circuit's statements and its prepared verifying key.
pub fn load_key(
    storage: &dyn Storage,
    id: CircuitId,
) -> Result<(Kind, PreparedVerifyingKey), ContractError> {
    let bytes = storage
        .get(&registered_key(&id))
        .ok_or(ContractError::UnknownCircuit { id })?;
    let key = RegisteredKey::from_bytes(&bytes).ok_or(ContractError::CorruptKey { id })?;
    let prepared = PreparedVerifyingKey::from_trusted_bytes(key.prepared)?;
    Ok((key.kind, prepared))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where everything begins that is kept under one name: an item's key, and a map's name
    /// with its length before it.
    fn prefixes() -> Vec<Vec<u8>> {
        let maps = [
            registered_key(&CircuitId([1; 32])),
            CIRCUITS.key([1; 32]).to_vec(),
            SPECS.key([1; 32]).to_vec(),
            VERIFYING_KEYS.key([1; 32]).to_vec(),
        ];
        let name = |key: Vec<u8>| key[..2 + usize::from(key[1])].to_vec();
        let items = [b"contract_info".to_vec()];
        items.into_iter().chain(maps.map(name)).collect()
    }

    #[test]
    fn nothing_is_kept_where_something_else_could_be() {
        let prefixes = prefixes();
        for (i, one) in prefixes.iter().enumerate() {
            for (j, other) in prefixes.iter().enumerate() {
                assert!(i == j || !other.starts_with(one), "{one:?} {other:?}");
            }
        }
    }
}
