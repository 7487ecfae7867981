//! The contracts that the escrow reads: checked once, then read raw.

use assay_groth16::PreparedVerifyingKey;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{BlobId, CircuitId, DatasetCommitment, DatasetId, ParametersRoot};
use assay_protocol::messages::circuit_registry::{RegisteredKey, registered_key};
use assay_protocol::messages::dataset_registry::commitment_key;
use assay_protocol::messages::escrow::{InstantiateMsg, Trusted};
use assay_protocol::messages::model_store::root_key;
use cosmwasm_std::{Deps, QuerierWrapper};

use crate::error::ContractError;

/// Checks that a contract has no admin, who could change its code, and runs the
/// code that it should. `name` is for errors.
pub fn check(deps: Deps, name: &'static str, given: Trusted) -> Result<Trusted, ContractError> {
    let address = deps.api.addr_validate(&given.address)?.into_string();
    let code_id = refuse_admin(deps, name, &address)?;
    let code = deps.querier.query_wasm_code_info(code_id)?;
    if code.checksum.as_slice() != given.checksum.as_slice() {
        return Err(ContractError::WrongCode {
            name,
            address,
            expected: given.checksum.to_hex(),
            found: code.checksum.to_hex(),
        });
    }
    let checksum = given.checksum;
    Ok(Trusted { address, checksum })
}

/// Checks that a contract has no admin and returns its code id.
///
/// A chain refuses to migrate a contract to code that exports no `migrate`, and these
/// export none: so nobody can have planted storage under other code before.
pub fn refuse_admin(deps: Deps, name: &'static str, address: &str) -> Result<u64, ContractError> {
    let unknown = |_| ContractError::NotAContract {
        name,
        address: address.to_owned(),
    };
    let contract = deps
        .querier
        .query_wasm_contract_info(address)
        .map_err(unknown)?;
    match contract.admin {
        None => Ok(contract.code_id),
        Some(admin) => Err(ContractError::HasAdmin {
            name,
            address: address.to_owned(),
            admin: admin.into(),
        }),
    }
}

/// A key as its registry stores it.
pub struct Key {
    /// The statement's kind.
    pub kind: Kind,
    /// Whether one party made the key alone.
    pub development: bool,
    /// What proofs are checked against.
    pub prepared: PreparedVerifyingKey,
}

/// The key of a registered circuit.
pub fn key(
    querier: &QuerierWrapper,
    config: &InstantiateMsg,
    circuit: CircuitId,
) -> Result<Key, ContractError> {
    let bytes = querier
        .query_wasm_raw(&config.circuit_registry.address, registered_key(&circuit))?
        .ok_or(ContractError::UnknownCircuit { circuit })?;
    let key = RegisteredKey::from_bytes(&bytes).ok_or(ContractError::CorruptKey { circuit })?;
    Ok(Key {
        kind: key.kind,
        development: key.development,
        prepared: PreparedVerifyingKey::from_trusted_bytes(key.prepared)?,
    })
}

/// The commitment of a registered dataset.
pub fn commitment(
    querier: &QuerierWrapper,
    config: &InstantiateMsg,
    dataset: DatasetId,
) -> Result<DatasetCommitment, ContractError> {
    querier
        .query_wasm_raw(&config.dataset_registry.address, commitment_key(dataset))?
        .and_then(|bytes| DatasetCommitment::from_bytes(&bytes.try_into().ok()?))
        .ok_or(ContractError::UnknownDataset { dataset })
}

/// The root of a finalised blob.
pub fn root(
    querier: &QuerierWrapper,
    config: &InstantiateMsg,
    blob: BlobId,
) -> Result<ParametersRoot, ContractError> {
    querier
        .query_wasm_raw(&config.model_store.address, root_key(blob))?
        .and_then(|bytes| ParametersRoot::from_bytes(&bytes.try_into().ok()?))
        .ok_or(ContractError::IncompleteBlob { blob })
}
