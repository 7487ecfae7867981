//! Which messages the entry points take.

use assay_circuit_registry::contract::{execute, instantiate, query};
use assay_protocol::messages::circuit_registry::{InstantiateMsg, QueryMsg};

use crate::incoming::{assert_exact, assert_exact_query};
use crate::registry::Circuit;
use crate::verifying;

#[test]
fn the_circuit_registry_takes_objects_with_the_fields_that_there_are() {
    assert_exact(instantiate, &InstantiateMsg {});
    assert_exact(execute, &Circuit::new(1).message());
    let (start_after, limit) = (None, Some(1));
    assert_exact_query(query, &QueryMsg::Circuits { start_after, limit });
    let verify = verifying::query(Circuit::new(1).id(), &[5, 6, 7], vec![0; 192]);
    assert_exact_query(query, &verify);
}
