//! From one owner to another.

use assay_dataset_registry::ContractError;
use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::{DatasetsResponse, ExecuteMsg, QueryMsg};

use crate::registry::{Registry, addr, attribute, owner};
use crate::terms::terms;

const DATASET: DatasetId = DatasetId(1);

pub fn offer(to: Option<&str>) -> ExecuteMsg {
    ExecuteMsg::OfferTransfer {
        dataset: DATASET,
        to: to.map(|name| addr(name).into()),
    }
}

pub fn accept() -> ExecuteMsg {
    ExecuteMsg::AcceptTransfer { dataset: DATASET }
}

/// A registry with a dataset that is offered to "buyer".
fn offered() -> Registry {
    let mut registry = Registry::with(1);
    registry.send(&[], offer(Some("buyer"))).unwrap();
    registry
}

fn is_refused(registry: &mut Registry, sender: &str) -> bool {
    let result = registry.send_as(sender, accept());
    matches!(result, Err(ContractError::NotOffered { id: DATASET, .. }))
}

fn owned(registry: &Registry, name: &str) -> usize {
    let query = QueryMsg::DatasetsByOwner {
        owner: addr(name).into(),
        start_after: None,
        limit: None,
    };
    let page: DatasetsResponse = registry.ask(query).unwrap();
    page.datasets.len()
}

#[test]
fn an_offer_transfers_nothing_until_it_is_accepted() {
    let mut registry = offered();
    let dataset = registry.dataset(1);
    assert_eq!(dataset.owner, owner().as_str());
    assert_eq!(dataset.offered_to, Some(addr("buyer").into()));
    let error = registry.send_as("buyer", terms(DATASET, "", None, 1));
    assert!(matches!(error, Err(ContractError::NotOwner { .. })));
    registry.send(&[], terms(DATASET, "", None, 2)).unwrap();
}

#[test]
fn who_it_is_offered_to_becomes_the_owner_by_accepting() {
    let mut registry = offered();
    let response = registry.send_as("buyer", accept()).unwrap();
    assert_eq!(attribute(&response, "owner"), addr("buyer").as_str());
    assert_eq!(attribute(&response, "from"), owner().as_str());
    let dataset = registry.dataset(1);
    assert_eq!(dataset.owner, addr("buyer").as_str());
    assert_eq!(dataset.offered_to, None);
    assert_eq!(registry.raw(1).unwrap().owner, addr("buyer").as_str());
    assert_eq!(
        (owned(&registry, "owner"), owned(&registry, "buyer")),
        (0, 1)
    );
    let error = registry.send(&[], terms(DATASET, "", None, 1));
    assert!(matches!(error, Err(ContractError::NotOwner { .. })));
    registry
        .send_as("buyer", terms(DATASET, "", None, 1))
        .unwrap();
}

#[test]
fn nobody_else_can_accept() {
    let mut registry = offered();
    assert!(is_refused(&mut registry, "stranger"));
    assert!(is_refused(&mut registry, "owner"));
    assert!(is_refused(&mut Registry::with(1), "owner"));
    registry.send_as("buyer", accept()).unwrap();
}

#[test]
fn an_offer_is_accepted_once() {
    let mut registry = offered();
    registry.send_as("buyer", accept()).unwrap();
    registry.send_as("buyer", offer(Some("owner"))).unwrap();
    registry.send(&[], accept()).unwrap();
    assert!(is_refused(&mut registry, "buyer"));
    assert_eq!(registry.dataset(1).owner, owner().as_str());
}

#[test]
fn an_offer_that_is_taken_back_cannot_be_accepted() {
    let mut registry = offered();
    registry.send(&[], offer(None)).unwrap();
    assert_eq!(registry.dataset(1).offered_to, None);
    assert!(is_refused(&mut registry, "buyer"));
}

#[test]
fn an_offer_takes_the_place_of_the_one_before() {
    let mut registry = offered();
    registry.send(&[], offer(Some("other"))).unwrap();
    assert!(is_refused(&mut registry, "buyer"));
    registry.send_as("other", accept()).unwrap();
}

#[test]
fn only_the_owner_can_offer_and_take_back() {
    let mut registry = offered();
    for message in [offer(Some("stranger")), offer(None)] {
        for sender in ["stranger", "buyer"] {
            let error = registry.send_as(sender, message.clone());
            assert!(matches!(error, Err(ContractError::NotOwner { .. })));
        }
    }
    registry.send_as("buyer", accept()).unwrap();
}

#[test]
fn a_dataset_is_offered_to_no_address_that_is_none() {
    let message = ExecuteMsg::OfferTransfer {
        dataset: DATASET,
        to: Some("nobody".into()),
    };
    let error = Registry::with(1).send(&[], message);
    assert!(matches!(error, Err(ContractError::Std(_))));
}

#[test]
fn a_dataset_that_there_is_not_is_not_transferred() {
    let mut registry = Registry::new();
    for message in [offer(None), accept()] {
        let error = registry.send(&[], message);
        assert!(matches!(error, Err(ContractError::UnknownDataset { .. })));
    }
}
