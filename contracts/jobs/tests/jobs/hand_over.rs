//! The key that a worker publishes for the hand-over of the data.

use assay_jobs::ContractError;
use assay_protocol::messages::jobs::MAX_HAND_OVER_KEY_BYTES;
use cosmwasm_std::coins;

use crate::escrow::Escrow;
use crate::job::{accept, deliver, publish_key, release, start};

#[test]
fn a_workers_key_is_shown_until_it_is_released() {
    let mut escrow = Escrow::accepted();
    for key in ["age1old", "age1new"] {
        escrow.send("worker", &[], publish_key(0, key)).unwrap();
        assert_eq!(escrow.slot(0).hand_over_key.as_deref(), Some(key));
    }
    escrow.send("worker", &[], release(0)).unwrap();
    assert_eq!(escrow.slot(0).hand_over_key, None);
    escrow
        .send("rival", &coins(10, "token"), accept(0))
        .unwrap();
    assert_eq!(escrow.slot(0).hand_over_key, None);
}

#[test]
fn nobody_but_the_worker_publishes_a_key() {
    for sender in ["poster", "stranger"] {
        let mut escrow = Escrow::accepted();
        let error = escrow.send(sender, &[], publish_key(0, "age1key"));
        assert!(matches!(error, Err(ContractError::Unauthorised { .. })));
    }
}

#[test]
fn a_key_is_published_while_there_is_something_to_hand_over() {
    let mut escrow = Escrow::accepted();
    escrow.send("worker", &[], start(0)).unwrap();
    escrow
        .send("worker", &[], publish_key(0, "age1key"))
        .unwrap();
    let proof = deliver(escrow.proof());
    escrow.send("worker", &[], proof).unwrap();
    assert_eq!(escrow.slot(0).hand_over_key, None);
    let error = escrow.send("worker", &[], publish_key(0, "age1key"));
    assert!(matches!(error, Err(ContractError::WrongState { .. })));
}

#[test]
fn a_key_is_short_and_visible() {
    let long = "k".repeat(MAX_HAND_OVER_KEY_BYTES);
    let mut escrow = Escrow::accepted();
    for key in ["", "a key", "k\n", "kéy", &format!("{long}k")] {
        let error = escrow.send("worker", &[], publish_key(0, key)).unwrap_err();
        assert!(
            matches!(error, ContractError::HandOverKey { .. }),
            "{key:?}"
        );
    }
    escrow.send("worker", &[], publish_key(0, &long)).unwrap();
}
