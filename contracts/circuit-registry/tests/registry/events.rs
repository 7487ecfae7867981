//! What is said of each message, and under which names things are kept.

use std::collections::BTreeSet;

use assay_circuit_registry::contract::instantiate;
use assay_protocol::messages::Message;
use assay_protocol::messages::circuit_registry::InstantiateMsg;
use cosmwasm_std::testing::{MockApi, message_info, mock_dependencies, mock_env};
use cosmwasm_std::{Order, Response, Storage};

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
    let (responses, _) = walk();
    assert_eq!(responses.len(), EVENTS.len());
    for (response, (kind, names)) in responses.iter().zip(EVENTS) {
        assert!(response.attributes.is_empty() && response.messages.is_empty());
        let [event] = response.events.as_slice() else {
            panic!("{response:?}");
        };
        let keys: Vec<&str> = event.attributes.iter().map(|a| a.key.as_str()).collect();
        assert_eq!((event.ty.as_str(), keys.join(" ").as_str()), (kind, names));
        assert!(event.attributes.iter().all(|a| !a.value.is_empty()));
    }
}

/// The name under which something is kept: a map's has its length before it.
fn name(key: &[u8]) -> String {
    let name = match key {
        [0, len, rest @ ..] => &rest[..usize::from(*len)],
        item => item,
    };
    String::from_utf8(name.to_vec()).unwrap()
}

#[test]
fn nothing_is_kept_under_a_name_that_is_not_listed() {
    let (_, registry) = walk();
    let entries = registry.deps.storage.range(None, None, Order::Ascending);
    let names: BTreeSet<String> = entries.map(|(key, _)| name(&key)).collect();
    let listed = ["circuit", "contract_info", "key", "spec", "verifying_key"];
    assert_eq!(names, listed.map(String::from).into());
}
