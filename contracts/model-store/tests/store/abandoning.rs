//! Uploads that make no progress.

use assay_model_store::ContractError;
use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::{BlobState, MAX_ABORT_CHUNKS};
use assay_protocol::messages::time::Deadline;
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use cosmwasm_std::Response;

use crate::store::{Store, addr, attribute, paid, uploader};

/// The deadline of an upload.
pub fn deadline(store: &Store, blob: BlobId) -> Deadline {
    match store.blob(blob).unwrap().state {
        BlobState::Uploading { deadline, .. } | BlobState::Aborting { deadline } => deadline,
        other => panic!("{other:?}"),
    }
}

/// What aborting gives a stranger at every place around the deadline, and whether it has
/// passed there.
fn around(make: impl Fn() -> (Store, BlobId)) -> Vec<(bool, Result<Response, ContractError>)> {
    let mut results = Vec::new();
    for nanoseconds in [-1, 0, 1] {
        for blocks in [-1, 0, 1] {
            let (mut store, blob) = make();
            store.go_to(deadline(&store, blob), nanoseconds, blocks);
            let result = store.abort_as("stranger", blob);
            results.push((nanoseconds >= 0 && blocks >= 0, result));
        }
    }
    results
}

fn assert_from_the_deadline_on(make: impl Fn() -> (Store, BlobId)) {
    for (passed, result) in around(make) {
        match result {
            Ok(response) => {
                assert!(passed);
                assert_eq!(paid(&response), [(addr("stranger"), 30)]);
            }
            Err(ContractError::NotAbandoned { .. }) => assert!(!passed),
            Err(other) => panic!("{other}"),
        }
    }
}

/// An upload of three chunks.
fn begun() -> (Store, BlobId) {
    let mut store = Store::with_deposit();
    let blob = store.begin(3 * CHUNK_BYTES);
    (store, blob)
}

#[test]
fn a_stranger_can_abort_an_upload_from_its_deadline_on_and_is_paid_its_deposit() {
    assert_from_the_deadline_on(begun);
}

#[test]
fn a_chunk_renews_the_deadline_of_its_upload() {
    let (mut store, blob) = begun();
    let first = deadline(&store, blob);
    assert_eq!(first.time, store.env.block.time.plus_seconds(3_600));
    assert_eq!(first.height, store.env.block.height + 600);
    store.env.block.time = store.env.block.time.plus_seconds(7);
    store.env.block.height += 2;
    store.put(blob, 1, &[0; CHUNK_BYTES]).unwrap();
    let second = deadline(&store, blob);
    assert_eq!(second.time, first.time.plus_seconds(7));
    assert_eq!(second.height, first.height + 2);
    assert_from_the_deadline_on(|| {
        let (mut store, blob) = begun();
        store.env.block.time = store.env.block.time.plus_seconds(3_000);
        store.put(blob, 1, &[0; CHUNK_BYTES]).unwrap();
        (store, blob)
    });
}

#[test]
fn nothing_but_a_chunk_renews_it() {
    let (mut store, blob) = begun();
    let before = deadline(&store, blob);
    store.env.block.height += 1;
    store.put(blob, 0, &[0; 3]).unwrap_err();
    store.finalise(blob).unwrap_err();
    assert_eq!(deadline(&store, blob), before);
}

#[test]
fn the_uploader_can_abort_at_any_time() {
    for wait in [false, true] {
        let (mut store, blob) = begun();
        if wait {
            store.wait();
        }
        let response = store.abort(blob).unwrap();
        assert_eq!(paid(&response), [(uploader(), 30)]);
    }
}

#[test]
fn an_upload_that_nobody_aborts_goes_on_after_its_deadline() {
    let (mut store, blob) = begun();
    store.wait();
    for index in 0..3 {
        store.put(blob, index, &[0; CHUNK_BYTES]).unwrap();
    }
    let error = store.abort_as("stranger", blob);
    assert!(matches!(error, Err(ContractError::NotAbandoned { .. })));
    store.wait();
    store.finalise(blob).unwrap();
    let error = store.abort_as("stranger", blob);
    assert!(matches!(error, Err(ContractError::Finalised { .. })));
}

/// An upload that is too large to be aborted in one call.
fn large(missing: u32) -> (Store, BlobId) {
    let mut store = Store::with_deposit();
    let chunks = MAX_ABORT_CHUNKS + 2;
    let blob = store.begin_hashed((chunks + missing) as usize * CHUNK_BYTES, BlobHash::Sha256);
    for index in 0..chunks {
        store.put(blob, index, &[0; CHUNK_BYTES]).unwrap();
    }
    (store, blob)
}

#[test]
fn who_deletes_a_chunk_is_paid_its_deposit_and_the_first_that_of_chunks_that_never_came() {
    let (mut store, blob) = large(5);
    store.wait();
    let first = store.abort_as("stranger", blob).unwrap();
    let deleted = u128::from(MAX_ABORT_CHUNKS);
    assert_eq!(paid(&first), [(addr("stranger"), (deleted + 5) * 10)]);
    assert_eq!(attribute(&first, "done"), "false");
    let second = store.abort_as("other", blob).unwrap();
    assert_eq!(paid(&second), [(addr("other"), 20)]);
    assert_eq!(attribute(&second, "done"), "true");
    let error = store.abort_as("stranger", blob);
    assert!(matches!(error, Err(ContractError::UnknownBlob { .. })));
}

#[test]
fn an_uploader_who_began_to_abort_is_left_alone_until_the_deadline() {
    let (mut store, blob) = large(0);
    let end = deadline(&store, blob);
    store.abort(blob).unwrap();
    assert_eq!(deadline(&store, blob), end);
    for (nanoseconds, blocks) in [(-1, 0), (0, -1)] {
        store.go_to(end, nanoseconds, blocks);
        let error = store.abort_as("stranger", blob);
        assert!(matches!(error, Err(ContractError::NotAbandoned { .. })));
    }
    store.go_to(end, 0, 0);
    let response = store.abort_as("stranger", blob).unwrap();
    assert_eq!(paid(&response), [(addr("stranger"), 20)]);
}

#[test]
fn a_store_without_a_deposit_pays_nothing() {
    let mut store = Store::new();
    let blob = store.begin(5);
    store.wait();
    let response = store.abort_as("stranger", blob).unwrap();
    assert_eq!(paid(&response), []);
}
