//! What datasets derive from.

use assay_dataset_registry::ContractError;
use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::{
    DatasetsResponse, ExecuteMsg, MAX_PARENTS, QueryMsg,
};

use crate::deprecating::deprecate;
use crate::registry::{Registry, SCHEMA, register};

/// Registers a dataset that derives from these.
pub fn derived(ids: &[u64]) -> ExecuteMsg {
    let mut message = register(9, 5, SCHEMA);
    if let ExecuteMsg::Register { parents, .. } = &mut message {
        *parents = ids.iter().copied().map(DatasetId).collect();
    }
    message
}

fn children(registry: &Registry, parent: u64, start_after: Option<u64>) -> (Vec<u64>, Option<u64>) {
    let query = QueryMsg::Children {
        parent: DatasetId(parent),
        start_after: start_after.map(DatasetId),
        limit: Some(2),
    };
    let page: DatasetsResponse = registry.ask(query).unwrap();
    let ids = page.datasets.iter().map(|dataset| dataset.id.0);
    (ids.collect(), page.next.map(|id| id.0))
}

#[test]
fn a_dataset_names_those_that_it_derives_from() {
    let mut registry = Registry::with(3);
    registry.send(&[], derived(&[1, 3])).unwrap();
    let expected = [1, 3].map(DatasetId);
    assert_eq!(registry.dataset(4).parents, expected);
    assert_eq!(registry.dataset(1).parents, []);
}

#[test]
fn what_derives_from_a_dataset_comes_in_pages() {
    let mut registry = Registry::with(2);
    for parents in [&[1][..], &[2], &[1, 2], &[1, 3]] {
        registry.send(&[], derived(parents)).unwrap();
    }
    assert_eq!(children(&registry, 1, None), (vec![3, 5], Some(5)));
    assert_eq!(children(&registry, 1, Some(5)), (vec![6], None));
    assert_eq!(children(&registry, 2, None), (vec![4, 5], None));
    assert_eq!(children(&registry, 4, None), (vec![], None));
}

#[test]
fn the_children_of_a_dataset_that_there_is_not_are_an_error() {
    let (start_after, limit) = (None, None);
    let parent = DatasetId(2);
    let query = QueryMsg::Children {
        parent,
        start_after,
        limit,
    };
    let answer: Result<DatasetsResponse, _> = Registry::with(1).ask(query);
    assert!(matches!(answer, Err(ContractError::UnknownDataset { id }) if id == parent));
}

#[test]
fn a_dataset_derives_only_from_those_that_there_are_before_it() {
    let mut registry = Registry::with(2);
    for parents in [&[0][..], &[3], &[1, 3], &[u64::MAX]] {
        let error = registry.send(&[], derived(parents)).unwrap_err();
        let unknown = *parents.last().unwrap();
        assert!(matches!(error, ContractError::UnknownDataset { id } if id.0 == unknown));
    }
    registry.send(&[], derived(&[1, 2])).unwrap();
}

#[test]
fn parents_that_are_not_in_strictly_ascending_order_are_refused() {
    let mut registry = Registry::with(3);
    for parents in [&[2, 1][..], &[1, 1], &[1, 3, 2], &[1, 2, 2]] {
        let error = registry.send(&[], derived(parents));
        assert!(matches!(error, Err(ContractError::ParentOrder)));
    }
}

#[test]
fn a_dataset_has_a_greatest_number_of_parents() {
    let most = MAX_PARENTS as u64;
    let mut registry = Registry::with(most + 1);
    let ids: Vec<u64> = (1..=most + 1).collect();
    let error = registry.send(&[], derived(&ids));
    assert!(matches!(
        error,
        Err(ContractError::TooManyParents { len: 9 })
    ));
    registry.send(&[], derived(&ids[1..])).unwrap();
}

#[test]
fn a_dataset_may_derive_from_a_deprecated_one() {
    let mut registry = Registry::with(1);
    registry.send(&[], deprecate(1, None)).unwrap();
    registry.send_as("stranger", derived(&[1])).unwrap();
}
