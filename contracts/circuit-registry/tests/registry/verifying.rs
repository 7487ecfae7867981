//! Checking proofs by query.

use assay_circuit_registry::ContractError;
use assay_groth16::{Error, Scalar};
use assay_protocol::id::{CircuitId, StatementDigest};
use assay_protocol::messages::circuit_registry::{QueryMsg, VerifyResponse};

use crate::registry::{Circuit, Registry};
use crate::trapdoor::Trapdoor;

fn verify(id: CircuitId, statement: u64, proof: Vec<u8>) -> Result<VerifyResponse, ContractError> {
    let mut registry = Registry::new();
    registry.register(&Circuit::new(1)).unwrap();
    registry.ask(QueryMsg::Verify {
        id,
        statement: StatementDigest(Scalar::from(statement)),
        proof: proof.into(),
    })
}

fn proof_of(statement: u64) -> Vec<u8> {
    Trapdoor::new(1).prove(Scalar::from(statement), 0)
}

#[test]
fn a_proof_of_the_statement_holds() {
    assert!(verify(Circuit::new(1).id(), 5, proof_of(5)).unwrap().valid);
}

#[test]
fn a_proof_of_another_statement_or_key_is_refused() {
    let id = Circuit::new(1).id();
    let other_key = Trapdoor::new(2).prove(Scalar::from(5), 0);
    for proof in [proof_of(6), other_key] {
        let error = verify(id, 5, proof);
        assert!(matches!(
            error,
            Err(ContractError::Groth16(Error::EquationFails))
        ));
    }
}

#[test]
fn a_malformed_proof_is_refused() {
    let id = Circuit::new(1).id();
    let mut short = proof_of(5);
    short.pop();
    let error = verify(id, 5, short);
    assert!(matches!(
        error,
        Err(ContractError::Groth16(Error::ProofLength { len: 191 }))
    ));
    let mut off_curve = proof_of(5);
    off_curve[47] ^= 1;
    let error = verify(id, 5, off_curve);
    assert!(matches!(
        error,
        Err(ContractError::Groth16(Error::MalformedProof))
    ));
}

#[test]
fn an_unknown_circuit_is_an_error() {
    let id = CircuitId([0; 32]);
    let error = verify(id, 5, proof_of(5));
    assert!(matches!(error, Err(ContractError::UnknownCircuit { id: i }) if i == id));
}
