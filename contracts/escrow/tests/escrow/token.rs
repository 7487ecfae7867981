//! A cw20 token: honest, until it is told to be something else.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    Addr, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Reply, Response, StdError, StdResult,
    SubMsg, SubMsgResult, Uint128, WasmMsg, to_json_binary,
};
use cw_multi_test::{Contract, ContractWrapper};
use cw_storage_plus::{Item, Map};
use serde::Serialize;

#[cw_serde]
pub enum ExecuteMsg {
    /// As the standard has them.
    Transfer {
        recipient: String,
        amount: Uint128,
    },
    Send {
        contract: String,
        amount: Uint128,
        msg: Binary,
    },
    /// Anybody may, for a test.
    Mint {
        to: String,
        amount: Uint128,
    },
    Behave(Behaviour),
    Block {
        address: String,
        is_blocked: bool,
    },
    /// Says that tokens have come that haven't.
    Lie {
        contract: String,
        sender: String,
        amount: Uint128,
        msg: Binary,
    },
}

/// What a transfer does.
#[cw_serde]
#[derive(Default)]
pub enum Behaviour {
    /// Moves the tokens.
    #[default]
    Honest,
    /// Fails.
    Revert,
    /// Moves nothing and says nothing.
    Swallow,
    /// Moves the tokens and sends a message to a contract; fails with it if it `insists`.
    CallBack {
        contract: String,
        msg: Binary,
        insists: bool,
    },
}

#[cw_serde]
pub enum QueryMsg {
    Balance {
        address: String,
    },
    /// What became of the last message that was sent back.
    Outcome {},
}

/// What a contract is sent.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Hook {
    Receive {
        sender: String,
        amount: Uint128,
        msg: Binary,
    },
}

const BALANCES: Map<&str, Uint128> = Map::new("balance");
const BLOCKED: Map<&str, bool> = Map::new("blocked");
const BEHAVIOUR: Item<Behaviour> = Item::new("behaviour");
const OUTCOME: Item<String> = Item::new("outcome");

pub fn code() -> Box<dyn Contract<Empty>> {
    Box::new(ContractWrapper::new(execute, instantiate, query).with_reply(reply))
}

fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

fn execute(deps: DepsMut, _: Env, info: MessageInfo, msg: ExecuteMsg) -> StdResult<Response> {
    let sender = info.sender;
    match msg {
        ExecuteMsg::Transfer { recipient, amount } => transfer(deps, &sender, &recipient, amount),
        ExecuteMsg::Send {
            contract,
            amount,
            msg,
        } => {
            shift(deps, &sender, &contract, amount)?;
            hook(sender.into(), contract, amount, msg)
        }
        ExecuteMsg::Mint { to, amount } => {
            give(deps, &to, amount)?;
            Ok(Response::new())
        }
        ExecuteMsg::Behave(behaviour) => {
            BEHAVIOUR.save(deps.storage, &behaviour)?;
            Ok(Response::new())
        }
        ExecuteMsg::Block {
            address,
            is_blocked,
        } => {
            BLOCKED.save(deps.storage, &address, &is_blocked)?;
            Ok(Response::new())
        }
        ExecuteMsg::Lie {
            contract,
            sender,
            amount,
            msg,
        } => hook(sender, contract, amount, msg),
    }
}

fn transfer(deps: DepsMut, from: &Addr, to: &str, amount: Uint128) -> StdResult<Response> {
    if BLOCKED.may_load(deps.storage, to)?.unwrap_or(false) {
        return Err(StdError::msg(format!("the token blocks {to}")));
    }
    match BEHAVIOUR.may_load(deps.storage)?.unwrap_or_default() {
        Behaviour::Revert => return Err(StdError::msg("the token moves nothing")),
        Behaviour::Swallow => {}
        Behaviour::Honest => shift(deps, from, to, amount)?,
        Behaviour::CallBack {
            contract,
            msg,
            insists,
        } => {
            shift(deps, from, to, amount)?;
            let call = WasmMsg::Execute {
                contract_addr: contract,
                msg,
                funds: vec![],
            };
            return Ok(Response::new().add_submessage(match insists {
                true => SubMsg::new(call),
                false => SubMsg::reply_always(call, 1),
            }));
        }
    }
    Ok(Response::new())
}

fn shift(deps: DepsMut, from: &Addr, to: &str, amount: Uint128) -> StdResult<()> {
    if amount.is_zero() {
        return Err(StdError::msg("the token moves no amount of nothing"));
    }
    let has = BALANCES.may_load(deps.storage, from.as_str())?;
    let rest = has.unwrap_or_default().checked_sub(amount)?;
    BALANCES.save(deps.storage, from.as_str(), &rest)?;
    give(deps, to, amount)
}

fn give(deps: DepsMut, to: &str, amount: Uint128) -> StdResult<()> {
    let has = BALANCES.may_load(deps.storage, to)?.unwrap_or_default();
    BALANCES.save(deps.storage, to, &has.checked_add(amount)?)
}

fn hook(sender: String, contract: String, amount: Uint128, msg: Binary) -> StdResult<Response> {
    let hook = Hook::Receive {
        sender,
        amount,
        msg,
    };
    Ok(Response::new().add_message(WasmMsg::Execute {
        contract_addr: contract,
        msg: to_json_binary(&hook)?,
        funds: vec![],
    }))
}

fn reply(deps: DepsMut, _: Env, reply: Reply) -> StdResult<Response> {
    let outcome = match reply.result {
        SubMsgResult::Ok(_) => "done".to_owned(),
        SubMsgResult::Err(error) => error,
    };
    OUTCOME.save(deps.storage, &outcome)?;
    Ok(Response::new())
}

fn query(deps: Deps, _: Env, msg: QueryMsg) -> StdResult<Binary> {
    match msg {
        QueryMsg::Balance { address } => {
            let balance = BALANCES.may_load(deps.storage, &address)?;
            to_json_binary(&balance.unwrap_or_default())
        }
        QueryMsg::Outcome {} => to_json_binary(&OUTCOME.may_load(deps.storage)?),
    }
}
