//! Paying in advance.

use assay_registries::refuse_admin;
use cosmwasm_std::{DepsMut, Env, MessageInfo, Response};

use crate::error::ContractError;
use crate::state::BALANCES;
use crate::transfer::listed;

/// Adds the funds to the sender's prepaid balance. Like jobs and offers, not where somebody
/// can change the escrow's code.
pub fn deposit(deps: DepsMut, env: &Env, info: MessageInfo) -> Result<Response, ContractError> {
    refuse_admin(deps.as_ref(), "escrow", env.contract.address.as_str())?;
    if info.funds.iter().all(|coin| coin.amount.is_zero()) {
        return Err(ContractError::NoFunds);
    }
    for coin in &info.funds {
        BALANCES.add(deps.storage, info.sender.as_str(), coin)?;
    }
    Ok(Response::new()
        .add_attribute("action", "deposit")
        .add_attribute("owner", info.sender)
        .add_attribute("amount", listed(&info.funds)))
}
