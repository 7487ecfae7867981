//! The store on cw-multi-test's chain.

use assay_protocol::Scalar;
use assay_protocol::circuit::Kind;
use assay_protocol::id::BlobId;
use assay_protocol::messages::Trusted;
use assay_protocol::messages::model_store::{ExecuteMsg, InstantiateMsg, root_key};
use assay_protocol::messages::time::{MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES, root};
use assay_registries::{Error, is_pinned, parameters, statement_digest};
use cosmwasm_std::{Addr, Empty};
use cw_multi_test::{App, Contract, ContractWrapper, Executor, IntoAddr};
use serde::Serialize;

use crate::registries::Registries;
use crate::store::three_chunks;
use crate::trapdoor::Trapdoor;

pub type Code = Box<dyn Contract<Empty>>;

/// Stores code and instantiates it.
pub fn deploy(app: &mut App, code: Code, msg: &impl Serialize) -> Trusted {
    let code = app.store_code(code);
    let checksum = app.wrap().query_wasm_code_info(code).unwrap().checksum;
    let address = app.instantiate_contract(code, "anyone".into_addr(), msg, &[], "assay", None);
    Trusted {
        address: address.unwrap().into(),
        checksum: checksum.as_slice().into(),
    }
}

pub fn circuit_registry() -> Code {
    use assay_circuit_registry::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

pub fn dataset_registry() -> Code {
    use assay_dataset_registry::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

pub fn model_store() -> Code {
    use assay_model_store::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

/// A chain with a store, and what names it.
fn chain() -> (App, Trusted) {
    let mut app = App::default();
    let msg = InstantiateMsg {
        circuit_registry: deploy(&mut app, circuit_registry(), &Empty {}),
        dataset_registry: deploy(&mut app, dataset_registry(), &Empty {}),
        allow_development_keys: true,
        ..Registries::store_config()
    };
    let store = deploy(&mut app, model_store(), &msg);
    (app, store)
}

fn send(app: &mut App, store: &Trusted, sender: &str, message: &ExecuteMsg) {
    let address = Addr::unchecked(&store.address);
    app.execute_contract(sender.into_addr(), address, message, &[])
        .unwrap();
}

/// Goes on for as long as windows can be.
fn wait(app: &mut App) {
    app.update_block(|block| {
        block.time = block.time.plus_seconds(MAX_WINDOW_SECONDS);
        block.height += MAX_WINDOW_BLOCKS;
    });
}

/// Uploads a blob, which "uploader" keeps.
fn upload(app: &mut App, store: &Trusted, bytes: &[u8], hash: BlobHash) -> BlobId {
    let (blob, length) = (BlobId(1), bytes.len() as u32);
    let holder = None;
    let mut messages = vec![ExecuteMsg::Begin {
        length,
        hash,
        holder,
    }];
    for (index, chunk) in bytes.chunks(CHUNK_BYTES).enumerate() {
        let (index, data) = (index as u32, chunk.into());
        messages.push(ExecuteMsg::PutChunk { blob, index, data });
    }
    messages.push(ExecuteMsg::Finalise { blob });
    for message in messages {
        send(app, store, "uploader", &message);
    }
    blob
}

#[test]
fn another_contract_can_read_the_root_raw() {
    let (mut app, store) = chain();
    let bytes = three_chunks();
    let blob = upload(&mut app, &store, &bytes, BlobHash::Poseidon);
    let key = root_key(blob);
    let raw = app.wrap().query_wasm_raw(store.address, key).unwrap();
    assert_eq!(raw, Some(root(&bytes).to_bytes().to_vec()));
}

/// Who keeps blob 1, as another contract reads it.
fn keepers(app: &App, store: &Trusted) -> Vec<&'static str> {
    let keeps = |name: &&str| {
        let holder = name.into_addr();
        is_pinned(&app.wrap(), store, BlobId(1), holder.as_str()).unwrap()
    };
    ["uploader", "other", "stranger"]
        .into_iter()
        .filter(keeps)
        .collect()
}

#[test]
fn another_contract_can_read_who_keeps_a_blob_as_long_as_they_do() {
    let (mut app, store) = chain();
    assert!(keepers(&app, &store).is_empty());
    let blob = upload(&mut app, &store, &[1; 3], BlobHash::Sha256);
    assert_eq!(keepers(&app, &store), ["uploader"]);
    let holder = None;
    send(&mut app, &store, "other", &ExecuteMsg::Pin { blob, holder });
    assert_eq!(keepers(&app, &store), ["uploader", "other"]);
    wait(&mut app);
    send(&mut app, &store, "uploader", &ExecuteMsg::Release { blob });
    assert_eq!(keepers(&app, &store), ["other"]);
    send(&mut app, &store, "other", &ExecuteMsg::Release { blob });
    assert!(keepers(&app, &store).is_empty());
}

#[test]
fn an_upload_is_kept_by_nobody_before_it_is_complete() {
    let (mut app, store) = chain();
    let (length, hash, holder) = (1, BlobHash::Poseidon, None);
    let begin = ExecuteMsg::Begin {
        length,
        hash,
        holder,
    };
    send(&mut app, &store, "uploader", &begin);
    assert!(keepers(&app, &store).is_empty());
}

/// Nothing can be delivered or offered with it then.
#[test]
fn no_contract_takes_a_dead_blob_for_complete() {
    for (hash, kind) in [
        (BlobHash::Poseidon, Kind::TrainingPublic),
        (BlobHash::Sha256, Kind::TrainingFingerprint),
    ] {
        let (mut app, store) = chain();
        let blob = upload(&mut app, &store, &[2; 65 * CHUNK_BYTES], hash);
        let found = |app: &App| parameters(&app.wrap(), &store, blob, kind);
        assert!(found(&app).is_ok());
        wait(&mut app);
        for message in [ExecuteMsg::Release { blob }, ExecuteMsg::Sweep { blob }] {
            send(&mut app, &store, "uploader", &message);
            assert!(matches!(found(&app), Err(Error::NoSuchBlob { .. })));
        }
    }
}

/// They stay in the store, and would let a proof about bytes be checked that are gone.
#[test]
fn fingerprints_of_a_dead_blob_are_of_no_use() {
    let (mut app, store) = chain();
    let blob = upload(&mut app, &store, &three_chunks(), BlobHash::Sha256);
    let commitment = Trapdoor::challenged(1).commitment(0);
    let digest = |app: &App| {
        let elements = [1, 2, 3].map(Scalar::from);
        let kind = Kind::TrainingFingerprint;
        let querier = app.wrap();
        statement_digest(&querier, &store, blob, kind, &elements, commitment.as_ref())
    };
    let Err(Error::NotEvaluated { point, .. }) = digest(&app) else {
        panic!("evaluated before");
    };
    let limit = None;
    let evaluate = ExecuteMsg::Evaluate { blob, point, limit };
    send(&mut app, &store, "anyone", &evaluate);
    assert!(digest(&app).is_ok());
    wait(&mut app);
    send(&mut app, &store, "uploader", &ExecuteMsg::Release { blob });
    assert!(matches!(digest(&app), Err(Error::NoSuchBlob { .. })));
}
