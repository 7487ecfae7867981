//! The entry points. There is none to migrate or to administrate.

use assay_protocol::messages::escrow::{ExecuteMsg, InstantiateMsg, QueryMsg};
#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Env, MessageInfo, Reply, Response};
use cw_utils::nonpayable;

use crate::error::ContractError;
use crate::execute::{self, Posting};
use crate::state::{CONFIG, SlotId};
use crate::{query, transfer, trusted};

/// Fixes the registries, once they are found to run the code they should and to
/// have no admin.
///
/// # Errors
/// [`ContractError`] that names the registry and what is wrong with it.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    nonpayable(&info)?;
    cw2::set_contract_version(
        deps.storage,
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
    )?;
    let config = InstantiateMsg {
        circuit_registry: trusted::check(deps.as_ref(), "circuit registry", msg.circuit_registry)?,
        dataset_registry: trusted::check(deps.as_ref(), "dataset registry", msg.dataset_registry)?,
        model_store: trusted::check(deps.as_ref(), "model store", msg.model_store)?,
        allow_development_keys: msg.allow_development_keys,
    };
    CONFIG.save(deps.storage, &config)?;
    Ok(Response::new().add_attribute("action", "instantiate"))
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
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    if !matches!(msg, ExecuteMsg::PostJob { .. } | ExecuteMsg::Accept { .. }) {
        nonpayable(&info)?;
    }
    match msg {
        ExecuteMsg::PostJob {
            dataset,
            circuit,
            slots,
            reward,
            bond,
            worker,
            windows,
        } => Posting {
            dataset,
            circuit,
            slots,
            reward,
            bond,
            worker,
            windows,
        }
        .execute(deps, &env, info),
        ExecuteMsg::Accept { job, slot } => execute::accept(deps, &env, info, SlotId { job, slot }),
        ExecuteMsg::Release { job, slot } => {
            execute::release(deps, &env, info, SlotId { job, slot })
        }
        ExecuteMsg::Start { job, slot } => execute::start(deps, &env, info, SlotId { job, slot }),
        ExecuteMsg::Deliver {
            job,
            slot,
            blob,
            proof,
        } => execute::deliver(deps, &env, SlotId { job, slot }, blob, &proof),
        ExecuteMsg::Cancel { job, slot } => execute::cancel(deps, &env, info, SlotId { job, slot }),
        ExecuteMsg::Expire { job, slot } => execute::expire(deps, &env, SlotId { job, slot }),
        ExecuteMsg::Withdraw { denom, owner } => execute::withdraw(deps, info, denom, owner),
    }
}

/// Turns a transfer that the bank refused into a credit.
///
/// # Errors
/// Only for replies that this contract never asks for.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn reply(deps: DepsMut, _env: Env, reply: Reply) -> Result<Response, ContractError> {
    transfer::credit(deps, reply)
}

/// Answers a query.
///
/// # Errors
/// [`ContractError`] if there is no such job.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, _env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    query::query(deps, msg)
}
