//! What a transaction does.

use cosmrs::Any;
use cosmrs::proto::cosmos::base::v1beta1::Coin as ProtoCoin;
use cosmrs::proto::cosmwasm::wasm::v1::{MsgExecuteContract, MsgInstantiateContract, MsgStoreCode};
use cosmwasm_std::Coin;
use serde::Serialize;

use crate::Error;

/// One of a transaction's messages; its sender is who signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Stores a contract's code.
    StoreCode {
        /// The code, gzipped or not.
        wasm: Vec<u8>,
    },
    /// Instantiates a contract that has no admin, for ever.
    Instantiate {
        /// Its code.
        code_id: u64,
        /// What explorers call it.
        label: String,
        /// What it is told.
        msg: Vec<u8>,
    },
    /// Executes a contract's message.
    Execute {
        /// The contract's address.
        contract: String,
        /// The message's JSON.
        msg: Vec<u8>,
        /// What is sent along.
        funds: Vec<Coin>,
        /// Gas beyond what a simulation shows: a chain limits what a contract's own message
        /// may use only where more than the limit is left.
        reserve: u64,
    },
}

impl Message {
    /// Executes `msg`, with `funds`, which are put in the order that chains want.
    ///
    /// # Errors
    /// [`Error::Signing`] for a message without JSON, which none is.
    pub fn execute(
        contract: impl Into<String>,
        msg: &impl Serialize,
        funds: &[Coin],
    ) -> Result<Self, Error> {
        let mut funds = funds.to_vec();
        funds.retain(|coin| !coin.amount.is_zero());
        funds.sort_by(|a, b| a.denom.cmp(&b.denom));
        Ok(Self::Execute {
            contract: contract.into(),
            msg: serde_json::to_vec(msg).map_err(|error| Error::Signing(error.to_string()))?,
            funds,
            reserve: 0,
        })
    }

    /// The same with so much gas beyond what a simulation shows.
    #[must_use]
    pub fn with_reserve(mut self, gas: u64) -> Self {
        if let Self::Execute { reserve, .. } = &mut self {
            *reserve = gas;
        }
        self
    }

    pub(crate) fn reserve(&self) -> u64 {
        match self {
            Self::Execute { reserve, .. } => *reserve,
            Self::StoreCode { .. } | Self::Instantiate { .. } => 0,
        }
    }

    pub(crate) fn to_any(&self, sender: &str) -> Result<Any, Error> {
        let sender = sender.to_owned();
        let any = match self.clone() {
            Self::StoreCode { wasm } => Any::from_msg(&MsgStoreCode {
                sender,
                wasm_byte_code: wasm,
                instantiate_permission: None,
            }),
            Self::Instantiate {
                code_id,
                label,
                msg,
            } => Any::from_msg(&MsgInstantiateContract {
                sender,
                admin: String::new(),
                code_id,
                label,
                msg,
                funds: Vec::new(),
            }),
            Self::Execute {
                contract,
                msg,
                funds,
                reserve: _,
            } => Any::from_msg(&MsgExecuteContract {
                sender,
                contract,
                msg,
                funds: funds.iter().map(proto_coin).collect(),
            }),
        };
        any.map_err(|error| Error::Signing(error.to_string()))
    }
}

fn proto_coin(coin: &Coin) -> ProtoCoin {
    ProtoCoin {
        denom: coin.denom.clone(),
        amount: coin.amount.to_string(),
    }
}
