//! A job for tests, and what a worker proves for it.

use assay_groth16::Scalar;
use assay_protocol::challenge::Commitment;
use assay_protocol::circuit::Kind;
use assay_protocol::context::Context;
use assay_protocol::id::{CircuitId, DatasetCommitment, DatasetId, JobId, ParametersRoot};
use assay_protocol::messages::jobs::{ExecuteMsg, Posting, Windows};
use assay_protocol::messages::time::Window;
use assay_protocol::parameters::PublicParameters;
use assay_protocol::statement::TrainingPublic;
use cosmwasm_std::{Addr, Coin, Env, Uint256, coin};

use crate::escrow::{DATASET, commitment};

pub const JOB: JobId = JobId(1);
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

/// What to post; `message` makes it one.
#[derive(Clone, Debug)]
pub struct Job {
    pub dataset: DatasetId,
    pub circuit: CircuitId,
    pub slots: u32,
    pub reward: Coin,
    pub bond: Coin,
    pub price: Option<Coin>,
    pub royalty_bps: u16,
    pub worker: Option<Addr>,
    pub windows: Windows,
    pub requester: Option<Addr>,
    pub refund_to: Option<Addr>,
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
            price: None,
            royalty_bps: 0,
            worker: None,
            windows: WINDOWS,
            requester: None,
            refund_to: None,
        }
    }

    /// On this dataset, at this price and royalty.
    pub fn buy(&mut self, dataset: DatasetId, price: Coin, royalty_bps: u16) {
        (self.dataset, self.price, self.royalty_bps) = (dataset, Some(price), royalty_bps);
    }

    pub fn message(&self) -> ExecuteMsg {
        let job = self.clone();
        ExecuteMsg::Post(Posting {
            dataset: job.dataset,
            circuit: job.circuit,
            slots: job.slots,
            reward: job.reward,
            bond: job.bond,
            price: job.price,
            royalty_bps: job.royalty_bps,
            worker: job.worker.map(Into::into),
            windows: job.windows,
            requester: job.requester.map(Into::into),
            refund_to: job.refund_to.map(Into::into),
        })
    }

    /// The funds that posting takes.
    pub fn funds(&self) -> Vec<Coin> {
        let mut funds: Vec<Coin> = Vec::new();
        for coin in [Some(&self.reward), self.price.as_ref()]
            .into_iter()
            .flatten()
        {
            let amount = coin.amount * Uint256::from(self.slots);
            match funds.iter_mut().find(|same| same.denom == coin.denom) {
                Some(same) => same.amount += amount,
                None => funds.push(Coin::new(amount, &coin.denom)),
            }
        }
        funds
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
