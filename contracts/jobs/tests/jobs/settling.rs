//! Where the money goes, with real registries and a real bank.

use assay_protocol::id::JobId;
use assay_protocol::messages::jobs::{ExecuteMsg, SlotId, SlotState};
use cosmwasm_std::{BankMsg, Uint256, coins, wasm_execute};
use cw_multi_test::{Executor, IntoAddr};

use crate::chain::{Chain, FUNDS};
use crate::escrow::{BLOB, withdraw};
use crate::job::{accept, cancel, deliver, deliver_blob, expire, release};
use crate::terms::{JOB, Job};

/// A chain on which "worker" has started the first slot of the first job.
pub fn started() -> Chain {
    Chain::started(|_, _| {})
}

/// How much more of the token each has than at first: poster, worker, escrow.
fn gains(chain: &Chain) -> [i128; 3] {
    let gains = chain.gains(&["poster", "worker"], "token");
    gains.try_into().unwrap()
}

#[test]
fn a_delivered_proof_moves_reward_and_bond_to_the_worker() {
    let mut chain = started();
    assert_eq!(gains(&chain), [-100, -10, 110]);
    let proof = chain.proof(JOB, 0, &"worker".into_addr());
    chain.send("stranger", &[], &deliver(proof)).unwrap();
    assert_eq!(gains(&chain), [-100, 100, 0]);
}

#[test]
fn silence_after_the_start_moves_reward_and_bond_to_the_poster() {
    let mut chain = started();
    chain.advance(300, 30);
    let proof = chain.proof(JOB, 0, &"worker".into_addr());
    let late = chain.send("worker", &[], &deliver(proof)).unwrap_err();
    assert!(late.to_string().contains("the delivery deadline"), "{late}");
    chain.send("stranger", &[], &expire(0)).unwrap();
    assert_eq!(gains(&chain), [10, -10, 0]);
}

#[test]
fn parting_before_the_start_costs_nobody_anything() {
    let mut chain = Chain::new();
    let job = Job::new(chain.circuit);
    chain.post(&job).unwrap();
    chain.send("worker", &[job.bond], &accept(0)).unwrap();
    chain.send("worker", &[], &release(0)).unwrap();
    assert_eq!(gains(&chain), [-100, 0, 100]);
    chain.send("poster", &[], &cancel(0)).unwrap();
    assert_eq!(gains(&chain), [0, 0, 0]);
}

#[test]
fn a_poster_ends_a_slot_that_bots_take_again_and_again_in_one_transaction() {
    let mut chain = Chain::new();
    let job = Job::new(chain.circuit);
    chain.post(&job).unwrap();
    let bond = [job.bond];
    chain.send("worker", &bond, &accept(0)).unwrap();
    chain.send("poster", &[], &release(0)).unwrap();
    chain.send("rival", &bond, &accept(0)).unwrap();
    let escrow = chain.escrow.clone();
    let both = [release(0), cancel(0)].map(|message| wasm_execute(&escrow, &message, vec![]));
    let both = both.map(|message| message.unwrap().into()).to_vec();
    let poster = "poster".into_addr();
    chain.app.execute_multi(poster, both).unwrap();
    assert_eq!(chain.jobs()[0].slots[0].state, SlotState::Cancelled {});
    assert_eq!(gains(&chain), [0, 0, 0]);
}

#[test]
fn what_is_sent_without_a_message_stays_and_changes_nothing() {
    let mut chain = started();
    let (stranger, escrow) = ("stranger".into_addr(), chain.escrow.clone());
    let sent = coins(7, "token");
    chain.app.send_tokens(stranger, escrow, &sent).unwrap();
    let proof = chain.proof(JOB, 0, &"worker".into_addr());
    chain.send("worker", &[], &deliver(proof)).unwrap();
    assert_eq!(gains(&chain), [-100, 100, 7]);
}

#[test]
fn a_token_that_its_issuer_burns_hurts_no_other() {
    let mut chain = started();
    let mut job = Job::new(chain.circuit);
    job.reward.denom = "other".into();
    chain.send("rival", &job.funds(), &job.message()).unwrap();
    let amount = coins(1, "token");
    let escrow = chain.escrow.clone();
    chain
        .app
        .execute(escrow, BankMsg::Burn { amount }.into())
        .unwrap();
    chain.advance(300, 30);
    chain.send("stranger", &[], &expire(0)).unwrap();
    assert_eq!(chain.credits("poster"), coins(110, "token"));
    let collect = withdraw("token");
    chain.send("poster", &[], &collect).unwrap_err();
    let take_back = ExecuteMsg::Cancel(SlotId {
        job: JobId(2),
        slot: 0,
    });
    chain.send("rival", &[], &take_back).unwrap();
    let rival = chain.balance(&"rival".into_addr(), "other");
    assert_eq!(rival, Uint256::from(FUNDS));
}

#[test]
fn a_proof_replayed_for_a_second_job_moves_nothing() {
    let mut chain = started();
    let job = Job::new(chain.circuit);
    chain.post(&job).unwrap();
    let second = JobId(2);
    let (accept, start) = (
        ExecuteMsg::Accept(SlotId {
            job: second,
            slot: 0,
        }),
        ExecuteMsg::Start {
            job: second,
            slot: 0,
            payee: None,
        },
    );
    chain.send("worker", &coins(10, "token"), &accept).unwrap();
    chain.send("worker", &[], &start).unwrap();
    let proof = chain.proof(JOB, 0, &"worker".into_addr());
    let before = gains(&chain);
    let replay = deliver_blob(second, 0, BLOB, proof);
    let error = chain.send("worker", &[], &replay).unwrap_err();
    assert!(
        error.to_string().contains("does not show this statement"),
        "{error}"
    );
    assert_eq!(gains(&chain), before);
}

#[test]
fn a_message_that_fails_keeps_no_funds() {
    let mut chain = Chain::new();
    chain.post(&Job::new(chain.circuit)).unwrap();
    chain
        .send("worker", &coins(11, "token"), &accept(0))
        .unwrap_err();
    assert_eq!(gains(&chain), [-100, 0, 100]);
}
