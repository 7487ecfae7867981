//! What is said of each message, and under which names things are kept.

use assay_dataset_registry::contract::instantiate;
use assay_protocol::id::DatasetId;
use assay_protocol::messages::Message;
use assay_protocol::messages::dataset_registry::InstantiateMsg;
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
use cosmwasm_std::{Response, coin};

use crate::answers::{assert_events, names};
use crate::deprecating::deprecate;
use crate::lineage::derived;
use crate::registry::{Registry, owner};
use crate::terms::terms;
use crate::transferring::{accept, offer};

/// The response to each message; the registry that has seen them all.
fn walk() -> (Vec<Response>, Registry) {
    let mut deps = mock_dependencies();
    let info = message_info(&owner(), &[]);
    let started = instantiate(deps.as_mut(), mock_env(), info, Message(InstantiateMsg {}));
    let mut registry = Registry::with(2);
    let price = Some(coin(5, "token"));
    let steps = [
        ("owner", derived(&[1])),
        ("owner", terms(DatasetId(1), "MIT", price, 100)),
        ("owner", terms(DatasetId(1), "", None, 0)),
        ("owner", offer(Some("buyer"))),
        ("buyer", accept()),
        ("buyer", offer(None)),
        ("buyer", deprecate(1, Some(2))),
        ("owner", deprecate(2, None)),
    ];
    let sent = steps.map(|(sender, message)| registry.send_as(sender, message).unwrap());
    (
        [started.unwrap()].into_iter().chain(sent).collect(),
        registry,
    )
}

const EVENTS: [(&str, &str); 9] = [
    ("assay-instantiate", ""),
    ("assay-register", "dataset_id owner commitment royalty_bps"),
    ("assay-set-terms", "dataset_id owner price royalty_bps"),
    ("assay-set-terms", "dataset_id owner royalty_bps"),
    ("assay-offer-transfer", "dataset_id owner to"),
    ("assay-accept-transfer", "dataset_id owner from"),
    ("assay-offer-transfer", "dataset_id owner"),
    ("assay-deprecate", "dataset_id successor_id owner"),
    ("assay-deprecate", "dataset_id owner"),
];

#[test]
fn each_message_answers_with_one_event() {
    assert_events(&walk().0, &EVENTS);
}

#[test]
fn nothing_is_kept_under_a_name_that_is_not_listed() {
    let (_, registry) = walk();
    let listed = [
        "child",
        "contract_info",
        "dataset",
        "details",
        "last_id",
        "owned",
        "schema",
    ];
    assert_eq!(names(&registry.deps.storage), listed);
}
