//! A registry driven through its entry points.

use assay_dataset_registry::ContractError;
use assay_dataset_registry::contract::{execute, instantiate, query};
use assay_protocol::Scalar;
use assay_protocol::id::{DatasetCommitment, Sha256Digest};
use assay_protocol::messages::Message;
use assay_protocol::messages::dataset_registry::{ExecuteMsg, InstantiateMsg, QueryMsg};
use cosmwasm_std::testing::{
    MockApi, MockQuerier, MockStorage, message_info, mock_dependencies, mock_env,
};
use cosmwasm_std::{Addr, Coin, OwnedDeps, Response, from_json};
use serde::de::DeserializeOwned;

pub const SCHEMA: &str = r#"{"columns":[],"label":{"name":"l","classes":[]}}"#;

pub struct Registry {
    pub deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
}

impl Registry {
    pub fn new() -> Self {
        let mut deps = mock_dependencies();
        let info = message_info(&owner(), &[]);
        instantiate(deps.as_mut(), mock_env(), info, Message(InstantiateMsg {})).unwrap();
        Self { deps }
    }

    pub fn send(&mut self, funds: &[Coin], msg: ExecuteMsg) -> Result<Response, ContractError> {
        let info = message_info(&owner(), funds);
        execute(self.deps.as_mut(), mock_env(), info, Message(msg))
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> Result<T, ContractError> {
        let answer = query(self.deps.as_ref(), mock_env(), Message(msg))?;
        Ok(from_json(answer).unwrap())
    }
}

pub fn owner() -> Addr {
    MockApi::default().addr_make("owner")
}

pub fn commitment(seed: u64) -> DatasetCommitment {
    DatasetCommitment(Scalar::from(seed))
}

/// Registers dataset number `seed`.
pub fn register(seed: u64, rows: u64, schema: &str) -> ExecuteMsg {
    ExecuteMsg::Register {
        commitment: commitment(seed),
        rows,
        schema: schema.into(),
        file_sha256: Some(Sha256Digest([seed as u8; 32])),
    }
}
