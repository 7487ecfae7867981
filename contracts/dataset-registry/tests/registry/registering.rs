//! Registering datasets.

use assay_dataset_registry::ContractError;
use assay_protocol::id::{DatasetId, Sha256Digest};
use assay_protocol::messages::dataset_registry::{
    DatasetResponse, ExecuteMsg, MAX_SCHEMA_BYTES, QueryMsg, RegisteredDataset, registered_dataset,
};
use cosmwasm_std::{Storage, coins};

use crate::registry::{Registry, SCHEMA, attribute, commitment, owner, register};

#[test]
fn a_dataset_belongs_to_its_sender() {
    let mut registry = Registry::new();
    registry.send(&[], register(7, 569, SCHEMA)).unwrap();
    let id = DatasetId(1);
    let dataset: DatasetResponse = registry.ask(QueryMsg::Dataset { id }).unwrap();
    assert_eq!(dataset.owner, owner().as_str());
    assert_eq!((dataset.id, dataset.rows), (id, 569));
    assert_eq!(dataset.commitment, commitment(7));
    assert_eq!(dataset.file_sha256, Some(Sha256Digest([7; 32])));
}

#[test]
fn ids_are_given_in_order_even_for_the_same_commitment() {
    let mut registry = Registry::new();
    for expected in 1..=3 {
        let response = registry.send(&[], register(7, 5, SCHEMA)).unwrap();
        assert_eq!(attribute(&response, "dataset_id"), expected.to_string());
    }
}

#[test]
fn the_commitment_can_be_read_raw() {
    let mut registry = Registry::new();
    registry.send(&[], register(7, 5, SCHEMA)).unwrap();
    let expected = RegisteredDataset {
        commitment: commitment(7),
        deprecated: false,
        royalty_bps: 0,
        price: None,
        owner: owner().into(),
    };
    assert_eq!(registry.raw(1), Some(expected));
    let key = registered_dataset(DatasetId(2));
    assert_eq!(registry.deps.storage.get(&key), None);
}

#[test]
fn hidden_data_comes_without_a_file_hash() {
    let mut registry = Registry::new();
    let mut message = register(7, 5, SCHEMA);
    if let ExecuteMsg::Register { file_sha256, .. } = &mut message {
        *file_sha256 = None;
    }
    registry.send(&[], message).unwrap();
    let id = DatasetId(1);
    let dataset: DatasetResponse = registry.ask(QueryMsg::Dataset { id }).unwrap();
    assert_eq!(dataset.file_sha256, None);
}

#[test]
fn a_dataset_without_rows_is_refused() {
    let error = Registry::new().send(&[], register(7, 0, SCHEMA));
    assert!(matches!(error, Err(ContractError::NoRows)));
}

#[test]
fn a_schema_that_is_empty_too_long_or_not_an_object_is_refused() {
    let mut registry = Registry::new();
    let of_length = |len: usize| format!("{{{}}}", "x".repeat(len - 2));
    for schema in [String::new(), of_length(MAX_SCHEMA_BYTES + 1)] {
        let error = registry.send(&[], register(7, 5, &schema)).unwrap_err();
        assert!(matches!(error, ContractError::SchemaLength { len } if len == schema.len()));
    }
    for schema in ["columns", " {}", "{}\n", "[]"] {
        let error = registry.send(&[], register(7, 5, schema));
        assert!(matches!(error, Err(ContractError::SchemaNotCanonical)));
    }
    let longest = of_length(MAX_SCHEMA_BYTES);
    registry.send(&[], register(7, 5, &longest)).unwrap();
}

#[test]
fn funds_are_refused() {
    let error = Registry::new().send(&coins(1, "token"), register(7, 5, SCHEMA));
    assert!(matches!(error, Err(ContractError::Payment(_))));
}

#[test]
fn ids_never_wrap() {
    let mut registry = Registry::new();
    let last = u64::MAX.to_string();
    registry.deps.storage.set(b"last_id", last.as_bytes());
    let error = registry.send(&[], register(7, 5, SCHEMA));
    assert!(matches!(error, Err(ContractError::IdsExhausted)));
}
