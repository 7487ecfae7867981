//! Which message is allowed in which state.

use assay_jobs::ContractError;
use assay_protocol::messages::jobs::{ExecuteMsg, SlotState};
use assay_protocol::parameters::PublicParameters;
use cosmwasm_std::coins;

use crate::escrow::{CIRCUIT, Escrow};
use crate::job::{accept, cancel, deliver, expire, release, start};
use crate::terms::Job;

fn paid() -> Escrow {
    let mut escrow = Escrow::started();
    let proof = escrow.proof();
    escrow.send("worker", &[], deliver(proof)).unwrap();
    escrow
}

fn cancelled() -> Escrow {
    let mut escrow = Escrow::with(&Job::new(CIRCUIT));
    escrow.send("poster", &[], cancel(0)).unwrap();
    escrow
}

fn refunded() -> Escrow {
    let mut escrow = Escrow::started();
    escrow.go_to_deadline(0, 0);
    escrow.send("stranger", &[], expire(0)).unwrap();
    escrow
}

/// Every message about a slot, from a sender who may send it, with its funds.
fn attempts(escrow: &Escrow) -> [(&'static str, u128, ExecuteMsg); 6] {
    [
        ("worker", 10, accept(0)),
        ("worker", 0, release(0)),
        ("worker", 0, start(0)),
        ("worker", 0, deliver(escrow.proof())),
        ("poster", 0, cancel(0)),
        ("stranger", 0, expire(0)),
    ]
}

/// Sends each message to an escrow of its own; returns which were refused
/// because of the slot's state.
fn refused(state: &str, make: impl Fn() -> Escrow) -> [bool; 6] {
    let attempts = attempts(&make());
    attempts.map(|(sender, bond, message)| {
        let funds = if bond == 0 {
            vec![]
        } else {
            coins(bond, "token")
        };
        match make().send(sender, &funds, message) {
            Err(ContractError::WrongState { state: found, .. }) => {
                assert_eq!(found, state);
                true
            }
            _ => false,
        }
    })
}

#[test]
fn every_state_allows_exactly_its_messages() {
    let open = || Escrow::with(&Job::new(CIRCUIT));
    // In the order accept, release, start, deliver, cancel, expire.
    let all = [true; 6];
    assert_eq!(
        refused("open", open),
        [false, true, true, true, false, true]
    );
    let expected = [true, false, false, true, true, true];
    assert_eq!(refused("accepted", Escrow::accepted), expected);
    let expected = [true, true, true, false, true, false];
    assert_eq!(refused("started", Escrow::started), expected);
    assert_eq!(refused("paid", paid), all);
    assert_eq!(refused("cancelled", cancelled), all);
    assert_eq!(refused("refunded", refunded), all);
}

#[test]
fn states_say_who_and_what() {
    let worker = crate::escrow::address("worker").into_string();
    assert!(matches!(
        paid().state(0),
        SlotState::Paid { worker: w, blob, parameters }
            if w == worker
                && blob == crate::escrow::BLOB
                && parameters == PublicParameters::Poseidon(crate::escrow::root())
    ));
    assert_eq!(cancelled().state(0), SlotState::Cancelled {});
    assert_eq!(refunded().state(0), SlotState::Refunded { worker });
}

#[test]
fn slots_are_independent() {
    let mut job = Job::new(CIRCUIT);
    job.slots = 3;
    let mut escrow = Escrow::with(&job);
    escrow
        .send("worker", &coins(10, "token"), accept(1))
        .unwrap();
    escrow.send("poster", &[], cancel(2)).unwrap();
    assert_eq!(escrow.state(0), SlotState::Open {});
    assert!(matches!(escrow.state(1), SlotState::Accepted { .. }));
    assert_eq!(escrow.state(2), SlotState::Cancelled {});
}

#[test]
fn a_job_or_slot_that_is_not_there_is_an_error() {
    let mut escrow = Escrow::with(&Job::new(CIRCUIT));
    let error = escrow.send("worker", &[], start(1)).unwrap_err();
    assert!(matches!(error, ContractError::UnknownSlot { slots: 1, .. }));
    let job = assay_protocol::id::JobId(2);
    let (slot, payee) = (0, None);
    let start = ExecuteMsg::Start { job, slot, payee };
    let error = escrow.send("worker", &[], start).unwrap_err();
    assert!(matches!(error, ContractError::UnknownJob { job: j } if j == job));
}
