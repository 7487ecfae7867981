//! An escrow driven through its entry points, where errors keep their types.

use assay_groth16::Scalar;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{BlobId, CircuitId, DatasetCommitment, DatasetId, ParametersRoot};
use assay_protocol::messages::Message;
use assay_protocol::messages::denomination::Denomination;
use assay_protocol::messages::escrow::{InstantiateMsg, Receive, TokenMsg};
use assay_protocol::messages::time::Deadline;
use cosmwasm_std::testing::{
    MockApi, MockQuerier, MockStorage, message_info, mock_dependencies, mock_env,
};
use cosmwasm_std::{
    Addr, BankMsg, Coin, CosmosMsg, Env, Event, OwnedDeps, Response, WasmMsg, from_json,
    to_json_binary,
};
use serde::de::DeserializeOwned;

use crate::contract::{ContractError, ExecuteMsg, QueryMsg, execute, instantiate, query};
use crate::registries::Registries;
use crate::trapdoor::Trapdoor;

pub const BLOB: BlobId = BlobId(1);
pub const DATASET: DatasetId = DatasetId(1);
/// Proves training, with the key of trapdoor 1.
pub const CIRCUIT: CircuitId = CircuitId([5; 32]);

pub struct Escrow {
    pub deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
    pub env: Env,
    pub registries: Registries,
}

pub fn address(name: &str) -> Addr {
    MockApi::default().addr_make(name)
}

pub fn instantiation() -> InstantiateMsg {
    InstantiateMsg {
        circuit_registry: Registries::trusted("circuit registry"),
        dataset_registry: Registries::trusted("dataset registry"),
        model_store: Registries::trusted("model store"),
        allow_development_keys: false,
    }
}

impl Escrow {
    /// An escrow that isn't instantiated yet.
    pub fn blank() -> Self {
        let registries = Registries::default();
        let mut deps = mock_dependencies();
        let answers = registries.clone();
        deps.querier.update_wasm(move |query| answers.answer(query));
        let mut env = mock_env();
        env.block.chain_id = "assay-7".into();
        Self {
            deps,
            env,
            registries,
        }
    }

    /// An escrow with a dataset, a circuit for training and a blob in its registries.
    pub fn new() -> Self {
        let mut escrow = Self::blank();
        escrow.instantiate(instantiation()).unwrap();
        escrow.registries.add_dataset(DATASET, commitment());
        let key = Trapdoor::new(1);
        let kind = Kind::TrainingPublic;
        escrow.registries.add_circuit(CIRCUIT, kind, &key, false);
        escrow.registries.add_blob(BLOB, root());
        escrow
    }

    pub fn instantiate(&mut self, msg: InstantiateMsg) -> Result<Response, ContractError> {
        let info = message_info(&address("anyone"), &[]);
        instantiate(self.deps.as_mut(), self.env.clone(), info, Message(msg))
    }

    pub fn send(
        &mut self,
        sender: &str,
        funds: &[Coin],
        msg: ExecuteMsg,
    ) -> Result<Response, ContractError> {
        let info = message_info(&address(sender), funds);
        execute(self.deps.as_mut(), self.env.clone(), info, Message(msg))
    }

    /// A message that a token says to have been sent by `payer` with so much of it.
    pub fn receive(
        &mut self,
        token: &str,
        payer: &str,
        amount: u128,
        msg: &ExecuteMsg,
    ) -> Result<Response, ContractError> {
        let receive = ExecuteMsg::Receive(Receive {
            sender: address(payer).into(),
            amount: amount.into(),
            msg: to_json_binary(msg).unwrap(),
        });
        self.send(token, &[], receive)
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> Result<T, ContractError> {
        let answer = query(self.deps.as_ref(), self.env.clone(), Message(msg))?;
        Ok(from_json(answer).unwrap())
    }

    /// Goes to a block this far from a deadline.
    pub fn go_to(&mut self, deadline: Deadline, nanoseconds: i64, blocks: i64) {
        let time = deadline.time.nanos().checked_add_signed(nanoseconds);
        self.env.block.time = cosmwasm_std::Timestamp::from_nanos(time.unwrap());
        self.env.block.height = deadline.height.checked_add_signed(blocks).unwrap();
    }
}

/// The root of the parameters in [`BLOB`].
pub fn root() -> ParametersRoot {
    ParametersRoot(Scalar::from(99))
}

pub fn commitment() -> DatasetCommitment {
    DatasetCommitment(Scalar::from(77))
}

/// The transfers in a response: recipient and coin.
pub fn transfers(response: &Response) -> Vec<(String, Coin)> {
    let messages = response.messages.iter();
    messages.map(|sub| transfer(sub.msg.clone())).collect()
}

/// What a message moves: to whom, and which coin.
pub fn transfer(message: CosmosMsg) -> (String, Coin) {
    match message {
        CosmosMsg::Bank(BankMsg::Send { to_address, amount }) => {
            let [coin] = <[Coin; 1]>::try_from(amount).unwrap();
            assert_eq!(Denomination::parse(&coin.denom), Some(Denomination::Native));
            (to_address, coin)
        }
        CosmosMsg::Wasm(WasmMsg::Execute {
            contract_addr,
            msg,
            funds,
        }) => {
            assert_eq!(funds, []);
            let TokenMsg::Transfer { recipient, amount } = from_json(msg).unwrap() else {
                panic!("{contract_addr} is sent no transfer");
            };
            (
                recipient,
                Coin::new(amount, format!("cw20:{contract_addr}")),
            )
        }
        other => panic!("{other:?}"),
    }
}

/// The denomination of the token at this address.
pub fn cw20(token: &Addr) -> String {
    format!("cw20:{token}")
}

/// The only event of a response, which has no attributes beside it.
pub fn event(response: &Response) -> &Event {
    assert!(response.attributes.is_empty());
    let [event] = response.events.as_slice() else {
        panic!("{:?}", response.events);
    };
    event
}

/// An attribute of the only event of a response.
pub fn attribute(response: &Response, key: &str) -> String {
    let attributes = &event(response).attributes;
    let attribute = attributes.iter().find(|attribute| attribute.key == key);
    attribute.unwrap().value.clone()
}

/// The sender's credit.
pub fn withdraw(denom: &str) -> ExecuteMsg {
    ExecuteMsg::Withdraw {
        denom: denom.into(),
        owner: None,
        to: None,
    }
}
