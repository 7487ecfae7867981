//! What is said of each message, and under which names things are kept.

use assay_protocol::Scalar;
use assay_protocol::id::{BlobId, StatementElement};
use assay_protocol::messages::model_store::{ExecuteMsg, MAX_ABORT_CHUNKS};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use cosmwasm_std::Response;

use crate::answers::{assert_events, names};
use crate::provenance::{Claim, ready};
use crate::registries::Registries;
use crate::store::{Store, addr, uploader};

/// A store that keeps the response to each message.
struct Walk {
    store: Store,
    responses: Vec<Response>,
}

impl Walk {
    fn new(store: Store) -> Self {
        let responses = Vec::new();
        Self { store, responses }
    }

    fn send(&mut self, sender: &str, message: ExecuteMsg) {
        let funds = match &message {
            ExecuteMsg::Begin { length, .. } => self.store.deposit_of(*length as usize),
            ExecuteMsg::Pin { .. } => self.store.deposit_of(2 * CHUNK_BYTES),
            _ => vec![],
        };
        let response = self.store.send(&addr(sender), &funds, message);
        self.responses.push(response.unwrap());
    }

    /// Uploads all chunks but the last so many.
    fn upload(&mut self, blob: BlobId, chunks: u32, missing: u32, hash: BlobHash) {
        let begin = ExecuteMsg::Begin {
            length: chunks * CHUNK_BYTES as u32,
            hash,
            holder: None,
        };
        self.send("uploader", begin);
        for index in 0..chunks - missing {
            let data = [1; CHUNK_BYTES].into();
            self.send("uploader", ExecuteMsg::PutChunk { blob, index, data });
        }
    }

    fn evaluate(&mut self, blob: BlobId, limit: u32) {
        let point = StatementElement(Scalar::one());
        let limit = Some(limit);
        self.send("anyone", ExecuteMsg::Evaluate { blob, point, limit });
    }
}

/// Every message about blobs, with a deposit.
fn blobs() -> Walk {
    let mut walk = Walk::new(Store::with_deposit());
    let blob = BlobId(1);
    walk.upload(blob, 2, 0, BlobHash::Poseidon);
    walk.send("uploader", ExecuteMsg::Finalise { blob });
    let holder = None;
    walk.send("other", ExecuteMsg::Pin { blob, holder });
    walk.evaluate(blob, 1);
    walk.evaluate(blob, 1);
    walk.store.wait();
    walk.send("other", ExecuteMsg::Release { blob });
    let blob = BlobId(2);
    walk.upload(blob, 2, 1, BlobHash::Sha256);
    walk.evaluate(blob, 1);
    walk.send("uploader", ExecuteMsg::Abort { blob });
    walk
}

const BLOBS: [(&str, &str); 13] = [
    (
        "assay-begin",
        "blob_id uploader holder length chunks deposit",
    ),
    ("assay-put-chunk", "blob_id index received chunks"),
    ("assay-put-chunk", "blob_id index received chunks"),
    ("assay-finalise", "blob_id holder poseidon indexed"),
    ("assay-pin", "blob_id holder sender pins deposit"),
    ("assay-evaluate", "blob_id point evaluated chunks done"),
    (
        "assay-evaluate",
        "blob_id point evaluated chunks done fingerprint",
    ),
    ("assay-release", "blob_id holder pins paid"),
    (
        "assay-begin",
        "blob_id uploader holder length chunks deposit",
    ),
    ("assay-put-chunk", "blob_id index received chunks"),
    ("assay-evaluate", "blob_id point evaluated chunks done"),
    ("assay-abort", "blob_id sender removed done paid"),
    ("assay-release", "blob_id holder pins removed done paid"),
];

#[test]
fn each_message_answers_with_one_event() {
    let mut walk = blobs();
    walk.send("uploader", ExecuteMsg::Release { blob: BlobId(1) });
    assert_events(&walk.responses, &BLOBS);
}

#[test]
fn a_sweep_answers_with_one_event() {
    let mut walk = Walk::new(Store::with_deposit());
    let blob = BlobId(1);
    walk.upload(blob, MAX_ABORT_CHUNKS + 1, 0, BlobHash::Sha256);
    walk.responses.clear();
    walk.send("uploader", ExecuteMsg::Finalise { blob });
    walk.store.wait();
    walk.send("uploader", ExecuteMsg::Release { blob });
    walk.send("stranger", ExecuteMsg::Sweep { blob });
    let expected = [
        ("assay-finalise", "blob_id holder sha256 indexed"),
        ("assay-release", "blob_id holder pins removed done paid"),
        ("assay-sweep", "blob_id sender removed done paid"),
    ];
    assert_events(&walk.responses, &expected);
}

#[test]
fn events_name_amounts_only_where_there_are_any() {
    let mut walk = Walk::new(Store::new());
    let blob = BlobId(1);
    walk.upload(blob, 2, 0, BlobHash::Sha256);
    walk.responses.truncate(1);
    walk.send("uploader", ExecuteMsg::Finalise { blob });
    let holder = None;
    walk.send("other", ExecuteMsg::Pin { blob, holder });
    walk.store.wait();
    walk.send("other", ExecuteMsg::Release { blob });
    let expected = [
        ("assay-begin", "blob_id uploader holder length chunks"),
        ("assay-finalise", "blob_id holder sha256 indexed"),
        ("assay-pin", "blob_id holder sender pins"),
        ("assay-release", "blob_id holder pins"),
    ];
    assert_events(&walk.responses, &expected);
}

#[test]
fn instantiation_and_registrations_answer_with_one_event() {
    let started = Store::blank().instantiate(Registries::store_config());
    let mut store = ready();
    let provenance = Claim::new(&store).prove();
    let responses = [
        started.unwrap(),
        store.register(&uploader(), None).unwrap(),
        store.register(&uploader(), Some(provenance)).unwrap(),
    ];
    let expected = [
        ("assay-instantiate", "circuit_registry dataset_registry"),
        (
            "assay-register-model",
            "model_id owner commitment provenance",
        ),
        (
            "assay-register-model",
            "model_id dataset_id circuit_id owner commitment provenance",
        ),
    ];
    assert_events(&responses, &expected);
}

#[test]
fn nothing_is_kept_under_a_name_that_is_not_listed() {
    let mut store = ready();
    let provenance = Claim::new(&store).prove();
    store.register(&uploader(), Some(provenance)).unwrap();
    let models = names(&store.deps.storage);
    let listed = [
        "config",
        "contract_info",
        "keeping",
        "last_model",
        "model",
        "origin",
        "schema",
    ];
    assert_eq!(models, listed);
    let mut walk = blobs();
    walk.store.finalised(&[1], BlobHash::Sha256);
    let listed = [
        "blob",
        "chunk",
        "config",
        "contract_info",
        "digest",
        "evaluation",
        "hashed_blob",
        "keeping",
        "last_id",
        "named",
        "partly_evaluated",
        "pin",
        "root",
    ];
    assert_eq!(names(&walk.store.deps.storage), listed);
}
