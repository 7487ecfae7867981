//! What is said of each message, and under which names things are kept.

use assay_circuit_registry::contract::instantiate;
use assay_protocol::messages::Message;
use assay_protocol::messages::circuit_registry::InstantiateMsg;
use cosmwasm_std::Response;
use cosmwasm_std::testing::{MockApi, message_info, mock_dependencies, mock_env};

use crate::answers::{assert_events, names};
use crate::registry::{Circuit, Registry};

/// The response to each message; the registry that has seen them all.
fn walk() -> (Vec<Response>, Registry) {
    let mut deps = mock_dependencies();
    let info = message_info(&MockApi::default().addr_make("anyone"), &[]);
    let started = instantiate(deps.as_mut(), mock_env(), info, Message(InstantiateMsg {}));
    let mut registry = Registry::new();
    let circuit = Circuit::new(1);
    let mut register = || registry.register(&circuit).unwrap();
    (vec![started.unwrap(), register(), register()], registry)
}

const EVENTS: [(&str, &str); 3] = [
    ("assay-instantiate", ""),
    ("assay-register", "circuit_id development new"),
    ("assay-register", "circuit_id development new"),
];

#[test]
fn each_message_answers_with_one_event() {
    assert_events(&walk().0, &EVENTS);
}

#[test]
fn nothing_is_kept_under_a_name_that_is_not_listed() {
    let (_, registry) = walk();
    let listed = ["circuit", "contract_info", "key", "spec", "verifying_key"];
    assert_eq!(names(&registry.deps.storage), listed);
}
