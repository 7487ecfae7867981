//! Tokens that lie, refuse, or call back: they hurt nobody but those who use them.

use assay_protocol::messages::jobs::{ExecuteMsg, SlotId, SlotState};
use cosmwasm_std::{Addr, Binary, Coin, StdResult, Uint256, coin, coins, to_json_binary};
use cw_multi_test::{AppResponse, IntoAddr};

use crate::chain::Chain;
use crate::escrow::{cw20, withdraw};
use crate::job::{accept, cancel, deliver, expire, publish_key, release, start, start_for, top_up};
use crate::terms::{JOB, Job};
use crate::token::{Behaviour, ExecuteMsg as TokenMsg, QueryMsg as TokenQuery};

const PARTIES: [&str; 2] = ["poster", "worker"];

/// A started slot whose reward is in a token, its bond in an honest coin.
fn started() -> (Chain, String) {
    let chain = Chain::started(|chain, job| job.reward.denom = cw20(&chain.cw20));
    let denom = cw20(&chain.cw20);
    (chain, denom)
}

fn behave(chain: &mut Chain, behaviour: Behaviour) {
    let token = chain.cw20.clone();
    chain.tell(&token, &TokenMsg::Behave(behaviour)).unwrap();
}

/// Lets the token send a message to the contract when it is next moved.
fn call_back(chain: &mut Chain, message: &ExecuteMsg, insists: bool) {
    let behaviour = Behaviour::CallBack {
        contract: chain.escrow.to_string(),
        msg: to_json_binary(message).unwrap(),
        insists,
    };
    behave(chain, behaviour);
}

/// What became of the message that the token sent.
fn outcome(chain: &Chain) -> String {
    let query = TokenQuery::Outcome {};
    let found: StdResult<Option<String>> = chain.app.wrap().query_wasm_smart(&chain.cw20, &query);
    found.unwrap().unwrap()
}

fn delivery(chain: &Chain) -> ExecuteMsg {
    deliver(chain.proof(JOB, 0, &"worker".into_addr()))
}

/// Says that tokens have come which haven't.
fn lie(
    chain: &mut Chain,
    token: &Addr,
    payer: &str,
    amount: u128,
    message: &ExecuteMsg,
) -> StdResult<AppResponse> {
    let lie = TokenMsg::Lie {
        contract: chain.escrow.to_string(),
        sender: payer.into_addr().into(),
        amount: amount.into(),
        msg: to_json_binary(message).unwrap(),
    };
    chain.tell(token, &lie)
}

#[test]
fn a_token_that_moves_nothing_keeps_no_honest_coin_from_being_paid() {
    let (mut chain, denom) = started();
    behave(&mut chain, Behaviour::Revert);
    let message = delivery(&chain);
    chain.send("worker", &[], &message).unwrap();
    assert!(matches!(
        chain.jobs()[0].slots[0].state,
        SlotState::Paid { .. }
    ));
    assert_eq!(chain.credits("worker"), coins(100, &denom));
    assert_eq!(chain.gains(&PARTIES, "token"), [0, 0, 0]);
    chain.send("worker", &[], &withdraw(&denom)).unwrap_err();
    behave(&mut chain, Behaviour::Honest);
    chain.send("stranger", &[], &withdraw(&denom)).unwrap_err();
    chain.send("worker", &[], &withdraw(&denom)).unwrap();
    assert_eq!(chain.gains(&PARTIES, &denom), [-100, 100, 0]);
}

#[test]
fn a_token_that_moves_nothing_blocks_no_exit() {
    let (mut chain, denom) = started();
    behave(&mut chain, Behaviour::Revert);
    chain.advance(300, 30);
    chain.send("stranger", &[], &expire(0)).unwrap();
    assert_eq!(chain.credits("poster"), coins(100, &denom));
    assert_eq!(chain.gains(&PARTIES, "token"), [10, -10, 0]);
}

#[test]
fn a_token_that_only_says_it_moves_cheats_its_own_users_alone() {
    let (mut chain, denom) = started();
    behave(&mut chain, Behaviour::Swallow);
    let message = delivery(&chain);
    chain.send("worker", &[], &message).unwrap();
    assert_eq!(chain.credits("worker"), []);
    assert_eq!(chain.gains(&PARTIES, &denom), [-100, 0, 100]);
    assert_eq!(chain.gains(&PARTIES, "token"), [0, 0, 0]);
}

#[test]
fn a_token_that_delivers_again_when_it_is_paid_out_is_paid_once() {
    for insists in [false, true] {
        let (mut chain, denom) = started();
        let message = delivery(&chain);
        call_back(&mut chain, &message, insists);
        chain.send("worker", &[], &message).unwrap();
        // What insists fails with what it asked for, and leaves a credit.
        let credit = if insists { coins(100, &denom) } else { vec![] };
        assert_eq!(chain.credits("worker"), credit);
        let paid = if insists {
            [-100, 0, 100]
        } else {
            [-100, 100, 0]
        };
        assert_eq!(chain.gains(&PARTIES, &denom), paid);
        assert_eq!(chain.gains(&PARTIES, "token"), [0, 0, 0]);
        if !insists {
            assert!(outcome(&chain).contains("is paid"), "{}", outcome(&chain));
        }
    }
}

#[test]
fn a_token_that_expires_or_cancels_when_it_is_paid_out_changes_nothing() {
    for message in [expire(0), cancel(0), start(0)] {
        let (mut chain, denom) = started();
        call_back(&mut chain, &message, false);
        chain.advance(150, 15);
        let message = delivery(&chain);
        chain.send("worker", &[], &message).unwrap();
        assert!(outcome(&chain).contains("is paid"), "{}", outcome(&chain));
        assert_eq!(chain.gains(&PARTIES, &denom), [-100, 100, 0]);
        assert_eq!(chain.gains(&PARTIES, "token"), [0, 0, 0]);
    }
}

#[test]
fn a_token_that_withdraws_when_it_is_withdrawn_is_paid_once() {
    let (mut chain, denom) = started();
    behave(&mut chain, Behaviour::Revert);
    let message = delivery(&chain);
    chain.send("worker", &[], &message).unwrap();
    let again = ExecuteMsg::Withdraw {
        denom: denom.clone(),
        owner: Some("worker".into_addr().into()),
        to: None,
    };
    call_back(&mut chain, &again, true);
    chain.send("worker", &[], &again).unwrap_err();
    assert_eq!(chain.credits("worker"), coins(100, &denom));
    call_back(&mut chain, &again, false);
    chain.send("worker", &[], &again).unwrap();
    assert!(outcome(&chain).contains("no credit"), "{}", outcome(&chain));
    assert_eq!(chain.credits("worker"), []);
    assert_eq!(chain.gains(&PARTIES, &denom), [-100, 100, 0]);
}

#[test]
fn a_token_that_takes_a_credit_when_it_is_paid_out_takes_it_once() {
    let (mut chain, denom) = started();
    chain.refuse("worker", true);
    let message = delivery(&chain);
    chain.send("worker", &[], &message).unwrap();
    chain.refuse("worker", false);
    let post = Job {
        reward: coin(50, &denom),
        ..Job::new(chain.circuit)
    };
    chain.post(&post).unwrap();
    let take = ExecuteMsg::Withdraw {
        denom: "token".into(),
        owner: Some("worker".into_addr().into()),
        to: None,
    };
    call_back(&mut chain, &take, true);
    let second = ExecuteMsg::Cancel(SlotId {
        job: assay_protocol::id::JobId(2),
        slot: 0,
    });
    chain.send("poster", &[], &second).unwrap();
    assert_eq!(chain.credits("worker"), coins(100, &denom));
    assert_eq!(chain.gains(&PARTIES, "token"), [0, 0, 0]);
    chain.send("stranger", &[], &take).unwrap_err();
}

#[test]
fn a_token_that_lies_about_amounts_takes_nobody_elses_money() {
    let (mut chain, honest) = started();
    let liar = chain.another_token();
    let mut job = Job::new(chain.circuit);
    (job.reward.denom, job.bond.denom) = (cw20(&liar), cw20(&liar));
    lie(&mut chain, &liar, "rival", 100, &job.message()).unwrap();
    let slot = SlotId {
        job: assay_protocol::id::JobId(2),
        slot: 0,
    };
    chain.send("rival", &[], &ExecuteMsg::Cancel(slot)).unwrap();
    assert_eq!(chain.credits("rival"), coins(100, cw20(&liar)));
    chain
        .send("rival", &[], &withdraw(&cw20(&liar)))
        .unwrap_err();
    for denom in [&*honest, "token"] {
        chain.send("rival", &[], &withdraw(denom)).unwrap_err();
        assert_eq!(chain.gains(&["rival"], denom)[0], 0);
    }
    assert_eq!(chain.gains(&["poster"], &honest), [-100, 100]);
}

#[test]
fn tokens_beyond_all_counting_block_no_honest_coin() {
    let mut chain = Chain::new();
    let liar = chain.another_token();
    let mut job = Job::new(chain.circuit);
    job.reward = coin(u128::MAX, cw20(&liar));
    lie(&mut chain, &liar, "poster", u128::MAX, &job.message()).unwrap();
    lie(&mut chain, &liar, "stranger", u128::MAX, &top_up(0)).unwrap();
    chain.send("worker", &[job.bond], &accept(0)).unwrap();
    chain.send("worker", &[], &start(0)).unwrap();
    let message = delivery(&chain);
    chain.send("worker", &[], &message).unwrap();
    assert_eq!(chain.gains(&["worker"], "token"), [0, 0]);
    let twice = Uint256::from(u128::MAX) * Uint256::from(2u128);
    assert_eq!(chain.credits("worker"), [Coin::new(twice, cw20(&liar))]);
}

#[test]
fn a_token_that_names_a_worker_who_never_accepted_moves_nothing_of_theirs() {
    let mut chain = Chain::new();
    let liar = chain.another_token();
    let mut job = Job::new(chain.circuit);
    job.bond.denom = cw20(&liar);
    chain.post(&job).unwrap();
    lie(&mut chain, &liar, "worker", 10, &accept(0)).unwrap();
    assert_eq!(chain.gains(&["worker"], "token"), [0, 100]);
    // What else there is to say in a worker's name, a token can't.
    let names = start_for(0, Some(&"stranger".into_addr()));
    for message in [names, publish_key(0, "age1thief"), release(0)] {
        lie(&mut chain, &liar, "worker", 10, &message).unwrap_err();
        chain.send("stranger", &[], &message).unwrap_err();
    }
    assert!(matches!(
        &chain.jobs()[0].slots[0].state,
        SlotState::Accepted { .. }
    ));
}

#[test]
fn what_is_no_message_moves_nothing() {
    let mut chain = Chain::new();
    let send = TokenMsg::Send {
        contract: chain.escrow.to_string(),
        amount: 100u128.into(),
        msg: Binary::from(b"{}"),
    };
    let (token, poster) = (chain.cw20.clone(), "poster".into_addr());
    let message = cosmwasm_std::wasm_execute(&token, &send, vec![]).unwrap();
    use cw_multi_test::Executor;
    chain.app.execute(poster, message.into()).unwrap_err();
    assert_eq!(chain.gains(&PARTIES, &cw20(&token)), [0, 0, 0]);
}
