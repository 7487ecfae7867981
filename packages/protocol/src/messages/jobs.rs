//! jobs: training jobs, paid on proof.
//!
//! A job has one or more slots, each with its own worker, bond and reward, and each in one of
//! these states:
//!
//! ```text
//! Open --accept(bond)--> Accepted --start--> Started --deliver(proof)--> Paid
//! Open --cancel: the requester, or anyone from the acceptance deadline--> Cancelled
//! Accepted --release: either side, or anyone from the hand-over deadline--> Open
//! Started --expire: anyone from the delivery deadline--> Refunded
//!
//! Open, Accepted, Started --top_up(funds): anyone--> the same, with a higher reward
//! Open, Accepted, Started --extend: the requester--> the same, with a later deadline
//! ```
//!
//! | who | how it is chosen | what it does and gets |
//! |---|---|---|
//! | payer | sends `post` with its funds | |
//! | requester | named by the payer, or the payer | releases, cancels, extends; holds the pin of what is delivered |
//! | beneficiary (`refund_to`) | named by the payer, or the payer | is paid every refund and every forfeited bond |
//! | worker | sends `accept` | starts, releases; the proof is made for it |
//! | payee | named by the worker as it starts, or the worker | is paid the reward and the bond |
//! | dataset owner | the dataset's, at posting | is paid the royalty and the price |
//!
//! Money is in one of two places, each with its way out: slots that haven't ended, which
//! anyone can end from a deadline on; credits, which anyone can have paid to their owners.

mod terms;

use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::{Binary, Coin};

pub use terms::{
    JobResponse, JobsResponse, MAX_HAND_OVER_KEY_BYTES, MAX_JOBS_PAGE, MAX_SLOTS, Slot, SlotId,
    SlotState, Terms, Windows,
};

use super::escrow::{CreditsResponse, InstantiateMsg, Receive};
use super::time::Window;
use crate::id::{BlobId, CircuitId, DatasetId, JobId};

/// A job that is to be posted.
#[cw_serde]
pub struct Posting {
    /// The dataset to train on; its commitment, its owner and its terms are fixed at posting.
    /// It must not be deprecated.
    pub dataset: DatasetId,
    /// The method; its key is fixed at posting.
    pub circuit: CircuitId,
    /// Number of slots, at most [`MAX_SLOTS`].
    pub slots: u32,
    /// Paid for each slot: the dataset's royalty to its owner, the rest to who delivers.
    pub reward: Coin,
    /// What a worker deposits for each slot.
    pub bond: Coin,
    /// What the dataset's owner is paid for each slot that is delivered, on top of the reward:
    /// exactly the registry's price, so that it can't be raised just before. Where either is
    /// of a cw20 token, it is in the reward's denomination.
    pub price: Option<Coin>,
    /// How much of a reward goes to the dataset's owner, in hundredths of a percent: exactly
    /// the registry's royalty, since what is left for a worker decides whether one comes.
    pub royalty_bps: u16,
    /// The only worker who may accept, or anyone.
    pub worker: Option<String>,
    /// The job's windows.
    pub windows: Windows,
    /// Who controls the job, and holds the pin of what is delivered; the payer where nobody is
    /// named. It can keep the money in the job for as long as it extends deadlines. It isn't
    /// asked: that a job names somebody is no order of theirs to hand data over.
    pub requester: Option<String>,
    /// Who is paid every refund and every forfeited bond; the payer where nobody is named.
    pub refund_to: Option<String>,
}

/// What may be executed.
///
/// Each message answers with one event, `assay-` and its name; one that a token brings, with
/// its own.
#[cw_serde]
#[allow(clippy::large_enum_variant, reason = "there is one at a time")]
pub enum ExecuteMsg {
    /// Posts a job; anyone may. The funds are exactly `slots` times `reward` and `price`.
    /// Attribute `job_id` is the id.
    ///
    /// Each slot buys the same training once more, and whoever delivers one shows its
    /// parameters to all: use one slot unless it is repeats that you want. Without a bond
    /// a stranger can start and hold the reward until the delivery deadline for nothing.
    Post(Posting),
    /// Takes an open slot; the funds are exactly the bond. Not for a worker who
    /// held this slot before, nor from the acceptance deadline on.
    ///
    /// A bond in a token is paid by way of the token, which could say anything in the worker's
    /// name: so whatever else the worker has to say it says itself, by
    /// [`PublishKey`](Self::PublishKey) and [`Start`](Self::Start).
    Accept(SlotId),
    /// Says what the data is to be encrypted to when it is handed over: the worker, while the
    /// slot is accepted or started. A later key takes the place of an earlier one.
    PublishKey {
        /// The job.
        job: JobId,
        /// The slot.
        slot: u32,
        /// A recipient of age, say; 1 to [`MAX_HAND_OVER_KEY_BYTES`] of visible ASCII.
        key: String,
    },
    /// Opens an accepted slot again and pays the bond to the worker: the requester, the
    /// worker, or anyone from the hand-over deadline on.
    Release(SlotId),
    /// The worker says that it holds data that matches the commitment. From here
    /// on it loses the bond if it doesn't deliver. Before the hand-over deadline.
    Start {
        /// The job.
        job: JobId,
        /// The slot.
        slot: u32,
        /// Who is paid the reward and gets the bond back; the worker where nobody is named.
        payee: Option<String>,
    },
    /// Pays the slot's payee and the dataset's owner if the proof holds. Anyone may send it;
    /// the proof's payee is the worker. Before the delivery deadline.
    Deliver {
        /// The job.
        job: JobId,
        /// The slot.
        slot: u32,
        /// The finalised parameters, of which the requester holds a pin.
        blob: BlobId,
        /// The proof's bytes: 192 or, with challenges, 240.
        proof: Binary,
    },
    /// Gives up an open slot and pays its reward and price to the beneficiary: the requester,
    /// or anyone from the acceptance deadline on.
    Cancel(SlotId),
    /// Pays reward, price and bond of a started slot to the beneficiary: anyone, from the
    /// delivery deadline on.
    Expire(SlotId),
    /// Adds the funds, of the reward's denomination, to the reward of a slot that hasn't
    /// ended; anyone may. They are part of the reward from then on: if nobody delivers, they
    /// go to the beneficiary, not back.
    TopUp(SlotId),
    /// Moves the deadline that the slot's state has (open: acceptance; accepted: hand-over;
    /// started: delivery) to the end of `window` from now on, if that is later in both clocks.
    /// The requester only.
    Extend {
        /// The job.
        job: JobId,
        /// The slot.
        slot: u32,
        /// From now on.
        window: Window,
    },
    /// Pays an owner what it couldn't be sent before; anyone may send it.
    Withdraw {
        /// The denomination.
        denom: String,
        /// Whose credit is paid; the sender's where none is named.
        owner: Option<String>,
        /// Where it is paid to, which only the owner may say; to the owner where it isn't
        /// said. For an owner who can send but not receive.
        to: Option<String>,
    },
    /// `post`, `accept` or `top_up`, paid in a cw20 token, which sends it.
    Receive(Receive),
}

/// What may be asked.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// What was fixed at instantiation.
    #[returns(InstantiateMsg)]
    Config {},
    /// One job with its slots.
    #[returns(JobResponse)]
    Job {
        /// Its id.
        job: JobId,
    },
    /// Jobs in the order of their ids.
    #[returns(JobsResponse)]
    Jobs {
        /// The last id of the page before.
        start_after: Option<JobId>,
        /// Entries in the page, at most and by default [`MAX_JOBS_PAGE`].
        limit: Option<u32>,
    },
    /// What couldn't be sent to an address, and can be withdrawn.
    #[returns(CreditsResponse)]
    Credits {
        /// The address.
        address: String,
        /// The last denomination of the page before.
        start_after: Option<String>,
        /// Entries in the page.
        limit: Option<u32>,
    },
}
