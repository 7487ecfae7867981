//! The messages, a file each.

mod accept;
mod cancel;
mod close_offer;
mod deliver;
mod deposit;
mod expire;
mod fulfil;
mod offer;
mod post_job;
mod reclaim;
mod release;
mod request;
mod start;
mod withdraw;
mod withdraw_balance;

pub use accept::accept;
pub use cancel::cancel;
pub use close_offer::close_offer;
pub use deliver::deliver;
pub use deposit::deposit;
pub use expire::expire;
pub use fulfil::fulfil;
pub use offer::Offering;
pub use post_job::Posting;
pub use reclaim::reclaim;
pub use release::release;
pub use request::request;
pub use start::start;
pub use withdraw::withdraw;
pub use withdraw_balance::withdraw_balance;

use assay_protocol::circuit::Kind;
use assay_protocol::id::{CircuitId, OfferId, RequestId};
use assay_protocol::messages::escrow::{InstantiateMsg, SlotId};
use assay_registries::Key;
use cosmwasm_std::{Api, BankMsg, Coin, Deps, Env, Response};

use crate::error::ContractError;
use crate::state::load_config;

/// Checks, before anything is agreed, that nobody can change the escrow's code, and that
/// the circuit's key proves statements of one of these kinds and may be used. Returns what
/// the escrow reads, and the key.
fn check_method(
    deps: Deps,
    env: &Env,
    circuit: CircuitId,
    kinds: &[Kind],
) -> Result<(InstantiateMsg, Key), ContractError> {
    assay_registries::refuse_admin(deps, "escrow", env.contract.address.as_str())?;
    let config = load_config(deps.storage)?;
    let key = assay_registries::key(&deps.querier, &config.circuit_registry, circuit)?;
    key.expect(kinds, config.allow_development_keys)?;
    Ok((config, key))
}

/// A response with the attributes that every message about a slot has.
fn response(action: &str, slot: SlotId) -> Response {
    Response::new()
        .add_attribute("action", action)
        .add_attribute("job_id", slot.job.to_string())
        .add_attribute("slot", slot.slot.to_string())
}

/// A response with the attributes that every message about a request has.
fn request_response(action: &str, request: RequestId, offer: OfferId) -> Response {
    Response::new()
        .add_attribute("action", action)
        .add_attribute("request_id", request.to_string())
        .add_attribute("offer_id", offer.to_string())
}

/// Pays what belongs to `owner` to `to`, or else to itself. The transfer is a plain message:
/// if the bank refuses, the whole transaction fails with the bank's reason, and what belongs
/// to the owner stays.
fn pay_out(
    api: &dyn Api,
    env: &Env,
    action: &str,
    owner: String,
    to: Option<String>,
    coin: Coin,
) -> Result<Response, ContractError> {
    let recipient = match to {
        Some(to) => api.addr_validate(&to)?.into_string(),
        None => owner.clone(),
    };
    // Paid to itself, the escrow would owe it to nobody.
    if recipient == env.contract.address.as_str() {
        return Err(ContractError::PaidToItself);
    }
    Ok(Response::new()
        .add_attribute("action", action)
        .add_attribute("owner", owner)
        .add_attribute("recipient", &recipient)
        .add_attribute("amount", coin.to_string())
        .add_message(BankMsg::Send {
            to_address: recipient,
            amount: vec![coin],
        }))
}
