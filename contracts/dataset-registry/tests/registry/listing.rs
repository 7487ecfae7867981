//! Listing datasets.

use assay_dataset_registry::ContractError;
use assay_protocol::id::{DatasetId, Sha256Digest};
use assay_protocol::messages::dataset_registry::{
    DatasetEntry, DatasetResponse, DatasetsResponse, QueryMsg,
};
use assay_protocol::messages::{DEFAULT_PAGE, MAX_PAGE};
use cosmwasm_std::Storage;
use cosmwasm_std::storage_keys::namespace_with_key;

use crate::registry::{Registry, SCHEMA, addr, commitment, owner, register};

fn page(registry: &Registry, start_after: Option<u64>, limit: Option<u32>) -> DatasetsResponse {
    let start_after = start_after.map(DatasetId);
    registry
        .ask(QueryMsg::Datasets { start_after, limit })
        .unwrap()
}

#[test]
fn pages_follow_each_other_without_gap() {
    let mut registry = Registry::new();
    for seed in 1..=5 {
        registry.send(&[], register(seed, 5, SCHEMA)).unwrap();
    }
    let ids = |page: &DatasetsResponse| page.datasets.iter().map(|d| d.id.0).collect::<Vec<_>>();
    let first = page(&registry, None, Some(3));
    assert_eq!(
        (ids(&first), first.next),
        (vec![1, 2, 3], Some(DatasetId(3)))
    );
    let second = page(&registry, Some(3), Some(3));
    assert_eq!((ids(&second), second.next), (vec![4, 5], None));
}

#[test]
fn a_page_has_a_default_and_a_largest_size() {
    let mut registry = Registry::new();
    for _ in 0..=MAX_PAGE {
        registry.send(&[], register(1, 5, SCHEMA)).unwrap();
    }
    let len = |limit| page(&registry, None, limit).datasets.len() as u32;
    assert_eq!(len(None), DEFAULT_PAGE);
    assert_eq!(len(Some(u32::MAX)), MAX_PAGE);
    assert_eq!(len(Some(0)), 1);
}

#[test]
fn a_page_reads_no_schema() {
    let mut registry = Registry::new();
    registry.send(&[], register(1, 5, SCHEMA)).unwrap();
    let before = page(&registry, None, None);
    let expected = DatasetEntry {
        id: DatasetId(1),
        owner: owner().into(),
        offered_to: None,
        commitment: commitment(1),
        rows: 5,
        file_sha256: Some(Sha256Digest([1; 32])),
        license: String::new(),
        price: None,
        royalty_bps: 0,
        parents: vec![],
        deprecated: false,
        successor: None,
    };
    assert_eq!(before.datasets, [expected]);
    let key = namespace_with_key(&[b"schema"], &1u64.to_be_bytes());
    assert!(registry.deps.storage.get(&key).is_some());
    registry.deps.storage.remove(&key);
    assert_eq!(page(&registry, None, None), before);
}

fn owned(registry: &Registry, name: &str, start_after: Option<u64>) -> (Vec<u64>, Option<u64>) {
    let query = QueryMsg::DatasetsByOwner {
        owner: addr(name).into(),
        start_after: start_after.map(DatasetId),
        limit: Some(2),
    };
    let page: DatasetsResponse = registry.ask(query).unwrap();
    let ids = page.datasets.iter().map(|dataset| dataset.id.0);
    (ids.collect(), page.next.map(|id| id.0))
}

#[test]
fn the_datasets_of_an_owner_come_in_pages_without_those_of_others() {
    let mut registry = Registry::with(2);
    registry.send_as("other", register(3, 5, SCHEMA)).unwrap();
    registry.send(&[], register(4, 5, SCHEMA)).unwrap();
    assert_eq!(owned(&registry, "owner", None), (vec![1, 2], Some(2)));
    assert_eq!(owned(&registry, "owner", Some(2)), (vec![4], None));
    assert_eq!(owned(&registry, "other", None), (vec![3], None));
    assert_eq!(owned(&registry, "nobody", None), (vec![], None));
}

#[test]
fn an_owner_that_is_no_address_is_an_error() {
    let (start_after, limit) = (None, None);
    let owner = "nobody".into();
    let query = QueryMsg::DatasetsByOwner {
        owner,
        start_after,
        limit,
    };
    let answer: Result<DatasetsResponse, _> = Registry::new().ask(query);
    assert!(matches!(answer, Err(ContractError::Std(_))));
}

#[test]
fn an_unknown_dataset_is_an_error() {
    let id = DatasetId(1);
    let answer: Result<DatasetResponse, _> = Registry::new().ask(QueryMsg::Dataset { id });
    assert!(matches!(answer, Err(ContractError::UnknownDataset { id: i }) if i == id));
}
