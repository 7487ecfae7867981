//! Who pays, who asks, and whose balance it is.

use assay_escrow::Error as EscrowError;
use assay_predictions::ContractError;
use assay_protocol::messages::predictions::ExecuteMsg;
use cosmwasm_std::{Addr, coin, coins};

use crate::escrow::{Escrow, address, transfers};
use crate::prediction::{Form, INPUT, OFFER, REQUEST, fulfil, reclaim};
use crate::prepaid::{balances, deposit_for, withdraw};

/// A request in the name of somebody else.
fn request_for(requester: &Addr, prepaid: bool) -> ExecuteMsg {
    ExecuteMsg::Request {
        offer: OFFER,
        input: INPUT.into(),
        prepaid,
        requester: Some(requester.to_string()),
    }
}

/// A request that "payer" pays for "requester".
fn asked() -> Escrow {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    let message = request_for(&address("requester"), false);
    escrow.send("payer", &coins(100, "token"), message).unwrap();
    escrow
}

#[test]
fn whoever_pays_for_a_request_may_ask_for_somebody_else() {
    let found = asked().request(REQUEST);
    assert_eq!(found.payer, address("payer").as_str());
    assert_eq!(found.requester, address("requester").as_str());
}

#[test]
fn the_payer_of_a_request_is_refunded_and_not_who_asked() {
    for sender in ["payer", "requester", "stranger"] {
        let mut escrow = asked();
        escrow.go_to(escrow.request_deadline(), 0, 0);
        let response = escrow.send(sender, &[], reclaim()).unwrap();
        let refund = (address("payer").into_string(), coin(100, "token"));
        assert_eq!(transfers(&response), [refund]);
    }
}

#[test]
fn a_request_for_somebody_else_is_answered_like_any_other() {
    let mut escrow = asked();
    let proof = Form::Public.proof(&escrow);
    let response = escrow.send("stranger", &[], fulfil(proof)).unwrap();
    let paid = (address("provider").into_string(), coin(100, "token"));
    assert_eq!(transfers(&response), [paid]);
}

#[test]
fn a_prepaid_request_takes_from_its_sender_whomever_it_names() {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    let (payer, requester) = (address("payer"), address("requester"));
    for owner in [&payer, &requester] {
        let deposit = deposit_for(Some(owner));
        escrow.send("rich", &coins(100, "token"), deposit).unwrap();
    }
    let message = request_for(&requester, true);
    escrow.send("payer", &[], message.clone()).unwrap();
    assert_eq!(balances(&escrow, "payer"), []);
    let error = escrow.send("payer", &[], message).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Escrow(EscrowError::Balance { .. })
    ));
    assert_eq!(balances(&escrow, "requester"), coins(100, "token"));
}

#[test]
fn a_requester_is_an_address() {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    let message = request_for(&Addr::unchecked("nonsense"), false);
    let error = escrow.send("payer", &coins(100, "token"), message);
    assert!(matches!(
        error,
        Err(ContractError::Escrow(EscrowError::Std(_)))
    ));
}

#[test]
fn a_deposit_for_somebody_is_theirs_alone() {
    let mut escrow = Escrow::market();
    let owner = address("owner");
    let deposit = deposit_for(Some(&owner));
    escrow
        .send("sponsor", &coins(100, "token"), deposit)
        .unwrap();
    assert_eq!(balances(&escrow, "owner"), coins(100, "token"));
    assert_eq!(balances(&escrow, "sponsor"), []);
    let error = escrow.send("sponsor", &[], withdraw("token", Some(1)));
    assert!(matches!(
        error,
        Err(ContractError::Escrow(EscrowError::Balance { .. }))
    ));
    escrow.send("owner", &[], withdraw("token", None)).unwrap();
}

#[test]
fn a_deposit_for_no_address_or_for_the_contract_itself_is_refused() {
    let mut escrow = Escrow::market();
    let deposit = deposit_for(Some(&Addr::unchecked("nonsense")));
    let error = escrow.send("sponsor", &coins(1, "token"), deposit);
    assert!(matches!(
        error,
        Err(ContractError::Escrow(EscrowError::Std(_)))
    ));
    let deposit = deposit_for(Some(&escrow.env.contract.address));
    let error = escrow.send("sponsor", &coins(1, "token"), deposit);
    assert!(matches!(
        error,
        Err(ContractError::Escrow(EscrowError::PaidToItself))
    ));
}
