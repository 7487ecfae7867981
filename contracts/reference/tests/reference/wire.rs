//! The model's messages as the contracts'.

mod messages;
mod proofs;
pub mod views;

use assay_protocol::messages::Trusted;
use assay_protocol::messages::model_store;
use assay_protocol::messages::time;
use assay_protocol::parameters::BlobHash;
use assay_reference::proof::Hash;
use assay_reference::store::Keeping;
use assay_reference::time::{Moment, Window};
use cosmwasm_std::Timestamp;

/// What the input of a public model's prediction stands for.
pub const SCHEMA: &str = "{}";

pub fn timestamp(moment: Moment) -> Timestamp {
    Timestamp::from_nanos(moment.nanos as u64)
}

pub fn window(window: &Window) -> time::Window {
    time::Window {
        seconds: window.seconds,
        blocks: window.blocks,
    }
}

pub fn deadline(moment: Moment) -> time::Deadline {
    time::Deadline {
        time: timestamp(moment),
        height: moment.height as u64,
    }
}

pub fn hash(hash: Hash) -> BlobHash {
    match hash {
        Hash::Poseidon => BlobHash::Poseidon,
        Hash::Sha256 => BlobHash::Sha256,
    }
}

/// The message that instantiates a store. Deposits are of the first denomination.
pub fn keeping(
    circuit_registry: Trusted,
    dataset_registry: Trusted,
    keeping: &Keeping,
) -> model_store::InstantiateMsg {
    let deposit = keeping.deposit.as_ref();
    model_store::InstantiateMsg {
        circuit_registry,
        dataset_registry,
        allow_development_keys: true,
        deposit: deposit
            .map(|d| cosmwasm_std::Coin::new(crate::accounts::to_uint(&d.amount), "ucoin")),
        upload_window: window(&keeping.upload_window),
        hold: window(&keeping.hold),
    }
}
