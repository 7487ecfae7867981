//! The entry points. There is none to migrate or to administrate.

use assay_protocol::messages::Message;
use assay_protocol::messages::model_store::{ExecuteMsg, InstantiateMsg, QueryMsg};
use assay_registries::check;
#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Env, Event, MessageInfo, Response};
use cw_utils::nonpayable;

use crate::deposit;
use crate::error::ContractError;
use crate::execute::{self, Registration};
use crate::query;
use crate::state::{Config, Keeping};

/// Fixes the registries, once they are found to run the code they should and to
/// have no admin, and how blobs are kept.
///
/// # Errors
/// [`ContractError`] that names the registry or the window and what is wrong with it.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    Message(msg): Message<InstantiateMsg>,
) -> Result<Response, ContractError> {
    nonpayable(&info)?;
    cw2::set_contract_version(
        deps.storage,
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
    )?;
    assay_deadlines::check("upload", &msg.upload_window)?;
    assay_deadlines::check("hold", &msg.hold)?;
    msg.deposit.as_ref().map_or(Ok(()), deposit::check)?;
    let config = Config {
        circuit_registry: check(deps.as_ref(), "circuit registry", msg.circuit_registry)?,
        dataset_registry: check(deps.as_ref(), "dataset registry", msg.dataset_registry)?,
        allow_development_keys: msg.allow_development_keys,
    };
    config.save(deps.storage)?;
    let keeping = Keeping {
        deposit: msg.deposit,
        upload_window: msg.upload_window,
        hold: msg.hold,
    };
    keeping.save(deps.storage)?;
    let event = Event::new("assay-instantiate")
        .add_attribute("circuit_registry", config.circuit_registry.address)
        .add_attribute("dataset_registry", config.dataset_registry.address);
    Ok(Response::new().add_event(event))
}

/// Executes a message; [`ExecuteMsg`] says who may send which.
///
/// # Errors
/// [`ContractError`], with what to do; nothing is changed then.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    Message(msg): Message<ExecuteMsg>,
) -> Result<Response, ContractError> {
    let takes_funds = matches!(msg, ExecuteMsg::Begin { .. } | ExecuteMsg::Pin { .. });
    if !takes_funds {
        nonpayable(&info)?;
    }
    match msg {
        ExecuteMsg::Begin {
            length,
            hash,
            holder,
        } => execute::begin(deps, &env, info, length, hash, holder),
        ExecuteMsg::PutChunk { blob, index, data } => {
            execute::put_chunk(deps, &env, info, blob, index, &data)
        }
        ExecuteMsg::Finalise { blob } => execute::finalise(deps, &env, info, blob),
        ExecuteMsg::Abort { blob } => execute::abort(deps, &env, info, blob),
        ExecuteMsg::Pin { blob, holder } => execute::pin(deps, &env, info, blob, holder),
        ExecuteMsg::Release { blob } => execute::release(deps, &env, info, blob),
        ExecuteMsg::Sweep { blob } => execute::sweep(deps, info, blob),
        ExecuteMsg::Evaluate { blob, point, limit } => {
            execute::evaluate(deps, blob, point.0, limit)
        }
        ExecuteMsg::RegisterModel {
            commitment,
            schema,
            provenance,
        } => Registration {
            commitment,
            schema,
            provenance,
        }
        .execute(deps, &env, info),
    }
}

/// Answers a query.
///
/// # Errors
/// [`ContractError`] if there is no such blob, chunk or model.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(
    deps: Deps,
    _env: Env,
    Message(msg): Message<QueryMsg>,
) -> Result<Binary, ContractError> {
    query::query(deps, msg)
}
