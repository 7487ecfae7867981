//! Taking slots, and starting.

use assay_escrow::Error as EscrowError;
use assay_jobs::ContractError;
use assay_protocol::messages::jobs::SlotState;
use cosmwasm_std::{Coin, Uint256, coin, coins};

use crate::escrow::{CIRCUIT, Escrow, address};
use crate::job::{accept, release, start};
use crate::terms::Job;

#[test]
fn only_exactly_the_bond_can_be_sent() {
    let wrong: [&[Coin]; 5] = [
        &[],
        &[coin(9, "token")],
        &[coin(11, "token")],
        &[coin(10, "other")],
        &[coin(10, "token"), coin(1, "other")],
    ];
    for funds in wrong {
        let mut escrow = Escrow::with(&Job::new(CIRCUIT));
        let error = escrow.send("worker", funds, accept(0)).unwrap_err();
        assert!(
            matches!(error, ContractError::Escrow(EscrowError::WrongFunds { .. })),
            "{funds:?}"
        );
    }
}

#[test]
fn a_bond_of_zero_takes_no_funds() {
    let mut job = Job::new(CIRCUIT);
    job.bond.amount = Uint256::zero();
    let mut escrow = Escrow::with(&job);
    let error = escrow
        .send("worker", &coins(1, "token"), accept(0))
        .unwrap_err();
    assert!(matches!(
        error,
        ContractError::Escrow(EscrowError::WrongFunds { .. })
    ));
    escrow.send("worker", &[], accept(0)).unwrap();
    let response = escrow.send("worker", &[], release(0)).unwrap();
    assert!(response.messages.is_empty());
}

#[test]
fn a_named_worker_is_the_only_one_who_can_accept() {
    let mut job = Job::new(CIRCUIT);
    job.worker = Some(address("worker"));
    let mut escrow = Escrow::with(&job);
    let error = escrow
        .send("rival", &coins(10, "token"), accept(0))
        .unwrap_err();
    let worker = address("worker").into_string();
    assert!(matches!(error, ContractError::Unauthorised { allowed, .. } if allowed == worker));
    escrow
        .send("worker", &coins(10, "token"), accept(0))
        .unwrap();
}

#[test]
fn a_worker_who_was_released_cannot_take_the_slot_again() {
    for who in ["worker", "poster"] {
        let mut escrow = Escrow::accepted();
        escrow.send(who, &[], release(0)).unwrap();
        let error = escrow
            .send("worker", &coins(10, "token"), accept(0))
            .unwrap_err();
        let held = address("worker").into_string();
        assert!(matches!(error, ContractError::Excluded { worker, .. } if worker == held));
        escrow
            .send("rival", &coins(10, "token"), accept(0))
            .unwrap();
    }
}

#[test]
fn a_worker_who_was_released_can_take_another_slot() {
    let mut job = Job::new(CIRCUIT);
    job.slots = 2;
    let mut escrow = Escrow::with(&job);
    for message in [accept(0), accept(1)] {
        escrow.send("worker", &coins(10, "token"), message).unwrap();
    }
    escrow.send("worker", &[], release(0)).unwrap();
    assert!(matches!(escrow.state(1), SlotState::Accepted { .. }));
}

#[test]
fn only_the_worker_can_start() {
    for sender in ["poster", "stranger"] {
        let error = Escrow::accepted().send(sender, &[], start(0)).unwrap_err();
        let worker = address("worker").into_string();
        assert!(matches!(error, ContractError::Unauthorised { allowed, .. } if allowed == worker));
    }
    let mut escrow = Escrow::accepted();
    escrow.send("worker", &[], start(0)).unwrap();
    let worker = address("worker").into_string();
    assert!(matches!(escrow.state(0), SlotState::Started { worker: w, .. } if w == worker));
}

#[test]
fn a_poster_may_work_for_itself() {
    let job = Job::new(CIRCUIT);
    let mut escrow = Escrow::with(&job);
    escrow.send("poster", &[job.bond], accept(0)).unwrap();
    escrow.send("poster", &[], start(0)).unwrap();
}
