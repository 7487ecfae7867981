//! Each deadline, from a nanosecond and a block before it to one after.
//!
//! A deadline has passed when both clocks have reached it. On one side of it
//! exactly one of two messages is allowed, on the other side exactly the other.

use assay_deadlines::Error as Clock;
use assay_escrow::Error as EscrowError;
use assay_jobs::ContractError;
use assay_protocol::messages::jobs::ExecuteMsg;
use assay_protocol::messages::time::{MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS, Window};
use cosmwasm_std::{Coin, Timestamp, coins};

use crate::escrow::{CIRCUIT, Escrow};
use crate::job::{accept, cancel, deliver, expire, release, start};
use crate::terms::Job;

/// Tries a message at every place around the deadline of the slot's state.
/// Returns, for each, whether the deadline has passed and what the message gave.
fn around(
    make: impl Fn() -> Escrow,
    sender: &str,
    funds: &[Coin],
    message: impl Fn(&Escrow) -> ExecuteMsg,
) -> Vec<(bool, Result<(), ContractError>)> {
    let mut results = Vec::new();
    for nanoseconds in [-1, 0, 1] {
        for blocks in [-1, 0, 1] {
            let mut escrow = make();
            let message = message(&escrow);
            escrow.go_to_deadline(nanoseconds, blocks);
            let result = escrow.send(sender, funds, message).map(|_| ());
            results.push((nanoseconds >= 0 && blocks >= 0, result));
        }
    }
    results
}

fn open() -> Escrow {
    Escrow::with(&Job::new(CIRCUIT))
}

#[test]
fn a_slot_can_be_accepted_until_the_acceptance_deadline() {
    for (passed, result) in around(open, "worker", &coins(10, "token"), |_| accept(0)) {
        match result {
            Ok(()) => assert!(!passed),
            Err(ContractError::DeadlinePassed { name, .. }) => {
                assert!(passed && name == "acceptance")
            }
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_stranger_can_cancel_from_the_acceptance_deadline_on() {
    for (passed, result) in around(open, "stranger", &[], |_| cancel(0)) {
        match result {
            Ok(()) => assert!(passed),
            Err(ContractError::Unauthorised { .. }) => assert!(!passed),
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_worker_can_start_until_the_hand_over_deadline() {
    for (passed, result) in around(Escrow::accepted, "worker", &[], |_| start(0)) {
        match result {
            Ok(()) => assert!(!passed),
            Err(ContractError::DeadlinePassed { name, .. }) => {
                assert!(passed && name == "hand-over")
            }
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_stranger_can_release_from_the_hand_over_deadline_on() {
    for (passed, result) in around(Escrow::accepted, "stranger", &[], |_| release(0)) {
        match result {
            Ok(()) => assert!(passed),
            Err(ContractError::Unauthorised { .. }) => assert!(!passed),
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_proof_is_taken_until_the_delivery_deadline() {
    let proof = |escrow: &Escrow| deliver(escrow.proof());
    for (passed, result) in around(Escrow::started, "worker", &[], proof) {
        match result {
            Ok(()) => assert!(!passed),
            Err(ContractError::DeadlinePassed { name, .. }) => {
                assert!(passed && name == "delivery")
            }
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_stranger_can_expire_from_the_delivery_deadline_on() {
    for (passed, result) in around(Escrow::started, "stranger", &[], |_| expire(0)) {
        match result {
            Ok(()) => assert!(passed),
            Err(ContractError::NotExpired { .. }) => assert!(!passed),
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_chain_halt_robs_nobody() {
    let mut escrow = Escrow::started();
    let day = 24 * 60 * 60;
    escrow.env.block.time = escrow.env.block.time.plus_seconds(day);
    escrow.env.block.height += 1;
    let error = escrow.send("poster", &[], expire(0)).unwrap_err();
    assert!(matches!(error, ContractError::NotExpired { .. }));
    let proof = escrow.proof();
    escrow.send("worker", &[], deliver(proof)).unwrap();
}

#[test]
fn deadlines_count_from_the_block_of_their_message() {
    let mut escrow = open();
    let posted = escrow.env.block.clone();
    assert_eq!(escrow.deadline().time, posted.time.plus_seconds(100));
    assert_eq!(escrow.deadline().height, posted.height + 10);
    escrow.env.block.time = posted.time.plus_seconds(7);
    escrow
        .send("worker", &coins(10, "token"), accept(0))
        .unwrap();
    assert_eq!(escrow.deadline().time, posted.time.plus_seconds(207));
    escrow.env.block.height += 3;
    escrow.send("worker", &[], start(0)).unwrap();
    assert_eq!(escrow.deadline().time, posted.time.plus_seconds(307));
    assert_eq!(escrow.deadline().height, posted.height + 33);
}

#[test]
fn a_deadline_after_the_end_of_time_is_refused() {
    let mut job = Job::new(CIRCUIT);
    let (seconds, blocks) = (MAX_WINDOW_SECONDS, MAX_WINDOW_BLOCKS);
    job.windows.acceptance = Window { seconds, blocks };
    for (time, height) in [(u64::MAX, 1), (1, u64::MAX)] {
        let mut escrow = Escrow::new();
        escrow.env.block.time = Timestamp::from_nanos(time);
        escrow.env.block.height = height;
        let error = escrow.send("poster", &job.funds(), job.message());
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::Deadline(
                Clock::Overflow
            )))
        ));
    }
}
