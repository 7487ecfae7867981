//! Ending new jobs on a dataset.

use assay_dataset_registry::ContractError;
use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::ExecuteMsg;
use cosmwasm_std::Response;

use crate::registry::{Registry, attribute};
use crate::transferring::{accept, offer};

pub fn deprecate(dataset: u64, successor: Option<u64>) -> ExecuteMsg {
    ExecuteMsg::Deprecate {
        dataset: DatasetId(dataset),
        successor: successor.map(DatasetId),
    }
}

fn refused(result: Result<Response, ContractError>, successor: u64) -> bool {
    matches!(result, Err(ContractError::Successor { id }) if id.0 == successor)
}

#[test]
fn a_deprecated_dataset_names_its_successor_and_others_read_that_it_is_deprecated() {
    let mut registry = Registry::with(2);
    assert!(!registry.raw(1).unwrap().deprecated);
    let response = registry.send(&[], deprecate(1, Some(2))).unwrap();
    assert_eq!(attribute(&response, "successor_id"), "2");
    let dataset = registry.dataset(1);
    assert!(dataset.deprecated && dataset.successor == Some(DatasetId(2)));
    assert!(registry.raw(1).unwrap().deprecated);
    assert!(!registry.raw(2).unwrap().deprecated);
}

#[test]
fn a_dataset_is_deprecated_without_a_successor_too() {
    let mut registry = Registry::with(1);
    registry.send(&[], deprecate(1, None)).unwrap();
    let dataset = registry.dataset(1);
    assert!(dataset.deprecated && dataset.successor.is_none());
}

#[test]
fn a_dataset_is_deprecated_once_and_for_ever() {
    let mut registry = Registry::with(2);
    registry.send(&[], deprecate(1, None)).unwrap();
    let error = registry.send(&[], deprecate(1, Some(2)));
    assert!(matches!(
        error,
        Err(ContractError::Deprecated { id: DatasetId(1) })
    ));
    assert_eq!(registry.dataset(1).successor, None);
}

#[test]
fn only_the_owner_deprecates() {
    let mut registry = Registry::with(1);
    let error = registry.send_as("stranger", deprecate(1, None));
    assert!(matches!(error, Err(ContractError::NotOwner { .. })));
    assert!(!registry.raw(1).unwrap().deprecated);
}

#[test]
fn successors_never_lead_round_in_a_circle() {
    let mut registry = Registry::with(3);
    assert!(refused(registry.send(&[], deprecate(1, Some(1))), 1));
    registry.send(&[], deprecate(1, Some(2))).unwrap();
    assert!(refused(registry.send(&[], deprecate(2, Some(1))), 1));
    registry.send(&[], deprecate(2, Some(3))).unwrap();
    for successor in [1, 2, 3] {
        assert!(refused(
            registry.send(&[], deprecate(3, Some(successor))),
            successor
        ));
    }
}

#[test]
fn a_successor_is_registered() {
    let mut registry = Registry::with(1);
    for id in [0, 2] {
        let error = registry.send(&[], deprecate(1, Some(id)));
        assert!(matches!(error, Err(ContractError::UnknownDataset { id: i }) if i.0 == id));
    }
}

#[test]
fn deprecating_ends_an_offer_to_transfer() {
    let mut registry = Registry::with(1);
    registry.send(&[], offer(Some("buyer"))).unwrap();
    registry.send(&[], deprecate(1, None)).unwrap();
    let error = registry.send_as("buyer", accept());
    assert!(matches!(error, Err(ContractError::NotOffered { .. })));
    // Offered anew it is transferred as what it is.
    registry.send(&[], offer(Some("buyer"))).unwrap();
    registry.send_as("buyer", accept()).unwrap();
    assert!(registry.dataset(1).deprecated);
}
