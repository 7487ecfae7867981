//! The messages that the market is sent.

use assay_protocol::circuit::Kind;
use assay_protocol::id::{BlobId, DatasetId, JobId, ModelId, OfferId};
use assay_protocol::messages::dataset_registry::{self, MAX_ROYALTY_BPS};
use assay_protocol::messages::escrow::Receive;
use assay_protocol::messages::jobs::{self, MAX_SLOTS, Posting, SlotId, Windows};
use assay_protocol::messages::model_store;
use assay_protocol::messages::predictions::{self, OfferedModel, Offering};
use assay_protocol::messages::time::{MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS, Window};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use cosmwasm_std::{Coin, coin, to_json_binary};
use cw_multi_test::IntoAddr;
use serde::Serialize;

use crate::market::WINDOW;
use crate::proofs::{circuit_id, dataset_commitment, schema};

/// A row of 64 features.
pub const INPUT: [u8; 64] = [200; 64];
/// A label.
pub const OUTPUT: [u8; 1] = [1];
/// An amount of 33 digits. Everybody has enough of it for some thousands of slots.
pub const LARGE: u128 = u128::MAX >> 20;

/// What the market's chain begins with.
pub const BLOB: BlobId = BlobId(1);
pub const DATASET: DatasetId = DatasetId(1);
/// What comes next, where it is registered.
pub const MODEL: ModelId = ModelId(1);

/// The registration of a dataset, at this price and royalty.
pub fn dataset(price: Option<Coin>, royalty_bps: u16) -> dataset_registry::ExecuteMsg {
    dataset_registry::ExecuteMsg::Register {
        commitment: dataset_commitment(),
        rows: 569,
        schema: schema().to_canonical(),
        file_sha256: None,
        license: String::new(),
        price,
        royalty_bps,
        parents: vec![],
    }
}

/// The beginning of an upload of so many bytes.
pub fn begin(length: usize, hash: BlobHash, holder: Option<&str>) -> model_store::ExecuteMsg {
    model_store::ExecuteMsg::Begin {
        length: length as u32,
        hash,
        holder: holder.map(|holder| holder.into_addr().into()),
    }
}

/// A chunk of what is uploaded.
pub fn put(blob: BlobId, index: u32, bytes: &[u8]) -> model_store::ExecuteMsg {
    let chunk = bytes.chunks(CHUNK_BYTES).nth(index as usize).unwrap();
    model_store::ExecuteMsg::PutChunk {
        blob,
        index,
        data: chunk.into(),
    }
}

pub fn finalise(blob: BlobId) -> model_store::ExecuteMsg {
    model_store::ExecuteMsg::Finalise { blob }
}

/// An offer of this kind, at 100 of a token.
pub fn offer(kind: Kind) -> predictions::ExecuteMsg {
    offer_of(kind, BLOB)
}

/// The same; of a public model, by the parameters in this blob.
pub fn offer_of(kind: Kind, blob: BlobId) -> predictions::ExecuteMsg {
    predictions::ExecuteMsg::Offer(offering(kind, blob))
}

pub fn offering(kind: Kind, blob: BlobId) -> Offering {
    let model = match kind {
        Kind::PredictionHidden => OfferedModel::Hidden { model: MODEL },
        _ => OfferedModel::Public {
            blob,
            schema: schema().to_canonical(),
        },
    };
    Offering {
        model,
        circuit: circuit_id(kind),
        price: coin(100, "token"),
        window: WINDOW,
        input_bytes: INPUT.len() as u32,
        output_bytes: OUTPUT.len() as u32,
    }
}

pub fn request(offer: OfferId, input: &[u8], prepaid: bool) -> predictions::ExecuteMsg {
    predictions::ExecuteMsg::Request {
        offer,
        input: input.into(),
        prepaid,
        requester: None,
    }
}

/// A job of one slot, for "provider", by the circuit of this kind.
pub fn job(kind: Kind) -> Posting {
    Posting {
        dataset: DATASET,
        circuit: circuit_id(kind),
        slots: 1,
        reward: coin(100, "token"),
        bond: coin(10, "token"),
        price: None,
        royalty_bps: 0,
        worker: Some("provider".into_addr().into()),
        windows: all(WINDOW),
        requester: None,
        refund_to: None,
    }
}

/// A slot of a job.
pub fn slot(job: u64, slot: u32) -> SlotId {
    let job = JobId(job);
    SlotId { job, slot }
}

/// Publishes the worker's key for a slot.
pub fn publish_key(slot: SlotId, key: String) -> jobs::ExecuteMsg {
    let SlotId { job, slot } = slot;
    jobs::ExecuteMsg::PublishKey { job, slot, key }
}

/// Starts a slot for a payee, or for the worker itself.
pub fn start(slot: SlotId, payee: Option<String>) -> jobs::ExecuteMsg {
    let SlotId { job, slot } = slot;
    jobs::ExecuteMsg::Start { job, slot, payee }
}

/// What a token says when "requester" pays with 100 of it.
pub fn receive(msg: &impl Serialize) -> Receive {
    Receive {
        sender: "requester".into_addr().into(),
        amount: 100u128.into(),
        msg: to_json_binary(msg).unwrap(),
    }
}

/// What a chain calls a token at most.
pub fn longest_denomination() -> String {
    "x".repeat(128)
}

/// A lot of the token with the longest name.
pub fn longest_coin() -> Coin {
    coin(LARGE, longest_denomination())
}

/// A dataset that costs that.
pub fn longest_dataset() -> dataset_registry::ExecuteMsg {
    dataset(Some(longest_coin()), MAX_ROYALTY_BPS)
}

/// A job for "provider" on this dataset, with as many slots as there may be, everybody
/// named, and everything as long as it may be.
pub fn longest_job(dataset: DatasetId) -> Posting {
    Posting {
        dataset,
        slots: MAX_SLOTS,
        reward: longest_coin(),
        bond: longest_coin(),
        price: Some(longest_coin()),
        royalty_bps: MAX_ROYALTY_BPS,
        windows: all(Window {
            seconds: MAX_WINDOW_SECONDS,
            blocks: MAX_WINDOW_BLOCKS,
        }),
        requester: Some("requester".into_addr().into()),
        refund_to: Some("rival".into_addr().into()),
        ..job(Kind::TrainingPublic)
    }
}

fn all(window: Window) -> Windows {
    Windows {
        acceptance: window,
        hand_over: window,
        delivery: window,
    }
}
