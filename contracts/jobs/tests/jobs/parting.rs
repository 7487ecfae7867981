//! Release, cancellation and expiry: who may, and who gets what.

use assay_escrow::Error as EscrowError;
use assay_jobs::ContractError;
use assay_protocol::messages::escrow::Receive;
use assay_protocol::messages::jobs::{ExecuteMsg, SlotState};
use cosmwasm_std::{coin, coins, to_json_binary};

use crate::escrow::{CIRCUIT, Escrow, address, transfers, withdraw};
use crate::job::{accept, cancel, deliver, expire, extend, release, start};
use crate::terms::Job;

#[test]
fn either_side_can_release_and_the_worker_gets_its_bond() {
    for who in ["poster", "worker"] {
        let mut escrow = Escrow::accepted();
        let response = escrow.send(who, &[], release(0)).unwrap();
        let bond = (address("worker").into_string(), coin(10, "token"));
        assert_eq!(transfers(&response), [bond]);
        assert_eq!(escrow.state(0), SlotState::Open {});
    }
}

#[test]
fn a_slot_released_after_the_acceptance_deadline_can_be_cancelled_by_anyone() {
    let mut escrow = Escrow::accepted();
    escrow.go_to_deadline(0, 0);
    escrow.send("stranger", &[], release(0)).unwrap();
    let response = escrow.send("stranger", &[], cancel(0)).unwrap();
    let reward = (address("poster").into_string(), coin(100, "token"));
    assert_eq!(transfers(&response), [reward]);
}

#[test]
fn the_poster_can_cancel_an_open_slot_at_once() {
    let mut escrow = Escrow::with(&Job::new(CIRCUIT));
    let error = escrow.send("stranger", &[], cancel(0)).unwrap_err();
    assert!(matches!(error, ContractError::Unauthorised { .. }));
    let response = escrow.send("poster", &[], cancel(0)).unwrap();
    let reward = (address("poster").into_string(), coin(100, "token"));
    assert_eq!(transfers(&response), [reward]);
}

#[test]
fn after_the_start_the_poster_cannot_take_anything_back() {
    let mut escrow = Escrow::started();
    for message in [release(0), cancel(0), expire(0)] {
        escrow.send("poster", &[], message).unwrap_err();
    }
    assert!(matches!(escrow.state(0), SlotState::Started { .. }));
}

#[test]
fn an_expired_slot_pays_reward_and_bond_to_the_poster_in_one_transfer() {
    let mut escrow = Escrow::started();
    escrow.go_to_deadline(0, 0);
    let response = escrow.send("stranger", &[], expire(0)).unwrap();
    let both = (address("poster").into_string(), coin(110, "token"));
    assert_eq!(transfers(&response), [both]);
}

#[test]
fn reward_and_bond_in_different_coins_are_two_transfers() {
    let mut job = Job::new(CIRCUIT);
    job.bond.denom = "other".into();
    let mut escrow = Escrow::with(&job);
    escrow.send("worker", &[job.bond], accept(0)).unwrap();
    escrow.send("worker", &[], start(0)).unwrap();
    let proof = escrow.proof();
    let response = escrow.send("worker", &[], deliver(proof)).unwrap();
    let worker = address("worker").into_string();
    let expected = [
        (worker.clone(), coin(100, "token")),
        (worker, coin(10, "other")),
    ];
    assert_eq!(transfers(&response), expected);
}

#[test]
fn only_posting_accepting_and_topping_up_take_funds() {
    let receive = ExecuteMsg::Receive(Receive {
        sender: address("worker").into(),
        amount: 10u128.into(),
        msg: to_json_binary(&accept(0)).unwrap(),
    });
    let messages = [
        release(0),
        start(0),
        deliver(vec![]),
        cancel(0),
        expire(0),
        extend(0, 1000),
        withdraw("token"),
        receive,
    ];
    for message in messages {
        let mut escrow = Escrow::accepted();
        let error = escrow
            .send("worker", &coins(1, "token"), message)
            .unwrap_err();
        assert!(matches!(
            error,
            ContractError::Escrow(EscrowError::Payment(_))
        ));
    }
}
