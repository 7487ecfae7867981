//! Why a message or a query is refused.

use assay_escrow::Error;
use assay_protocol::id::{BlobId, DatasetId, JobId};
use assay_protocol::messages::jobs::{MAX_HAND_OVER_KEY_BYTES, MAX_SLOTS, SlotId};
use assay_protocol::messages::time::Deadline;
use cosmwasm_std::{Coin, StdError};

/// Why a message or a query is refused.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// Money, storage, another contract, or a deadline.
    #[error(transparent)]
    Escrow(#[from] Error),
    /// A malformed proof, or one that doesn't hold.
    #[error(transparent)]
    Groth16(#[from] assay_groth16::Error),

    /// Too many or too few slots.
    #[error("a job has 1 to {MAX_SLOTS} slots, not {slots}: post several jobs")]
    Slots {
        /// Slots asked for.
        slots: u32,
    },
    /// Rewards that add up to more than an amount can be.
    #[error("{slots} rewards of {reward} are more than any amount: offer less")]
    RewardOverflow {
        /// Slots asked for.
        slots: u32,
        /// The reward of each.
        reward: Coin,
    },
    /// A dataset that takes no new jobs.
    #[error("dataset {dataset} is deprecated: use its successor, or another one")]
    Deprecated {
        /// The dataset.
        dataset: DatasetId,
    },
    /// Another price or royalty than the dataset's.
    #[error(
        "a model of dataset {dataset} costs {asked}, not {agreed}: agree to that, or post no job"
    )]
    Price {
        /// The dataset.
        dataset: DatasetId,
        /// What the registry says.
        asked: String,
        /// What the message says.
        agreed: String,
    },
    /// A reward and a price that one message can't pay.
    #[error(
        "a reward in {reward} and a price in {price} can't be paid in one message: a token pays for itself only, so use the price's denomination"
    )]
    TwoTokens {
        /// The reward's denomination.
        reward: String,
        /// The price's.
        price: String,
    },

    /// No job with this id.
    #[error("there is no job {job}: use the job_id of its posting")]
    UnknownJob {
        /// The id asked for.
        job: JobId,
    },
    /// No slot with this number.
    #[error("there is no {slot}: it has slots 0 to {}", slots.saturating_sub(1))]
    UnknownSlot {
        /// The slot asked for.
        slot: SlotId,
        /// The number of the job's slots.
        slots: u32,
    },
    /// A message that the slot's state doesn't allow.
    #[error("{slot} is {state}: this needs it {needed}")]
    WrongState {
        /// The slot.
        slot: SlotId,
        /// Its state.
        state: &'static str,
        /// The state that the message needs.
        needed: &'static str,
    },
    /// A message from someone who may not send it, or not yet.
    #[error("{sender} can't do this to {slot}: only {allowed}")]
    Unauthorised {
        /// The slot.
        slot: SlotId,
        /// Who sent it.
        sender: String,
        /// Who may, and when.
        allowed: String,
    },
    /// A second attempt at a slot.
    #[error("{worker} held {slot} before: take another slot")]
    Excluded {
        /// The slot.
        slot: SlotId,
        /// The worker.
        worker: String,
    },
    /// A key that isn't one.
    #[error(
        "a hand-over key has 1 to {MAX_HAND_OVER_KEY_BYTES} visible ASCII characters, not {len} of any kind: \
         publish one"
    )]
    HandOverKey {
        /// Its length.
        len: usize,
    },
    /// Too late.
    #[error(
        "the {name} deadline of {slot}, {} s and block {}, has passed",
        deadline.time.seconds(), deadline.height
    )]
    DeadlinePassed {
        /// Which deadline.
        name: &'static str,
        /// The slot.
        slot: SlotId,
        /// When it was.
        deadline: Deadline,
    },
    /// Too early.
    #[error(
        "{slot} can expire from its delivery deadline on, both {} s and block {}: wait",
        deadline.time.seconds(), deadline.height
    )]
    NotExpired {
        /// The slot.
        slot: SlotId,
        /// When it will be.
        deadline: Deadline,
    },
    /// An extension that would shorten.
    #[error(
        "{slot} has until both {} s and block {}: use a longer window",
        deadline.time.seconds(), deadline.height
    )]
    NotLater {
        /// The slot.
        slot: SlotId,
        /// Its present deadline.
        deadline: Deadline,
    },
    /// Parameters that the buyer couldn't be sure to read.
    #[error(
        "blob {blob} isn't pinned for {requester}: pin it in the model store, with them as its holder"
    )]
    NotPinned {
        /// The blob.
        blob: BlobId,
        /// Who requested the job.
        requester: String,
    },
}

/// What the library refuses, by whatever it was refused itself.
macro_rules! from_refusals {
    ($($refusal:ty),*) => {$(
        impl From<$refusal> for ContractError {
            fn from(refusal: $refusal) -> Self {
                Self::Escrow(refusal.into())
            }
        }
    )*};
}

from_refusals!(StdError, assay_registries::Error, assay_deadlines::Error);
