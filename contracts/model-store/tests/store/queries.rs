//! What can be asked.

use assay_model_store::ContractError;
use assay_protocol::messages::MAX_PAGE;
use assay_protocol::parameters::{CHUNK_BYTES, MAX_CHUNKS};

use crate::store::{Store, uploader};

#[test]
fn an_upload_is_described() {
    let mut store = Store::new();
    let blob = store.begin(CHUNK_BYTES + 1);
    let described = store.blob(blob).unwrap();
    assert_eq!(uploader().as_str(), described.uploader);
    assert_eq!((described.length, described.chunks), (30_721, 2));
    assert_eq!((described.received, described.parameters), (0, None));
}

#[test]
fn a_chunk_that_is_not_there_is_an_error_that_says_why() {
    let mut store = Store::new();
    let blob = store.begin(CHUNK_BYTES + 1);
    assert!(matches!(
        store.chunk(blob, 1),
        Err(ContractError::ChunkMissing { index: 1, .. })
    ));
    assert!(matches!(
        store.chunk(blob, 2),
        Err(ContractError::ChunkOutOfRange { chunks: 2, .. })
    ));
}

#[test]
fn missing_chunks_come_in_pages() {
    let mut store = Store::new();
    let blob = store.begin(5 * CHUNK_BYTES);
    for index in [0, 3] {
        store.put(blob, index, &[0; CHUNK_BYTES]).unwrap();
    }
    let first = store.missing(blob, None, Some(2));
    assert_eq!((first.missing, first.next), (vec![1, 2], Some(2)));
    let second = store.missing(blob, Some(2), Some(2));
    assert_eq!((second.missing, second.next), (vec![4], None));
}

#[test]
fn the_last_chunk_alone_is_a_page() {
    let mut store = Store::new();
    let blob = store.begin(3 * CHUNK_BYTES);
    let first = store.missing(blob, None, Some(2));
    assert_eq!((first.missing, first.next), (vec![0, 1], Some(1)));
    let last = store.missing(blob, Some(1), Some(2));
    assert_eq!((last.missing, last.next), (vec![2], None));
}

#[test]
fn every_missing_chunk_of_the_largest_blob_is_found() {
    let mut store = Store::new();
    let blob = store.begin(MAX_CHUNKS as usize * CHUNK_BYTES);
    let present = 5..300;
    for index in present.clone() {
        store.put(blob, index, &[0; CHUNK_BYTES]).unwrap();
    }
    let nothing_yet = store.missing(blob, Some(4), None);
    assert_eq!((nothing_yet.missing, nothing_yet.next), (vec![], Some(260)));
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = store.missing(blob, after, Some(u32::MAX));
        assert!(page.missing.len() <= MAX_PAGE as usize);
        found.extend(page.missing);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let expected: Vec<u32> = (0..MAX_CHUNKS).filter(|i| !present.contains(i)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_complete_blob_lacks_nothing() {
    let mut store = Store::new();
    let blob = store.fill(&[1; CHUNK_BYTES]);
    let page = store.missing(blob, None, None);
    assert_eq!((page.missing, page.next), (vec![], None));
    assert_eq!(store.missing(blob, Some(u32::MAX), None).next, None);
}
