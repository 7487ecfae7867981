//! A store driven through its entry points.

use assay_model_store::ContractError;
use assay_model_store::contract::{execute, instantiate, query};
use assay_protocol::id::BlobId;
use assay_protocol::messages::Message;
use assay_protocol::messages::model_store::{
    BlobResponse, ExecuteMsg, InstantiateMsg, MissingChunksResponse, QueryMsg,
};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use cosmwasm_std::testing::{
    MockApi, MockQuerier, MockStorage, message_info, mock_dependencies, mock_env,
};
use cosmwasm_std::{Addr, Binary, Coin, Env, OwnedDeps, Response, from_json};
use serde::de::DeserializeOwned;

use crate::registries::Registries;

/// A store with one uploader and one stranger.
pub struct Store {
    pub deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
    pub env: Env,
    pub registries: Registries,
}

impl Store {
    /// A store that isn't instantiated yet.
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

    pub fn new() -> Self {
        let mut store = Self::blank();
        store.instantiate(Registries::store_config()).unwrap();
        store
    }

    pub fn instantiate(&mut self, msg: InstantiateMsg) -> Result<Response, ContractError> {
        let info = message_info(&uploader(), &[]);
        instantiate(self.deps.as_mut(), self.env.clone(), info, Message(msg))
    }

    pub fn send(
        &mut self,
        sender: &Addr,
        funds: &[Coin],
        msg: ExecuteMsg,
    ) -> Result<Response, ContractError> {
        let info = message_info(sender, funds);
        execute(self.deps.as_mut(), self.env.clone(), info, Message(msg))
    }

    pub fn begin(&mut self, length: usize) -> BlobId {
        self.begin_hashed(length, BlobHash::Poseidon)
    }

    pub fn begin_hashed(&mut self, length: usize, hash: BlobHash) -> BlobId {
        let length = length as u32;
        let response = self
            .send(&uploader(), &[], ExecuteMsg::Begin { length, hash })
            .unwrap();
        BlobId(attribute(&response, "blob_id").parse().unwrap())
    }

    pub fn put(
        &mut self,
        blob: BlobId,
        index: u32,
        data: &[u8],
    ) -> Result<Response, ContractError> {
        let data = data.into();
        self.send(&uploader(), &[], ExecuteMsg::PutChunk { blob, index, data })
    }

    pub fn finalise(&mut self, blob: BlobId) -> Result<Response, ContractError> {
        self.send(&uploader(), &[], ExecuteMsg::Finalise { blob })
    }

    pub fn abort(&mut self, blob: BlobId) -> Result<Response, ContractError> {
        self.send(&uploader(), &[], ExecuteMsg::Abort { blob })
    }

    /// Begins an upload of `bytes` and puts every chunk.
    pub fn fill(&mut self, bytes: &[u8]) -> BlobId {
        self.fill_hashed(bytes, BlobHash::Poseidon)
    }

    pub fn fill_hashed(&mut self, bytes: &[u8], hash: BlobHash) -> BlobId {
        let blob = self.begin_hashed(bytes.len(), hash);
        for (index, chunk) in bytes.chunks(CHUNK_BYTES).enumerate() {
            self.put(blob, index as u32, chunk).unwrap();
        }
        blob
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> Result<T, ContractError> {
        let answer = query(self.deps.as_ref(), self.env.clone(), Message(msg))?;
        Ok(from_json(answer).unwrap())
    }

    pub fn blob(&self, blob: BlobId) -> Result<BlobResponse, ContractError> {
        self.ask(QueryMsg::Blob { blob })
    }

    pub fn chunk(&self, blob: BlobId, index: u32) -> Result<Binary, ContractError> {
        self.ask(QueryMsg::Chunk { blob, index })
    }

    pub fn missing(
        &self,
        blob: BlobId,
        start_after: Option<u32>,
        limit: Option<u32>,
    ) -> MissingChunksResponse {
        self.ask(QueryMsg::MissingChunks {
            blob,
            start_after,
            limit,
        })
        .unwrap()
    }
}

pub fn uploader() -> Addr {
    MockApi::default().addr_make("uploader")
}

pub fn stranger() -> Addr {
    MockApi::default().addr_make("stranger")
}

/// Bytes of three chunks, the last of 100, all different from their neighbours.
pub fn three_chunks() -> Vec<u8> {
    (0..2 * CHUNK_BYTES + 100)
        .map(|i| (i * 31 % 251) as u8)
        .collect()
}

pub fn attribute(response: &Response, key: &str) -> String {
    let found = response.attributes.iter().find(|a| a.key == key);
    found.unwrap().value.clone()
}
