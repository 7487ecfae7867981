//! Training jobs.
//!
//! A job has one or more slots, each with its own worker, bond and reward, and
//! each in one of these states:
//!
//! ```text
//! Open --accept(bond)--> Accepted --start--> Started --deliver(proof)--> Paid
//! Open --cancel: the poster, or anyone from the acceptance deadline--> Cancelled
//! Accepted --release: either side, or anyone from the hand-over deadline--> Open
//! Started --expire: anyone from the delivery deadline--> Refunded
//! ```

use core::fmt;

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Coin;

use super::{Deadline, Window};
use crate::id::{BlobId, CircuitId, DatasetCommitment, DatasetId, JobId};
use crate::parameters::PublicParameters;

/// The most slots of a job.
pub const MAX_SLOTS: u32 = 16;

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
    /// Who posted it, and is refunded.
    pub poster: String,
    /// The dataset.
    pub dataset: DatasetId,
    /// Its commitment.
    pub commitment: DatasetCommitment,
    /// The method.
    pub circuit: CircuitId,
    /// Number of slots.
    pub slots: u32,
    /// Paid for each slot.
    pub reward: Coin,
    /// Deposited for each slot.
    pub bond: Coin,
    /// The only worker who may accept, or anyone.
    pub worker: Option<String>,
    /// The windows.
    pub windows: Windows,
    /// From when on open slots can't be accepted, and anyone can cancel them.
    pub acceptance_deadline: Deadline,
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
        /// From when on nothing can be delivered, and anyone can refund the poster.
        delivery_deadline: Deadline,
    },
    /// The worker delivered and was paid.
    Paid {
        /// Who.
        worker: String,
        /// The parameters.
        blob: BlobId,
        /// What names them.
        parameters: PublicParameters,
    },
    /// Given up before anyone started; the poster has the reward back.
    Cancelled {},
    /// Not delivered in time; the poster has the reward and the bond.
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
    pub slots: Vec<SlotState>,
}

/// A page of jobs.
#[cw_serde]
pub struct JobsResponse {
    /// The entries.
    pub jobs: Vec<JobResponse>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<JobId>,
}
