//! Why a message or a query is refused.

use assay_protocol::id::{BlobId, CircuitId, DatasetId, JobId};
use assay_protocol::messages::escrow::{
    Deadline, MAX_SLOTS, MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS,
};
use cosmwasm_std::{Coin, StdError};
use cw_utils::PaymentError;

use crate::state::SlotId;

/// Why a message or a query is refused.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// Storage, encoding, an address or a query.
    #[error(transparent)]
    Std(#[from] StdError),
    /// Funds where none are taken.
    #[error("{0}: only post_job and accept take funds")]
    Payment(#[from] PaymentError),
    /// A malformed proof or key, or a proof that doesn't hold.
    #[error(transparent)]
    Groth16(#[from] assay_groth16::Error),

    /// A registry that isn't a contract.
    #[error("the {name} {address} is not a contract: instantiate it first")]
    NotAContract {
        /// Which registry.
        name: &'static str,
        /// Its address.
        address: String,
    },
    /// A registry whose code somebody can change.
    #[error("the {name} {address} has the admin {admin}: use one without, or clear it")]
    HasAdmin {
        /// Which registry.
        name: &'static str,
        /// Its address.
        address: String,
        /// Who can change its code.
        admin: String,
    },
    /// A registry that runs other code than it should.
    #[error("the {name} {address} runs code {found}, not {expected}: check both")]
    WrongCode {
        /// Which registry.
        name: &'static str,
        /// Its address.
        address: String,
        /// The checksum given.
        expected: String,
        /// The checksum on chain.
        found: String,
    },

    /// Every identifier is used.
    #[error("the escrow has no job ids left: use another instance")]
    IdsExhausted,
    /// Too many or too few slots.
    #[error("a job has 1 to {MAX_SLOTS} slots, not {slots}: post several jobs")]
    Slots {
        /// Slots asked for.
        slots: u32,
    },
    /// A reward of nothing.
    #[error("a reward of {reward} pays nobody: offer at least 1")]
    ZeroReward {
        /// The reward.
        reward: Coin,
    },
    /// Rewards that add up to more than an amount can be.
    #[error("{slots} rewards of {reward} are more than any amount: offer less")]
    RewardOverflow {
        /// Slots asked for.
        slots: u32,
        /// The reward of each.
        reward: Coin,
    },
    /// A bond that nobody could pay.
    #[error(
        "the bond's denomination {denom:?} is none: 3 to 128 letters, digits or /:._-, a letter first"
    )]
    BondDenom {
        /// As much of it as fits a line.
        denom: String,
    },
    /// A window outside its bounds.
    #[error(
        "the {name} window is {seconds} seconds and {blocks} blocks: use 1 to {MAX_WINDOW_SECONDS} and 1 to {MAX_WINDOW_BLOCKS}"
    )]
    Window {
        /// Which window.
        name: &'static str,
        /// Its seconds.
        seconds: u64,
        /// Its blocks.
        blocks: u64,
    },
    /// A deadline after the end of time.
    #[error("the deadline is later than a timestamp can be: use a shorter window")]
    DeadlineOverflow,
    /// Other funds than asked for.
    #[error("send exactly {expected} and no other coin, not {sent:?}")]
    WrongFunds {
        /// What is to be paid.
        expected: String,
        /// What was sent.
        sent: String,
    },
    /// No dataset with this id.
    #[error("there is no dataset {dataset} in the dataset registry: register it first")]
    UnknownDataset {
        /// The id asked for.
        dataset: DatasetId,
    },
    /// No circuit with this id.
    #[error("there is no circuit {circuit} in the circuit registry: register it first")]
    UnknownCircuit {
        /// The id asked for.
        circuit: CircuitId,
    },
    /// A registered key that this escrow can't read.
    #[error("circuit {circuit} has a key that this escrow can't read: use another circuit")]
    CorruptKey {
        /// The circuit.
        circuit: CircuitId,
    },
    /// A circuit that proves something else than training.
    #[error("circuit {circuit} doesn't prove training: choose one that does")]
    WrongKind {
        /// The circuit.
        circuit: CircuitId,
    },
    /// A key whose maker could forge, in an escrow for real money.
    #[error(
        "circuit {circuit} has a development key, whose maker can forge proofs: \
         use one from a ceremony"
    )]
    DevelopmentKey {
        /// The circuit.
        circuit: CircuitId,
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
    /// Parameters that aren't complete.
    #[error("blob {blob} isn't finalised in the model store: finalise it first")]
    IncompleteBlob {
        /// The blob.
        blob: BlobId,
    },

    /// Nothing to withdraw.
    #[error("{address} has no credit in {denom:?}: see the credits query")]
    NoCredit {
        /// Who asked.
        address: String,
        /// The denomination.
        denom: String,
    },
    /// A reply that this contract never asks for.
    #[error("reply {id} belongs to no failed transfer: report this chain")]
    UnknownReply {
        /// Its id.
        id: u64,
    },
}
