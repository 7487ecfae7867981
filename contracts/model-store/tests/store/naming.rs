//! Blobs by their roots and digests.

use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::{ByParametersResponse, QueryMsg};
use assay_protocol::parameters::{BlobHash, PublicParameters, digest, root};

use crate::store::{Store, attribute};

const BYTES: [u8; 10] = [5; 10];

impl Store {
    /// The blob that is known by this name.
    pub fn named(&self, parameters: PublicParameters) -> Option<BlobId> {
        let query = QueryMsg::ByParameters { parameters };
        let answer: ByParametersResponse = self.ask(query).unwrap();
        answer.blob
    }
}

fn name() -> PublicParameters {
    PublicParameters::of(&BYTES, BlobHash::Poseidon)
}

/// A store with two blobs of the same bytes.
fn twice() -> (Store, BlobId, BlobId) {
    let mut store = Store::with_deposit();
    let [first, second] = [(); 2].map(|()| store.finalised(&BYTES, BlobHash::Poseidon));
    store.wait();
    (store, first, second)
}

#[test]
fn a_blob_is_found_by_its_name_once_it_is_complete() {
    let mut store = Store::new();
    let blob = store.fill(&BYTES);
    assert_eq!(store.named(name()), None);
    let response = store.finalise(blob).unwrap();
    assert_eq!(attribute(&response, "indexed"), "true");
    assert_eq!(store.named(name()), Some(blob));
    let other = PublicParameters::of(&[6; 10], BlobHash::Poseidon);
    assert_eq!(store.named(other), None);
}

#[test]
fn a_root_and_a_digest_with_the_same_bytes_are_two_names() {
    let mut store = Store::new();
    let by_root = store.finalised(&BYTES, BlobHash::Poseidon);
    let by_digest = store.finalised(&BYTES, BlobHash::Sha256);
    let root = root(&BYTES);
    assert_eq!(store.named(PublicParameters::Poseidon(root)), Some(by_root));
    let digest = digest(&BYTES);
    assert_eq!(
        store.named(PublicParameters::Sha256(digest)),
        Some(by_digest)
    );
    let swapped = PublicParameters::Sha256(assay_protocol::id::BlobDigest(root.0));
    assert_eq!(store.named(swapped), None);
}

#[test]
fn of_the_same_bytes_the_first_to_be_complete_is_found() {
    let mut store = Store::new();
    let (begun_first, second) = (store.fill(&BYTES), store.fill(&BYTES));
    store.finalise(second).unwrap();
    let response = store.finalise(begun_first).unwrap();
    assert_eq!(attribute(&response, "indexed"), "false");
    assert_eq!(store.named(name()), Some(second));
}

/// The simplest rule that never names a dead blob.
#[test]
fn after_the_first_died_none_is_found_until_one_is_finalised_anew() {
    let (mut store, first, second) = twice();
    store.release("uploader", first).unwrap();
    assert_eq!(store.named(name()), None);
    assert_eq!(store.blob(second).unwrap().parameters, Some(name()));
    store.pin("other", second).unwrap();
    let third = store.finalised(&BYTES, BlobHash::Poseidon);
    assert_eq!(store.named(name()), Some(third));
}

#[test]
fn another_blob_with_the_same_bytes_dies_without_the_first() {
    let (mut store, first, second) = twice();
    store.release("uploader", second).unwrap();
    assert_eq!(store.named(name()), Some(first));
    assert_eq!(store.blob(first).unwrap().parameters, Some(name()));
}
