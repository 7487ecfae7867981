//! Which messages the entry points take.

use assay_jobs::contract::{execute, instantiate, query};
use assay_protocol::messages::escrow::Receive;
use assay_protocol::messages::jobs::{ExecuteMsg, QueryMsg};
use cosmwasm_std::{Uint128, coin, to_json_binary, to_json_vec};

use crate::escrow::{CIRCUIT, Escrow, address, instantiation, withdraw};
use crate::incoming::{assert_exact, assert_exact_query};
use crate::job::{accept, deliver, extend, publish_key, release, start_for, top_up};
use crate::terms::{JOB, Job};

#[test]
fn jobs_take_objects_with_the_fields_that_there_are() {
    assert_exact(instantiate, &instantiation());
    assert_exact(execute, &priced().message());
    let (payee, receive) = (address("payee"), received(&Job::new(CIRCUIT).message()));
    for message in [
        accept(0),
        publish_key(0, "age1key"),
        start_for(0, Some(&payee)),
        release(0),
        deliver(vec![]),
        top_up(0),
        extend(0, 100),
        withdraw("token"),
        receive,
    ] {
        assert_exact(execute, &message);
    }
    assert_exact_query(query, &QueryMsg::Config {});
    assert_exact_query(query, &QueryMsg::Job { job: JOB });
}

/// A job that names everything that can be named.
fn priced() -> Job {
    let mut job = Job::new(CIRCUIT);
    job.price = Some(coin(7, "token"));
    job.requester = Some(address("requester"));
    job
}

fn received(message: &ExecuteMsg) -> ExecuteMsg {
    ExecuteMsg::Receive(Receive {
        sender: address("poster").into(),
        amount: Uint128::from(100u128),
        msg: to_json_binary(message).unwrap(),
    })
}

/// What a token brings is read as exactly as what is sent without one.
#[test]
fn a_message_inside_a_tokens_has_the_fields_that_there_are() {
    let mut escrow = Escrow::new();
    let job = Job::new(CIRCUIT);
    let text = String::from_utf8(to_json_vec(&job.message()).unwrap()).unwrap();
    let mistyped = text.replace("refund_to", "refunds_to");
    assert_ne!(text, mistyped);
    let receive = ExecuteMsg::Receive(Receive {
        sender: address("poster").into(),
        amount: Uint128::from(100u128),
        msg: mistyped.as_bytes().into(),
    });
    let error = escrow.send("token", &[], receive).unwrap_err().to_string();
    assert!(error.contains("a field has a name"), "{error}");
}
