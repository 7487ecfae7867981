//! Payment on proof: what a proof is bound to, and what is no proof.

use assay_escrow::Error as EscrowError;
use assay_groth16::{Error, Scalar};
use assay_jobs::ContractError;
use assay_protocol::id::{BlobId, CircuitId, DatasetCommitment, JobId, ParametersRoot};
use assay_protocol::messages::jobs::SlotState;
use assay_registries::Error as Refusal;
use cosmwasm_std::{coin, coins};

use crate::escrow::{BLOB, CIRCUIT, Escrow, address, event, root, transfers};
use crate::job::{accept, deliver, deliver_blob, start};
use crate::terms::{Claim, JOB, Job};
use crate::trapdoor::Trapdoor;

#[test]
fn a_valid_proof_pays_the_worker_whoever_sends_it() {
    for sender in ["worker", "poster", "stranger"] {
        let mut escrow = Escrow::started();
        let proof = escrow.proof();
        let response = escrow.send(sender, &[], deliver(proof)).unwrap();
        let paid = (address("worker").into_string(), coin(110, "token"));
        assert_eq!(transfers(&response), [paid]);
    }
}

/// The error for a valid proof of a statement that differs by `change`.
fn refused(change: impl FnOnce(&mut Claim)) -> ContractError {
    let mut escrow = Escrow::started();
    let env = escrow.env.clone();
    let worker = address("worker");
    let mut claim = Claim::new(&env, &worker, CIRCUIT, root());
    change(&mut claim);
    let proof = Trapdoor::new(1).prove(claim.digest(None), 0);
    let error = escrow.send("worker", &[], deliver(proof)).unwrap_err();
    assert!(matches!(escrow.state(0), SlotState::Started { .. }));
    error
}

#[test]
fn a_proof_for_other_circumstances_is_refused() {
    let changes: [fn(&mut Claim); 8] = [
        |claim| claim.chain_id = "another-chain",
        |claim| claim.escrow = "another escrow",
        |claim| claim.job = JobId(2),
        |claim| claim.slot = 1,
        |claim| claim.worker = "thief",
        |claim| claim.circuit = CircuitId([6; 32]),
        |claim| claim.dataset = DatasetCommitment(Scalar::from(78)),
        |claim| claim.root = ParametersRoot(Scalar::from(98)),
    ];
    for change in changes {
        let error = refused(change);
        assert!(matches!(
            error,
            ContractError::Groth16(Error::EquationFails)
        ));
    }
}

#[test]
fn a_proof_under_another_key_is_refused() {
    let mut escrow = Escrow::started();
    let digest = escrow.claim(&address("worker")).digest(None);
    let proof = Trapdoor::new(2).prove(digest, 0);
    let error = escrow.send("worker", &[], deliver(proof)).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Groth16(Error::EquationFails)
    ));
}

#[test]
fn a_malformed_proof_is_refused() {
    let proof = Escrow::started().proof();
    let mut off_curve = proof.clone();
    off_curve[47] ^= 1;
    let mut identity = proof.clone();
    identity[..48].fill(0);
    identity[0] = 0xc0;
    let longer = [&proof[..], &[0]].concat();
    let attempts = [
        (vec![], Error::ProofLength { len: 0 }),
        (longer, Error::ProofLength { len: 193 }),
        (off_curve, Error::MalformedProof),
        (identity, Error::MalformedProof),
    ];
    for (proof, expected) in attempts {
        let error = Escrow::started().send("worker", &[], deliver(proof));
        assert!(matches!(error, Err(ContractError::Groth16(e)) if e == expected));
    }
}

#[test]
fn a_re_randomised_proof_pays_no_second_time() {
    let mut escrow = Escrow::started();
    let digest = escrow.claim(&address("worker")).digest(None);
    let [first, second] = [0, 1].map(|randomness| Trapdoor::new(1).prove(digest, randomness));
    assert_ne!(first, second);
    escrow.send("worker", &[], deliver(first)).unwrap();
    let error = escrow.send("worker", &[], deliver(second)).unwrap_err();
    assert!(matches!(
        error,
        ContractError::WrongState { state: "paid", .. }
    ));
}

#[test]
fn a_proof_pays_only_its_own_slot() {
    let mut job = Job::new(CIRCUIT);
    job.slots = 2;
    let mut escrow = Escrow::with(&job);
    for slot in 0..2 {
        escrow
            .send("worker", &coins(10, "token"), accept(slot))
            .unwrap();
        escrow.send("worker", &[], start(slot)).unwrap();
    }
    let proof = escrow.proof();
    let replay = deliver_blob(JOB, 1, BLOB, proof.clone());
    let error = escrow.send("worker", &[], replay).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Groth16(Error::EquationFails)
    ));
    escrow.send("worker", &[], deliver(proof)).unwrap();
}

#[test]
fn a_blob_that_is_not_finalised_is_refused() {
    let mut escrow = Escrow::started();
    let blob = BlobId(2);
    let message = deliver_blob(JOB, 0, blob, escrow.proof());
    let error = escrow.send("worker", &[], message).unwrap_err();
    assert!(
        matches!(error, ContractError::Escrow(EscrowError::Registry(Refusal::NoSuchBlob { blob: b, .. })) if b == blob)
    );
}

#[test]
fn another_blob_with_other_parameters_is_refused() {
    let mut escrow = Escrow::started();
    let blob = BlobId(2);
    let other = ParametersRoot(Scalar::from(100));
    escrow.registries.add_blob(blob, other);
    let message = deliver_blob(JOB, 0, blob, escrow.proof());
    let error = escrow.send("worker", &[], message).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Groth16(Error::EquationFails)
    ));
}

#[test]
fn anyones_upload_of_the_same_parameters_will_do() {
    let mut escrow = Escrow::started();
    let blob = BlobId(2);
    escrow.registries.add_blob(blob, root());
    let message = deliver_blob(JOB, 0, blob, escrow.proof());
    escrow.send("worker", &[], message).unwrap();
    assert!(matches!(escrow.state(0), SlotState::Paid { blob: b, .. } if b == blob));
}

#[test]
fn the_response_names_what_was_delivered() {
    let mut escrow = Escrow::started();
    let proof = escrow.proof();
    let response = escrow.send("stranger", &[], deliver(proof)).unwrap();
    let (worker, poster) = (address("worker"), address("poster"));
    let attributes = &event(&response).attributes;
    let pairs = attributes
        .iter()
        .map(|a| (a.key.as_str(), a.value.as_str()));
    let (root, owner) = (root().to_string(), address("dataset owner"));
    let expected = [
        ("job_id", "1"),
        ("slot", "0"),
        ("blob_id", "1"),
        ("parameters", &root),
        ("worker", worker.as_str()),
        ("payee", worker.as_str()),
        ("requester", poster.as_str()),
        ("dataset_owner", owner.as_str()),
        ("reward", "100token"),
        ("bond", "10token"),
        ("royalty", "0token"),
        ("price", "nothing"),
    ];
    assert_eq!(pairs.collect::<Vec<_>>(), expected);
}

#[test]
fn a_blob_that_the_requester_does_not_hold_is_refused() {
    let mut escrow = Escrow::started();
    let proof = deliver(escrow.proof());
    escrow.registries.pin(BLOB, "poster", false);
    for other in ["worker", "stranger"] {
        escrow.registries.pin(BLOB, other, true);
        let error = escrow.send("worker", &[], proof.clone()).unwrap_err();
        let poster = address("poster").into_string();
        assert!(
            matches!(error, ContractError::NotPinned { blob: BLOB, requester } if requester == poster)
        );
    }
    escrow.registries.pin(BLOB, "poster", true);
    escrow.send("worker", &[], proof).unwrap();
}
