//! escrow: training jobs. Rewards and bonds, paid on proof.
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

use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::{Binary, Coin, HexBinary, Timestamp};

use crate::id::{BlobId, CircuitId, DatasetCommitment, DatasetId, JobId, ParametersRoot};

/// The most slots of a job.
pub const MAX_SLOTS: u32 = 16;

/// The longest window in seconds: 366 days.
pub const MAX_WINDOW_SECONDS: u64 = 366 * 24 * 60 * 60;

/// The longest window in blocks: 366 days at one every five seconds. A deadline waits for
/// both clocks, so too many blocks would hold money for longer than the seconds say.
pub const MAX_WINDOW_BLOCKS: u64 = MAX_WINDOW_SECONDS / 5;

/// A contract that the escrow reads, and the code it must run.
#[cw_serde]
pub struct Trusted {
    /// Its address.
    pub address: String,
    /// SHA-256 of its Wasm code.
    pub checksum: HexBinary,
}

/// Fixed for ever: there is no admin.
#[cw_serde]
pub struct InstantiateMsg {
    /// The circuit registry.
    pub circuit_registry: Trusted,
    /// The dataset registry.
    pub dataset_registry: Trusted,
    /// The model store.
    pub model_store: Trusted,
    /// Whether jobs may use keys that one party made alone. Never for real
    /// money: who made such a key can forge.
    pub allow_development_keys: bool,
}

/// A length of time in both of the chain's clocks. A deadline has passed when
/// both have, so that a chain halt robs nobody.
#[cw_serde]
#[derive(Copy)]
pub struct Window {
    /// Seconds, from 1 to [`MAX_WINDOW_SECONDS`].
    pub seconds: u64,
    /// Blocks, from 1 to [`MAX_WINDOW_BLOCKS`]; about the seconds over the chain's block time.
    pub blocks: u64,
}

/// A point in time in both of the chain's clocks.
#[cw_serde]
#[derive(Copy)]
pub struct Deadline {
    /// Block time.
    pub time: Timestamp,
    /// Block height.
    pub height: u64,
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

/// What may be executed.
#[cw_serde]
pub enum ExecuteMsg {
    /// Posts a job; anyone may. The funds are exactly `slots` times `reward`.
    /// Attribute `job_id` is the id.
    ///
    /// Each slot buys the same training once more, and whoever delivers one shows its
    /// parameters to all: use one slot unless it is repeats that you want. Without a bond
    /// a stranger can start and hold the reward until the delivery deadline for nothing.
    PostJob {
        /// The dataset to train on; its commitment is fixed at posting.
        dataset: DatasetId,
        /// The method; its key is fixed at posting.
        circuit: CircuitId,
        /// Number of slots, at most [`MAX_SLOTS`].
        slots: u32,
        /// Paid for each slot.
        reward: Coin,
        /// What a worker deposits for each slot.
        bond: Coin,
        /// The only worker who may accept, or anyone.
        worker: Option<String>,
        /// The job's windows.
        windows: Windows,
    },
    /// Takes an open slot; the funds are exactly the bond. Not for a worker who
    /// held this slot before, nor from the acceptance deadline on.
    Accept {
        /// The job.
        job: JobId,
        /// The slot.
        slot: u32,
    },
    /// Opens an accepted slot again and returns the bond: the poster, the
    /// worker, or anyone from the hand-over deadline on.
    Release {
        /// The job.
        job: JobId,
        /// The slot.
        slot: u32,
    },
    /// The worker says that it holds data that matches the commitment. From here
    /// on it loses the bond if it doesn't deliver. Before the hand-over deadline.
    Start {
        /// The job.
        job: JobId,
        /// The slot.
        slot: u32,
    },
    /// Pays the slot's worker reward and bond if the proof holds. Anyone may
    /// send it; only the worker is paid. Before the delivery deadline.
    Deliver {
        /// The job.
        job: JobId,
        /// The slot.
        slot: u32,
        /// The finalised parameters.
        blob: BlobId,
        /// The proof's 192 bytes.
        proof: Binary,
    },
    /// Gives up an open slot and returns its reward to the poster: the poster,
    /// or anyone from the acceptance deadline on.
    Cancel {
        /// The job.
        job: JobId,
        /// The slot.
        slot: u32,
    },
    /// Sends reward and bond of a started slot to the poster: anyone, from the
    /// delivery deadline on.
    Expire {
        /// The job.
        job: JobId,
        /// The slot.
        slot: u32,
    },
    /// Pays an owner what it couldn't be sent before; anyone may send it.
    Withdraw {
        /// The denomination.
        denom: String,
        /// Whose credit is paid, to that address; the sender's where none is named.
        owner: Option<String>,
    },
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
        /// Entries in the page.
        limit: Option<u32>,
    },
    /// What an address can withdraw.
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
        /// Their root.
        root: ParametersRoot,
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

/// A page of credits.
#[cw_serde]
pub struct CreditsResponse {
    /// The entries.
    pub credits: Vec<Coin>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<String>,
}
