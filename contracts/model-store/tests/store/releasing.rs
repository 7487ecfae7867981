//! Giving up pins.

use assay_model_store::ContractError;
use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::{BlobState, root_key};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use cosmwasm_std::Storage;

use crate::store::{Store, addr, attribute, paid};

/// A blob of two chunks that "uploader" and "other" keep.
fn kept() -> (Store, BlobId) {
    let mut store = Store::with_deposit();
    let blob = store.finalised(&[7; 2 * CHUNK_BYTES], BlobHash::Poseidon);
    store.env.block.time = store.env.block.time.plus_seconds(50);
    store.env.block.height += 5;
    store.pin("other", blob).unwrap();
    (store, blob)
}

#[test]
fn a_pin_is_released_from_the_end_of_its_hold_on() {
    for holder in ["uploader", "other"] {
        for nanoseconds in [-1, 0, 1] {
            for blocks in [-1, 0, 1] {
                let (mut store, blob) = kept();
                let releasable = store.releasable(blob, holder).unwrap();
                store.go_to(releasable, nanoseconds, blocks);
                let over = nanoseconds >= 0 && blocks >= 0;
                match store.release(holder, blob) {
                    Ok(_) => assert!(over),
                    Err(ContractError::Held { .. }) => assert!(!over),
                    Err(other) => panic!("{other}"),
                }
            }
        }
    }
}

#[test]
fn each_pin_has_a_hold_of_its_own() {
    let (mut store, blob) = kept();
    let first = store.releasable(blob, "uploader").unwrap();
    let second = store.releasable(blob, "other").unwrap();
    assert_eq!(second.time, first.time.plus_seconds(50));
    assert_eq!(second.height, first.height + 5);
    store.go_to(first, 0, 0);
    let error = store.release("other", blob);
    assert!(matches!(error, Err(ContractError::Held { .. })));
    store.release("uploader", blob).unwrap();
}

#[test]
fn who_releases_a_pin_is_paid_its_deposit_and_the_others_keep_the_blob() {
    let (mut store, blob) = kept();
    store.wait();
    let response = store.release("uploader", blob).unwrap();
    assert_eq!(paid(&response), [(addr("uploader"), 20)]);
    assert_eq!(attribute(&response, "pins"), "1");
    assert_eq!(store.releasable(blob, "uploader"), None);
    assert!(store.deps.storage.get(&root_key(blob)).is_some());
    assert_eq!(store.chunk(blob, 1).unwrap().len(), CHUNK_BYTES);
}

#[test]
fn nobody_releases_a_pin_that_they_do_not_hold() {
    let (mut store, blob) = kept();
    store.wait();
    store.release("uploader", blob).unwrap();
    for sender in ["stranger", "uploader"] {
        let error = store.release(sender, blob);
        assert!(
            matches!(error, Err(ContractError::NotPinned { holder, .. }) if holder == addr(sender).as_str())
        );
    }
    assert!(store.releasable(blob, "other").is_some());
}

#[test]
fn an_uploader_who_gave_the_pin_away_cannot_release_it() {
    let mut store = Store::with_deposit();
    let blob = store.begin_for(Some("requester"), 1, BlobHash::Poseidon);
    store.put(blob, 0, &[1]).unwrap();
    store.finalise(blob).unwrap();
    store.wait();
    let error = store.release("uploader", blob);
    assert!(matches!(error, Err(ContractError::NotPinned { .. })));
    let response = store.release("requester", blob).unwrap();
    assert_eq!(paid(&response), [(addr("requester"), 10)]);
}

#[test]
fn who_pins_again_holds_again() {
    let (mut store, blob) = kept();
    store.wait();
    store.release("other", blob).unwrap();
    store.pin("other", blob).unwrap();
    let error = store.release("other", blob);
    assert!(matches!(error, Err(ContractError::Held { .. })));
}

#[test]
fn the_last_pin_takes_root_and_index_with_it_at_once() {
    let (mut store, blob) = kept();
    let name = store.blob(blob).unwrap().parameters.unwrap();
    store.wait();
    store.release("other", blob).unwrap();
    assert_eq!(store.named(name), Some(blob));
    let response = store.release("uploader", blob).unwrap();
    assert_eq!(attribute(&response, "pins"), "0");
    assert_eq!(attribute(&response, "removed"), "2");
    assert_eq!(paid(&response), [(addr("uploader"), 20)]);
    assert_eq!(store.deps.storage.get(&root_key(blob)), None);
    assert_eq!(store.named(name), None);
}

#[test]
fn what_is_not_finalised_has_no_pin_to_release() {
    let mut store = Store::with_deposit();
    let blob = store.fill(&[1; 5]);
    let error = store.release("uploader", blob);
    assert!(matches!(error, Err(ContractError::NotFinalised { .. })));
    assert!(matches!(
        store.blob(blob).unwrap().state,
        BlobState::Uploading { .. }
    ));
}
