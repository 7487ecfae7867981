//! Deliveries about parameters that are bound by their fingerprint: which proofs
//! pay, and which don't.

use assay_escrow::Error as EscrowError;
use assay_groth16::{Error, Scalar};
use assay_jobs::ContractError;
use assay_protocol::challenge::challenges;
use assay_protocol::circuit::Kind;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::hash::hash_elements;
use assay_protocol::id::{BlobId, StatementElement};
use assay_protocol::messages::jobs::SlotState;
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES, PublicParameters, digest};
use assay_protocol::statement::{TrainingPublic, digest_of_kind};
use assay_registries::Error as Refusal;
use cosmwasm_std::coin;

use crate::challenges::Attempt;
use crate::collision::collision;
use crate::escrow::{BLOB, CIRCUIT, Escrow, address, transfers};
use crate::job::{deliver, deliver_blob};
use crate::terms::JOB;
use crate::trapdoor::Trapdoor;

const KIND: Kind = Kind::TrainingFingerprint;

fn key() -> Trapdoor {
    Trapdoor::challenged(1)
}

/// Four limbs of large numbers, and bytes of a fifth one.
fn parameters() -> Vec<u8> {
    (0..125).map(|i| 1 + (i * 37 % 250) as u8).collect()
}

/// Three chunks.
fn long_parameters() -> Vec<u8> {
    (0..2 * CHUNK_BYTES + 77)
        .map(|i| (i * 31 % 251) as u8)
        .collect()
}

/// An escrow with a started slot and these parameters as [`BLOB`].
fn started(blob: &[u8]) -> Escrow {
    let escrow = Escrow::started();
    escrow.registries.add_circuit(CIRCUIT, KIND, &key(), false);
    escrow.registries.add_hashed_blob(BLOB, blob);
    escrow
}

/// What "worker" proves about parameters.
fn elements(escrow: &Escrow, blob: &[u8]) -> [Scalar; 3] {
    let worker = address("worker");
    let mut claim = escrow.claim(&worker);
    claim.kind = KIND;
    TrainingPublic {
        parameters: PublicParameters::of(blob, BlobHash::Sha256),
        ..claim.statement()
    }
    .elements()
}

/// The point at which parameters are evaluated for the proof with these elements.
fn point(elements: &[Scalar]) -> Scalar {
    let commitment = key().commitment(0).unwrap();
    challenges(KIND.tag(), elements, &commitment)[1]
}

/// A proof of elements with this fingerprint.
fn proof(elements: &[Scalar], fingerprint: impl FnOnce(Scalar) -> Scalar) -> Attempt {
    let commitment = key().commitment(0);
    let evaluate = |point| Ok::<_, ()>(fingerprint(point));
    let digest = digest_of_kind(KIND, elements, commitment.as_ref(), evaluate).unwrap();
    attempt("a proof", digest.0)
}

/// A proof that satisfies the equation for this digest.
fn attempt(name: &str, digest: Scalar) -> Attempt {
    Attempt {
        name: name.into(),
        digest,
        proof: key().prove(digest, 0),
    }
}

fn valid(escrow: &Escrow, blob: &[u8]) -> Vec<u8> {
    proof(&elements(escrow, blob), |point| fingerprint(blob, point)).proof
}

fn paid() -> (String, cosmwasm_std::Coin) {
    (address("worker").into_string(), coin(110, "token"))
}

/// Sends a proof that holds for its digest, and says why it is refused.
fn refused(escrow: &mut Escrow, blob: BlobId, attempt: Attempt) -> ContractError {
    attempt.assert_holds(&key());
    let message = deliver_blob(JOB, 0, blob, attempt.proof);
    let error = escrow.send("worker", &[], message).unwrap_err();
    assert!(matches!(escrow.state(0), SlotState::Started { .. }));
    error
}

#[track_caller]
fn assert_equation_fails(error: ContractError) {
    assert!(
        matches!(error, ContractError::Groth16(Error::EquationFails)),
        "{error}"
    );
}

#[test]
fn a_delivery_of_one_chunk_is_evaluated_where_it_is_verified() {
    let blob = parameters();
    let mut escrow = started(&blob);
    let proof = valid(&escrow, &blob);
    let response = escrow.send("stranger", &[], deliver(proof)).unwrap();
    assert_eq!(transfers(&response), [paid()]);
    let named = PublicParameters::Sha256(digest(&blob));
    assert!(matches!(escrow.state(0), SlotState::Paid { parameters, .. } if parameters == named));
}

#[test]
fn a_longer_delivery_is_paid_once_the_store_has_evaluated_it_at_its_point() {
    let blob = long_parameters();
    let mut escrow = started(&blob);
    let of = elements(&escrow, &blob);
    let (proof, expected) = (valid(&escrow, &blob), point(&of));
    let error = escrow.send("worker", &[], deliver(proof.clone()));
    assert!(matches!(
        error.unwrap_err(),
        ContractError::Escrow(EscrowError::Registry(Refusal::NotEvaluated { blob, point }))
            if blob == BLOB && point == StatementElement(expected)
    ));
    // What is evaluated elsewhere is no help.
    escrow
        .registries
        .add_evaluation(BLOB, expected.double(), &blob);
    let error = escrow.send("worker", &[], deliver(proof.clone()));
    assert!(matches!(
        error.unwrap_err(),
        ContractError::Escrow(EscrowError::Registry(Refusal::NotEvaluated { .. }))
    ));
    escrow.registries.add_evaluation(BLOB, expected, &blob);
    let response = escrow.send("stranger", &[], deliver(proof)).unwrap();
    assert_eq!(transfers(&response), [paid()]);
}

/// Once the challenge is known, there are other bytes with the same fingerprint. They have
/// another digest, which is among what the challenge is drawn from.
#[test]
fn bytes_that_are_chosen_after_the_challenge_are_refused() {
    let blob = parameters();
    let mut escrow = started(&blob);
    let of = elements(&escrow, &blob);
    let point = point(&of);
    let other = collision(&blob, point);
    assert_ne!(other, blob);
    assert_eq!(other.len(), blob.len());
    assert_eq!(fingerprint(&other, point), fingerprint(&blob, point));
    let late = BlobId(2);
    escrow.registries.add_hashed_blob(late, &other);
    let honest = proof(&of, |point| fingerprint(&blob, point));
    assert_equation_fails(refused(&mut escrow, late, honest));
    let proof = valid(&escrow, &blob);
    escrow.send("worker", &[], deliver(proof)).unwrap();
}

/// As in a statement that leaves the digest out of what the challenges are drawn from.
#[test]
fn a_challenge_that_leaves_the_digest_out_is_refused() {
    let blob = parameters();
    let mut escrow = started(&blob);
    let of = elements(&escrow, &blob);
    let commitment = key().commitment(0).unwrap();
    for drawn_from in [
        &of[..2],
        &[of[0], of[1], Scalar::zero()],
        &[of[0], of[2], of[1]],
    ] {
        let [first, second] = challenges(KIND.tag(), drawn_from, &commitment);
        let value = fingerprint(&blob, second);
        let digest = hash_elements(KIND.tag(), &[&of[..], &[first, second, value]].concat());
        assert_equation_fails(refused(&mut escrow, BLOB, attempt("other draw", digest)));
    }
}

#[test]
fn a_fingerprint_that_is_not_the_bytes_own_is_refused() {
    let blob = parameters();
    let mut escrow = started(&blob);
    let of = elements(&escrow, &blob);
    let [first, _] = challenges(KIND.tag(), &of, &key().commitment(0).unwrap());
    let changes: [(&str, &dyn Fn(Scalar) -> Scalar); 6] = [
        ("zero", &|_| Scalar::zero()),
        ("one more", &|point| {
            fingerprint(&blob, point) + Scalar::one()
        }),
        ("of zeros", &|point| fingerprint(&[0; 125], point)),
        ("zeros after", &|point| {
            fingerprint(&[&blob[..], &[0; 25]].concat(), point)
        }),
        ("zeros before", &|point| {
            fingerprint(&[&[0; 30], &blob[..]].concat(), point)
        }),
        ("at the first challenge", &|_| fingerprint(&blob, first)),
    ];
    for (name, change) in changes {
        let mut attempt = proof(&of, change);
        attempt.name = name.into();
        assert_equation_fails(refused(&mut escrow, BLOB, attempt));
    }
    // No fingerprint, or one before the challenges, is another statement too.
    let commitment = key().commitment(0).unwrap();
    let [first, second] = challenges(KIND.tag(), &of, &commitment);
    let value = fingerprint(&blob, second);
    for tail in [
        &[first, second][..],
        &[value, first, second],
        &[second, first, value],
        &[first, second, value, Scalar::zero()],
        &[value],
        &[],
    ] {
        let digest = hash_elements(KIND.tag(), &[&of[..], tail].concat());
        assert_equation_fails(refused(&mut escrow, BLOB, attempt("other order", digest)));
    }
}

/// The same bytes with zeros at an end are other parameters.
#[test]
fn a_longer_or_a_shorter_blob_is_refused() {
    let blob = [parameters(), vec![0; 25]].concat();
    let others = [
        parameters(),
        [&blob[..], &[0]].concat(),
        [&blob[..], &[0; 30]].concat(),
        [&[0; 30], &blob[..]].concat(),
        vec![0; blob.len()],
    ];
    for (id, other) in (2..).map(BlobId).zip(others) {
        let mut escrow = started(&blob);
        escrow.registries.add_hashed_blob(id, &other);
        let honest = proof(&elements(&escrow, &blob), |point| fingerprint(&blob, point));
        assert_equation_fails(refused(&mut escrow, id, honest));
    }
}

#[test]
fn a_plain_proof_is_refused_where_the_kind_has_a_fingerprint() {
    let blob = parameters();
    let mut escrow = started(&blob);
    let of = elements(&escrow, &blob);
    let digest = hash_elements(KIND.tag(), &of);
    let proof = Trapdoor::new(1).prove(digest, 0);
    let error = escrow.send("worker", &[], deliver(proof)).unwrap_err();
    assert!(matches!(error, ContractError::Groth16(Error::ProofKind)));
}

#[test]
fn a_blob_that_is_hashed_otherwise_than_the_circuit_needs_is_refused() {
    let blob = parameters();
    let mut escrow = started(&blob);
    let (poseidon, hash) = (BlobId(5), BlobHash::Sha256);
    escrow
        .registries
        .add_blob(poseidon, assay_protocol::parameters::root(&blob));
    let honest = proof(&elements(&escrow, &blob), |point| fingerprint(&blob, point));
    let error = refused(&mut escrow, poseidon, honest);
    assert!(matches!(
        error,
        ContractError::Escrow(EscrowError::Registry(Refusal::NoSuchBlob { blob, hash: h })) if blob == poseidon && h == hash
    ));
    let mut plain = Escrow::started();
    plain.registries.add_hashed_blob(BlobId(6), &blob);
    let message = deliver_blob(JOB, 0, BlobId(6), plain.proof());
    let error = plain.send("worker", &[], message).unwrap_err();
    let hash = BlobHash::Poseidon;
    assert!(matches!(
        error,
        ContractError::Escrow(EscrowError::Registry(Refusal::NoSuchBlob { hash: h, .. })) if h == hash
    ));
}
