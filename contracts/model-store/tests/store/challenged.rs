//! Provenance under a key with challenges: which proofs register, and which don't.

use assay_groth16::{Error, Scalar};
use assay_model_store::ContractError;
use assay_protocol::circuit::Kind;
use assay_protocol::hash::Tag;
use assay_protocol::id::ModelId;

use crate::challenges::{forgeries, valid};
use crate::provenance::{CIRCUIT, Claim, provenance, ready};
use crate::store::{Store, attribute, uploader};
use crate::trapdoor::Trapdoor;

const KIND: Kind = Kind::TrainingHidden;

/// A store with a circuit that has challenges.
fn challenged() -> Store {
    let store = ready();
    let key = Trapdoor::challenged(1);
    store.registries.add_circuit(CIRCUIT, KIND, &key, false);
    store
}

/// A valid proof for [`challenged`], or forgeries of one.
fn proofs<T>(attempts: fn(&Trapdoor, Tag, &[Scalar]) -> T) -> T {
    let elements = Claim::new(&challenged()).statement().elements();
    attempts(&Trapdoor::challenged(1), KIND.tag(), &elements)
}

fn refused(store: &mut Store, proof: Vec<u8>) -> Error {
    let error = store.register(&uploader(), Some(provenance(proof)));
    assert!(store.model(ModelId(1)).is_err());
    match error.unwrap_err() {
        ContractError::Groth16(error) => error,
        other => panic!("{other}"),
    }
}

#[test]
fn a_proof_with_challenges_shows_an_origin() {
    let proof = provenance(proofs(valid).proof);
    let response = challenged().register(&uploader(), Some(proof)).unwrap();
    assert_eq!(attribute(&response, "provenance"), "true");
}

#[test]
fn a_proof_whose_challenges_are_not_its_own_is_refused() {
    let mut store = challenged();
    for attempt in proofs(forgeries) {
        attempt.assert_holds(&Trapdoor::challenged(1));
        let name = attempt.name;
        let error = refused(&mut store, attempt.proof);
        assert_eq!(error, Error::EquationFails, "{name}");
    }
    let proof = provenance(proofs(valid).proof);
    store.register(&uploader(), Some(proof)).unwrap();
}

#[test]
fn a_commitment_belongs_to_a_circuit_with_challenges() {
    let mut plain = ready();
    let statement = Claim::new(&plain).statement();
    let proof = Trapdoor::new(1).prove(statement.digest(None).0, 0);
    assert_eq!(refused(&mut challenged(), proof), Error::ProofKind);
    let proof = proofs(valid).proof;
    assert_eq!(refused(&mut plain, proof), Error::ProofKind);
}
