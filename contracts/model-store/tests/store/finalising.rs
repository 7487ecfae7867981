//! Completing uploads.

use assay_model_store::ContractError;
use assay_protocol::messages::model_store::root_key;
use assay_protocol::parameters::{CHUNK_BYTES, PublicParameters, root};
use cosmwasm_std::Storage;

use crate::store::{Store, attribute, three_chunks};

#[test]
fn the_root_is_that_of_the_whole_blob() {
    let mut store = Store::new();
    let bytes = three_chunks();
    let blob = store.fill(&bytes);
    let response = store.finalise(blob).unwrap();
    assert_eq!(attribute(&response, "poseidon"), root(&bytes).to_string());
    assert_eq!(
        store.blob(blob).unwrap().parameters,
        Some(PublicParameters::Poseidon(root(&bytes)))
    );
}

#[test]
fn the_root_can_be_read_raw_only_once_the_blob_is_complete() {
    let mut store = Store::new();
    let bytes = three_chunks();
    let blob = store.fill(&bytes);
    assert_eq!(store.deps.storage.get(&root_key(blob)), None);
    store.finalise(blob).unwrap();
    let raw = store.deps.storage.get(&root_key(blob)).unwrap();
    assert_eq!(raw, root(&bytes).to_bytes());
}

#[test]
fn a_blob_that_lacks_chunks_is_refused_with_how_many_and_the_first() {
    let mut store = Store::new();
    let blob = store.begin(3 * CHUNK_BYTES);
    store.put(blob, 0, &[7; CHUNK_BYTES]).unwrap();
    let error = store.finalise(blob).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Incomplete {
            missing: 2,
            chunks: 3,
            first: 1,
            ..
        }
    ));
}

#[test]
fn a_finalised_blob_never_changes() {
    let mut store = Store::new();
    let blob = store.fill(&[1, 2, 3]);
    store.finalise(blob).unwrap();
    for result in [
        store.put(blob, 0, &[4, 5, 6]),
        store.finalise(blob),
        store.abort(blob),
    ] {
        assert!(matches!(result, Err(ContractError::Finalised { .. })));
    }
    assert_eq!(store.chunk(blob, 0).unwrap().as_slice(), [1, 2, 3]);
}

#[test]
fn the_same_bytes_uploaded_twice_have_one_root_and_two_blobs() {
    let mut store = Store::new();
    let (first, second) = (store.fill(&[5; 10]), store.fill(&[5; 10]));
    let roots = [first, second].map(|blob| attribute(&store.finalise(blob).unwrap(), "poseidon"));
    assert_ne!(first, second);
    assert_eq!(roots[0], roots[1]);
}
