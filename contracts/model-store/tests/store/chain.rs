//! The store on cw-multi-test's chain.

use assay_model_store::contract::{execute, instantiate, query};
use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::{ExecuteMsg, InstantiateMsg, root_key};
use assay_protocol::parameters::{CHUNK_BYTES, root};
use cw_multi_test::{App, ContractWrapper, Executor, IntoAddr};

use crate::store::three_chunks;

#[test]
fn another_contract_can_read_the_root_raw() {
    let mut app = App::default();
    let uploader = "uploader".into_addr();
    let code = app.store_code(Box::new(ContractWrapper::new(execute, instantiate, query)));
    let store = app
        .instantiate_contract(
            code,
            uploader.clone(),
            &InstantiateMsg {},
            &[],
            "store",
            None,
        )
        .unwrap();
    let bytes = three_chunks();
    let (blob, length) = (BlobId(1), bytes.len() as u32);
    let mut messages = vec![ExecuteMsg::Begin { length }];
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
