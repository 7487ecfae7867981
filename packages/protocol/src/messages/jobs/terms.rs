//! What a job is, and how its slots stand.

use core::fmt;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Coin;

use crate::id::{BlobId, CircuitId, DatasetCommitment, DatasetId, JobId};
use crate::messages::time::{Deadline, Window};
use crate::parameters::PublicParameters;

/// The most slots of a job.
pub const MAX_SLOTS: u32 = 16;

/// The most jobs in a page, each of which may have [`MAX_SLOTS`] slots: what a node answers is
/// limited to 256 KiB.
pub const MAX_JOBS_PAGE: u32 = 10;

/// The longest key for the hand-over, in bytes.
pub const MAX_HAND_OVER_KEY_BYTES: usize = 128;

/// One slot of one job.
#[cw_serde]
#[derive(Copy)]
pub struct SlotId {
    /// The job.
    pub job: JobId,
    /// The slot, from 0.
    pub slot: u32,
}

impl fmt::Display for SlotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "slot {} of job {}", self.slot, self.job)
    }
}

/// The windows of a job.
#[cw_serde]
#[derive(Copy)]
pub struct Windows {
    /// From posting: how long slots can be accepted.
    pub acceptance: Window,
    /// From acceptance: how long the hand-over of the data may take.
    pub hand_over: Window,
    /// From start: how long training, proving and delivery may take.
    pub delivery: Window,
}

/// The terms of a job, fixed at posting.
#[cw_serde]
pub struct Terms {
    /// Who paid for it; where that was in a cw20 token, who the token says it was.
    pub payer: String,
    /// Who controls it, as the payer named them.
    pub requester: String,
    /// Who is paid every refund and every forfeited bond.
    pub refund_to: String,
    /// The dataset.
    pub dataset: DatasetId,
    /// Its commitment.
    pub commitment: DatasetCommitment,
    /// Who owned it at posting, and is paid price and royalty.
    pub dataset_owner: String,
    /// How much of a reward goes to the dataset's owner, in hundredths of a percent, rounded
    /// down.
    pub royalty_bps: u16,
    /// Paid to the dataset's owner for each slot that is delivered, on top of the reward.
    pub price: Option<Coin>,
    /// The method.
    pub circuit: CircuitId,
    /// Number of slots.
    pub slots: u32,
    /// Paid for each slot; a slot itself says whether there is more for it by now.
    pub reward: Coin,
    /// Deposited for each slot.
    pub bond: Coin,
    /// The only worker who may accept, or anyone.
    pub worker: Option<String>,
    /// The windows.
    pub windows: Windows,
}

/// One slot.
#[cw_serde]
pub struct Slot {
    /// Paid for it: the terms' reward and what was added. It never falls.
    pub reward: Coin,
    /// From when on it can't be accepted, and anyone can cancel it while it is open.
    pub acceptance_deadline: Deadline,
    /// What its worker wants the data encrypted to, if it said so and the slot hasn't ended.
    pub hand_over_key: Option<String>,
    /// Its state.
    pub state: SlotState,
}

/// The state of a slot.
#[cw_serde]
pub enum SlotState {
    /// To be taken.
    Open {},
    /// Taken; the data is being handed over.
    Accepted {
        /// By whom.
        worker: String,
        /// From when on anyone can release it.
        hand_over_deadline: Deadline,
    },
    /// The worker holds the data.
    Started {
        /// Who.
        worker: String,
        /// Who is paid for it.
        payee: String,
        /// From when on nothing can be delivered, and anyone can have the beneficiary refunded.
        delivery_deadline: Deadline,
    },
    /// The worker delivered and its payee was paid.
    Paid {
        /// Who.
        worker: String,
        /// The parameters.
        blob: BlobId,
        /// What names them.
        parameters: PublicParameters,
    },
    /// Given up before anyone started; the beneficiary has reward and price.
    Cancelled {},
    /// Not delivered in time; the beneficiary has reward, price and bond.
    Refunded {
        /// Who didn't deliver.
        worker: String,
    },
}

/// One job with its slots.
#[cw_serde]
pub struct JobResponse {
    /// Its id.
    pub job: JobId,
    /// Its terms.
    pub terms: Terms,
    /// Its slots, from 0.
    pub slots: Vec<Slot>,
}

/// A page of jobs.
#[cw_serde]
pub struct JobsResponse {
    /// The entries.
    pub jobs: Vec<JobResponse>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<JobId>,
}
