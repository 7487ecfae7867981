//! The registry on cw-multi-test's chain.

use assay_dataset_registry::contract::{execute, instantiate, query};
use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::{InstantiateMsg, commitment_key};
use cw_multi_test::{App, ContractWrapper, Executor, IntoAddr};

use crate::registry::{SCHEMA, commitment, register};

#[test]
fn another_contract_can_read_the_commitment_raw() {
    let mut app = App::default();
    let sender = "sender".into_addr();
    let code = app.store_code(Box::new(ContractWrapper::new(execute, instantiate, query)));
    let registry = app
        .instantiate_contract(code, sender.clone(), &InstantiateMsg {}, &[], "r", None)
        .unwrap();
    app.execute_contract(sender, registry.clone(), &register(7, 5, SCHEMA), &[])
        .unwrap();
    let key = commitment_key(DatasetId(1));
    let raw = app.wrap().query_wasm_raw(registry, key).unwrap();
    assert_eq!(raw, Some(commitment(7).to_bytes().to_vec()));
}
