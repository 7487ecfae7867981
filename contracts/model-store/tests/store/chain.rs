//! The store on cw-multi-test's chain.

use assay_protocol::id::BlobId;
use assay_protocol::messages::Trusted;
use assay_protocol::messages::model_store::{ExecuteMsg, InstantiateMsg, root_key};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES, root};
use cosmwasm_std::{Addr, Empty};
use cw_multi_test::{App, Contract, ContractWrapper, Executor, IntoAddr};
use serde::Serialize;

use crate::store::three_chunks;

type Code = Box<dyn Contract<Empty>>;

/// Stores code and instantiates it.
fn deploy(app: &mut App, code: Code, msg: &impl Serialize) -> Trusted {
    let code = app.store_code(code);
    let checksum = app.wrap().query_wasm_code_info(code).unwrap().checksum;
    let address = app.instantiate_contract(code, "anyone".into_addr(), msg, &[], "assay", None);
    Trusted {
        address: address.unwrap().into(),
        checksum: checksum.as_slice().into(),
    }
}

fn circuit_registry() -> Code {
    use assay_circuit_registry::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

fn dataset_registry() -> Code {
    use assay_dataset_registry::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

fn model_store() -> Code {
    use assay_model_store::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

#[test]
fn another_contract_can_read_the_root_raw() {
    let mut app = App::default();
    let uploader = "uploader".into_addr();
    let msg = InstantiateMsg {
        circuit_registry: deploy(&mut app, circuit_registry(), &Empty {}),
        dataset_registry: deploy(&mut app, dataset_registry(), &Empty {}),
        allow_development_keys: true,
    };
    let store = Addr::unchecked(deploy(&mut app, model_store(), &msg).address);
    let bytes = three_chunks();
    let (blob, length) = (BlobId(1), bytes.len() as u32);
    let mut messages = vec![ExecuteMsg::Begin {
        length,
        hash: BlobHash::Poseidon,
    }];
    for (index, chunk) in bytes.chunks(CHUNK_BYTES).enumerate() {
        let (index, data) = (index as u32, chunk.into());
        messages.push(ExecuteMsg::PutChunk { blob, index, data });
    }
    messages.push(ExecuteMsg::Finalise { blob });
    for message in messages {
        app.execute_contract(uploader.clone(), store.clone(), &message, &[])
            .unwrap();
    }
    let raw = app.wrap().query_wasm_raw(store, root_key(blob)).unwrap();
    assert_eq!(raw, Some(root(&bytes).to_bytes().to_vec()));
}
