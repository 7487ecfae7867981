//! Listing registrations.

use assay_circuit_registry::ContractError;
use assay_protocol::circuit::Kind;
use assay_protocol::id::CircuitId;
use assay_protocol::messages::circuit_registry::{
    CircuitEntry, CircuitResponse, CircuitsResponse, MAX_SPEC_BYTES, QueryMsg, registered_key,
};
use cosmwasm_std::Storage;
use cosmwasm_std::storage_keys::namespace_with_key;

use crate::registry::{Circuit, Registry};

#[test]
fn pages_hold_every_circuit_once_in_the_order_of_their_ids() {
    let mut registry = Registry::new();
    let mut expected: Vec<CircuitId> = (1..=5)
        .map(|seed| {
            let circuit = Circuit::new(seed);
            registry.register(&circuit).unwrap();
            circuit.id()
        })
        .collect();
    expected.sort();
    let (mut found, mut start_after) = (Vec::new(), None);
    loop {
        let limit = Some(2);
        let page: CircuitsResponse = registry
            .ask(QueryMsg::Circuits { start_after, limit })
            .unwrap();
        assert!(page.circuits.len() <= 2);
        let is_known =
            |entry: &CircuitEntry| entry.kind == Kind::TrainingPublic && entry.development;
        assert!(page.circuits.iter().all(is_known));
        found.extend(page.circuits.iter().map(|circuit| circuit.id));
        start_after = page.next;
        if start_after.is_none() {
            break;
        }
    }
    assert_eq!(found, expected);
}

/// A node answers queries within 3,000,000 gas: bytes from storage cost 3 each and JSON more,
/// so that a page of the longest specifications would never arrive.
#[test]
fn a_page_reads_no_specification_and_no_key() {
    let mut registry = Registry::new();
    let mut circuit = Circuit::new(1);
    circuit.spec = "x".repeat(MAX_SPEC_BYTES);
    registry.register(&circuit).unwrap();
    let (start_after, limit) = (None, None);
    let query = QueryMsg::Circuits { start_after, limit };
    let page: CircuitsResponse = registry.ask(query.clone()).unwrap();
    let id = circuit.id();
    for key in [
        registered_key(&id),
        part_key("spec", id),
        part_key("verifying_key", id),
    ] {
        assert!(registry.deps.storage.get(&key).is_some());
        registry.deps.storage.remove(&key);
    }
    assert_eq!(registry.ask::<CircuitsResponse>(query).unwrap(), page);
    let whole: Result<CircuitResponse, _> = registry.ask(QueryMsg::Circuit { id });
    assert!(whole.is_err());
}

fn part_key(namespace: &str, id: CircuitId) -> Vec<u8> {
    namespace_with_key(&[namespace.as_bytes()], &id.0)
}

#[test]
fn an_unknown_circuit_is_an_error() {
    let id = CircuitId([0; 32]);
    let answer: Result<CircuitResponse, _> = Registry::new().ask(QueryMsg::Circuit { id });
    assert!(matches!(answer, Err(ContractError::UnknownCircuit { .. })));
}
