//! Checking proofs about parameters that are bound by their fingerprint.

use assay_circuit_registry::ContractError;
use assay_groth16::{Error, Scalar};
use assay_protocol::circuit::Kind;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::id::StatementElement;
use assay_protocol::messages::circuit_registry::{QueryMsg, VerifyResponse};
use assay_protocol::parameters::digest;
use assay_protocol::statement::digest_of_kind;

use crate::registry::{Circuit, Registry};
use crate::trapdoor::Trapdoor;

const KINDS: [Kind; 2] = [Kind::TrainingFingerprint, Kind::PredictionFingerprint];

fn circuit(kind: Kind) -> Circuit {
    Circuit {
        kind,
        ..Circuit::challenged(1)
    }
}

/// Elements with the parameters' digest in its place.
fn elements(kind: Kind, parameters: &[u8]) -> Vec<Scalar> {
    let mut elements: Vec<Scalar> = match kind {
        Kind::TrainingFingerprint => (1..4).map(Scalar::from).collect(),
        _ => (1..6).map(Scalar::from).collect(),
    };
    elements[kind.digest_element().unwrap()] = digest(parameters).0;
    elements
}

/// A proof for these bytes' fingerprint.
fn proof(kind: Kind, elements: &[Scalar], parameters: &[u8]) -> Vec<u8> {
    let key = Trapdoor::challenged(1);
    let commitment = key.commitment(0);
    let evaluate = |point| Ok::<_, ()>(fingerprint(parameters, point));
    let digest = digest_of_kind(kind, elements, commitment.as_ref(), evaluate).unwrap();
    key.prove(digest.0, 0)
}

fn verify(
    circuit: &Circuit,
    elements: &[Scalar],
    parameters: Option<&[u8]>,
    proof: Vec<u8>,
) -> Result<VerifyResponse, ContractError> {
    let mut registry = Registry::new();
    registry.register(circuit).unwrap();
    registry.ask(QueryMsg::Verify {
        id: circuit.id(),
        elements: elements.iter().copied().map(StatementElement).collect(),
        parameters: parameters.map(Into::into),
        proof: proof.into(),
    })
}

#[test]
fn a_proof_holds_with_the_bytes_that_it_is_about() {
    for kind in KINDS {
        let elements = elements(kind, b"parameters");
        let proof = proof(kind, &elements, b"parameters");
        let answer = verify(&circuit(kind), &elements, Some(b"parameters"), proof);
        assert!(answer.unwrap().valid);
    }
}

#[test]
fn bytes_that_the_statement_is_not_about_are_refused() {
    for kind in KINDS {
        let elements = elements(kind, b"parameters");
        let proof = proof(kind, &elements, b"parameters");
        for other in [&b"parameterz"[..], b"parameters\0", b"parameter", b""] {
            let error = verify(&circuit(kind), &elements, Some(other), proof.clone());
            assert!(matches!(error, Err(ContractError::OtherParameters)));
        }
    }
}

/// Challenges and a fingerprint among the elements would be of anyone's choice.
#[test]
fn elements_that_are_not_the_kinds_own_are_refused() {
    for kind in KINDS {
        let all = elements(kind, b"parameters");
        let chosen = [1, 2, 3].map(Scalar::from);
        for wrong in [&all[..all.len() - 1], &[&all[..], &chosen].concat()] {
            let proof = Trapdoor::new(1).prove(Scalar::one(), 0);
            let error = verify(&circuit(kind), wrong, Some(b"parameters"), proof);
            let expected = wrong.len();
            assert!(
                matches!(error, Err(ContractError::StatementLength { len }) if len == expected)
            );
        }
    }
}

#[test]
fn another_fingerprint_than_the_bytes_own_is_refused() {
    for kind in KINDS {
        let elements = elements(kind, b"parameters");
        let proof = proof(kind, &elements, b"parameterz");
        let error = verify(&circuit(kind), &elements, Some(b"parameters"), proof);
        let Err(ContractError::Groth16(error)) = error else {
            panic!("{error:?}");
        };
        assert_eq!(error, Error::EquationFails);
    }
}

#[test]
fn bytes_are_needed_exactly_where_the_kind_has_a_fingerprint() {
    for kind in KINDS {
        let elements = elements(kind, b"parameters");
        let proof = proof(kind, &elements, b"parameters");
        let error = verify(&circuit(kind), &elements, None, proof);
        assert!(matches!(error, Err(ContractError::NoParameters { kind: k }) if k == kind));
    }
    let plain = Circuit::challenged(1);
    let error = verify(&plain, &[], Some(b"parameters"), vec![]);
    assert!(matches!(error, Err(ContractError::Groth16(_))));
    let proof = Trapdoor::challenged(1).prove(Scalar::one(), 0);
    let error = verify(&plain, &[], Some(b"parameters"), proof);
    let kind = plain.kind;
    assert!(matches!(error, Err(ContractError::ParametersOfOtherKind { kind: k }) if k == kind));
}

#[test]
fn a_key_without_challenges_is_not_registered_for_a_fingerprint() {
    for kind in KINDS {
        let circuit = Circuit {
            kind,
            ..Circuit::new(1)
        };
        let error = Registry::new().register(&circuit).unwrap_err();
        assert!(matches!(error, ContractError::NoChallenges { kind: k } if k == kind));
    }
}
