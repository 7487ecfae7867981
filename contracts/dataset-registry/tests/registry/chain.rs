//! The registry on cw-multi-test's chain.

use assay_dataset_registry::contract::{execute, instantiate, query};
use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::{
    InstantiateMsg, RegisteredDataset, registered_dataset,
};
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
    let key = registered_dataset(DatasetId(1));
    let raw = app.wrap().query_wasm_raw(registry, key).unwrap();
    let dataset = RegisteredDataset::from_bytes(&raw.unwrap()).unwrap();
    assert_eq!(dataset.commitment, commitment(7));
}
