//! Closing offers.

use assay_predictions::ContractError;
use assay_protocol::messages::predictions::RequestState;
use cosmwasm_std::coins;

use crate::escrow::{Escrow, address};
use crate::prediction::{Form, OFFER, REQUEST, close, fulfil};

#[test]
fn only_the_provider_can_close_an_offer_and_only_once() {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    let provider = address("provider").into_string();
    let error = escrow.send("stranger", &[], close()).unwrap_err();
    assert!(
        matches!(error, ContractError::NotProvider { offer: OFFER, provider: p } if p == provider)
    );
    assert!(!escrow.offer().closed);
    escrow.send("provider", &[], close()).unwrap();
    assert!(escrow.offer().closed);
    let error = escrow.send("provider", &[], close()).unwrap_err();
    assert!(matches!(error, ContractError::Closed { offer: OFFER }));
}

#[test]
fn a_closed_offer_takes_no_new_requests_and_keeps_those_it_has() {
    let mut escrow = Escrow::requested(Form::Public);
    escrow.send("provider", &[], close()).unwrap();
    let error = escrow.ask_for("requester", &coins(100, "token"));
    assert!(matches!(error, Err(ContractError::Closed { offer: OFFER })));
    let proof = Form::Public.proof(&escrow);
    escrow.send("provider", &[], fulfil(proof)).unwrap();
    assert_eq!(escrow.request(REQUEST).state, RequestState::Answered {});
}

#[test]
fn an_offer_that_was_never_made_cannot_be_closed_or_taken() {
    let mut escrow = Escrow::market();
    let error = escrow.send("provider", &[], close()).unwrap_err();
    assert!(matches!(
        error,
        ContractError::UnknownOffer { offer: OFFER }
    ));
    let error = escrow.ask_for("requester", &coins(100, "token"));
    assert!(matches!(
        error,
        Err(ContractError::UnknownOffer { offer: OFFER })
    ));
}
