//! Dead blobs.

use assay_model_store::ContractError;
use assay_protocol::Scalar;
use assay_protocol::id::{BlobId, StatementElement};
use assay_protocol::messages::model_store::{
    BlobState, ExecuteMsg, MAX_ABORT_CHUNKS, hashed_blob_key, root_key,
};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use cosmwasm_std::{Order, Storage};

use crate::store::{Store, addr, attribute, paid, stranger};

/// A dead blob of so many chunks more than one message deletes, released by "uploader".
fn dead(more: u32, hash: BlobHash) -> (Store, BlobId) {
    let mut store = Store::with_deposit();
    let chunks = (MAX_ABORT_CHUNKS + more) as usize;
    let blob = store.finalised(&vec![3; chunks * CHUNK_BYTES], hash);
    store.wait();
    let response = store.release("uploader", blob).unwrap();
    let deleted = u128::from(MAX_ABORT_CHUNKS);
    assert_eq!(paid(&response), [(addr("uploader"), deleted * 10)]);
    assert_eq!(attribute(&response, "done"), "false");
    (store, blob)
}

#[test]
fn strangers_sweep_a_dead_blob_in_bounded_steps_and_are_paid_for_what_they_delete() {
    let (mut store, blob) = dead(MAX_ABORT_CHUNKS + 2, BlobHash::Sha256);
    let first = store.sweep("stranger", blob).unwrap();
    assert_eq!(attribute(&first, "removed"), MAX_ABORT_CHUNKS.to_string());
    assert_eq!(attribute(&first, "done"), "false");
    let deleted = u128::from(MAX_ABORT_CHUNKS);
    assert_eq!(paid(&first), [(addr("stranger"), deleted * 10)]);
    assert_eq!(store.blob(blob).unwrap().received, 2);
    let second = store.sweep("other", blob).unwrap();
    assert_eq!(attribute(&second, "done"), "true");
    assert_eq!(paid(&second), [(addr("other"), 20)]);
    let error = store.sweep("other", blob);
    assert!(matches!(error, Err(ContractError::UnknownBlob { .. })));
}

#[test]
fn a_swept_blob_leaves_nothing_behind() {
    for hash in [BlobHash::Poseidon, BlobHash::Sha256] {
        let mut store = Store::with_deposit();
        let entries = |store: &Store| {
            let storage = &store.deps.storage;
            storage.range(None, None, Order::Ascending).count()
        };
        let kept = store.finalised(&[1; 3], hash);
        let before = entries(&store);
        let chunks = MAX_ABORT_CHUNKS as usize + 1;
        let blob = store.finalised(&vec![3; chunks * CHUNK_BYTES], hash);
        store.wait();
        store.release("uploader", blob).unwrap();
        store.sweep("stranger", blob).unwrap();
        assert_eq!(entries(&store), before);
        assert!(store.blob(kept).unwrap().parameters.is_some());
    }
}

#[test]
fn only_what_nobody_keeps_is_swept() {
    let mut store = Store::with_deposit();
    let kept = store.finalised(&[1; 3], BlobHash::Poseidon);
    let begun = store.fill(&[1; 3]);
    let chunks = MAX_ABORT_CHUNKS as usize + 1;
    let aborting = store.fill_hashed(&vec![1; chunks * CHUNK_BYTES], BlobHash::Sha256);
    store.abort(aborting).unwrap();
    store.wait();
    for blob in [kept, begun, aborting] {
        let error = store.sweep("stranger", blob);
        assert!(matches!(error, Err(ContractError::NotDead { blob: b }) if b == blob));
    }
    let error = store.sweep("stranger", BlobId(9));
    assert!(matches!(error, Err(ContractError::UnknownBlob { .. })));
}

#[test]
fn a_dead_blob_has_no_name_and_nothing_can_be_done_with_it() {
    for hash in [BlobHash::Poseidon, BlobHash::Sha256] {
        let (mut store, blob) = dead(1, hash);
        let answer = store.blob(blob).unwrap();
        assert_eq!(
            (answer.state, answer.parameters),
            (BlobState::Dead {}, None)
        );
        for key in [root_key(blob), hashed_blob_key(blob)] {
            assert_eq!(store.deps.storage.get(&key), None);
        }
        let evaluate = ExecuteMsg::Evaluate {
            blob,
            point: StatementElement(Scalar::one()),
            limit: None,
        };
        for result in [
            store.pin("other", blob),
            store.release("uploader", blob),
            store.finalise(blob),
            store.put(blob, 0, &[3; CHUNK_BYTES]),
            store.abort(blob),
            store.send(&stranger(), &[], evaluate),
        ] {
            assert!(matches!(result, Err(ContractError::Dead { blob: b }) if b == blob));
        }
    }
}

#[test]
fn a_swept_blob_is_unknown_to_every_message() {
    let (mut store, blob) = dead(1, BlobHash::Sha256);
    store.sweep("stranger", blob).unwrap();
    let evaluate = ExecuteMsg::Evaluate {
        blob,
        point: StatementElement(Scalar::one()),
        limit: None,
    };
    let pin = ExecuteMsg::Pin { blob, holder: None };
    for message in [evaluate, pin, ExecuteMsg::Release { blob }] {
        let error = store.send(&stranger(), &[], message);
        assert!(matches!(error, Err(ContractError::UnknownBlob { .. })));
    }
}

#[test]
fn the_id_of_a_swept_blob_is_not_used_again() {
    let (mut store, blob) = dead(1, BlobHash::Sha256);
    store.sweep("stranger", blob).unwrap();
    assert_eq!(store.begin(5), BlobId(blob.0 + 1));
}
