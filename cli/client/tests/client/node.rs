//! A node that misbehaves on purpose: enough of CometBFT's RPC for an account that sends.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use assay_client::{Chain, Network};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cosmrs::Any;
use cosmrs::proto::cosmos::auth::v1beta1::{BaseAccount, QueryAccountResponse};
use cosmrs::proto::cosmos::base::abci::v1beta1::GasInfo;
use cosmrs::proto::cosmos::tx::v1beta1::{AuthInfo, SimulateResponse, TxRaw};
use cosmrs::proto::prost::Message;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub const CHAIN_ID: &str = "fake-1";

/// What becomes of a transaction that is handed in.
#[derive(Clone, Copy)]
pub enum Fate {
    /// It is in the next block.
    Executed,
    /// It is in the next block, but nobody is told that it was taken.
    ExecutedUnheard,
    /// It is taken and lost.
    Lost,
    /// It is in the next block, and the node's index lacks it.
    ExecutedUnindexed,
    /// It is executed in the next block, and fails in the one after; the index shows the latter.
    ExecutedThenFailed,
    /// It is lost, and another of the account takes its sequence.
    Overtaken,
    /// It is in the next block, where it fails before it uses a sequence up; the second time it
    /// is executed.
    FailedOnce,
    /// It is refused: so many sequences have been used.
    Behind(u64),
}

/// What the node knows, and how it behaves.
pub struct Facts {
    pub chain_id: &'static str,
    pub height: u64,
    pub earliest: u64,
    pub sequence: u64,
    /// Fates of the transactions that come, the last for all that follow.
    pub fates: Vec<Fate>,
    /// Gas that each simulation uses.
    pub gas: u64,
    /// The error of each simulation.
    pub simulation: Option<&'static str>,
    /// The error of each look-up, if there is one.
    pub look_up: Option<&'static str>,
    /// Blocks that go by between two questions for the height.
    pub pace: u64,
    /// What was handed in, each once, with its sequence.
    pub handed_in: BTreeMap<Vec<u8>, u64>,
    executed: BTreeMap<String, u64>,
    failed: BTreeMap<String, u64>,
    /// Transactions of blocks, by height, that the index lacks.
    unindexed: BTreeMap<u64, Vec<u8>>,
}

#[derive(Clone)]
pub struct Node {
    facts: Arc<Mutex<Facts>>,
    pub url: String,
}

impl Node {
    pub async fn start() -> Self {
        let facts = Facts {
            chain_id: CHAIN_ID,
            height: 100,
            earliest: 1,
            sequence: 7,
            fates: vec![Fate::Executed],
            gas: 100_000,
            simulation: None,
            look_up: None,
            pace: 1,
            handed_in: BTreeMap::new(),
            executed: BTreeMap::new(),
            failed: BTreeMap::new(),
            unindexed: BTreeMap::new(),
        };
        let facts = Arc::new(Mutex::new(facts));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/", post(answer))
            .with_state(facts.clone());
        tokio::spawn(async { axum::serve(listener, router).await });
        Self { facts, url }
    }

    pub fn facts(&self) -> MutexGuard<'_, Facts> {
        self.facts.lock().unwrap()
    }

    /// Sequences of the different transactions that were handed in.
    pub fn sequences(&self) -> Vec<u64> {
        self.facts().handed_in.values().copied().collect()
    }
}

/// The chain by these nodes.
pub fn chain(nodes: &[&Node]) -> Chain {
    let network = Network {
        chain_id: CHAIN_ID.into(),
        endpoints: nodes.iter().map(|node| node.url.clone()).collect(),
        gas_price: "0.025stake".parse().unwrap(),
        max_gas: 1_000_000,
        address_prefix: "wasm".into(),
    };
    let chain = Chain::new(network).unwrap();
    chain.with_patience(Duration::from_secs(1))
}

type Reply = Result<Json<Value>, StatusCode>;

async fn answer(State(facts): State<Arc<Mutex<Facts>>>, Json(request): Json<Value>) -> Reply {
    let mut facts = facts.lock().unwrap();
    let params = &request["params"];
    let result = match request["method"].as_str().unwrap() {
        "status" => facts.status(),
        "abci_query" => facts.query(params["path"].as_str().unwrap()),
        "broadcast_tx_sync" => facts.hand_in(&bytes(&params["tx"]))?,
        "tx" => facts.look_up(&bytes(&params["hash"])),
        "block" => facts.block(&params["height"]),
        "block_results" => Ok(json!({
            "height": params["height"], "txs_results": [result(0)], "app_hash": "",
            "finalize_block_events": [], "validator_updates": [], "consensus_param_updates": null,
        })),
        other => panic!("{other}"),
    };
    let (name, value) = match result {
        Ok(result) => ("result", result),
        Err((code, data)) => {
            let error = json!({ "code": code, "message": "error", "data": data });
            ("error", error)
        }
    };
    Ok(Json(
        json!({ "jsonrpc": "2.0", "id": request["id"], name: value }),
    ))
}

fn bytes(value: &Value) -> Vec<u8> {
    STANDARD.decode(value.as_str().unwrap()).unwrap()
}

fn hash(transaction: &[u8]) -> String {
    let digest = Sha256::digest(transaction);
    digest.iter().map(|byte| format!("{byte:02X}")).collect()
}

type Answer = Result<Value, (i32, String)>;

impl Facts {
    fn status(&mut self) -> Answer {
        self.height += self.pace;
        Ok(json!({
            "node_info": {
                "id": "00".repeat(20), "listen_addr": "tcp://127.0.0.1:26656",
                "network": self.chain_id, "version": "0.39.0", "channels": "40",
                "moniker": "fake", "protocol_version": { "p2p": "8", "block": "11", "app": "0" },
                "other": { "tx_index": "on", "rpc_address": "tcp://127.0.0.1:26657" },
            },
            "sync_info": {
                "earliest_block_hash": "", "earliest_app_hash": "",
                "earliest_block_height": self.earliest.to_string(),
                "earliest_block_time": "2026-01-01T00:00:00Z",
                "latest_block_hash": "", "latest_app_hash": "",
                "latest_block_height": self.height.to_string(),
                "latest_block_time": "2026-01-02T00:00:00Z", "catching_up": false,
            },
            "validator_info": {
                "address": "00".repeat(20), "voting_power": "1",
                "pub_key": { "type": "tendermint/PubKeyEd25519", "value": STANDARD.encode([0; 32]) },
            },
        }))
    }

    fn query(&self, path: &str) -> Answer {
        let value = match (path, self.simulation) {
            (path, Some(error)) if path.ends_with("Simulate") => {
                return Ok(json!({ "response": {
                    "code": 5, "codespace": "wasm", "log": error, "index": "0", "height": "0",
                } }));
            }
            (path, None) if path.ends_with("Simulate") => SimulateResponse {
                gas_info: Some(GasInfo {
                    gas_wanted: 0,
                    gas_used: self.gas,
                }),
                result: None,
            }
            .encode_to_vec(),
            _ => self.account(),
        };
        Ok(json!({ "response": {
            "code": 0, "log": "", "index": "0", "value": STANDARD.encode(value),
            "height": self.height.to_string(),
        } }))
    }

    fn account(&self) -> Vec<u8> {
        let account = BaseAccount {
            account_number: 3,
            sequence: self.sequence,
            ..Default::default()
        };
        let account = Any {
            type_url: "/cosmos.auth.v1beta1.BaseAccount".into(),
            value: account.encode_to_vec(),
        };
        let account = Some(account);
        QueryAccountResponse { account }.encode_to_vec()
    }

    fn hand_in(&mut self, transaction: &[u8]) -> Result<Answer, StatusCode> {
        let raw = TxRaw::decode(transaction).unwrap();
        let info = AuthInfo::decode(raw.auth_info_bytes.as_slice()).unwrap();
        let sequence = info.signer_infos[0].sequence;
        let is_new = self
            .handed_in
            .insert(transaction.to_vec(), sequence)
            .is_none();
        let fate = match self.fates.len() {
            1 => self.fates[0],
            _ if is_new => self.fates.remove(0),
            _ => Fate::Lost,
        };
        let (mut code, mut log) = (0, String::new());
        match fate {
            Fate::Executed | Fate::ExecutedUnheard if is_new => {
                self.sequence = sequence + 1;
                self.executed.insert(hash(transaction), self.height + 1);
            }
            Fate::FailedOnce if is_new => {
                self.failed.insert(hash(transaction), self.height + 1);
            }
            Fate::FailedOnce => {
                self.sequence = sequence + 1;
                self.failed.clear();
                self.executed.insert(hash(transaction), self.height + 1);
            }
            Fate::ExecutedUnindexed if is_new => {
                self.sequence = sequence + 1;
                self.unindexed.insert(self.height + 1, transaction.to_vec());
            }
            Fate::ExecutedThenFailed if is_new => {
                self.sequence = sequence + 1;
                self.unindexed.insert(self.height + 1, transaction.to_vec());
                self.failed.insert(hash(transaction), self.height + 2);
            }
            Fate::Overtaken if is_new => self.sequence = sequence + 1,
            Fate::Behind(expected) => {
                code = 32;
                log = format!("account sequence mismatch, expected {expected}, got {sequence}");
            }
            _ => {}
        }
        if let Fate::ExecutedUnheard = fate {
            return Err(StatusCode::BAD_GATEWAY);
        }
        Ok(Ok(json!({
            "code": code, "codespace": "sdk", "data": "", "log": log, "hash": hash(transaction),
        })))
    }

    fn look_up(&self, sought: &[u8]) -> Answer {
        if let Some(error) = self.look_up {
            return Err((-32601, error.into()));
        }
        let sought: String = sought.iter().map(|byte| format!("{byte:02X}")).collect();
        let found = [(&self.executed, 0), (&self.failed, 32)];
        let found = found
            .iter()
            .find_map(|(blocks, code)| Some((blocks.get(&sought)?, code)));
        let Some((height, code)) = found else {
            return Err((-32603, format!("tx ({sought}) not found, err: %!w(<nil>)")));
        };
        Ok(json!({
            "hash": sought, "height": height.to_string(), "index": 0, "tx": "",
            "tx_result": result(*code),
        }))
    }

    fn block(&self, height: &Value) -> Answer {
        let height: u64 = height.as_str().unwrap().parse().unwrap();
        if height < self.earliest || height > self.height {
            let why = format!("height {height} is not available");
            return Err((-32603, why));
        }
        let transactions: Vec<String> = self
            .unindexed
            .get(&height)
            .iter()
            .map(|transaction| STANDARD.encode(transaction))
            .collect();
        let hash = "00".repeat(32);
        let id = json!({ "hash": hash, "parts": { "total": 1, "hash": hash } });
        Ok(json!({ "block_id": id, "block": {
            "header": {
                "version": { "block": "11", "app": "0" }, "chain_id": self.chain_id,
                "height": height.to_string(), "time": "2026-01-02T00:00:00Z",
                "last_block_id": id, "last_commit_hash": hash, "data_hash": hash,
                "validators_hash": hash, "next_validators_hash": hash, "consensus_hash": hash,
                "app_hash": "", "last_results_hash": hash, "evidence_hash": hash,
                "proposer_address": "00".repeat(20),
            },
            "data": { "txs": transactions }, "evidence": { "evidence": [] },
            "last_commit": {
                "height": (height - 1).to_string(), "round": 0, "block_id": id,
                "signatures": [],
            },
        } }))
    }
}

fn result(code: u32) -> Value {
    json!({
        "code": code, "data": null, "log": "", "info": "", "gas_wanted": "1", "gas_used": "2",
        "events": [], "codespace": "",
    })
}
