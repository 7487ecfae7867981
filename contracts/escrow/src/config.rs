//! What is fixed at instantiation, and checked before.

use assay_protocol::messages::escrow::InstantiateMsg;
use assay_protocol::messages::{Message, model_store};
use assay_registries::check;
use assay_rows::{decode, encode};
use cosmwasm_std::{Deps, DepsMut, Event, MessageInfo, Response, StdResult, Storage};
use cw_utils::nonpayable;

use crate::error::Error;

/// The key of what was fixed at instantiation.
const CONFIG: &[u8] = b"config";

/// Fixes the registries, once they are found to run the code they should, to have no
/// admin, and to fit each other. `name` and `version` are the contract's.
///
/// # Errors
/// [`Error`] that names the registry and what is wrong with it.
pub fn instantiate(
    deps: DepsMut,
    info: &MessageInfo,
    name: &str,
    version: &str,
    msg: InstantiateMsg,
) -> Result<Response, Error> {
    nonpayable(info)?;
    cw2::set_contract_version(deps.storage, name, version)?;
    let config = checked(deps.as_ref(), msg)?;
    deps.storage.set(CONFIG, &encode(&config)?);
    let event = Event::new("assay-instantiate")
        .add_attribute("circuit_registry", config.circuit_registry.address)
        .add_attribute("dataset_registry", config.dataset_registry.address)
        .add_attribute("model_store", config.model_store.address);
    Ok(Response::new().add_event(event))
}

/// What was fixed at instantiation.
///
/// # Errors
/// None in an instantiated contract.
pub fn load_config(storage: &dyn Storage) -> StdResult<InstantiateMsg> {
    decode(&storage.get(CONFIG).unwrap_or_default())
}

/// The message, once every contract in it is found to have no admin, to run the code it
/// should, and to fit the others.
fn checked(deps: Deps, msg: InstantiateMsg) -> Result<InstantiateMsg, Error> {
    let config = InstantiateMsg {
        circuit_registry: check(deps, "circuit registry", msg.circuit_registry)?,
        dataset_registry: check(deps, "dataset registry", msg.dataset_registry)?,
        model_store: check(deps, "model store", msg.model_store)?,
        allow_development_keys: msg.allow_development_keys,
    };
    check_store(deps, &config)?;
    Ok(config)
}

/// Checks that the model store takes provenance on the same evidence as this contract takes
/// proofs: from the same registries, and from development keys only if this contract does.
fn check_store(deps: Deps, config: &InstantiateMsg) -> Result<(), Error> {
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
            return Err(Error::StoreReadsAnother {
                store: store.clone(),
                name,
                found: found.address,
                expected: expected.address.clone(),
            });
        }
    }
    if found.allow_development_keys && !config.allow_development_keys {
        let store = store.clone();
        return Err(Error::StoreAllowsDevelopmentKeys { store });
    }
    Ok(())
}
