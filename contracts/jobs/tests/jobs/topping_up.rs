//! Adding to a reward.

use assay_escrow::Error as EscrowError;
use assay_jobs::ContractError;
use cosmwasm_std::{Coin, Uint256, coin, coins};

use crate::escrow::{CIRCUIT, DATASET, Escrow, address, commitment, transfers};
use crate::job::{accept, cancel, deliver, expire, start, top_up};
use crate::registries::Registries;
use crate::terms::Job;

fn open() -> Escrow {
    Escrow::with(&Job::new(CIRCUIT))
}

#[test]
fn anyone_can_add_to_a_reward_until_its_slot_ends() {
    for mut escrow in [open(), Escrow::accepted(), Escrow::started()] {
        let before = escrow.state(0);
        for (sender, total) in [("poster", 107u128), ("stranger", 114), ("worker", 121)] {
            escrow.send(sender, &coins(7, "token"), top_up(0)).unwrap();
            assert_eq!(escrow.slot(0).reward, coin(total, "token"));
        }
        assert_eq!(escrow.state(0), before);
        assert_eq!(escrow.job().terms.reward, coin(100, "token"));
    }
}

#[test]
fn what_was_added_is_paid_to_who_delivers() {
    let mut escrow = Escrow::started();
    escrow
        .send("stranger", &coins(7, "token"), top_up(0))
        .unwrap();
    let proof = deliver(escrow.proof());
    let response = escrow.send("worker", &[], proof).unwrap();
    let paid = (address("worker").into_string(), coin(117, "token"));
    assert_eq!(transfers(&response), [paid]);
}

#[test]
fn a_royalty_is_paid_on_what_was_added_too() {
    let mut escrow = Escrow::new();
    let mut dataset = Registries::dataset(commitment());
    dataset.royalty_bps = 1_000;
    escrow.registries.put_dataset(DATASET, &dataset);
    let mut job = Job::new(CIRCUIT);
    job.royalty_bps = 1_000;
    escrow.send("poster", &job.funds(), job.message()).unwrap();
    escrow.send("worker", &[job.bond], accept(0)).unwrap();
    escrow.send("worker", &[], start(0)).unwrap();
    escrow
        .send("stranger", &coins(50, "token"), top_up(0))
        .unwrap();
    let proof = deliver(escrow.proof());
    let response = escrow.send("worker", &[], proof).unwrap();
    let expected = [("worker", 145u128), ("dataset owner", 15)];
    let expected = expected.map(|(who, amount)| (address(who).into(), coin(amount, "token")));
    assert_eq!(transfers(&response), expected);
}

#[test]
fn only_the_slot_that_is_named_is_topped_up() {
    let mut job = Job::new(CIRCUIT);
    job.slots = 2;
    let mut escrow = Escrow::with(&job);
    escrow
        .send("stranger", &coins(7, "token"), top_up(1))
        .unwrap();
    assert_eq!(escrow.slot(0).reward, coin(100, "token"));
    assert_eq!(escrow.slot(1).reward, coin(107, "token"));
}

#[test]
fn a_top_up_is_one_coin_of_the_reward() {
    let wrong: [&[Coin]; 5] = [
        &[],
        &[coin(0, "token")],
        &[coin(7, "other")],
        &[coin(1, "other"), coin(7, "token")],
        &[coin(7, "token"), coin(7, "token")],
    ];
    for funds in wrong {
        let error = open().send("stranger", funds, top_up(0)).unwrap_err();
        assert!(
            matches!(error, ContractError::Escrow(EscrowError::WrongFunds { .. })),
            "{funds:?}"
        );
    }
}

#[test]
fn a_slot_that_has_ended_cannot_be_topped_up() {
    let mut paid = Escrow::started();
    let proof = deliver(paid.proof());
    paid.send("worker", &[], proof).unwrap();
    let mut cancelled = open();
    cancelled.send("poster", &[], cancel(0)).unwrap();
    let mut refunded = Escrow::started();
    refunded.go_to_deadline(0, 0);
    refunded.send("stranger", &[], expire(0)).unwrap();
    for mut escrow in [paid, cancelled, refunded] {
        let before = escrow.slot(0);
        let error = escrow.send("stranger", &coins(7, "token"), top_up(0));
        assert!(matches!(error, Err(ContractError::WrongState { .. })));
        assert_eq!(escrow.slot(0), before);
    }
}

#[test]
fn a_reward_that_would_overflow_is_not_topped_up() {
    let mut escrow = Escrow::started();
    let most = Uint256::MAX - Uint256::from(100u128);
    let too_much = Coin::new(most + Uint256::one(), "token");
    let error = escrow.send("stranger", &[too_much], top_up(0));
    assert!(matches!(error, Err(ContractError::RewardOverflow { .. })));
    escrow
        .send("stranger", &[Coin::new(most, "token")], top_up(0))
        .unwrap();
    // The bond is of the same token: more than one amount can be, it is paid by itself.
    let proof = deliver(escrow.proof());
    let response = escrow.send("worker", &[], proof).unwrap();
    let worker = address("worker").into_string();
    let expected = [
        (worker.clone(), Coin::new(Uint256::MAX, "token")),
        (worker, coin(10, "token")),
    ];
    assert_eq!(transfers(&response), expected);
}
