//! The key that a worker publishes for the hand-over of the data.

use assay_jobs::ContractError;
use assay_protocol::messages::jobs::{ExecuteMsg, MAX_HAND_OVER_KEY_BYTES};
use cosmwasm_std::coins;

use crate::escrow::{CIRCUIT, Escrow};
use crate::job::release;
use crate::terms::{JOB, Job};

fn accept_with(key: &str) -> ExecuteMsg {
    ExecuteMsg::Accept {
        job: JOB,
        slot: 0,
        payee: None,
        hand_over_key: Some(key.into()),
    }
}

#[test]
fn a_workers_key_is_shown_until_it_is_released() {
    let mut escrow = Escrow::with(&Job::new(CIRCUIT));
    let bond = coins(10, "token");
    escrow.send("worker", &bond, accept_with("age1key")).unwrap();
    assert_eq!(escrow.slot(0).hand_over_key.as_deref(), Some("age1key"));
    escrow.send("worker", &[], release(0)).unwrap();
    assert_eq!(escrow.slot(0).hand_over_key, None);
}

#[test]
fn a_key_is_short_and_visible() {
    let long = "k".repeat(MAX_HAND_OVER_KEY_BYTES);
    let bond = coins(10, "token");
    for key in ["", "a key", "k\n", "kéy", &format!("{long}k")] {
        let mut escrow = Escrow::with(&Job::new(CIRCUIT));
        let error = escrow.send("worker", &bond, accept_with(key)).unwrap_err();
        assert!(matches!(error, ContractError::HandOverKey { .. }), "{key:?}");
    }
    let mut escrow = Escrow::with(&Job::new(CIRCUIT));
    escrow.send("worker", &bond, accept_with(&long)).unwrap();
}
