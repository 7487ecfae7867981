//! The model store's artifact does what the native contract does, at the promised price.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use assay_cli::demo::Contracts;
use assay_protocol::Scalar;
use assay_protocol::id::{BlobId, StatementElement};
use assay_protocol::messages::Trusted;
use assay_protocol::messages::model_store::{ExecuteMsg, InstantiateMsg, QueryMsg};
use assay_protocol::messages::time::Window;
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES, PublicParameters};
use assay_tests::{Artifact, EntryPoint, GasLog, VmContract};
use cosmwasm_std::{Addr, Coin, Empty, coin, coins};
use cw_multi_test::{App, Contract, ContractWrapper, Executor, IntoAddr};
use serde::Serialize;
use serde_json::Value;

const BLOB: BlobId = BlobId(1);
const LAST_CHUNK: usize = 1_000;
/// Of what is uploaded.
const LENGTH: u32 = (2 * CHUNK_BYTES + LAST_CHUNK) as u32;
/// How long an upload may rest, and how long a pin holds.
const WINDOW: Window = Window {
    seconds: 50,
    blocks: 5,
};

fn native() -> Box<dyn Contract<Empty>> {
    use assay_model_store::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

fn artifact(log: &GasLog) -> Box<dyn Contract<Empty>> {
    let artifact = Artifact::load("assay_model_store").unwrap_or_else(|error| panic!("{error}"));
    Box::new(VmContract::new(Arc::new(artifact), log.clone()))
}

/// A store on a fresh chain, and what every step so far came to.
struct Store {
    app: App,
    address: Addr,
    transcript: Vec<String>,
}

/// Stores code and instantiates it.
fn create(app: &mut App, code: Box<dyn Contract<Empty>>, msg: &impl Serialize) -> Trusted {
    let code = app.store_code(code);
    let checksum = app.wrap().query_wasm_code_info(code).unwrap().checksum;
    let address = app.instantiate_contract(code, "anyone".into_addr(), msg, &[], "assay", None);
    Trusted {
        address: address.unwrap().into(),
        checksum: checksum.as_slice().into(),
    }
}

impl Store {
    fn new(contract: Box<dyn Contract<Empty>>) -> Self {
        let mut app = App::new(|router, _, storage| {
            for name in ["uploader", "keeper"] {
                let (account, funds) = (name.into_addr(), coins(1_000, "token"));
                router.bank.init_balance(storage, &account, funds).unwrap();
            }
        });
        let registries = Contracts::native();
        let msg = InstantiateMsg {
            circuit_registry: create(&mut app, registries.circuit_registry, &Empty {}),
            dataset_registry: create(&mut app, registries.dataset_registry, &Empty {}),
            allow_development_keys: false,
            deposit: Some(coin(3, "token")),
            upload_window: WINDOW,
            hold: WINDOW,
        };
        let address = Addr::unchecked(create(&mut app, contract, &msg).address);
        Self {
            app,
            address,
            transcript: Vec::new(),
        }
    }

    fn execute(&mut self, sender: &str, message: &ExecuteMsg) {
        self.pay(sender, &[], message);
    }

    /// Begins an upload with the deposit of every chunk.
    fn begin(&mut self, length: u32, hash: BlobHash) {
        self.pay("uploader", &deposit(length), &begin(length, hash));
    }

    fn pay(&mut self, sender: &str, funds: &[Coin], message: &ExecuteMsg) {
        let sender = sender.into_addr();
        let outcome = self
            .app
            .execute_contract(sender, self.address.clone(), message, funds);
        self.transcript.push(match outcome {
            Ok(response) => format!("{:?}", response.events),
            Err(error) => error.to_string(),
        });
    }

    fn query(&mut self, message: &QueryMsg) {
        let answer = self
            .app
            .wrap()
            .query_wasm_smart::<Value>(&self.address, message);
        self.transcript.push(match answer {
            Ok(answer) => answer.to_string(),
            Err(error) => error.to_string(),
        });
    }

    fn wait(&mut self) {
        self.app.update_block(|block| {
            block.time = block.time.plus_seconds(WINDOW.seconds);
            block.height += WINDOW.blocks;
        });
    }
}

/// The deposit of every chunk.
fn deposit(length: u32) -> Vec<Coin> {
    let chunks = length.div_ceil(CHUNK_BYTES as u32);
    coins(3 * u128::from(chunks), "token")
}

fn bytes(index: u32, length: usize) -> Vec<u8> {
    let byte = |i: usize| (i * 31 + index as usize) as u8;
    (0..length).map(byte).collect()
}

fn put(index: u32, length: usize) -> ExecuteMsg {
    ExecuteMsg::PutChunk {
        blob: BLOB,
        index,
        data: bytes(index, length).into(),
    }
}

fn begin(length: u32, hash: BlobHash) -> ExecuteMsg {
    ExecuteMsg::Begin {
        length,
        hash,
        holder: None,
    }
}

fn evaluate(point: StatementElement) -> ExecuteMsg {
    ExecuteMsg::Evaluate {
        blob: BLOB,
        point,
        limit: None,
    }
}

/// What names the blob that is uploaded.
fn name(hash: BlobHash) -> PublicParameters {
    let chunks = [CHUNK_BYTES, CHUNK_BYTES, LAST_CHUNK];
    let chunks = (0..).zip(chunks).map(|(index, len)| bytes(index, len));
    PublicParameters::of(&chunks.collect::<Vec<_>>().concat(), hash)
}

/// From an upload to its last pin and what is left then, with every kind of mistake on the way.
fn walk(contract: Box<dyn Contract<Empty>>, hash: BlobHash) -> Vec<String> {
    let mut store = Store::new(contract);
    upload(&mut store, hash);
    ask(&mut store, hash);
    abandon(&mut store, hash);
    keep(&mut store, hash);
    store.transcript
}

fn upload(store: &mut Store, hash: BlobHash) {
    let missing = QueryMsg::MissingChunks {
        blob: BLOB,
        start_after: None,
        limit: None,
    };
    for length in [0, LENGTH] {
        store.execute("uploader", &begin(length, hash));
    }
    store.begin(LENGTH, hash);
    store.execute("uploader", &put(2, LAST_CHUNK));
    store.execute("uploader", &put(2, LAST_CHUNK));
    store.execute("uploader", &put(0, CHUNK_BYTES + 1));
    store.execute("stranger", &put(0, CHUNK_BYTES));
    store.execute("uploader", &put(0, CHUNK_BYTES));
    store.query(&missing);
    store.execute("uploader", &ExecuteMsg::Finalise { blob: BLOB });
    store.execute("uploader", &put(1, CHUNK_BYTES));
    store.execute("uploader", &ExecuteMsg::Finalise { blob: BLOB });
    store.execute("uploader", &ExecuteMsg::Abort { blob: BLOB });
}

fn ask(store: &mut Store, hash: BlobHash) {
    let point = StatementElement(Scalar::from(1 << 40).square().square());
    let (blob, parameters) = (BLOB, name(hash));
    store.query(&QueryMsg::Evaluation { blob, point });
    store.execute("stranger", &evaluate(point));
    store.query(&QueryMsg::Evaluation { blob, point });
    store.query(&QueryMsg::Blob { blob });
    store.query(&QueryMsg::ByParameters { parameters });
    for index in [2, 3] {
        store.query(&QueryMsg::Chunk { blob, index });
    }
}

/// Its uploader can delete an upload at once, anyone once it has rested.
fn abandon(store: &mut Store, hash: BlobHash) {
    store.begin(LENGTH, hash);
    store.execute("uploader", &ExecuteMsg::Abort { blob: BlobId(2) });
    store.begin(LENGTH, hash);
    let abort = ExecuteMsg::Abort { blob: BlobId(3) };
    store.execute("stranger", &abort);
    store.wait();
    store.execute("stranger", &abort);
}

/// Two pins, and nothing once both are gone.
fn keep(store: &mut Store, hash: BlobHash) {
    let blob = BLOB;
    let holder = "keeper".into_addr();
    let pin = ExecuteMsg::Pin { blob, holder: None };
    let release = ExecuteMsg::Release { blob };
    store.execute("keeper", &pin);
    store.pay("keeper", &deposit(LENGTH), &pin);
    store.pay("keeper", &deposit(LENGTH), &pin);
    store.query(&QueryMsg::Pin {
        blob,
        holder: holder.into(),
    });
    store.execute("keeper", &release);
    store.execute("uploader", &release);
    store.query(&QueryMsg::Blob { blob });
    store.execute("stranger", &ExecuteMsg::Sweep { blob });
    store.wait();
    store.execute("keeper", &release);
    store.query(&QueryMsg::Blob { blob });
    let parameters = name(hash);
    store.query(&QueryMsg::ByParameters { parameters });
}

#[test]
fn native_contract_and_artifact_agree_on_every_step() {
    for hash in [BlobHash::Poseidon, BlobHash::Sha256] {
        let native = walk(native(), hash);
        for message in ["finalise", "evaluate", "abort", "pin", "release"] {
            let event = format!("wasm-assay-{message}");
            let is_told = |step: &String| step.contains(&event);
            assert!(native.iter().any(is_told), "{message}: {native:#?}");
        }
        assert!(native.iter().any(|step| step.contains("fingerprint")));
        assert_eq!(walk(artifact(&GasLog::default()), hash), native);
    }
}

/// Gas of an uploaded byte, with its share of the transaction.
fn upload_gas_per_byte(hash: BlobHash) -> u64 {
    let log = GasLog::default();
    let mut store = Store::new(artifact(&log));
    store.begin(CHUNK_BYTES as u32, hash);
    store.execute("uploader", &put(0, CHUNK_BYTES));
    store.execute("uploader", &ExecuteMsg::Finalise { blob: BLOB });
    let calls = log.calls();
    assert!(calls.iter().all(|call| call.accepted));
    let executed = calls
        .iter()
        .filter(|call| call.entry_point == EntryPoint::Execute);
    let gas: u64 = executed
        .map(|call| call.gas.total() + call.tx_bytes_gas())
        .sum();
    gas.div_ceil(CHUNK_BYTES as u64)
}

#[test]
fn an_uploaded_byte_costs_at_most_75_gas_with_a_poseidon_root() {
    let gas = upload_gas_per_byte(BlobHash::Poseidon);
    println!("{gas} gas a byte");
    assert!(gas <= 75, "{gas} gas a byte");
}

#[test]
fn an_uploaded_byte_costs_at_most_48_gas_without_one() {
    let gas = upload_gas_per_byte(BlobHash::Sha256);
    println!("{gas} gas a byte");
    assert!(gas <= 48, "{gas} gas a byte");
}

/// All of it: a call of the contract, reading the chunks from storage, 3 gas a byte, and
/// evaluating them.
#[test]
fn evaluating_a_byte_costs_at_most_4_gas_with_its_reading() {
    let log = GasLog::default();
    let mut store = Store::new(artifact(&log));
    let chunks = 4;
    let length = chunks * CHUNK_BYTES as u32;
    store.begin(length, BlobHash::Sha256);
    for index in 0..chunks {
        store.execute("uploader", &put(index, CHUNK_BYTES));
    }
    store.execute("uploader", &ExecuteMsg::Finalise { blob: BLOB });
    let before = log.calls().len();
    let point = StatementElement(Scalar::from(1 << 40).square().square());
    store.execute("stranger", &evaluate(point));
    let calls = log.calls();
    let gas: u64 = calls[before..].iter().map(|call| call.gas.total()).sum();
    let per_byte = gas.div_ceil(length.into());
    println!("{gas} gas for {length} bytes");
    assert!(per_byte <= 4, "{per_byte} gas a byte");
}
