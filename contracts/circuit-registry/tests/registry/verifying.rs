//! Checking proofs by query.

use assay_circuit_registry::ContractError;
use assay_groth16::{Error, Scalar};
use assay_protocol::circuit::Kind;
use assay_protocol::id::{CircuitId, StatementElement};
use assay_protocol::messages::circuit_registry::{
    MAX_STATEMENT_ELEMENTS, QueryMsg, VerifyResponse,
};
use assay_protocol::statement;

use crate::challenges::{forgeries, valid};
use crate::registry::{Circuit, Registry};
use crate::trapdoor::Trapdoor;

/// A statement of the kind of every circuit here.
const STATEMENT: [u64; 3] = [5, 6, 7];

fn scalars(elements: &[u64]) -> Vec<Scalar> {
    elements.iter().copied().map(Scalar::from).collect()
}

pub fn query(id: CircuitId, elements: &[u64], proof: Vec<u8>) -> QueryMsg {
    QueryMsg::Verify {
        parameters: None,
        id,
        elements: scalars(elements)
            .into_iter()
            .map(StatementElement)
            .collect(),
        proof: proof.into(),
    }
}

/// Asks a registry of circuit 1, with and without challenges.
fn verify(
    id: CircuitId,
    elements: &[u64],
    proof: Vec<u8>,
) -> Result<VerifyResponse, ContractError> {
    let mut registry = Registry::new();
    for circuit in [Circuit::new(1), Circuit::challenged(1)] {
        registry.register(&circuit).unwrap();
    }
    registry.ask(query(id, elements, proof))
}

fn refused(id: CircuitId, elements: &[u64], proof: Vec<u8>) -> Error {
    match verify(id, elements, proof).unwrap_err() {
        ContractError::Groth16(error) => error,
        other => panic!("{other}"),
    }
}

/// A valid proof under a key without challenges.
pub fn proof_by(key: &Trapdoor, kind: Kind, elements: &[u64]) -> Vec<u8> {
    let digest = statement::digest(kind.tag(), &scalars(elements), None);
    key.prove(digest.0, 0)
}

fn proof_of(elements: &[u64]) -> Vec<u8> {
    proof_by(&Trapdoor::new(1), Kind::TrainingPublic, elements)
}

#[test]
fn a_proof_of_the_statement_holds() {
    let id = Circuit::new(1).id();
    assert!(verify(id, &STATEMENT, proof_of(&STATEMENT)).unwrap().valid);
}

#[test]
fn a_proof_of_another_statement_kind_or_key_is_refused() {
    let id = Circuit::new(1).id();
    for other in [&[5, 6, 8][..], &[6, 5, 7], &[5, 6], &[5, 6, 7, 0], &[]] {
        let error = refused(id, &STATEMENT, proof_of(other));
        assert_eq!(error, Error::EquationFails);
    }
    let (key, other_key) = (Trapdoor::new(1), Trapdoor::new(2));
    for proof in [
        proof_by(&key, Kind::PredictionPublic, &STATEMENT),
        proof_by(&other_key, Kind::TrainingPublic, &STATEMENT),
    ] {
        assert_eq!(refused(id, &STATEMENT, proof), Error::EquationFails);
    }
}

#[test]
fn the_circuits_kind_gives_the_tag() {
    let plain = || Kind::ALL.into_iter().filter(|kind| !kind.has_fingerprint());
    for kind in plain() {
        let circuit = Circuit {
            kind,
            ..Circuit::new(1)
        };
        let mut registry = Registry::new();
        registry.register(&circuit).unwrap();
        for other in plain() {
            let proof = proof_by(&Trapdoor::new(1), other, &STATEMENT);
            let answer: Result<VerifyResponse, _> =
                registry.ask(query(circuit.id(), &STATEMENT, proof));
            assert_eq!(answer.is_ok(), kind == other);
        }
    }
}

#[test]
fn a_statement_of_more_elements_than_there_may_be_is_refused() {
    let id = Circuit::new(1).id();
    let most = [9; MAX_STATEMENT_ELEMENTS];
    assert!(verify(id, &most, proof_of(&most)).unwrap().valid);
    let more = [9; MAX_STATEMENT_ELEMENTS + 1];
    let error = verify(id, &more, proof_of(&more)).unwrap_err();
    assert!(matches!(error, ContractError::StatementLength { len: 9 }));
}

#[test]
fn a_malformed_proof_is_refused() {
    let id = Circuit::new(1).id();
    let mut short = proof_of(&STATEMENT);
    short.pop();
    let expected = Error::ProofLength { len: 191 };
    assert_eq!(refused(id, &STATEMENT, short), expected);
    let mut off_curve = proof_of(&STATEMENT);
    off_curve[47] ^= 1;
    assert_eq!(refused(id, &STATEMENT, off_curve), Error::MalformedProof);
}

#[test]
fn an_unknown_circuit_is_an_error() {
    let id = CircuitId([0; 32]);
    let error = verify(id, &STATEMENT, proof_of(&STATEMENT));
    assert!(matches!(error, Err(ContractError::UnknownCircuit { id: i }) if i == id));
}

#[test]
fn a_proof_with_challenges_holds() {
    let (circuit, key) = (Circuit::challenged(1), Trapdoor::challenged(1));
    let proof = valid(&key, circuit.kind.tag(), &scalars(&STATEMENT)).proof;
    assert!(verify(circuit.id(), &STATEMENT, proof).unwrap().valid);
}

#[test]
fn a_proof_whose_challenges_are_not_its_own_is_refused() {
    let (circuit, key) = (Circuit::challenged(1), Trapdoor::challenged(1));
    for attempt in forgeries(&key, circuit.kind.tag(), &scalars(&STATEMENT)) {
        attempt.assert_holds(&key);
        let error = refused(circuit.id(), &STATEMENT, attempt.proof);
        assert_eq!(error, Error::EquationFails, "{}", attempt.name);
    }
}

/// The digest's challenges, if they were taken for elements, would be of anyone's choice.
#[test]
fn challenges_cannot_be_handed_in_as_elements() {
    let circuit = Circuit::challenged(1);
    let elements = [5, 6, 7, 0, 0];
    let digest = statement::digest(circuit.kind.tag(), &scalars(&elements), None);
    let proof = Trapdoor::challenged(1).prove(digest.0, 0);
    let error = refused(circuit.id(), &elements, proof.clone());
    assert_eq!(error, Error::EquationFails);
    let without_d = proof[..192].to_vec();
    let error = refused(circuit.id(), &elements, without_d);
    assert_eq!(error, Error::ProofKind);
}

#[test]
fn a_commitment_belongs_to_a_circuit_with_challenges() {
    let (plain, challenged) = (Circuit::new(1).id(), Circuit::challenged(1));
    let error = refused(challenged.id(), &STATEMENT, proof_of(&STATEMENT));
    assert_eq!(error, Error::ProofKind);
    let key = Trapdoor::challenged(1);
    let proof = valid(&key, challenged.kind.tag(), &scalars(&STATEMENT)).proof;
    assert_eq!(refused(plain, &STATEMENT, proof), Error::ProofKind);
}
