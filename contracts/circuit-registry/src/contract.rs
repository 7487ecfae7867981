//! The entry points. There is none to migrate or to administrate.

use assay_protocol::messages::Message;
use assay_protocol::messages::circuit_registry::{ExecuteMsg, InstantiateMsg, QueryMsg};
#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Env, Event, MessageInfo, Response};
use cw_utils::nonpayable;

use crate::error::ContractError;
use crate::execute::Registration;
use crate::query;

/// Starts an empty registry.
///
/// # Errors
/// If funds are sent.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    _msg: Message<InstantiateMsg>,
) -> Result<Response, ContractError> {
    nonpayable(&info)?;
    cw2::set_contract_version(
        deps.storage,
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
    )?;
    Ok(Response::new().add_event(Event::new("assay-instantiate")))
}

/// Executes a message; [`ExecuteMsg`] says who may send which.
///
/// # Errors
/// [`ContractError`], with what to do; nothing is changed then.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    Message(msg): Message<ExecuteMsg>,
) -> Result<Response, ContractError> {
    nonpayable(&info)?;
    match msg {
        ExecuteMsg::Register {
            kind,
            spec,
            constraint_system,
            verifying_key,
            setup,
        } => Registration {
            kind,
            spec,
            constraint_system,
            verifying_key,
            setup,
        }
        .execute(deps),
    }
}

/// Answers a query.
///
/// # Errors
/// [`ContractError`] if there is no such circuit, or the proof doesn't hold.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(
    deps: Deps,
    _env: Env,
    Message(msg): Message<QueryMsg>,
) -> Result<Binary, ContractError> {
    query::query(deps, msg)
}
