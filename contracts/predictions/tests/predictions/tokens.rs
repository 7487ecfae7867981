//! Predictions paid in cw20 tokens: honest ones, and others.

use assay_escrow::Error as EscrowError;
use assay_predictions::ContractError;
use assay_protocol::messages::escrow::Receive;
use assay_protocol::messages::predictions::{ExecuteMsg, RequestState};
use cosmwasm_std::{Addr, StdResult, coin, coins, to_json_binary};
use cw_multi_test::{AppResponse, IntoAddr};

use crate::chain::Chain;
use crate::escrow::{Escrow, address, cw20, withdraw};
use crate::prediction::{Form, INPUT, OFFER, Offer, REQUEST, close, fulfil, reclaim, request};
use crate::prepaid::{self, balances, deposit, deposit_for};
use crate::token::{Behaviour, ExecuteMsg as TokenMsg, QueryMsg as TokenQuery};

const PARTIES: [&str; 2] = ["poster", "worker"];

/// A chain with an offer of "worker", whose price is in its token.
fn offered() -> (Chain, String) {
    let mut chain = Chain::new();
    let denom = cw20(&chain.cw20);
    let mut offer = chain.offer(Form::Public);
    offer.price.denom = denom.clone();
    chain.send("worker", &[], &offer.message()).unwrap();
    (chain, denom)
}

fn requested() -> (Chain, String) {
    let (mut chain, denom) = offered();
    let message = request(&INPUT, false);
    chain.send("poster", &coins(100, &denom), &message).unwrap();
    (chain, denom)
}

fn answer(chain: &Chain) -> ExecuteMsg {
    fulfil(chain.answer(Form::Public, REQUEST, &"worker".into_addr()))
}

fn behave(chain: &mut Chain, behaviour: Behaviour) {
    let token = chain.cw20.clone();
    chain.tell(&token, &TokenMsg::Behave(behaviour)).unwrap();
}

/// Lets the token send a message to the contract when it is next moved.
fn call_back(chain: &mut Chain, message: &ExecuteMsg) {
    let behaviour = Behaviour::CallBack {
        contract: chain.escrow.to_string(),
        msg: to_json_binary(message).unwrap(),
        insists: false,
    };
    behave(chain, behaviour);
}

/// What became of the message that the token sent.
fn outcome(chain: &Chain) -> String {
    let query = TokenQuery::Outcome {};
    let found: StdResult<Option<String>> = chain.app.wrap().query_wasm_smart(&chain.cw20, &query);
    found.unwrap().unwrap()
}

#[test]
fn a_prediction_is_paid_in_tokens() {
    let (mut chain, denom) = requested();
    assert_eq!(chain.gains(&PARTIES, &denom), [-100, 0, 100]);
    let answer = answer(&chain);
    chain.send("stranger", &[], &answer).unwrap();
    assert_eq!(chain.gains(&PARTIES, &denom), [-100, 100, 0]);
}

#[test]
fn a_prediction_that_never_came_pays_tokens_back() {
    let (mut chain, denom) = requested();
    chain.advance(50, 5);
    chain.send("stranger", &[], &reclaim()).unwrap();
    assert_eq!(chain.gains(&PARTIES, &denom), [0, 0, 0]);
}

#[test]
fn prepaid_tokens_pay_requests_and_the_rest_comes_back() {
    let (mut chain, denom) = offered();
    chain
        .send(
            "rival",
            &coins(130, &denom),
            &deposit_for(Some(&"poster".into_addr())),
        )
        .unwrap();
    chain.send("poster", &[], &request(&INPUT, true)).unwrap();
    assert_eq!(chain.prepaid("poster"), coins(30, &denom));
    let answer = answer(&chain);
    chain.send("worker", &[], &answer).unwrap();
    chain
        .send("poster", &[], &prepaid::withdraw(&denom, None))
        .unwrap();
    assert_eq!(
        chain.gains(&["rival", "poster", "worker"], &denom),
        [-130, 30, 100, 0]
    );
}

#[test]
fn a_token_cannot_spend_what_somebody_prepaid() {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    escrow
        .send("owner", &coins(100, "token"), deposit())
        .unwrap();
    for amount in [1, 100] {
        let error = escrow.receive("liar", "owner", amount, &request(&INPUT, true));
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::WrongFunds { .. }))
        ));
    }
    let error = escrow.receive("liar", "owner", 0, &request(&INPUT, true));
    assert!(matches!(
        error,
        Err(ContractError::Escrow(EscrowError::ZeroAmount { .. }))
    ));
    assert_eq!(balances(&escrow, "owner"), coins(100, "token"));
}

#[test]
fn a_token_takes_nothing_out_in_anybodys_name() {
    let nested = ExecuteMsg::Receive(Receive {
        sender: address("owner").into(),
        amount: 100u128.into(),
        msg: to_json_binary(&deposit()).unwrap(),
    });
    let messages = [
        prepaid::withdraw("token", None),
        withdraw("token"),
        Form::Public.offer().message(),
        close(),
        fulfil(vec![]),
        reclaim(),
        nested,
    ];
    for message in messages {
        let mut escrow = Escrow::offering(&Form::Public.offer());
        escrow
            .send("owner", &coins(100, "token"), deposit())
            .unwrap();
        for payer in ["owner", "provider"] {
            let error = escrow.receive("liar", payer, 1, &message).unwrap_err();
            assert!(matches!(
                error,
                ContractError::Escrow(EscrowError::TakesNoFunds)
            ));
        }
        assert_eq!(balances(&escrow, "owner"), coins(100, "token"));
    }
}

#[test]
fn a_coin_that_is_named_like_a_token_is_no_payment_and_no_deposit() {
    let denom = cw20(&address("token"));
    let offer = Offer {
        price: coin(100, &denom),
        ..Form::Public.offer()
    };
    for message in [deposit(), request(&INPUT, false)] {
        let mut escrow = Escrow::offering(&offer);
        let error = escrow
            .send("thief", &coins(100, &denom), message)
            .unwrap_err();
        assert!(matches!(
            error,
            ContractError::Escrow(EscrowError::FalseToken { .. })
        ));
        let mixed = [coin(5, &denom), coin(5, "token")];
        let error = escrow.send("thief", &mixed, deposit()).unwrap_err();
        assert!(matches!(
            error,
            ContractError::Escrow(EscrowError::FalseToken { .. })
        ));
    }
}

#[test]
fn a_price_is_in_a_token_by_its_only_name() {
    let token = address("token").into_string();
    for name in ["", "nonsense", &token.to_uppercase()] {
        let mut offer = Form::Public.offer();
        offer.price.denom = format!("cw20:{name}");
        let error = Escrow::market().send("provider", &[], offer.message());
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::Denomination {
                name: "price",
                ..
            }))
        ));
    }
}

/// Says that tokens have come which haven't.
fn lie(
    chain: &mut Chain,
    token: &Addr,
    payer: &str,
    message: &ExecuteMsg,
) -> StdResult<AppResponse> {
    let lie = TokenMsg::Lie {
        contract: chain.escrow.to_string(),
        sender: payer.into_addr().into(),
        amount: 100u128.into(),
        msg: to_json_binary(message).unwrap(),
    };
    chain.tell(token, &lie)
}

#[test]
fn what_a_token_lies_about_is_owed_in_that_token_alone() {
    let (mut chain, honest) = offered();
    let liar = chain.another_token();
    chain
        .send("poster", &coins(50, &honest), &deposit())
        .unwrap();
    chain
        .send("poster", &coins(50, "token"), &deposit())
        .unwrap();
    lie(&mut chain, &liar, "rival", &deposit()).unwrap();
    assert_eq!(chain.prepaid("rival"), coins(100, cw20(&liar)));
    lie(&mut chain, &liar, "rival", &request(&INPUT, false)).unwrap_err();
    for denom in [&*honest, "token"] {
        chain
            .send("rival", &[], &prepaid::withdraw(denom, Some(1)))
            .unwrap_err();
        assert_eq!(chain.gains(&["rival"], denom), [0, 50]);
    }
    // There are none of them here.
    chain
        .send("rival", &[], &prepaid::withdraw(&cw20(&liar), None))
        .unwrap_err();
}

#[test]
fn a_token_that_answers_or_reclaims_when_it_is_paid_out_is_paid_once() {
    let (mut chain, denom) = requested();
    let answer = answer(&chain);
    call_back(&mut chain, &answer);
    chain.send("worker", &[], &answer).unwrap();
    assert!(
        outcome(&chain).contains("is answered"),
        "{}",
        outcome(&chain)
    );
    assert_eq!(chain.gains(&PARTIES, &denom), [-100, 100, 0]);
    let (mut chain, denom) = requested();
    chain
        .send("rival", &coins(100, &denom), &deposit())
        .unwrap();
    call_back(&mut chain, &reclaim());
    chain.advance(50, 5);
    chain.send("stranger", &[], &reclaim()).unwrap();
    assert!(
        outcome(&chain).contains("is reclaimed"),
        "{}",
        outcome(&chain)
    );
    assert_eq!(chain.gains(&PARTIES, &denom), [0, 0, 100]);
}

#[test]
fn a_token_that_moves_nothing_leaves_a_credit_or_the_balance() {
    let (mut chain, denom) = requested();
    chain.send("poster", &coins(5, &denom), &deposit()).unwrap();
    behave(&mut chain, Behaviour::Revert);
    let answer = answer(&chain);
    chain.send("worker", &[], &answer).unwrap();
    assert_eq!(chain.requests(OFFER)[0].state, RequestState::Answered {});
    assert_eq!(chain.credits("worker"), coins(100, &denom));
    chain
        .send("poster", &[], &prepaid::withdraw(&denom, None))
        .unwrap_err();
    assert_eq!(chain.prepaid("poster"), coins(5, &denom));
    behave(&mut chain, Behaviour::Honest);
    chain.send("worker", &[], &withdraw(&denom)).unwrap();
    chain
        .send("poster", &[], &prepaid::withdraw(&denom, None))
        .unwrap();
    assert_eq!(chain.gains(&PARTIES, &denom), [-100, 100, 0]);
}
