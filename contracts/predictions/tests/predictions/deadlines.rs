//! The deadline of a request, from a nanosecond and a block before it to one after.
//!
//! It has passed when both clocks have reached it. On one side of it a request can only be
//! answered, on the other only reclaimed.

use assay_predictions::ContractError;
use assay_protocol::messages::predictions::ExecuteMsg;

use crate::escrow::Escrow;
use crate::prediction::{FORMS, Form, fulfil, reclaim};

/// Tries a message at every place around the deadline of a request.
fn around_request(
    form: Form,
    message: impl Fn(&Escrow) -> ExecuteMsg,
) -> Vec<(bool, Result<(), ContractError>)> {
    let mut results = Vec::new();
    for nanoseconds in [-1, 0, 1] {
        for blocks in [-1, 0, 1] {
            let mut escrow = Escrow::requested(form);
            let message = message(&escrow);
            escrow.go_to(escrow.request_deadline(), nanoseconds, blocks);
            let result = escrow.send("stranger", &[], message).map(|_| ());
            results.push((nanoseconds >= 0 && blocks >= 0, result));
        }
    }
    results
}

#[test]
fn an_answer_is_taken_until_the_deadline_of_its_request() {
    for form in FORMS {
        let answer = |escrow: &Escrow| fulfil(form.proof(escrow));
        for (passed, result) in around_request(form, answer) {
            match result {
                Ok(()) => assert!(!passed),
                Err(ContractError::TooLate { .. }) => assert!(passed),
                Err(other) => panic!("{other}"),
            }
        }
    }
}

#[test]
fn a_stranger_can_reclaim_from_the_deadline_of_a_request_on() {
    for form in FORMS {
        for (passed, result) in around_request(form, |_| reclaim()) {
            match result {
                Ok(()) => assert!(passed),
                Err(ContractError::TooEarly { .. }) => assert!(!passed),
                Err(other) => panic!("{other}"),
            }
        }
    }
}

#[test]
fn a_chain_halt_robs_no_provider() {
    let mut escrow = Escrow::requested(Form::Public);
    let day = 24 * 60 * 60;
    escrow.env.block.time = escrow.env.block.time.plus_seconds(day);
    escrow.env.block.height += 1;
    let error = escrow.send("requester", &[], reclaim()).unwrap_err();
    assert!(matches!(error, ContractError::TooEarly { .. }));
    let proof = Form::Public.proof(&escrow);
    escrow.send("provider", &[], fulfil(proof)).unwrap();
}
