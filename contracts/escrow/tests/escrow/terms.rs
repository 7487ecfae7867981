//! A job for tests, and what a worker proves for it.

use assay_groth16::Scalar;
use assay_protocol::challenge::Commitment;
use assay_protocol::circuit::Kind;
use assay_protocol::context::Context;
use assay_protocol::id::{BlobId, CircuitId, DatasetCommitment, DatasetId, JobId, ParametersRoot};
use assay_protocol::messages::escrow::{ExecuteMsg, Window, Windows};
use assay_protocol::parameters::PublicParameters;
use assay_protocol::statement::TrainingPublic;
use cosmwasm_std::{Addr, Coin, Env, coin};

pub const JOB: JobId = JobId(1);
pub const BLOB: BlobId = BlobId(1);
pub const DATASET: DatasetId = DatasetId(1);
/// 100, 200 and 300 seconds, of ten seconds a block.
pub const WINDOWS: Windows = Windows {
    acceptance: window(100),
    hand_over: window(200),
    delivery: window(300),
};

const fn window(seconds: u64) -> Window {
    let blocks = seconds / 10;
    Window { seconds, blocks }
}

pub fn commitment() -> DatasetCommitment {
    DatasetCommitment(Scalar::from(77))
}

/// What to post; `message` makes it one.
#[derive(Clone, Debug)]
pub struct Job {
    pub dataset: DatasetId,
    pub circuit: CircuitId,
    pub slots: u32,
    pub reward: Coin,
    pub bond: Coin,
    pub worker: Option<Addr>,
    pub windows: Windows,
}

impl Job {
    /// One slot, for anyone: a reward of 100 and a bond of 10 of the same token.
    pub fn new(circuit: CircuitId) -> Self {
        Self {
            dataset: DATASET,
            circuit,
            slots: 1,
            reward: coin(100, "token"),
            bond: coin(10, "token"),
            worker: None,
            windows: WINDOWS,
        }
    }

    pub fn message(&self) -> ExecuteMsg {
        let job = self.clone();
        ExecuteMsg::PostJob {
            dataset: job.dataset,
            circuit: job.circuit,
            slots: job.slots,
            reward: job.reward,
            bond: job.bond,
            worker: job.worker.map(Into::into),
            windows: job.windows,
        }
    }

    /// The funds that posting takes.
    pub fn funds(&self) -> Vec<Coin> {
        let amount = self.reward.amount * cosmwasm_std::Uint256::from(self.slots);
        vec![Coin::new(amount, &self.reward.denom)]
    }
}

/// What a worker proves: that `root` was trained for this job, slot and worker.
#[derive(Clone, Copy)]
pub struct Claim<'a> {
    pub kind: Kind,
    pub chain_id: &'a str,
    pub escrow: &'a str,
    pub job: JobId,
    pub slot: u32,
    pub worker: &'a str,
    pub circuit: CircuitId,
    pub dataset: DatasetCommitment,
    pub root: ParametersRoot,
}

impl<'a> Claim<'a> {
    /// The first slot of the first job.
    pub fn new(env: &'a Env, worker: &'a Addr, circuit: CircuitId, root: ParametersRoot) -> Self {
        Self {
            kind: Kind::TrainingPublic,
            chain_id: &env.block.chain_id,
            escrow: env.contract.address.as_str(),
            job: JOB,
            slot: 0,
            worker: worker.as_str(),
            circuit,
            dataset: commitment(),
            root,
        }
    }

    /// The digest of the statement, with the commitment of a proof that has one.
    pub fn digest(&self, commitment: Option<&Commitment>) -> Scalar {
        self.statement().digest(commitment).0
    }

    pub fn statement(&self) -> TrainingPublic {
        let context = Context {
            kind: self.kind,
            chain_id: self.chain_id,
            contract: self.escrow,
            subject: self.job.0,
            slot: self.slot,
            payee: self.worker,
            circuit: self.circuit,
        };
        TrainingPublic {
            context: context.to_scalar(),
            dataset: self.dataset,
            parameters: PublicParameters::Poseidon(self.root),
        }
    }
}
