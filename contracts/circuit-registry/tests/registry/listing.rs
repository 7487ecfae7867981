//! Listing registrations.

use assay_circuit_registry::ContractError;
use assay_protocol::id::CircuitId;
use assay_protocol::messages::circuit_registry::{CircuitResponse, CircuitsResponse, QueryMsg};

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
        found.extend(page.circuits.iter().map(|circuit| circuit.id));
        start_after = page.next;
        if start_after.is_none() {
            break;
        }
    }
    assert_eq!(found, expected);
}

#[test]
fn an_unknown_circuit_is_an_error() {
    let id = CircuitId([0; 32]);
    let answer: Result<CircuitResponse, _> = Registry::new().ask(QueryMsg::Circuit { id });
    assert!(matches!(answer, Err(ContractError::UnknownCircuit { .. })));
}
