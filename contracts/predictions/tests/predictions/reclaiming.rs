//! Requests that nobody answered.

use assay_predictions::ContractError;
use assay_protocol::messages::predictions::RequestState;
use cosmwasm_std::{coin, coins};

use crate::escrow::{Escrow, address, transfers};
use crate::prediction::{FORMS, Form, INPUT, REQUEST, fulfil, reclaim, request};
use crate::prepaid::{balances, deposit};

/// A request by "requester" whose deadline has just passed.
fn unanswered(form: Form) -> Escrow {
    let mut escrow = Escrow::requested(form);
    escrow.go_to(escrow.request_deadline(), 0, 0);
    escrow
}

#[test]
fn a_reclaimed_request_pays_the_requester_whoever_sends_it() {
    for form in FORMS {
        for sender in ["requester", "provider", "stranger"] {
            let mut escrow = unanswered(form);
            let response = escrow.send(sender, &[], reclaim()).unwrap();
            let refund = (address("requester").into_string(), coin(100, "token"));
            assert_eq!(transfers(&response), [refund]);
            assert_eq!(escrow.request(REQUEST).state, RequestState::Reclaimed {});
        }
    }
}

#[test]
fn the_price_of_a_prepaid_request_goes_to_the_requester_and_not_to_its_balance() {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    escrow
        .send("requester", &coins(100, "token"), deposit())
        .unwrap();
    escrow
        .send("requester", &[], request(&INPUT, true))
        .unwrap();
    escrow.go_to(escrow.request_deadline(), 0, 0);
    let response = escrow.send("stranger", &[], reclaim()).unwrap();
    let refund = (address("requester").into_string(), coin(100, "token"));
    assert_eq!(transfers(&response), [refund]);
    assert_eq!(balances(&escrow, "requester"), []);
}

#[test]
fn a_request_is_reclaimed_once() {
    let mut escrow = unanswered(Form::Public);
    escrow.send("stranger", &[], reclaim()).unwrap();
    let error = escrow.send("requester", &[], reclaim()).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Ended {
            state: "reclaimed",
            ..
        }
    ));
}

#[test]
fn an_answered_request_cannot_be_reclaimed() {
    let mut escrow = Escrow::requested(Form::Public);
    let proof = Form::Public.proof(&escrow);
    escrow.send("provider", &[], fulfil(proof)).unwrap();
    escrow.go_to(escrow.request_deadline(), 0, 0);
    let error = escrow.send("requester", &[], reclaim()).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Ended {
            state: "answered",
            ..
        }
    ));
}

#[test]
fn a_reclaimed_request_cannot_be_answered_even_if_the_clocks_went_back() {
    let mut escrow = Escrow::requested(Form::Public);
    let before = escrow.env.block.clone();
    escrow.go_to(escrow.request_deadline(), 0, 0);
    escrow.send("stranger", &[], reclaim()).unwrap();
    escrow.env.block = before;
    let proof = Form::Public.proof(&escrow);
    let error = escrow.send("provider", &[], fulfil(proof)).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Ended {
            state: "reclaimed",
            ..
        }
    ));
}

#[test]
fn a_request_that_was_never_made_cannot_be_reclaimed() {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    let error = escrow.send("stranger", &[], reclaim()).unwrap_err();
    assert!(matches!(
        error,
        ContractError::UnknownRequest { request: REQUEST }
    ));
}
