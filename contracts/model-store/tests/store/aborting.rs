//! Deleting uploads.

use assay_model_store::ContractError;
use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::MAX_ABORT_CHUNKS;
use assay_protocol::parameters::CHUNK_BYTES;
use cosmwasm_std::{Order, Storage};

use crate::store::{Store, attribute};

fn filled(store: &mut Store, chunks: u32) -> BlobId {
    store.fill(&vec![3; chunks as usize * CHUNK_BYTES])
}

#[test]
fn an_aborted_upload_leaves_nothing_behind() {
    let mut store = Store::new();
    let entries = |store: &Store| {
        let storage = &store.deps.storage;
        storage.range(None, None, Order::Ascending).count()
    };
    let kept = filled(&mut store, 1);
    let before = entries(&store);
    let blob = filled(&mut store, 2);
    let response = store.abort(blob).unwrap();
    assert_eq!(attribute(&response, "done"), "true");
    assert_eq!(entries(&store), before);
    assert!(matches!(
        store.blob(blob),
        Err(ContractError::UnknownBlob { .. })
    ));
    assert_eq!(store.blob(kept).unwrap().received, 1);
}

#[test]
fn an_upload_without_chunks_is_gone_at_once() {
    let mut store = Store::new();
    let blob = store.begin(5);
    assert_eq!(attribute(&store.abort(blob).unwrap(), "done"), "true");
}

#[test]
fn a_large_upload_takes_several_calls_and_nothing_else_meanwhile() {
    let mut store = Store::new();
    let blob = filled(&mut store, MAX_ABORT_CHUNKS + 1);
    let response = store.abort(blob).unwrap();
    assert_eq!(attribute(&response, "done"), "false");
    assert_eq!(store.blob(blob).unwrap().received, 1);
    for result in [store.put(blob, 0, &[3; CHUNK_BYTES]), store.finalise(blob)] {
        assert!(matches!(result, Err(ContractError::Aborting { .. })));
    }
    assert_eq!(attribute(&store.abort(blob).unwrap(), "done"), "true");
}

#[test]
fn an_upload_of_exactly_one_call_is_done_after_it() {
    let mut store = Store::new();
    let blob = filled(&mut store, MAX_ABORT_CHUNKS);
    assert_eq!(attribute(&store.abort(blob).unwrap(), "done"), "true");
}

#[test]
fn the_id_of_an_aborted_upload_is_not_used_again() {
    let mut store = Store::new();
    let blob = store.begin(5);
    store.abort(blob).unwrap();
    assert_eq!(store.begin(5), BlobId(blob.0 + 1));
}
