//! A store driven through its entry points.

use assay_model_store::ContractError;
use assay_model_store::contract::{execute, instantiate, query};
use assay_protocol::id::BlobId;
use assay_protocol::messages::Message;
use assay_protocol::messages::model_store::{
    BlobResponse, ExecuteMsg, InstantiateMsg, MissingChunksResponse, PinResponse, QueryMsg,
};
use assay_protocol::messages::time::{Deadline, MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use cosmwasm_std::testing::{
    MockApi, MockQuerier, MockStorage, message_info, mock_dependencies, mock_env,
};
use cosmwasm_std::{
    Addr, BankMsg, Binary, Coin, CosmosMsg, Env, OwnedDeps, Response, Timestamp, Uint128, coin,
    coins, from_json,
};
use serde::de::DeserializeOwned;

use crate::registries::Registries;

/// A store with one uploader and one stranger.
pub struct Store {
    pub deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
    pub env: Env,
    pub registries: Registries,
    /// What is deposited for each chunk.
    deposit: u128,
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
            deposit: 0,
        }
    }

    pub fn new() -> Self {
        let mut store = Self::blank();
        store.instantiate(Registries::store_config()).unwrap();
        store
    }

    /// A store that takes 10 tokens for each chunk.
    pub fn with_deposit() -> Self {
        let mut store = Self::blank();
        let mut msg = Registries::store_config();
        msg.deposit = Some(coin(10, "token"));
        store.instantiate(msg).unwrap();
        store.deposit = 10;
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
        self.begin_for(None, length, hash)
    }

    /// Begins an upload whose first pin is for somebody.
    pub fn begin_for(&mut self, holder: Option<&str>, length: usize, hash: BlobHash) -> BlobId {
        let message = ExecuteMsg::Begin {
            length: length as u32,
            hash,
            holder: holder.map(|name| addr(name).into()),
        };
        let funds = self.deposit_of(length);
        let response = self.send(&uploader(), &funds, message).unwrap();
        BlobId(attribute(&response, "blob_id").parse().unwrap())
    }

    /// The deposit for a blob of `length` bytes.
    pub fn deposit_of(&self, length: usize) -> Vec<Coin> {
        let chunks = length.div_ceil(CHUNK_BYTES) as u128;
        let funds = coins(self.deposit * chunks, "token");
        funds.into_iter().filter(|c| !c.amount.is_zero()).collect()
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

    pub fn abort_as(&mut self, sender: &str, blob: BlobId) -> Result<Response, ContractError> {
        self.send(&addr(sender), &[], ExecuteMsg::Abort { blob })
    }

    /// Pins a blob for the sender.
    pub fn pin(&mut self, sender: &str, blob: BlobId) -> Result<Response, ContractError> {
        let funds = self.deposit_of(self.blob(blob)?.length as usize);
        let message = ExecuteMsg::Pin { blob, holder: None };
        self.send(&addr(sender), &funds, message)
    }

    pub fn release(&mut self, sender: &str, blob: BlobId) -> Result<Response, ContractError> {
        self.send(&addr(sender), &[], ExecuteMsg::Release { blob })
    }

    pub fn sweep(&mut self, sender: &str, blob: BlobId) -> Result<Response, ContractError> {
        self.send(&addr(sender), &[], ExecuteMsg::Sweep { blob })
    }

    /// Goes to so many nanoseconds and blocks after a deadline.
    pub fn go_to(&mut self, deadline: Deadline, nanoseconds: i64, blocks: i64) {
        let time = deadline.time.nanos().checked_add_signed(nanoseconds);
        self.env.block.time = Timestamp::from_nanos(time.unwrap());
        self.env.block.height = deadline.height.checked_add_signed(blocks).unwrap();
    }

    /// Goes on for as long as windows can be.
    pub fn wait(&mut self) {
        let block = &mut self.env.block;
        block.time = block.time.plus_seconds(MAX_WINDOW_SECONDS);
        block.height += MAX_WINDOW_BLOCKS;
    }

    /// A finalised blob of these bytes, which "uploader" keeps.
    pub fn finalised(&mut self, bytes: &[u8], hash: BlobHash) -> BlobId {
        let blob = self.fill_hashed(bytes, hash);
        self.finalise(blob).unwrap();
        blob
    }

    /// From when on `holder` can release its pin.
    pub fn releasable(&self, blob: BlobId, holder: &str) -> Option<Deadline> {
        let holder = addr(holder).into();
        let pin: PinResponse = self.ask(QueryMsg::Pin { blob, holder }).unwrap();
        pin.releasable
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

pub fn addr(name: &str) -> Addr {
    MockApi::default().addr_make(name)
}

pub fn uploader() -> Addr {
    addr("uploader")
}

pub fn stranger() -> Addr {
    addr("stranger")
}

/// Who is paid how many tokens.
pub fn paid(response: &Response) -> Vec<(Addr, u128)> {
    let paid = response.messages.iter().map(|message| match &message.msg {
        CosmosMsg::Bank(BankMsg::Send { to_address, amount }) => {
            let [coin] = amount.as_slice() else {
                panic!("{amount:?}");
            };
            assert_eq!(coin.denom, "token");
            let amount = Uint128::try_from(coin.amount).unwrap().u128();
            (Addr::unchecked(to_address), amount)
        }
        other => panic!("{other:?}"),
    });
    paid.collect()
}

/// Bytes of three chunks, the last of 100, all different from their neighbours.
pub fn three_chunks() -> Vec<u8> {
    (0..2 * CHUNK_BYTES + 100)
        .map(|i| (i * 31 % 251) as u8)
        .collect()
}

pub fn attribute(response: &Response, key: &str) -> String {
    let found = response.events[0].attributes.iter().find(|a| a.key == key);
    found.unwrap().value.clone()
}
