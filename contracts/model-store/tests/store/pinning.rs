//! Keeping blobs.

use assay_model_store::ContractError;
use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::{BlobState, ExecuteMsg, MAX_ABORT_CHUNKS, pin_key};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use cosmwasm_std::{Response, Storage, coins};

use crate::store::{Store, addr, attribute};

/// A store with a blob of one chunk that "uploader" keeps.
fn finalised() -> (Store, BlobId) {
    let mut store = Store::with_deposit();
    let blob = store.finalised(&[7; 5], BlobHash::Poseidon);
    (store, blob)
}

/// Pins a blob of one chunk for somebody.
fn pin_for(store: &mut Store, holder: &str, blob: BlobId) -> Result<Response, ContractError> {
    let holder = Some(addr(holder).into());
    let message = ExecuteMsg::Pin { blob, holder };
    store.send(&addr("giver"), &coins(10, "token"), message)
}

fn pins(store: &Store, blob: BlobId) -> u64 {
    match store.blob(blob).unwrap().state {
        BlobState::Finalised { pins } => pins,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_finalised_blob_is_kept_by_its_uploader() {
    let (store, blob) = finalised();
    assert_eq!(pins(&store, blob), 1);
    let releasable = store.releasable(blob, "uploader").unwrap();
    assert_eq!(releasable.time, store.env.block.time.plus_seconds(86_400));
    assert_eq!(releasable.height, store.env.block.height + 14_400);
    assert_eq!(store.releasable(blob, "stranger"), None);
}

#[test]
fn a_blob_is_kept_by_whom_it_was_begun_for_from_its_finalising_on() {
    let mut store = Store::new();
    let blob = store.begin_for(Some("requester"), 1, BlobHash::Poseidon);
    let begun = store.blob(blob).unwrap();
    let requester = addr("requester");
    assert!(
        matches!(begun.state, BlobState::Uploading { holder, .. } if holder == requester.as_str())
    );
    store.put(blob, 0, &[1]).unwrap();
    assert_eq!(store.releasable(blob, "requester"), None);
    store.env.block.height += 9;
    let response = store.finalise(blob).unwrap();
    assert_eq!(attribute(&response, "holder"), requester.as_str());
    let releasable = store.releasable(blob, "requester").unwrap();
    assert_eq!(releasable.height, store.env.block.height + 14_400);
    assert_eq!(store.releasable(blob, "uploader"), None);
    assert_eq!(begun.uploader, addr("uploader").as_str());
}

#[test]
fn pins_are_counted() {
    let (mut store, blob) = finalised();
    let response = store.pin("other", blob).unwrap();
    assert_eq!(attribute(&response, "pins"), "2");
    let response = pin_for(&mut store, "third", blob).unwrap();
    assert_eq!(attribute(&response, "holder"), addr("third").as_str());
    assert_eq!(pins(&store, blob), 3);
    store.wait();
    store.release("uploader", blob).unwrap();
    assert_eq!(pins(&store, blob), 2);
}

#[test]
fn a_pin_lies_where_other_contracts_read_it() {
    let (mut store, blob) = finalised();
    let lies = |store: &Store, name: &str| {
        let key = pin_key(blob, addr(name).as_str());
        store.deps.storage.get(&key).is_some()
    };
    assert!(lies(&store, "uploader") && !lies(&store, "other"));
    pin_for(&mut store, "other", blob).unwrap();
    assert!(lies(&store, "other") && !lies(&store, "giver"));
}

/// Whoever could pin again for somebody would prolong their hold.
#[test]
fn a_holder_has_one_pin_and_its_hold_stays_as_it_is() {
    let (mut store, blob) = finalised();
    let before = store.releasable(blob, "uploader");
    store.env.block.height += 1;
    let own = store.pin("uploader", blob);
    let given = pin_for(&mut store, "uploader", blob);
    for error in [own, given] {
        assert!(
            matches!(error, Err(ContractError::Pinned { holder, .. }) if holder == addr("uploader").as_str())
        );
    }
    assert_eq!(pins(&store, blob), 1);
    assert_eq!(store.releasable(blob, "uploader"), before);
}

#[test]
fn what_is_not_complete_cannot_be_pinned() {
    let mut store = Store::with_deposit();
    let blob = store.fill(&[1; 5]);
    let error = pin_for(&mut store, "other", blob);
    assert!(matches!(error, Err(ContractError::NotFinalised { .. })));
    let chunks = MAX_ABORT_CHUNKS as usize + 1;
    let aborting = store.fill_hashed(&vec![1; chunks * CHUNK_BYTES], BlobHash::Sha256);
    store.abort(aborting).unwrap();
    let error = store.pin("other", aborting);
    assert!(matches!(error, Err(ContractError::Aborting { .. })));
    let error = pin_for(&mut store, "other", BlobId(9));
    assert!(matches!(error, Err(ContractError::UnknownBlob { .. })));
}

#[test]
fn a_holder_is_an_address() {
    let (mut store, blob) = finalised();
    let holder = Some("nobody".to_owned());
    let begin = ExecuteMsg::Begin {
        length: 1,
        hash: BlobHash::Poseidon,
        holder: holder.clone(),
    };
    for message in [begin, ExecuteMsg::Pin { blob, holder }] {
        let error = store.send(&addr("other"), &coins(10, "token"), message);
        assert!(matches!(error, Err(ContractError::Std(_))));
    }
}
