//! Asking for predictions.

use assay_deadlines::Error as Clock;
use assay_escrow::Error as EscrowError;
use assay_predictions::ContractError;
use assay_protocol::id::RequestId;
use assay_protocol::messages::predictions::{QueryMsg, RequestState, input_key, output_key};
use assay_protocol::messages::time::{MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS, Window};
use assay_protocol::prediction::input_digest;
use cosmwasm_std::{Binary, Coin, Storage, Timestamp, coin, coins};

use crate::escrow::{Escrow, address, attribute};
use crate::prediction::{FORMS, Form, INPUT, OFFER, REQUEST, request};
use crate::prepaid::{balances, deposit};

#[test]
fn a_request_is_kept_with_its_input_and_deadline() {
    for form in FORMS {
        let escrow = Escrow::requested(form);
        let found = escrow.request(REQUEST);
        assert_eq!((found.request, found.offer), (REQUEST, OFFER));
        assert_eq!(found.requester, address("requester").as_str());
        assert_eq!(found.payer, address("requester").as_str());
        assert_eq!(found.input, input_digest(&INPUT));
        assert_eq!((found.state, found.output), (RequestState::Open {}, None));
        let now = &escrow.env.block;
        assert_eq!(found.deadline.time, now.time.plus_seconds(50));
        assert_eq!(found.deadline.height, now.height + 5);
    }
}

#[test]
fn the_input_can_be_asked_for_and_read_raw() {
    let escrow = Escrow::requested(Form::Public);
    let request = REQUEST;
    let input: Binary = escrow.ask(QueryMsg::Input { request }).unwrap();
    assert_eq!(input.as_slice(), INPUT);
    let raw = |key: Vec<u8>| escrow.deps.storage.get(&key);
    assert_eq!(raw(input_key(REQUEST)), Some(INPUT.to_vec()));
    assert_eq!(raw(output_key(REQUEST)), None);
}

#[test]
fn only_exactly_the_price_can_be_sent() {
    let wrong: [&[Coin]; 6] = [
        &[],
        &[coin(99, "token")],
        &[coin(101, "token")],
        &[coin(100, "other")],
        &[coin(100, "token"), coin(1, "other")],
        &[coin(50, "token"), coin(50, "token")],
    ];
    for funds in wrong {
        let mut escrow = Escrow::offering(&Form::Public.offer());
        let error = escrow.ask_for("requester", funds).unwrap_err();
        assert!(
            matches!(error, ContractError::Escrow(EscrowError::WrongFunds { .. })),
            "{funds:?}"
        );
    }
}

#[test]
fn an_input_of_another_length_is_refused() {
    for len in [0, 3, 5, 1000] {
        let mut escrow = Escrow::offering(&Form::Public.offer());
        let message = request(&vec![1; len], false);
        let error = escrow
            .send("requester", &coins(100, "token"), message)
            .unwrap_err();
        assert!(
            matches!(error, ContractError::InputLength { len: l, expected: 4, .. } if l == len)
        );
    }
}

/// "requester" has deposited this.
fn after_deposit(funds: &[Coin]) -> Escrow {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    escrow.send("requester", funds, deposit()).unwrap();
    escrow
}

#[test]
fn a_prepaid_request_takes_the_price_from_the_senders_balance() {
    let mut escrow = after_deposit(&coins(250, "token"));
    for rest in [150u128, 50] {
        escrow
            .send("requester", &[], request(&INPUT, true))
            .unwrap();
        assert_eq!(balances(&escrow, "requester"), coins(rest, "token"));
    }
    let error = escrow
        .send("requester", &[], request(&INPUT, true))
        .unwrap_err();
    let (owner, has) = (address("requester").into_string(), 50u128.into());
    assert!(
        matches!(error, ContractError::Escrow(EscrowError::Balance { owner: o, has: h, .. }) if (&o, h) == (&owner, has))
    );
    assert_eq!(balances(&escrow, "requester"), coins(50, "token"));
}

#[test]
fn a_balance_that_a_request_uses_up_is_gone() {
    let mut escrow = after_deposit(&coins(100, "token"));
    escrow
        .send("requester", &[], request(&INPUT, true))
        .unwrap();
    assert_eq!(balances(&escrow, "requester"), []);
}

#[test]
fn a_prepaid_request_takes_no_funds_as_well() {
    let mut escrow = after_deposit(&coins(100, "token"));
    for funds in [coins(100, "token"), coins(1, "other")] {
        let error = escrow
            .send("requester", &funds, request(&INPUT, true))
            .unwrap_err();
        assert!(matches!(
            error,
            ContractError::Escrow(EscrowError::WrongFunds { .. })
        ));
    }
    assert_eq!(balances(&escrow, "requester"), coins(100, "token"));
}

#[test]
fn neither_another_token_nor_another_users_balance_pays_a_request() {
    let mut escrow = after_deposit(&coins(1000, "other"));
    escrow
        .send("rich", &coins(1000, "token"), deposit())
        .unwrap();
    let error = escrow
        .send("requester", &[], request(&INPUT, true))
        .unwrap_err();
    assert!(
        matches!(error, ContractError::Escrow(EscrowError::Balance { has, .. }) if has.is_zero())
    );
    assert_eq!(balances(&escrow, "requester"), coins(1000, "other"));
    assert_eq!(balances(&escrow, "rich"), coins(1000, "token"));
}

#[test]
fn a_paid_request_leaves_the_balance_alone() {
    let mut escrow = after_deposit(&coins(100, "token"));
    escrow.ask_for("requester", &coins(100, "token")).unwrap();
    assert_eq!(balances(&escrow, "requester"), coins(100, "token"));
}

#[test]
fn request_ids_are_given_in_order_over_all_offers_and_never_wrap() {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    for id in 1..=3 {
        let response = escrow.ask_for("requester", &coins(100, "token")).unwrap();
        assert_eq!(attribute(&response, "request_id"), id.to_string());
        assert_eq!(escrow.request(RequestId(id)).offer, OFFER);
    }
    let last = u64::MAX.to_string();
    escrow.deps.storage.set(b"last_request", last.as_bytes());
    let error = escrow.ask_for("requester", &coins(100, "token"));
    assert!(matches!(
        error,
        Err(ContractError::Escrow(EscrowError::IdsExhausted {
            of: "request"
        }))
    ));
}

#[test]
fn a_request_whose_deadline_is_after_the_end_of_time_is_refused() {
    let mut offer = Form::Public.offer();
    let (seconds, blocks) = (MAX_WINDOW_SECONDS, MAX_WINDOW_BLOCKS);
    offer.window = Window { seconds, blocks };
    for (time, height) in [(u64::MAX, 1), (1, u64::MAX)] {
        let mut escrow = Escrow::offering(&offer);
        escrow.env.block.time = Timestamp::from_nanos(time);
        escrow.env.block.height = height;
        let error = escrow.ask_for("requester", &coins(100, "token"));
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::Deadline(
                Clock::Overflow
            )))
        ));
    }
}

#[test]
fn what_was_never_asked_is_unknown() {
    let escrow = Escrow::market();
    let request = REQUEST;
    let found: Result<Binary, _> = escrow.ask(QueryMsg::Input { request });
    assert!(matches!(found, Err(ContractError::UnknownRequest { .. })));
    let found: Result<Binary, _> = escrow.ask(QueryMsg::Request { request });
    assert!(matches!(found, Err(ContractError::UnknownRequest { .. })));
}
