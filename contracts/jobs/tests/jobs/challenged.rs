//! Deliveries under keys with challenges: which proofs pay, and which don't.

use assay_groth16::{Error, Scalar};
use assay_jobs::ContractError;
use assay_protocol::circuit::Kind;
use assay_protocol::hash::Tag;
use assay_protocol::messages::jobs::SlotState;
use cosmwasm_std::coin;

use crate::challenges::{forgeries, valid};
use crate::escrow::{CIRCUIT, Escrow, address, transfers};
use crate::job::deliver;
use crate::trapdoor::Trapdoor;

/// [`valid`] or [`forgeries`].
type Attempts<T> = fn(&Trapdoor, Tag, &[Scalar]) -> T;

const TRAINING: Kind = Kind::TrainingPublic;

/// An escrow with a started slot, whose circuit has challenges.
fn started() -> Escrow {
    let escrow = Escrow::started();
    let key = Trapdoor::challenged(1);
    escrow
        .registries
        .add_circuit(CIRCUIT, TRAINING, &key, false);
    escrow
}

/// A valid delivery for [`started`], or forgeries of one.
fn deliveries<T>(attempts: Attempts<T>) -> T {
    let (escrow, worker) = (started(), address("worker"));
    let elements = escrow.claim(&worker).statement().elements();
    attempts(&Trapdoor::challenged(1), TRAINING.tag(), &elements)
}

fn refusal(error: ContractError) -> Error {
    match error {
        ContractError::Groth16(error) => error,
        other => panic!("{other}"),
    }
}

#[test]
fn a_delivery_with_challenges_pays_the_worker() {
    let response = started().send("stranger", &[], deliver(deliveries(valid).proof));
    let paid = (address("worker").into_string(), coin(110, "token"));
    assert_eq!(transfers(&response.unwrap()), [paid]);
}

#[test]
fn a_delivery_whose_challenges_are_not_its_own_is_refused() {
    let mut escrow = started();
    for attempt in deliveries(forgeries) {
        attempt.assert_holds(&Trapdoor::challenged(1));
        let name = attempt.name;
        let error = escrow.send("worker", &[], deliver(attempt.proof));
        assert_eq!(refusal(error.unwrap_err()), Error::EquationFails, "{name}");
        assert!(matches!(escrow.state(0), SlotState::Started { .. }));
    }
    let proof = deliveries(valid).proof;
    escrow.send("worker", &[], deliver(proof)).unwrap();
}

#[test]
fn a_delivery_without_a_commitment_is_refused_where_the_circuit_has_challenges() {
    let (mut escrow, mut plain) = (started(), Escrow::started());
    let proof = plain.proof();
    let error = escrow.send("worker", &[], deliver(proof)).unwrap_err();
    assert_eq!(refusal(error), Error::ProofKind);
    let proof = deliveries(valid).proof;
    let error = plain.send("worker", &[], deliver(proof)).unwrap_err();
    assert_eq!(refusal(error), Error::ProofKind);
}

#[test]
fn a_malformed_commitment_is_refused() {
    let valid = deliveries(valid).proof;
    let mut identity = valid.clone();
    identity[192..].fill(0);
    identity[192] = 0xc0;
    let mut off_curve = valid.clone();
    off_curve[239] ^= 1;
    for proof in [identity, off_curve] {
        let error = started().send("worker", &[], deliver(proof)).unwrap_err();
        assert_eq!(refusal(error), Error::MalformedProof);
    }
    let error = started().send("worker", &[], deliver(valid[..239].to_vec()));
    let expected = Error::ProofLength { len: 239 };
    assert_eq!(refusal(error.unwrap_err()), expected);
}
