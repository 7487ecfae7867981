//! Transfers that the bank refuses.

use assay_escrow::Error as EscrowError;
use assay_jobs::ContractError;
use assay_jobs::contract::reply;
use assay_protocol::messages::escrow::CreditsResponse;
use assay_protocol::messages::jobs::{ExecuteMsg, QueryMsg, SlotState};
use cosmwasm_std::{
    Coin, Reply, ReplyOn, SubMsg, SubMsgResponse, SubMsgResult, Uint256, coin, coins,
};
use cw_multi_test::IntoAddr;

use crate::chain::{Chain, FUNDS};
use crate::escrow::{CIRCUIT, Escrow, address, withdraw};
use crate::job::{accept, deliver, expire, start};
use crate::settling::started;
use crate::terms::{JOB, Job};

/// Has the credit of "worker" paid to another address.
fn worker_credit_to(to: &str) -> ExecuteMsg {
    ExecuteMsg::Withdraw {
        denom: "token".into(),
        owner: Some("worker".into_addr().into()),
        to: Some(to.into()),
    }
}

fn deliver_to(chain: &mut Chain) {
    let proof = chain.proof(JOB, 0, &"worker".into_addr());
    chain.send("worker", &[], &deliver(proof)).unwrap();
}

#[test]
fn a_refused_payment_becomes_a_credit_that_can_be_withdrawn_once() {
    let mut chain = started();
    chain.bank.refuse("worker".into_addr().as_str());
    deliver_to(&mut chain);
    assert!(matches!(
        chain.jobs()[0].slots[0].state,
        SlotState::Paid { .. }
    ));
    assert_eq!(chain.credits("worker"), coins(110, "token"));

    chain.bank.allow_all();
    chain.send("worker", &[], &withdraw("token")).unwrap();
    assert_eq!(chain.credits("worker"), []);
    let balance = chain.balance(&"worker".into_addr(), "token");
    assert_eq!(balance, Uint256::from(FUNDS + 100));
    let again = chain.send("worker", &[], &withdraw("token")).unwrap_err();
    assert!(again.to_string().contains("no credit"), "{again}");
}

#[test]
fn a_withdrawal_that_is_refused_again_keeps_the_credit() {
    let mut chain = started();
    chain.bank.refuse("worker".into_addr().as_str());
    deliver_to(&mut chain);
    let error = chain.send("worker", &[], &withdraw("token")).unwrap_err();
    assert!(error.to_string().contains("the bank refuses"), "{error}");
    assert_eq!(chain.credits("worker"), coins(110, "token"));
}

#[test]
fn a_credit_belongs_to_its_recipient_only() {
    let mut chain = started();
    chain.bank.refuse("worker".into_addr().as_str());
    deliver_to(&mut chain);
    let error = chain.send("stranger", &[], &withdraw("token")).unwrap_err();
    assert!(error.to_string().contains("no credit"), "{error}");
}

#[test]
fn a_stranger_can_have_a_credit_paid_to_its_owner() {
    let mut chain = started();
    let worker = "worker".into_addr();
    chain.bank.refuse(worker.as_str());
    deliver_to(&mut chain);
    chain.bank.allow_all();
    let message = ExecuteMsg::Withdraw {
        denom: "token".into(),
        owner: Some(worker.to_string()),
        to: None,
    };
    chain.send("stranger", &[], &message).unwrap();
    assert_eq!(chain.credits("worker"), []);
    assert_eq!(chain.balance(&worker, "token"), Uint256::from(FUNDS + 100));
    let again = chain.send("stranger", &[], &message).unwrap_err();
    assert!(again.to_string().contains("no credit"), "{again}");
}

#[test]
fn an_owner_who_cannot_receive_has_its_credit_paid_elsewhere() {
    let mut chain = started();
    chain.bank.refuse("worker".into_addr().as_str());
    deliver_to(&mut chain);
    let rival = "rival".into_addr();
    let message = worker_credit_to(rival.as_str());
    chain.send("worker", &[], &message).unwrap();
    assert_eq!(chain.credits("worker"), []);
    assert_eq!(chain.balance(&rival, "token"), Uint256::from(FUNDS + 110));
    let again = chain.send("worker", &[], &message).unwrap_err();
    assert!(again.to_string().contains("no credit"), "{again}");
}

#[test]
fn nobody_else_can_have_a_credit_paid_elsewhere() {
    let mut chain = started();
    let worker = "worker".into_addr();
    chain.bank.refuse(worker.as_str());
    deliver_to(&mut chain);
    for to in [&"stranger".into_addr(), &worker] {
        let message = worker_credit_to(to.as_str());
        let error = chain.send("stranger", &[], &message).unwrap_err();
        let expected = format!("only {worker} can have its credit paid to another address");
        assert!(error.to_string().contains(&expected), "{error}");
    }
    assert_eq!(chain.credits("worker"), coins(110, "token"));
}

#[test]
fn a_credit_is_not_paid_to_the_escrow_itself() {
    let mut chain = started();
    chain.bank.refuse("worker".into_addr().as_str());
    deliver_to(&mut chain);
    let message = worker_credit_to(chain.escrow.as_str());
    let error = chain.send("worker", &[], &message).unwrap_err();
    assert!(error.to_string().contains("can't be paid what it owes"));
    assert_eq!(chain.credits("worker"), coins(110, "token"));
}

#[test]
fn a_credit_is_paid_to_no_address_that_is_none() {
    let mut chain = started();
    chain.bank.refuse("worker".into_addr().as_str());
    deliver_to(&mut chain);
    let message = worker_credit_to("nonsense");
    chain.send("worker", &[], &message).unwrap_err();
    assert_eq!(chain.credits("worker"), coins(110, "token"));
}

#[test]
fn a_poster_who_cannot_be_paid_does_not_block_the_expiry() {
    let mut chain = started();
    chain.bank.refuse("poster".into_addr().as_str());
    chain.advance(300, 30);
    chain.send("stranger", &[], &expire(0)).unwrap();
    assert_eq!(chain.credits("poster"), coins(110, "token"));
}

#[test]
fn a_token_that_cannot_move_does_not_block_another() {
    let mut chain = Chain::new();
    let mut job = Job::new(chain.circuit);
    job.bond.denom = "other".into();
    chain.post(&job).unwrap();
    chain.send("worker", &[job.bond], &accept(0)).unwrap();
    chain.send("worker", &[], &start(0)).unwrap();
    chain.bank.refuse("other");
    deliver_to(&mut chain);
    assert_eq!(chain.credits("worker"), coins(10, "other"));
    let balance = chain.balance(&"worker".into_addr(), "token");
    assert_eq!(balance, Uint256::from(FUNDS + 100));
}

/// The one transfer of a delivery.
fn transfer(escrow: &mut Escrow) -> SubMsg {
    let proof = escrow.proof();
    let response = escrow.send("worker", &[], deliver(proof)).unwrap();
    let [transfer] = <[SubMsg; 1]>::try_from(response.messages).unwrap();
    transfer
}

fn failed(transfer: &SubMsg) -> Reply {
    Reply {
        id: transfer.id,
        payload: transfer.payload.clone(),
        gas_used: 0,
        result: SubMsgResult::Err("refused".into()),
    }
}

fn credits(escrow: &Escrow, limit: u32, start_after: Option<&str>) -> CreditsResponse {
    let query = QueryMsg::Credits {
        address: address("worker").into(),
        start_after: start_after.map(Into::into),
        limit: Some(limit),
    };
    escrow.ask(query).unwrap()
}

#[test]
fn a_transfer_has_a_gas_limit_and_a_reply_on_failure_only() {
    let transfer = transfer(&mut Escrow::started());
    assert_eq!(transfer.reply_on, ReplyOn::Error);
    assert!(transfer.gas_limit.is_some());
}

#[test]
fn credits_of_one_token_add_up() {
    let mut escrow = Escrow::started();
    let transfer = transfer(&mut escrow);
    for total in [110u128, 220] {
        let env = escrow.env.clone();
        reply(escrow.deps.as_mut(), env, failed(&transfer)).unwrap();
        assert_eq!(credits(&escrow, 5, None).credits, coins(total, "token"));
    }
}

#[test]
fn replies_that_were_never_asked_for_credit_nothing() {
    let mut escrow = Escrow::started();
    let failed = failed(&transfer(&mut escrow));
    #[allow(deprecated)]
    let succeeded = SubMsgResult::Ok(SubMsgResponse {
        events: vec![],
        data: None,
        msg_responses: vec![],
    });
    let unasked = [
        Reply {
            id: failed.id + 1,
            ..failed.clone()
        },
        Reply {
            result: succeeded,
            ..failed
        },
    ];
    for one in unasked {
        let env = escrow.env.clone();
        let error = reply(escrow.deps.as_mut(), env, one);
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::UnknownReply { .. }))
        ));
        assert_eq!(credits(&escrow, 5, None).credits, []);
    }
}

#[test]
fn credits_come_in_pages_by_token() {
    let mut job = Job::new(CIRCUIT);
    job.bond.denom = "other".into();
    let mut escrow = Escrow::with(&job);
    escrow.send("worker", &[job.bond], accept(0)).unwrap();
    escrow.send("worker", &[], start(0)).unwrap();
    let proof = escrow.proof();
    let response = escrow.send("worker", &[], deliver(proof)).unwrap();
    for transfer in &response.messages {
        let env = escrow.env.clone();
        reply(escrow.deps.as_mut(), env, failed(transfer)).unwrap();
    }
    let first = credits(&escrow, 1, None);
    assert_eq!(first.credits, [coin(10, "other")]);
    assert_eq!(first.next.as_deref(), Some("other"));
    let second = credits(&escrow, 1, Some("other"));
    let expected: [Coin; 1] = [coin(100, "token")];
    assert_eq!((second.credits, second.next), (expected.to_vec(), None));
}
