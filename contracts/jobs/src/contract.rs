//! The entry points. There is none to migrate or to administrate.

use assay_protocol::messages::Message;
use assay_protocol::messages::escrow::{ExecuteMsg, InstantiateMsg, QueryMsg, SlotId};
#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{Binary, Deps, DepsMut, Env, MessageInfo, Reply, Response};
use cw_utils::nonpayable;

use crate::error::ContractError;
use crate::execute::{self, Offering, Posting};
use crate::state::save_config;
use crate::{instantiate, query, transfer};

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
    nonpayable(&info)?;
    cw2::set_contract_version(
        deps.storage,
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
    )?;
    let config = instantiate::checked(deps.as_ref(), msg)?;
    save_config(deps.storage, &config)?;
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
    Message(msg): Message<ExecuteMsg>,
) -> Result<Response, ContractError> {
    let takes_funds = matches!(
        msg,
        ExecuteMsg::PostJob { .. }
            | ExecuteMsg::Accept(_)
            | ExecuteMsg::Request { .. }
            | ExecuteMsg::Deposit {}
    );
    if !takes_funds {
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
        ExecuteMsg::Accept(slot) => execute::accept(deps, &env, info, slot),
        ExecuteMsg::Release(slot) => execute::release(deps, &env, info, slot),
        ExecuteMsg::Start(slot) => execute::start(deps, &env, info, slot),
        ExecuteMsg::Deliver {
            job,
            slot,
            blob,
            proof,
        } => execute::deliver(deps, &env, SlotId { job, slot }, blob, &proof),
        ExecuteMsg::Cancel(slot) => execute::cancel(deps, &env, info, slot),
        ExecuteMsg::Expire(slot) => execute::expire(deps, &env, slot),
        ExecuteMsg::Withdraw { denom, owner, to } => {
            execute::withdraw(deps, &env, info, denom, owner, to)
        }
        ExecuteMsg::Offer {
            model,
            circuit,
            price,
            window,
            input_bytes,
            output_bytes,
        } => Offering {
            model,
            circuit,
            price,
            window,
            input_bytes,
            output_bytes,
        }
        .execute(deps, &env, info),
        ExecuteMsg::CloseOffer { offer } => execute::close_offer(deps, info, offer),
        ExecuteMsg::Request {
            offer,
            input,
            prepaid,
        } => execute::request(deps, &env, info, offer, &input, prepaid),
        ExecuteMsg::Fulfil {
            request,
            output,
            proof,
        } => execute::fulfil(deps, &env, request, &output, &proof),
        ExecuteMsg::Reclaim { request } => execute::reclaim(deps, &env, request),
        ExecuteMsg::Deposit {} => execute::deposit(deps, &env, info),
        ExecuteMsg::WithdrawBalance { denom, amount, to } => {
            execute::withdraw_balance(deps, &env, info, denom, amount, to)
        }
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
/// [`ContractError`] if there is no such job, offer or request.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(
    deps: Deps,
    _env: Env,
    Message(msg): Message<QueryMsg>,
) -> Result<Binary, ContractError> {
    query::query(deps, msg)
}
