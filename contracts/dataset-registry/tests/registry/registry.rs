//! A registry driven through its entry points.

use assay_dataset_registry::ContractError;
use assay_dataset_registry::contract::{execute, instantiate, query};
use assay_protocol::Scalar;
use assay_protocol::id::{DatasetCommitment, DatasetId, Sha256Digest};
use assay_protocol::messages::Message;
use assay_protocol::messages::dataset_registry::{
    DatasetResponse, ExecuteMsg, InstantiateMsg, QueryMsg, RegisteredDataset, registered_dataset,
};
use cosmwasm_std::testing::{
    MockApi, MockQuerier, MockStorage, message_info, mock_dependencies, mock_env,
};
use cosmwasm_std::{Addr, Coin, OwnedDeps, Response, Storage, from_json};
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

    /// Sends a message as the owner.
    pub fn send(&mut self, funds: &[Coin], msg: ExecuteMsg) -> Result<Response, ContractError> {
        let info = message_info(&owner(), funds);
        execute(self.deps.as_mut(), mock_env(), info, Message(msg))
    }

    pub fn send_as(&mut self, sender: &str, msg: ExecuteMsg) -> Result<Response, ContractError> {
        let info = message_info(&addr(sender), &[]);
        execute(self.deps.as_mut(), mock_env(), info, Message(msg))
    }

    /// A registry with `count` datasets of the owner's.
    pub fn with(count: u64) -> Self {
        let mut registry = Self::new();
        for seed in 1..=count {
            registry.send(&[], register(seed, 5, SCHEMA)).unwrap();
        }
        registry
    }

    pub fn dataset(&self, id: u64) -> DatasetResponse {
        let id = DatasetId(id);
        self.ask(QueryMsg::Dataset { id }).unwrap()
    }

    /// What other contracts read of a dataset.
    pub fn raw(&self, id: u64) -> Option<RegisteredDataset> {
        let bytes = self.deps.storage.get(&registered_dataset(DatasetId(id)))?;
        RegisteredDataset::from_bytes(&bytes)
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> Result<T, ContractError> {
        let answer = query(self.deps.as_ref(), mock_env(), Message(msg))?;
        Ok(from_json(answer).unwrap())
    }
}

pub fn addr(name: &str) -> Addr {
    MockApi::default().addr_make(name)
}

pub fn owner() -> Addr {
    addr("owner")
}

pub fn attribute(response: &Response, key: &str) -> String {
    let found = response.events[0].attributes.iter().find(|a| a.key == key);
    found.unwrap().value.clone()
}

pub fn commitment(seed: u64) -> DatasetCommitment {
    DatasetCommitment(Scalar::from(seed))
}

/// Registers dataset number `seed`, free of charge.
pub fn register(seed: u64, rows: u64, schema: &str) -> ExecuteMsg {
    ExecuteMsg::Register {
        commitment: commitment(seed),
        rows,
        schema: schema.into(),
        file_sha256: Some(Sha256Digest([seed as u8; 32])),
        license: String::new(),
        price: None,
        royalty_bps: 0,
        parents: vec![],
    }
}
