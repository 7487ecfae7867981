//! The entry points. There is none to migrate or to administrate.

use assay_escrow::{Error, Payment, unpaid};
use assay_protocol::messages::Message;
use assay_protocol::messages::escrow::InstantiateMsg;
use assay_protocol::messages::jobs::{ExecuteMsg, QueryMsg, SlotId};
#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Env, MessageInfo, Reply, Response};

use crate::error::ContractError;
use crate::{execute, query};

/// Fixes the registries, once they are found to run the code they should, to have no
/// admin, and to fit each other.
///
/// # Errors
/// [`ContractError`] that names the registry and what is wrong with it.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    Message(msg): Message<InstantiateMsg>,
) -> Result<Response, ContractError> {
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    Ok(assay_escrow::instantiate(deps, &info, name, version, msg)?)
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
    match msg {
        ExecuteMsg::Post(_) | ExecuteMsg::Accept(_) | ExecuteMsg::TopUp(_) => {
            execute_paid(deps, &env, Payment::sent(info)?, msg)
        }
        ExecuteMsg::Receive(receive) => {
            let (payment, msg) = Payment::received(deps.api, info, receive)?;
            execute_paid(deps, &env, payment, msg)
        }
        ExecuteMsg::Release(slot) => execute::release(deps, &env, unpaid(info)?, slot),
        ExecuteMsg::PublishKey { job, slot, key } => {
            execute::publish_key(deps, unpaid(info)?, SlotId { job, slot }, key)
        }
        ExecuteMsg::Start { job, slot, payee } => {
            execute::start(deps, &env, unpaid(info)?, SlotId { job, slot }, payee)
        }
        ExecuteMsg::Deliver {
            job,
            slot,
            blob,
            proof,
        } => {
            unpaid(info)?;
            execute::deliver(deps, &env, SlotId { job, slot }, blob, &proof)
        }
        ExecuteMsg::Cancel(slot) => execute::cancel(deps, &env, unpaid(info)?, slot),
        ExecuteMsg::Expire(slot) => {
            unpaid(info)?;
            execute::expire(deps, &env, slot)
        }
        ExecuteMsg::Extend { job, slot, window } => {
            let slot = SlotId { job, slot };
            execute::extend(deps, &env, unpaid(info)?, slot, &window)
        }
        ExecuteMsg::Withdraw { denom, owner, to } => {
            let sender = unpaid(info)?;
            Ok(assay_escrow::withdraw(
                deps, &env, sender, denom, owner, to,
            )?)
        }
    }
}

/// Executes one of the messages that take funds: a token can send no other in somebody's name.
fn execute_paid(
    deps: DepsMut,
    env: &Env,
    payment: Payment,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    match msg {
        ExecuteMsg::Post(posting) => execute::post(deps, env, payment, posting),
        ExecuteMsg::Accept(slot) => execute::accept(deps, env, payment, slot),
        ExecuteMsg::TopUp(slot) => execute::top_up(deps, &payment, slot),
        _ => Err(Error::TakesNoFunds.into()),
    }
}

/// Turns a transfer that was refused into a credit.
///
/// # Errors
/// Only for replies that this contract never asks for.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn reply(deps: DepsMut, _env: Env, reply: Reply) -> Result<Response, ContractError> {
    Ok(assay_escrow::credit(deps, reply)?)
}

/// Answers a query.
///
/// # Errors
/// [`ContractError`] if there is no such job.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(
    deps: Deps,
    _env: Env,
    Message(msg): Message<QueryMsg>,
) -> Result<Binary, ContractError> {
    query::query(deps, msg)
}
