//! The model store's artifact does what the native contract does, at the promised price.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use assay_cli::demo::Contracts;
use assay_protocol::id::BlobId;
use assay_protocol::messages::Trusted;
use assay_protocol::messages::model_store::{ExecuteMsg, InstantiateMsg, QueryMsg};
use assay_protocol::parameters::CHUNK_BYTES;
use assay_tests::{Artifact, EntryPoint, GasLog, VmContract};
use cosmwasm_std::{Addr, Empty};
use cw_multi_test::{App, Contract, ContractWrapper, Executor, IntoAddr};
use serde::Serialize;
use serde_json::Value;

const BLOB: BlobId = BlobId(1);
const LAST_CHUNK: usize = 1_000;

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
        let mut app = App::default();
        let registries = Contracts::native();
        let msg = InstantiateMsg {
            circuit_registry: create(&mut app, registries.circuit_registry, &Empty {}),
            dataset_registry: create(&mut app, registries.dataset_registry, &Empty {}),
            allow_development_keys: false,
        };
        let address = Addr::unchecked(create(&mut app, contract, &msg).address);
        Self {
            app,
            address,
            transcript: Vec::new(),
        }
    }

    fn execute(&mut self, sender: &str, message: &ExecuteMsg) {
        let outcome =
            self.app
                .execute_contract(sender.into_addr(), self.address.clone(), message, &[]);
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
}

fn put(index: u32, length: usize) -> ExecuteMsg {
    let data: Vec<u8> = (0..length)
        .map(|i| (i * 31 + index as usize) as u8)
        .collect();
    ExecuteMsg::PutChunk {
        blob: BLOB,
        index,
        data: data.into(),
    }
}

/// Uploads with every kind of mistake on the way, then abandons a second upload.
fn uploads(contract: Box<dyn Contract<Empty>>) -> Vec<String> {
    let mut store = Store::new(contract);
    let length = (2 * CHUNK_BYTES + LAST_CHUNK) as u32;
    let missing = QueryMsg::MissingChunks {
        blob: BLOB,
        start_after: None,
        limit: None,
    };
    store.execute("uploader", &ExecuteMsg::Begin { length: 0 });
    store.execute("uploader", &ExecuteMsg::Begin { length });
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
    store.query(&QueryMsg::Blob { blob: BLOB });
    store.query(&QueryMsg::Chunk {
        blob: BLOB,
        index: 2,
    });
    store.query(&QueryMsg::Chunk {
        blob: BLOB,
        index: 3,
    });
    store.execute("uploader", &ExecuteMsg::Begin { length });
    store.execute("uploader", &ExecuteMsg::Abort { blob: BlobId(2) });
    store.transcript
}

#[test]
fn native_contract_and_artifact_agree_on_every_step() {
    let native = uploads(native());
    assert!(native.iter().any(|step| step.contains("finalise")));
    assert_eq!(uploads(artifact(&GasLog::default())), native);
}

#[test]
fn an_uploaded_byte_costs_at_most_75_gas_with_its_share_of_the_transaction() {
    let log = GasLog::default();
    let mut store = Store::new(artifact(&log));
    store.execute(
        "uploader",
        &ExecuteMsg::Begin {
            length: CHUNK_BYTES as u32,
        },
    );
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
    let per_byte = gas.div_ceil(CHUNK_BYTES as u64);
    assert!(per_byte <= 75, "{per_byte} gas a byte");
}
