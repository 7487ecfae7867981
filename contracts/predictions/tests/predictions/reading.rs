//! Which messages the entry points take.

use assay_predictions::contract::{execute, instantiate, query};
use assay_protocol::messages::predictions::QueryMsg;

use crate::credits::withdraw;
use crate::escrow::{CIRCUIT, accept, deliver, instantiation};
use crate::incoming::{assert_exact, assert_exact_query};
use crate::prediction::{FORMS, INPUT, OFFER, request};
use crate::prepaid::deposit;
use crate::terms::Job;

#[test]
fn the_escrow_takes_objects_with_the_fields_that_there_are() {
    assert_exact(instantiate, &instantiation());
    assert_exact(execute, &Job::new(CIRCUIT).message());
    for form in FORMS {
        assert_exact(execute, &form.offer().message());
    }
    for message in [accept(0), deliver(vec![]), request(&INPUT, true), deposit()] {
        assert_exact(execute, &message);
    }
    assert_exact(execute, &withdraw("token"));
    assert_exact_query(query, &QueryMsg::Config {});
    assert_exact_query(query, &QueryMsg::Offer { offer: OFFER });
}
