//! Which messages the entry points take.

use assay_predictions::contract::{execute, instantiate, query};
use assay_protocol::messages::escrow::Receive;
use assay_protocol::messages::predictions::{ExecuteMsg, QueryMsg};
use cosmwasm_std::to_json_binary;

use crate::escrow::{address, instantiation, withdraw};
use crate::incoming::{assert_exact, assert_exact_query};
use crate::prediction::{FORMS, INPUT, OFFER, close, fulfil, reclaim, request};
use crate::prepaid::{self, deposit};

#[test]
fn predictions_take_objects_with_the_fields_that_there_are() {
    assert_exact(instantiate, &instantiation());
    for form in FORMS {
        assert_exact(execute, &form.offer().message());
    }
    let receive = ExecuteMsg::Receive(Receive {
        sender: address("requester").into(),
        amount: 100u128.into(),
        msg: to_json_binary(&request(&INPUT, false)).unwrap(),
    });
    for message in [
        close(),
        request(&INPUT, true),
        fulfil(vec![]),
        reclaim(),
        deposit(),
        prepaid::withdraw("token", Some(1)),
        withdraw("token"),
        receive,
    ] {
        assert_exact(execute, &message);
    }
    assert_exact_query(query, &QueryMsg::Config {});
    assert_exact_query(query, &QueryMsg::Offer { offer: OFFER });
}
