//! The registry on cw-multi-test's chain.

use assay_circuit_registry::contract::{execute, instantiate, query};
use assay_protocol::circuit::Kind;
use assay_protocol::messages::circuit_registry::{
    InstantiateMsg, RegisteredKey, VerifyResponse, registered_key,
};
use cw_multi_test::{App, ContractWrapper, Executor, IntoAddr};

use crate::registry::Circuit;
use crate::trapdoor::Trapdoor;
use crate::verifying::{proof_by, query as query_of};

#[test]
fn a_registered_key_verifies_and_can_be_read_raw() {
    let mut app = App::default();
    let sender = "sender".into_addr();
    let code = app.store_code(Box::new(ContractWrapper::new(execute, instantiate, query)));
    let registry = app
        .instantiate_contract(code, sender.clone(), &InstantiateMsg {}, &[], "r", None)
        .unwrap();
    let circuit = Circuit::new(1);
    app.execute_contract(sender, registry.clone(), &circuit.message(), &[])
        .unwrap();
    let id = circuit.id();
    let proof = proof_by(&Trapdoor::new(1), Kind::TrainingPublic, &[5, 6, 7]);
    let verify = query_of(id, &[5, 6, 7], proof);
    let answer: VerifyResponse = app.wrap().query_wasm_smart(&registry, &verify).unwrap();
    assert!(answer.valid);
    let raw = app.wrap().query_wasm_raw(&registry, registered_key(&id));
    assert!(RegisteredKey::from_bytes(&raw.unwrap().unwrap()).is_some());
}
