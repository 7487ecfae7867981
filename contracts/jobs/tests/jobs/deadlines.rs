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
use crate::terms::{Job};

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
        assert!(matches!(error, Err(ContractError::Escrow(EscrowError::Deadline(Clock::Overflow)))));
    }
}
