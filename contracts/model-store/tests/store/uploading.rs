//! Beginning uploads and putting chunks.

use assay_model_store::ContractError;
use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::ExecuteMsg;
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES, MAX_BLOB_BYTES};
use cosmwasm_std::storage_keys::namespace_with_key;
use cosmwasm_std::{Storage, coins};

use crate::store::{Store, stranger, three_chunks, uploader};

#[test]
fn every_upload_gets_an_id_of_its_own() {
    let mut store = Store::new();
    assert_eq!(store.begin(1), BlobId(1));
    assert_eq!(store.begin(1), BlobId(2));
}

#[test]
fn a_blob_of_no_bytes_or_too_many_is_refused() {
    let mut store = Store::new();
    for length in [0, MAX_BLOB_BYTES + 1, u32::MAX] {
        let error = store
            .send(
                &uploader(),
                &[],
                ExecuteMsg::Begin {
                    length,
                    hash: BlobHash::Poseidon,
                    holder: None,
                },
            )
            .unwrap_err();
        assert!(matches!(error, ContractError::BlobLength { length: l } if l == length));
    }
    store.begin(MAX_BLOB_BYTES as usize);
}

#[test]
fn funds_are_refused() {
    let mut store = Store::new();
    let begin = ExecuteMsg::Begin {
        length: 1,
        hash: BlobHash::Poseidon,
        holder: None,
    };
    let error = store.send(&uploader(), &coins(1, "token"), begin);
    assert!(matches!(error, Err(ContractError::Payment(_))));
}

#[test]
fn chunks_arrive_in_any_order() {
    let mut store = Store::new();
    let bytes = three_chunks();
    let blob = store.begin(bytes.len());
    for index in [2, 0, 1] {
        let chunk = bytes.chunks(CHUNK_BYTES).nth(index as usize).unwrap();
        store.put(blob, index, chunk).unwrap();
        assert_eq!(store.chunk(blob, index).unwrap().as_slice(), chunk);
    }
    assert_eq!(store.blob(blob).unwrap().received, 3);
}

/// Every chunk pays for what is read and written beside it.
#[test]
fn a_chunk_reads_nothing_that_was_fixed_and_writes_one_short_row() {
    let mut store = Store::with_deposit();
    let blob = store.begin_for(Some("requester"), CHUNK_BYTES, BlobHash::Sha256);
    for key in [&b"config"[..], b"keeping"] {
        assert!(store.deps.storage.get(key).is_some());
        store.deps.storage.remove(key);
    }
    store.put(blob, 0, &[0; CHUNK_BYTES]).unwrap();
    let key = namespace_with_key(&[b"blob"], &blob.0.to_be_bytes());
    let row = store.deps.storage.get(&key).unwrap();
    let addresses = uploader().as_str().len() + stranger().as_str().len();
    assert!(row.len() <= addresses + 30, "{}", row.len());
}

#[test]
fn a_chunk_out_of_range_is_refused() {
    let mut store = Store::new();
    let blob = store.begin(three_chunks().len());
    for index in [3, u32::MAX] {
        let error = store.put(blob, index, &[0; CHUNK_BYTES]).unwrap_err();
        assert!(
            matches!(error, ContractError::ChunkOutOfRange { index: i, chunks: 3, .. } if i == index)
        );
    }
}

#[test]
fn a_chunk_of_another_length_than_its_place_is_refused() {
    let mut store = Store::new();
    let blob = store.begin(three_chunks().len());
    let full = CHUNK_BYTES;
    for (index, len) in [
        (0, 0),
        (0, full - 1),
        (0, full + 1),
        (2, 99),
        (2, 101),
        (2, full),
    ] {
        let error = store.put(blob, index, &vec![0; len]).unwrap_err();
        assert!(matches!(error, ContractError::ChunkLength { len: l, .. } if l == len));
    }
    assert_eq!(store.blob(blob).unwrap().received, 0);
}

#[test]
fn a_chunk_sent_twice_is_refused_and_the_first_stays() {
    let mut store = Store::new();
    let blob = store.begin(2);
    store.put(blob, 0, &[1, 2]).unwrap();
    let error = store.put(blob, 0, &[3, 4]).unwrap_err();
    assert!(matches!(error, ContractError::ChunkStored { index: 0, .. }));
    assert_eq!(store.chunk(blob, 0).unwrap().as_slice(), [1, 2]);
    assert_eq!(store.blob(blob).unwrap().received, 1);
}

#[test]
fn only_the_uploader_can_change_an_upload() {
    let mut store = Store::new();
    let blob = store.begin(1);
    let data = [1u8].into();
    let attempts = [
        ExecuteMsg::PutChunk {
            blob,
            index: 0,
            data,
        },
        ExecuteMsg::Finalise { blob },
        ExecuteMsg::Abort { blob },
    ];
    for attempt in attempts {
        let is_abort = matches!(attempt, ExecuteMsg::Abort { .. });
        let owner = match store.send(&stranger(), &[], attempt).unwrap_err() {
            ContractError::NotUploader { uploader, .. } if !is_abort => uploader,
            ContractError::NotAbandoned { uploader, .. } if is_abort => uploader,
            other => panic!("{other}"),
        };
        assert_eq!(owner, uploader().as_str());
    }
}

#[test]
fn an_upload_that_was_never_begun_is_unknown() {
    let mut store = Store::new();
    let blob = BlobId(9);
    for result in [
        store.put(blob, 0, &[1]),
        store.finalise(blob),
        store.abort(blob),
    ] {
        assert!(matches!(result, Err(ContractError::UnknownBlob { blob: b }) if b == blob));
    }
}

#[test]
fn ids_never_wrap() {
    let mut store = Store::new();
    let last = u64::MAX.to_string();
    store.deps.storage.set(b"last_id", last.as_bytes());
    let error = store.send(
        &uploader(),
        &[],
        ExecuteMsg::Begin {
            length: 1,
            hash: BlobHash::Poseidon,
            holder: None,
        },
    );
    assert!(matches!(
        error,
        Err(ContractError::IdsExhausted { of: "blob" })
    ));
}
