//! Where the money for predictions goes, with real registries and a real bank.

use assay_protocol::id::RequestId;
use assay_protocol::messages::predictions::{ExecuteMsg, QueryMsg, RequestResponse, RequestState};
use cosmwasm_std::{Coin, Uint256, coin, coins};
use cw_multi_test::IntoAddr;

use crate::chain::{Chain, FUNDS};
use crate::prediction::{
    FORMS, Form, INPUT, OUTPUT, REQUEST, fulfil, fulfil_with, reclaim, request,
};
use crate::prepaid::{deposit, withdraw};

/// A chain on which "worker" has made an offer.
fn offered(form: Form) -> Chain {
    let mut chain = Chain::new();
    let message = chain.offer(form).message();
    chain.send("worker", &[], &message).unwrap();
    chain
}

/// A chain on which "poster" has made a request to "worker".
fn requested(form: Form) -> Chain {
    let mut chain = offered(form);
    let message = request(&INPUT, false);
    chain
        .send("poster", &coins(100, "token"), &message)
        .unwrap();
    chain
}

/// How much more of the token each has than at first: poster, worker, escrow.
fn gains(chain: &Chain) -> [i128; 3] {
    let gains = chain.gains(&["poster", "worker"], "token");
    gains.try_into().unwrap()
}

fn answer(chain: &mut Chain, form: Form) {
    let proof = chain.answer(form, REQUEST, &"worker".into_addr());
    chain.send("stranger", &[], &fulfil(proof)).unwrap();
}

#[test]
fn a_proved_answer_moves_the_price_to_the_provider() {
    for form in FORMS {
        let mut chain = requested(form);
        assert_eq!(gains(&chain), [-100, 0, 100]);
        answer(&mut chain, form);
        assert_eq!(gains(&chain), [-100, 100, 0]);
        let request = REQUEST;
        let answered: RequestResponse = chain.ask(QueryMsg::Request { request });
        assert_eq!(answered.output, Some(OUTPUT.into()));
    }
}

#[test]
fn silence_moves_the_price_back_to_the_requester() {
    let mut chain = requested(Form::Hidden);
    chain.advance(50, 5);
    let proof = chain.answer(Form::Hidden, REQUEST, &"worker".into_addr());
    let late = chain.send("worker", &[], &fulfil(proof)).unwrap_err();
    assert!(late.to_string().contains("has passed"), "{late}");
    chain.send("stranger", &[], &reclaim()).unwrap();
    assert_eq!(gains(&chain), [0, 0, 0]);
}

#[test]
fn an_answer_replayed_for_a_second_request_moves_nothing() {
    let mut chain = requested(Form::Public);
    let again = request(&INPUT, false);
    chain.send("rival", &coins(100, "token"), &again).unwrap();
    let proof = chain.answer(Form::Public, REQUEST, &"worker".into_addr());
    chain.send("worker", &[], &fulfil(proof.clone())).unwrap();
    let before = gains(&chain);
    let replay = fulfil_with(RequestId(2), &OUTPUT, proof);
    let error = chain.send("worker", &[], &replay).unwrap_err();
    assert!(
        error.to_string().contains("does not show this statement"),
        "{error}"
    );
    assert_eq!(gains(&chain), before);
}

#[test]
fn a_provider_who_cannot_be_paid_blocks_no_answer_and_keeps_a_credit() {
    let mut chain = requested(Form::Public);
    chain.bank.refuse("worker".into_addr().as_str());
    answer(&mut chain, Form::Public);
    assert_eq!(chain.credits("worker"), coins(100, "token"));
    assert_eq!(chain.prepaid("worker"), []);
    let states = chain.requests(crate::prediction::OFFER);
    assert_eq!(states[0].state, RequestState::Answered {});
}

#[test]
fn a_requester_who_cannot_be_paid_keeps_a_credit_and_no_balance() {
    let mut chain = requested(Form::Public);
    chain.bank.refuse("poster".into_addr().as_str());
    chain.advance(50, 5);
    chain.send("stranger", &[], &reclaim()).unwrap();
    assert_eq!(chain.credits("poster"), coins(100, "token"));
    assert_eq!(chain.prepaid("poster"), []);
    chain.bank.allow_all();
    let collect = ExecuteMsg::Withdraw {
        denom: "token".into(),
        owner: Some("poster".into_addr().into()),
        to: None,
    };
    chain.send("stranger", &[], &collect).unwrap();
    assert_eq!(gains(&chain), [0, 0, 0]);
}

#[test]
fn what_was_prepaid_pays_requests_and_the_rest_comes_back() {
    let mut chain = offered(Form::Hidden);
    let funds = [coin(5, "other"), coin(130, "token")];
    chain.send("poster", &funds, &deposit()).unwrap();
    chain.send("poster", &[], &request(&INPUT, true)).unwrap();
    assert_eq!(
        chain.prepaid("poster"),
        [coin(5, "other"), coin(30, "token")]
    );
    answer(&mut chain, Form::Hidden);
    for denom in ["other", "token"] {
        chain.send("poster", &[], &withdraw(denom, None)).unwrap();
    }
    assert_eq!(gains(&chain), [-100, 100, 0]);
    let all: [Coin; 0] = [];
    assert_eq!(chain.prepaid("poster"), all);
    let other = chain.balance(&"poster".into_addr(), "other");
    assert_eq!(other, Uint256::from(FUNDS));
}

#[test]
fn a_withdrawal_that_the_bank_refuses_keeps_the_balance() {
    let mut chain = Chain::new();
    chain
        .send("poster", &coins(7, "token"), &deposit())
        .unwrap();
    chain.bank.refuse("poster".into_addr().as_str());
    let error = chain
        .send("poster", &[], &withdraw("token", None))
        .unwrap_err();
    assert!(error.to_string().contains("the bank refuses"), "{error}");
    assert_eq!(chain.prepaid("poster"), coins(7, "token"));
    assert_eq!(gains(&chain), [-7, 0, 7]);
}

#[test]
fn a_request_that_fails_keeps_neither_funds_nor_balance() {
    let mut chain = offered(Form::Public);
    chain
        .send("poster", &coins(99, "token"), &deposit())
        .unwrap();
    chain
        .send("poster", &[], &request(&INPUT, true))
        .unwrap_err();
    chain
        .send("poster", &coins(101, "token"), &request(&INPUT, false))
        .unwrap_err();
    assert_eq!(chain.prepaid("poster"), coins(99, "token"));
    assert_eq!(gains(&chain), [-99, 0, 99]);
}

#[test]
fn only_the_owner_of_a_registered_model_can_offer_it() {
    let mut chain = Chain::new();
    let message = chain.offer(Form::Hidden).message();
    let error = chain.send("rival", &[], &message).unwrap_err();
    assert!(error.to_string().contains("belongs to"), "{error}");
    chain.send("worker", &[], &message).unwrap();
}
