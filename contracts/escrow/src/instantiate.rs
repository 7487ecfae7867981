//! What is fixed at instantiation, and checked before.

use assay_protocol::messages::escrow::InstantiateMsg;
use assay_protocol::messages::{Message, model_store};
use assay_registries::check;
use cosmwasm_std::Deps;

use crate::error::ContractError;

/// The message, once every contract in it is found to have no admin, to run the code it
/// should, and to fit the others.
pub fn checked(deps: Deps, msg: InstantiateMsg) -> Result<InstantiateMsg, ContractError> {
    let config = InstantiateMsg {
        circuit_registry: check(deps, "circuit registry", msg.circuit_registry)?,
        dataset_registry: check(deps, "dataset registry", msg.dataset_registry)?,
        model_store: check(deps, "model store", msg.model_store)?,
        allow_development_keys: msg.allow_development_keys,
    };
    check_store(deps, &config)?;
    Ok(config)
}

/// Checks that the model store takes provenance on the same evidence as the escrow takes
/// proofs: from the same registries, and from development keys only if the escrow does.
fn check_store(deps: Deps, config: &InstantiateMsg) -> Result<(), ContractError> {
    let store = &config.model_store.address;
    let query = model_store::QueryMsg::Config {};
    let Message(found) = deps.querier.query_wasm_smart(store, &query)?;
    let found: model_store::InstantiateMsg = found;
    let registries = [
        (
            "circuit registry",
            found.circuit_registry,
            &config.circuit_registry,
        ),
        (
            "dataset registry",
            found.dataset_registry,
            &config.dataset_registry,
        ),
    ];
    for (name, found, expected) in registries {
        if found != *expected {
            return Err(ContractError::StoreReadsAnother {
                store: store.clone(),
                name,
                found: found.address,
                expected: expected.address.clone(),
            });
        }
    }
    if found.allow_development_keys && !config.allow_development_keys {
        let store = store.clone();
        return Err(ContractError::StoreAllowsDevelopmentKeys { store });
    }
    Ok(())
}
