//! What each message tells those who listen: exactly one event, whose attributes are fixed.

use assay_predictions::contract::reply;
use cosmwasm_std::{Event, Reply, Response, SubMsgResult, coin, coins};

use crate::escrow::{Escrow, address, cw20, event, instantiation, withdraw};
use crate::prediction::{FORMS, Form, INPUT, Offer, close, fulfil, reclaim, request};
use crate::prepaid::{self, deposit};

/// What a response tells: the event's type and its attributes' names.
fn told(event: &Event) -> (String, Vec<String>) {
    let names = event.attributes.iter().map(|a| a.key.clone());
    assert!(event.attributes.iter().all(|a| !a.value.is_empty()));
    (event.ty.clone(), names.collect())
}

fn assert_tells(response: &Response, name: &str, attributes: &[&str]) {
    let names: Vec<String> = attributes.iter().copied().map(String::from).collect();
    assert_eq!(told(event(response)), (format!("assay-{name}"), names));
}

const REQUEST: [&str; 6] = [
    "request_id",
    "offer_id",
    "provider",
    "payer",
    "requester",
    "price",
];

#[test]
fn offers_tell_of_which_model_they_are() {
    for (form, model) in FORMS.into_iter().zip(["blob_id", "model_id"]) {
        let mut escrow = Escrow::market();
        let response = escrow
            .send("provider", &[], form.offer().message())
            .unwrap();
        let offer = ["offer_id", model, "circuit_id", "provider", "price"];
        assert_tells(&response, "offer", &offer);
        let response = escrow.send("provider", &[], close()).unwrap();
        assert_tells(&response, "close-offer", &["offer_id", "provider"]);
    }
}

#[test]
fn requests_tell_who_pays_who_asks_and_who_is_paid() {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    let response = escrow.ask_for("requester", &coins(100, "token")).unwrap();
    assert_tells(&response, "request", &REQUEST);
    let proof = fulfil(Form::Public.proof(&escrow));
    let response = escrow.send("provider", &[], proof).unwrap();
    let answered = ["request_id", "offer_id", "provider", "requester", "price"];
    assert_tells(&response, "fulfil", &answered);
    let mut escrow = Escrow::requested(Form::Public);
    escrow.go_to(escrow.request_deadline(), 0, 0);
    let response = escrow.send("stranger", &[], reclaim()).unwrap();
    let reclaimed = ["request_id", "offer_id", "payer", "requester", "price"];
    assert_tells(&response, "reclaim", &reclaimed);
}

#[test]
fn deposits_withdrawals_and_credits_tell_whose_money_it_is() {
    let mut escrow = Escrow::requested(Form::Public);
    let response = escrow.send("owner", &coins(7, "token"), deposit()).unwrap();
    assert_tells(&response, "deposit", &["payer", "owner", "amount"]);
    let paid = ["owner", "recipient", "amount"];
    let response = escrow.send("owner", &[], prepaid::withdraw("token", None));
    assert_tells(&response.unwrap(), "withdraw-balance", &paid);
    let proof = fulfil(Form::Public.proof(&escrow));
    let response = escrow.send("provider", &[], proof).unwrap();
    let transfer = &response.messages[0];
    let failed = Reply {
        id: transfer.id,
        payload: transfer.payload.clone(),
        gas_used: 0,
        result: SubMsgResult::Err("refused".into()),
    };
    let env = escrow.env.clone();
    let credited = reply(escrow.deps.as_mut(), env, failed).unwrap();
    assert_tells(&credited, "credit", &["recipient", "amount"]);
    let response = escrow.send("provider", &[], withdraw("token")).unwrap();
    assert_tells(&response, "withdraw", &paid);
}

#[test]
fn an_instantiation_tells_what_it_relies_on() {
    let response = Escrow::blank().instantiate(instantiation()).unwrap();
    let registries = ["circuit_registry", "dataset_registry", "model_store"];
    assert_tells(&response, "instantiate", &registries);
}

/// Whoever listens for requests need not know what they are paid in.
#[test]
fn a_message_that_a_token_brings_tells_the_same() {
    let offer = Offer {
        price: coin(100, cw20(&address("token"))),
        ..Form::Public.offer()
    };
    let mut escrow = Escrow::offering(&offer);
    let message = request(&INPUT, false);
    let response = escrow.receive("token", "requester", 100, &message).unwrap();
    assert_tells(&response, "request", &REQUEST);
}
