//! A store that takes deposits, on cw-multi-test's chain.

use assay_protocol::id::BlobId;
use assay_protocol::messages::Trusted;
use assay_protocol::messages::model_store::{
    BlobResponse, ExecuteMsg, InstantiateMsg, PinResponse, QueryMsg,
};
use assay_protocol::messages::time::Window;
use assay_protocol::parameters::{CHUNK_BYTES, chunk_length};
use cosmwasm_std::{Addr, Empty, Uint128, coin, coins};
use cw_multi_test::{App, AppBuilder, BankKeeper, Executor, IntoAddr};

use crate::chain::{circuit_registry, dataset_registry, deploy, model_store};

/// Who has money: [`FUNDS`] each.
pub const ACTORS: [&str; 3] = ["uploader", "rival", "stranger"];
/// What everybody has at first.
pub const FUNDS: u128 = 1_000_000;
/// What is deposited for each chunk.
pub const DEPOSIT: u128 = 7;

pub struct Market {
    pub app: App,
    pub store: Trusted,
}

impl Market {
    pub fn new() -> Self {
        let mut app = AppBuilder::new().build(|_, _, storage| {
            for actor in ACTORS {
                BankKeeper::new()
                    .init_balance(storage, &actor.into_addr(), coins(FUNDS, "token"))
                    .unwrap();
            }
        });
        let msg = InstantiateMsg {
            circuit_registry: deploy(&mut app, circuit_registry(), &Empty {}),
            dataset_registry: deploy(&mut app, dataset_registry(), &Empty {}),
            allow_development_keys: true,
            deposit: Some(coin(DEPOSIT, "token")),
            upload_window: Window {
                seconds: 100,
                blocks: 10,
            },
            hold: Window {
                seconds: 120,
                blocks: 12,
            },
        };
        let store = deploy(&mut app, model_store(), &msg);
        Self { app, store }
    }

    /// Sends a message with the deposit of so many chunks. Returns whether it isn't refused.
    pub fn send(&mut self, sender: &str, chunks: u32, message: &ExecuteMsg) -> bool {
        let mut funds = coins(DEPOSIT * u128::from(chunks), "token");
        funds.retain(|coin| !coin.amount.is_zero());
        let store = Addr::unchecked(&self.store.address);
        let result = self
            .app
            .execute_contract(sender.into_addr(), store, message, &funds);
        result.is_ok()
    }

    /// Puts a chunk as the uploader, if there is such an upload.
    pub fn put(&mut self, blob: BlobId, index: u32) -> bool {
        let length = self.blob(blob).map_or(0, |blob| blob.length);
        let Some(length) = chunk_length(length, index) else {
            return false;
        };
        let data = [3; CHUNK_BYTES][..length as usize].into();
        self.send_as_uploader(blob, &ExecuteMsg::PutChunk { blob, index, data })
    }

    /// Finalises a blob as the uploader, if there is such an upload.
    pub fn finalise(&mut self, blob: BlobId) -> bool {
        self.send_as_uploader(blob, &ExecuteMsg::Finalise { blob })
    }

    fn send_as_uploader(&mut self, blob: BlobId, message: &ExecuteMsg) -> bool {
        let Some(BlobResponse { uploader, .. }) = self.blob(blob) else {
            return false;
        };
        let sender = ACTORS.iter().find(|a| a.into_addr().as_str() == uploader);
        self.send(sender.unwrap(), 0, message)
    }

    pub fn wait(&mut self, seconds: u64, blocks: u64) {
        self.app.update_block(|block| {
            block.time = block.time.plus_seconds(seconds);
            block.height += blocks;
        });
    }

    /// The blob with this id, if there is one.
    pub fn blob(&self, blob: BlobId) -> Option<BlobResponse> {
        let query = QueryMsg::Blob { blob };
        let answer = self
            .app
            .wrap()
            .query_wasm_smart(&self.store.address, &query);
        answer.ok()
    }

    /// All blobs that there are.
    pub fn blobs(&self) -> Vec<BlobResponse> {
        (1..100).filter_map(|id| self.blob(BlobId(id))).collect()
    }

    /// Who keeps a blob.
    pub fn holders(&self, blob: BlobId) -> Vec<&'static str> {
        let keeps = |actor: &&str| {
            let holder = actor.into_addr().into();
            let query = QueryMsg::Pin { blob, holder };
            let querier = self.app.wrap();
            let pin: PinResponse = querier
                .query_wasm_smart(&self.store.address, &query)
                .unwrap();
            pin.releasable.is_some()
        };
        ACTORS.into_iter().filter(keeps).collect()
    }

    /// How many tokens an address has.
    pub fn balance(&self, address: &str) -> u128 {
        let balance = self.app.wrap().query_balance(address, "token").unwrap();
        Uint128::try_from(balance.amount).unwrap().u128()
    }
}
