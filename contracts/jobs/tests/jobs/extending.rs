//! Giving more time.

use assay_deadlines::Error as Clock;
use assay_escrow::Error as EscrowError;
use assay_jobs::ContractError;
use assay_protocol::messages::time::{Deadline, Window};
use cosmwasm_std::{Timestamp, coins};

use crate::escrow::{CIRCUIT, Escrow};
use crate::job::{accept, cancel, deliver, expire, extend, extend_by, release, start};
use crate::terms::Job;

fn open() -> Escrow {
    Escrow::with(&Job::new(CIRCUIT))
}

/// Each state with a deadline, and what its windows are: 100, 200 and 300 seconds.
fn states() -> [(Escrow, u64); 3] {
    [
        (open(), 100),
        (Escrow::accepted(), 200),
        (Escrow::started(), 300),
    ]
}

#[test]
fn the_deadline_of_the_state_moves_to_the_end_of_a_window_from_now_on() {
    for (mut escrow, seconds) in states() {
        let (before, acceptance) = (escrow.deadline(), escrow.slot(0).acceptance_deadline);
        escrow.env.block.time = escrow.env.block.time.plus_seconds(7);
        escrow.env.block.height += 2;
        escrow.send("poster", &[], extend(0, seconds + 50)).unwrap();
        let expected = Deadline {
            time: before.time.plus_seconds(57),
            height: before.height + 7,
        };
        assert_eq!(escrow.deadline(), expected);
        // Only that one.
        if seconds > 100 {
            assert_eq!(escrow.slot(0).acceptance_deadline, acceptance);
        }
    }
}

#[test]
fn a_deadline_is_never_shortened_in_either_clock() {
    for nanoseconds in [-1, 0, 1] {
        for blocks in [-1, 0, 1] {
            for (mut escrow, seconds) in states() {
                let deadline = escrow.deadline();
                let time = escrow
                    .env
                    .block
                    .time
                    .nanos()
                    .checked_add_signed(nanoseconds);
                escrow.env.block.time = Timestamp::from_nanos(time.unwrap());
                let height = escrow.env.block.height.checked_add_signed(blocks);
                escrow.env.block.height = height.unwrap();
                match escrow.send("poster", &[], extend(0, seconds)) {
                    Ok(_) => assert_eq!((nanoseconds, blocks), (1, 1)),
                    Err(ContractError::NotLater { .. }) => {
                        assert!(nanoseconds <= 0 || blocks <= 0);
                        assert_eq!(escrow.deadline(), deadline);
                    }
                    Err(other) => panic!("{other}"),
                }
            }
        }
    }
}

/// Every place around the deadline: whether it has passed there.
fn around() -> impl Iterator<Item = (i64, i64, bool)> {
    let places = [-1i64, 0, 1].into_iter();
    places.flat_map(|n| [-1i64, 0, 1].map(|b| (n, b, n >= 0 && b >= 0)))
}

#[test]
fn an_extended_slot_is_accepted_until_its_new_deadline_and_cancelled_from_it_on() {
    for (nanoseconds, blocks, passed) in around() {
        let at = || {
            let mut escrow = open();
            escrow.send("poster", &[], extend(0, 150)).unwrap();
            escrow.go_to_deadline(nanoseconds, blocks);
            escrow
        };
        let accepted = at().send("worker", &coins(10, "token"), accept(0));
        let cancelled = at().send("stranger", &[], cancel(0));
        assert_eq!((accepted.is_ok(), cancelled.is_ok()), (!passed, passed));
    }
}

#[test]
fn an_extended_hand_over_ends_with_its_new_deadline() {
    for (nanoseconds, blocks, passed) in around() {
        let at = || {
            let mut escrow = Escrow::accepted();
            escrow.send("poster", &[], extend(0, 250)).unwrap();
            escrow.go_to_deadline(nanoseconds, blocks);
            escrow
        };
        let started = at().send("worker", &[], start(0));
        let released = at().send("stranger", &[], release(0));
        assert_eq!((started.is_ok(), released.is_ok()), (!passed, passed));
    }
}

#[test]
fn an_extended_delivery_is_taken_until_its_new_deadline_and_refunded_from_it_on() {
    for (nanoseconds, blocks, passed) in around() {
        let at = || {
            let mut escrow = Escrow::started();
            escrow.send("poster", &[], extend(0, 350)).unwrap();
            escrow.go_to_deadline(nanoseconds, blocks);
            escrow
        };
        let proof = deliver(at().proof());
        let delivered = at().send("worker", &[], proof);
        let expired = at().send("stranger", &[], expire(0));
        assert_eq!((delivered.is_ok(), expired.is_ok()), (!passed, passed));
    }
}

#[test]
fn an_extended_acceptance_outlives_a_release() {
    let mut escrow = open();
    escrow.send("poster", &[], extend(0, 5_000)).unwrap();
    let extended = escrow.deadline();
    escrow
        .send("worker", &coins(10, "token"), accept(0))
        .unwrap();
    escrow.send("worker", &[], release(0)).unwrap();
    assert_eq!(escrow.deadline(), extended);
    escrow.go_to_deadline(-1, 0);
    escrow
        .send("rival", &coins(10, "token"), accept(0))
        .unwrap();
}

#[test]
fn other_slots_keep_their_deadlines() {
    let mut job = Job::new(CIRCUIT);
    job.slots = 2;
    let mut escrow = Escrow::with(&job);
    let before = escrow.slot(0);
    escrow.send("poster", &[], extend(1, 5_000)).unwrap();
    assert_eq!(escrow.slot(0), before);
}

#[test]
fn nobody_but_the_requester_can_extend() {
    for sender in ["worker", "stranger"] {
        for (mut escrow, _) in states() {
            let error = escrow.send(sender, &[], extend(0, 5_000)).unwrap_err();
            assert!(matches!(error, ContractError::Unauthorised { .. }));
        }
    }
}

#[test]
fn a_deadline_that_nobody_has_used_yet_can_be_extended() {
    for (mut escrow, _) in states() {
        escrow.go_to_deadline(5, 5);
        escrow.send("poster", &[], extend(0, 100)).unwrap();
    }
}

#[test]
fn a_slot_that_has_ended_is_not_extended() {
    let mut cancelled = open();
    cancelled.send("poster", &[], cancel(0)).unwrap();
    let mut paid = Escrow::started();
    let proof = deliver(paid.proof());
    paid.send("worker", &[], proof).unwrap();
    let mut refunded = Escrow::started();
    refunded.go_to_deadline(0, 0);
    refunded.send("stranger", &[], expire(0)).unwrap();
    for mut escrow in [cancelled, paid, refunded] {
        let error = escrow.send("poster", &[], extend(0, 5_000)).unwrap_err();
        assert!(matches!(error, ContractError::WrongState { .. }));
    }
}

#[test]
fn an_extension_is_a_window_like_any_other() {
    let window = |seconds, blocks| extend_by(0, Window { seconds, blocks });
    let refused = |message| open().send("poster", &[], message).unwrap_err();
    assert!(matches!(
        refused(window(0, 1)),
        ContractError::Escrow(EscrowError::Deadline(Clock::Window {
            name: "extension",
            ..
        }))
    ));
    assert!(matches!(
        refused(window(86_400, 1)),
        ContractError::Escrow(EscrowError::Deadline(Clock::BlockTime { .. }))
    ));
    let mut escrow = open();
    escrow.env.block.height = u64::MAX;
    let error = escrow.send("poster", &[], extend(0, 5_000)).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Escrow(EscrowError::Deadline(Clock::Overflow))
    ));
}
