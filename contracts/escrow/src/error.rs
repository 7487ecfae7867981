//! Why a message or a query is refused.

use assay_protocol::id::{JobId, ModelId, OfferId, RequestId};
use assay_protocol::messages::dataset_registry::MAX_SCHEMA_BYTES;
use assay_protocol::messages::escrow::{
    Deadline, MAX_SLOTS, MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS, SlotId,
};
use cosmwasm_std::{Coin, StdError, Uint256};
use cw_utils::PaymentError;

/// Why a message or a query is refused.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// Storage, encoding, an address or a query.
    #[error(transparent)]
    Std(#[from] StdError),
    /// Funds where none are taken.
    #[error("{0}: only post_job, accept, request and deposit take funds")]
    Payment(#[from] PaymentError),
    /// A malformed proof, or one that doesn't hold.
    #[error(transparent)]
    Groth16(#[from] assay_groth16::Error),
    /// Another contract, or what it holds.
    #[error(transparent)]
    Registry(#[from] assay_registries::Error),

    /// A model store that takes provenance on other evidence.
    #[error("the model store {store} reads the {name} {found}, not {expected}: use one that does")]
    StoreReadsAnother {
        /// The store's address.
        store: String,
        /// Which registry.
        name: &'static str,
        /// The one that the store reads.
        found: String,
        /// The escrow's.
        expected: String,
    },
    /// A model store in which one party alone could have shown provenance.
    #[error("the model store {store} allows development keys: use one that doesn't")]
    StoreAllowsDevelopmentKeys {
        /// The store's address.
        store: String,
    },

    /// Every identifier is used.
    #[error("the escrow has no {of} ids left: use another instance")]
    IdsExhausted {
        /// Of what.
        of: &'static str,
    },
    /// Too many or too few slots.
    #[error("a job has 1 to {MAX_SLOTS} slots, not {slots}: post several jobs")]
    Slots {
        /// Slots asked for.
        slots: u32,
    },
    /// An amount of nothing where something is to be paid.
    #[error("a {name} of {coin} pays nobody: use at least 1")]
    ZeroAmount {
        /// Of what.
        name: &'static str,
        /// The amount.
        coin: Coin,
    },
    /// Rewards that add up to more than an amount can be.
    #[error("{slots} rewards of {reward} are more than any amount: offer less")]
    RewardOverflow {
        /// Slots asked for.
        slots: u32,
        /// The reward of each.
        reward: Coin,
    },
    /// A bond or a price that nobody could pay.
    #[error(
        "the {name}'s denomination {denom:?} is none: 3 to 128 letters, digits or /:._-, a letter first"
    )]
    Denomination {
        /// Of what.
        name: &'static str,
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
    /// A window whose clocks fit no chain.
    #[error(
        "the {name} window is {seconds} seconds and {blocks} blocks: use {least} to {most} blocks, \
         about as many as the chain makes in that time"
    )]
    BlockTime {
        /// Which window.
        name: &'static str,
        /// Its seconds.
        seconds: u64,
        /// Its blocks.
        blocks: u64,
        /// The fewest for as many seconds.
        least: u64,
        /// The most for as many seconds.
        most: u64,
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

    /// Text that can't be a canonical schema.
    #[error(
        "a schema is a JSON object of at most {MAX_SCHEMA_BYTES} bytes without space around it, \
         not {len} bytes of something else: use its canonical text"
    )]
    SchemaText {
        /// Its bytes.
        len: usize,
    },
    /// An input or an output of no bytes, or of too many.
    #[error("an {name} has 1 to {max} bytes, not {bytes}: take the circuit's specification's")]
    Size {
        /// Which.
        name: &'static str,
        /// Bytes asked for.
        bytes: u32,
        /// The most.
        max: usize,
    },
    /// Somebody else's hidden model.
    #[error("hidden model {model} belongs to {owner}: only they can offer it")]
    NotOwner {
        /// The model.
        model: ModelId,
        /// Whose it is.
        owner: String,
    },
    /// No offer with this id.
    #[error("there is no offer {offer}: use the offer_id of its making")]
    UnknownOffer {
        /// The id asked for.
        offer: OfferId,
    },
    /// Somebody else's offer.
    #[error("offer {offer} belongs to {provider}: only they can close it")]
    NotProvider {
        /// The offer.
        offer: OfferId,
        /// Whose it is.
        provider: String,
    },
    /// An offer that takes no new requests.
    #[error("offer {offer} is closed: choose another")]
    Closed {
        /// The offer.
        offer: OfferId,
    },
    /// An input of another length than the offer says.
    #[error("an input for offer {offer} has {expected} bytes, not {len}: quantise all its rows")]
    InputLength {
        /// The offer.
        offer: OfferId,
        /// Bytes sent.
        len: usize,
        /// Bytes that belong there.
        expected: u32,
    },
    /// No request with this id.
    #[error("there is no request {request}: use the request_id of its making")]
    UnknownRequest {
        /// The id asked for.
        request: RequestId,
    },
    /// A request with which nothing more can be done.
    #[error("request {request} is {state}: nothing more can be done with it")]
    Ended {
        /// The request.
        request: RequestId,
        /// Its state.
        state: &'static str,
    },
    /// An answer that comes too late.
    #[error(
        "the deadline of request {request}, {} s and block {}, has passed: it can be reclaimed",
        deadline.time.seconds(), deadline.height
    )]
    TooLate {
        /// The request.
        request: RequestId,
        /// When it was.
        deadline: Deadline,
    },
    /// A refund that comes too early.
    #[error(
        "request {request} can be reclaimed from its deadline on, both {} s and block {}: wait",
        deadline.time.seconds(), deadline.height
    )]
    TooEarly {
        /// The request.
        request: RequestId,
        /// When it will be.
        deadline: Deadline,
    },
    /// An output of another length than the offer says.
    #[error("an output for request {request} has {expected} bytes, not {len}: answer all its rows")]
    OutputLength {
        /// The request.
        request: RequestId,
        /// Bytes sent.
        len: usize,
        /// Bytes that belong there.
        expected: u32,
    },

    /// A deposit of nothing.
    #[error("a deposit needs funds: send at least one coin")]
    NoFunds,
    /// Less prepaid than needed.
    #[error("{owner} has prepaid {has} of the {needed} needed: deposit more, or send funds")]
    Balance {
        /// Whose balance.
        owner: String,
        /// What is there.
        has: Uint256,
        /// What is needed.
        needed: Coin,
    },
    /// Nothing to withdraw.
    #[error("{address} has no credit in {denom:?}: see the credits query")]
    NoCredit {
        /// Who asked.
        address: String,
        /// The denomination.
        denom: String,
    },
    /// Somebody else's credit, to be paid elsewhere.
    #[error(
        "only {owner} can have its credit paid to another address, not {sender}: leave out `to`"
    )]
    NotCreditor {
        /// Whose credit it is.
        owner: String,
        /// Who asked.
        sender: String,
    },
    /// Money that would stay in the escrow and belong to nobody.
    #[error("the escrow can't be paid what it owes: name another address in `to`")]
    PaidToItself,
    /// A reply that this contract never asks for.
    #[error("reply {id} belongs to no failed transfer: report this chain")]
    UnknownReply {
        /// Its id.
        id: u64,
    },
}
