//! Paying in advance.

use assay_escrow::{Payment, listed, named};
use assay_registries::refuse_admin;
use cosmwasm_std::{DepsMut, Env, Event, Response};

use crate::error::ContractError;
use crate::state::BALANCES;

/// Adds the funds to the prepaid balance of `owner`, or else of the payer. Like offers, not
/// where somebody can change this contract's code.
pub fn deposit(
    deps: DepsMut,
    env: &Env,
    payment: Payment,
    owner: Option<String>,
) -> Result<Response, ContractError> {
    refuse_admin(deps.as_ref(), "escrow", env.contract.address.as_str())?;
    let Payment { payer, funds } = payment;
    if funds.iter().all(|coin| coin.amount.is_zero()) {
        return Err(ContractError::NoFunds);
    }
    let owner = named(deps.api, env, owner, &payer)?;
    for coin in &funds {
        BALANCES.add(deps.storage, &owner, coin)?;
    }
    let event = Event::new("assay-deposit")
        .add_attribute("payer", payer)
        .add_attribute("owner", owner)
        .add_attribute("amount", listed(&funds));
    Ok(Response::new().add_event(event))
}
