//! Random messages to a store on a chain.

use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::ExecuteMsg;
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use cw_multi_test::IntoAddr;
use proptest::prelude::*;

use crate::market::{ACTORS, Market};

/// What somebody does. Who sends a message, and who holds a pin, are places in [`ACTORS`].
#[derive(Clone, Debug)]
pub enum Step {
    Begin {
        sender: usize,
        holder: Option<usize>,
        chunks: u32,
    },
    /// The uploader puts one chunk.
    Put(BlobId, u32),
    /// The uploader puts every chunk that is missing.
    Fill(BlobId),
    /// The uploader finalises.
    Finalise(BlobId),
    Abort(usize, BlobId),
    Pin {
        sender: usize,
        blob: BlobId,
        holder: Option<usize>,
        /// For how many chunks too much or too little is deposited.
        off: i32,
    },
    Release(usize, BlobId),
    /// One of its holders releases a blob.
    Part(BlobId),
    Sweep(usize, BlobId),
    Wait {
        seconds: u64,
        blocks: u64,
    },
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![6 => upload_step(), 6 => pin_step(), 2 => wait_step()];
    prop::collection::vec(step, 50..100)
}

fn actor() -> impl Strategy<Value = usize> {
    0..ACTORS.len()
}

fn blob() -> impl Strategy<Value = BlobId> {
    (1..=4u64).prop_map(BlobId)
}

fn holder() -> impl Strategy<Value = Option<usize>> {
    prop::option::of(actor())
}

fn upload_step() -> impl Strategy<Value = Step> {
    let chunks = prop_oneof![1 => 1..=3u32, 1 => Just(65u32)];
    let begin = (actor(), holder(), chunks).prop_map(|(sender, holder, chunks)| Step::Begin {
        sender,
        holder,
        chunks,
    });
    prop_oneof![
        3 => begin,
        1 => (blob(), 0..3u32).prop_map(|(blob, index)| Step::Put(blob, index)),
        4 => blob().prop_map(Step::Fill),
        4 => blob().prop_map(Step::Finalise),
        3 => (actor(), blob()).prop_map(|(sender, blob)| Step::Abort(sender, blob)),
    ]
}

fn pin_step() -> impl Strategy<Value = Step> {
    let off = prop_oneof![6 => Just(0), 1 => Just(1), 1 => Just(-1)];
    let pin = (actor(), blob(), holder(), off).prop_map(|(sender, blob, holder, off)| Step::Pin {
        sender,
        blob,
        holder,
        off,
    });
    prop_oneof![
        3 => pin,
        2 => (actor(), blob()).prop_map(|(sender, blob)| Step::Release(sender, blob)),
        3 => blob().prop_map(Step::Part),
        4 => (actor(), blob()).prop_map(|(sender, blob)| Step::Sweep(sender, blob)),
    ]
}

fn wait_step() -> impl Strategy<Value = Step> {
    (0..250u64, 0..25u64).prop_map(|(seconds, blocks)| Step::Wait { seconds, blocks })
}

/// Takes a step, which the store may refuse. Returns whether it didn't.
pub fn take(market: &mut Market, step: Step) -> bool {
    let address = |place: usize| ACTORS[place].into_addr().to_string();
    let (sender, chunks, message) = match step {
        Step::Begin {
            sender,
            holder,
            chunks,
        } => {
            let begin = ExecuteMsg::Begin {
                length: chunks * CHUNK_BYTES as u32 - 7,
                hash: BlobHash::Sha256,
                holder: holder.map(address),
            };
            (sender, chunks, begin)
        }
        Step::Put(blob, index) => return market.put(blob, index),
        Step::Finalise(blob) => return market.finalise(blob),
        Step::Fill(blob) => return (0..65).filter(|&index| market.put(blob, index)).count() > 0,
        Step::Abort(sender, blob) => (sender, 0, ExecuteMsg::Abort { blob }),
        Step::Pin {
            sender,
            blob,
            holder,
            off,
        } => {
            let holder = holder.map(address);
            let chunks = market.blob(blob).map_or(1, |blob| blob.chunks);
            let deposit = chunks.saturating_add_signed(off);
            (sender, deposit, ExecuteMsg::Pin { blob, holder })
        }
        Step::Part(blob) => {
            let holder = market.holders(blob).first().copied();
            let release = ExecuteMsg::Release { blob };
            return holder.is_some_and(|holder| market.send(holder, 0, &release));
        }
        Step::Release(sender, blob) => (sender, 0, ExecuteMsg::Release { blob }),
        Step::Sweep(sender, blob) => (sender, 0, ExecuteMsg::Sweep { blob }),
        Step::Wait { seconds, blocks } => {
            market.wait(seconds, blocks);
            return true;
        }
    };
    market.send(ACTORS[sender], chunks, &message)
}
