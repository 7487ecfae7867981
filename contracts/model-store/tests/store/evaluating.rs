//! Blobs hashed by SHA-256, and their evaluation.

use assay_model_store::ContractError;
use assay_protocol::Scalar;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::id::{BlobId, StatementElement};
use assay_protocol::messages::model_store::{
    EvaluationResponse, ExecuteMsg, HashedBlob, MAX_ABORT_CHUNKS, MAX_EVALUATED_CHUNKS, QueryMsg,
    evaluation_key, hashed_blob_key, root_key,
};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES, PublicParameters, digest};
use cosmwasm_std::{Response, Storage, coins};

use crate::store::{Store, attribute, stranger, three_chunks};

fn point() -> Scalar {
    Scalar::from(0x1234_5678).square().square()
}

/// A finalised blob.
fn finalised(bytes: &[u8], hash: BlobHash) -> (Store, BlobId) {
    let mut store = Store::new();
    let blob = store.fill_hashed(bytes, hash);
    store.finalise(blob).unwrap();
    (store, blob)
}

fn evaluate(store: &mut Store, blob: BlobId, point: Scalar) -> Result<Response, ContractError> {
    evaluate_at_most(store, blob, point, None)
}

fn evaluate_at_most(
    store: &mut Store,
    blob: BlobId,
    point: Scalar,
    limit: Option<u32>,
) -> Result<Response, ContractError> {
    let message = ExecuteMsg::Evaluate {
        blob,
        point: StatementElement(point),
        limit,
    };
    store.send(&stranger(), &[], message)
}

fn evaluation(store: &Store, blob: BlobId) -> EvaluationResponse {
    let point = StatementElement(point());
    store.ask(QueryMsg::Evaluation { blob, point }).unwrap()
}

#[test]
fn a_blob_hashed_by_sha256_has_a_digest_and_no_root() {
    let bytes = three_chunks();
    let mut store = Store::new();
    let blob = store.fill_hashed(&bytes, BlobHash::Sha256);
    assert_eq!(store.deps.storage.get(&hashed_blob_key(blob)), None);
    let response = store.finalise(blob).unwrap();
    let digest = digest(&bytes);
    assert_eq!(attribute(&response, "sha256"), digest.to_string());
    let found = store.blob(blob).unwrap();
    assert_eq!(found.hash, BlobHash::Sha256);
    assert_eq!(found.parameters, Some(PublicParameters::Sha256(digest)));
    let length = bytes.len() as u32;
    let raw = store.deps.storage.get(&hashed_blob_key(blob)).unwrap();
    assert_eq!(raw, HashedBlob { digest, length }.to_bytes());
    assert_eq!(store.deps.storage.get(&root_key(blob)), None);
}

#[test]
fn a_blob_hashed_by_poseidon_has_no_digest() {
    let (store, blob) = finalised(&three_chunks(), BlobHash::Poseidon);
    assert_eq!(store.deps.storage.get(&hashed_blob_key(blob)), None);
    assert_eq!(store.blob(blob).unwrap().hash, BlobHash::Poseidon);
}

#[test]
fn anyone_can_evaluate_a_finalised_blob_and_others_read_the_fingerprint_raw() {
    for hash in [BlobHash::Sha256, BlobHash::Poseidon] {
        let bytes = three_chunks();
        let (mut store, blob) = finalised(&bytes, hash);
        let expected = StatementElement(fingerprint(&bytes, point()));
        let response = evaluate(&mut store, blob, point()).unwrap();
        assert_eq!(attribute(&response, "done"), "true");
        assert_eq!(attribute(&response, "fingerprint"), expected.to_string());
        let raw = store.deps.storage.get(&evaluation_key(blob, &point()));
        assert_eq!(raw.unwrap(), expected.to_bytes());
        assert_eq!(evaluation(&store, blob).fingerprint, Some(expected));
    }
}

#[test]
fn an_evaluation_goes_on_where_it_ended() {
    let chunks = MAX_EVALUATED_CHUNKS + 1;
    let bytes: Vec<u8> = (0..chunks as usize * CHUNK_BYTES - 11)
        .map(|i| (i * 7 % 253) as u8)
        .collect();
    let (mut store, blob) = finalised(&bytes, BlobHash::Sha256);
    let begun = EvaluationResponse {
        evaluated: 0,
        chunks,
        fingerprint: None,
    };
    assert_eq!(evaluation(&store, blob), begun);
    let response = evaluate(&mut store, blob, point()).unwrap();
    assert_eq!(attribute(&response, "done"), "false");
    assert_eq!(
        store.deps.storage.get(&evaluation_key(blob, &point())),
        None
    );
    let evaluated = MAX_EVALUATED_CHUNKS;
    assert_eq!(
        evaluation(&store, blob),
        EvaluationResponse { evaluated, ..begun }
    );
    // One at another point in between changes nothing.
    evaluate(&mut store, blob, point().double()).unwrap();
    let response = evaluate(&mut store, blob, point()).unwrap();
    let expected = StatementElement(fingerprint(&bytes, point()));
    assert_eq!(attribute(&response, "fingerprint"), expected.to_string());
    assert_eq!(evaluation(&store, blob).fingerprint, Some(expected));
}

#[test]
fn an_evaluation_that_is_done_can_be_asked_for_again() {
    let (mut store, blob) = finalised(&three_chunks(), BlobHash::Sha256);
    let first = evaluate(&mut store, blob, point()).unwrap();
    let second = evaluate(&mut store, blob, point()).unwrap();
    assert_eq!(first, second);
}

#[test]
fn what_is_there_is_evaluated_before_the_rest_comes() {
    let bytes = three_chunks();
    let chunks: Vec<&[u8]> = bytes.chunks(CHUNK_BYTES).collect();
    let mut store = Store::new();
    let blob = store.begin_hashed(bytes.len(), BlobHash::Sha256);
    let missing = |error, place| matches!(error, Err(ContractError::ChunkMissing { index, .. }) if index == place);
    assert!(missing(evaluate(&mut store, blob, point()), 0));
    for place in [1, 0] {
        store.put(blob, place, chunks[place as usize]).unwrap();
    }
    let response = evaluate(&mut store, blob, point()).unwrap();
    assert_eq!(attribute(&response, "evaluated"), "2");
    assert!(missing(evaluate(&mut store, blob, point()), 2));
    store.put(blob, 2, chunks[2]).unwrap();
    let response = evaluate(&mut store, blob, point()).unwrap();
    let expected = StatementElement(fingerprint(&bytes, point()));
    assert_eq!(attribute(&response, "fingerprint"), expected.to_string());
    // It is no use to anyone before the blob is complete.
    assert_eq!(store.deps.storage.get(&hashed_blob_key(blob)), None);
    store.finalise(blob).unwrap();
    assert_eq!(evaluation(&store, blob).fingerprint, Some(expected));
}

#[test]
fn as_many_chunks_are_evaluated_as_asked_for() {
    let bytes = three_chunks();
    let (mut store, blob) = finalised(&bytes, BlobHash::Sha256);
    for (limit, evaluated) in [(1, "1"), (0, "2"), (u32::MAX, "3")] {
        let response = evaluate_at_most(&mut store, blob, point(), Some(limit)).unwrap();
        assert_eq!(attribute(&response, "evaluated"), evaluated);
    }
    let expected = StatementElement(fingerprint(&bytes, point()));
    assert_eq!(evaluation(&store, blob).fingerprint, Some(expected));
}

#[test]
fn what_is_being_deleted_or_was_never_there_is_not_evaluated() {
    let mut store = Store::new();
    let chunks = MAX_ABORT_CHUNKS + 1;
    let blob = store.fill_hashed(&vec![3; chunks as usize * CHUNK_BYTES], BlobHash::Sha256);
    store.abort(blob).unwrap();
    let error = evaluate(&mut store, blob, point()).unwrap_err();
    assert!(matches!(error, ContractError::Aborting { .. }));
    let error = evaluate(&mut store, BlobId(9), point()).unwrap_err();
    assert!(matches!(error, ContractError::UnknownBlob { .. }));
}

#[test]
fn an_evaluation_takes_no_funds() {
    let (mut store, blob) = finalised(&[1, 2, 3], BlobHash::Sha256);
    let point = StatementElement(point());
    let message = ExecuteMsg::Evaluate {
        blob,
        point,
        limit: None,
    };
    let error = store.send(&stranger(), &coins(1, "token"), message);
    assert!(matches!(error, Err(ContractError::Payment(_))));
}
