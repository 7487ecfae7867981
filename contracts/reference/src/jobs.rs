//! Training jobs: slots that are taken, started, and paid on proof.

use std::collections::{BTreeMap, BTreeSet};

use crate::datasets::Datasets;
use crate::message::Name;
use crate::money::{Amount, Coin, Denom, Ledger, Payment, Who};
use crate::proof::{Circuit, CircuitId, Parameters, Proof};
use crate::refusal::Verdict;
use crate::store::Store;
use crate::time::{Moment, Window};
use crate::world::World;

mod check;
mod rules;

/// What is fixed at posting.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "as the contract's terms")]
pub struct Terms {
    pub payer: Who,
    pub requester: Who,
    pub refund_to: Who,
    pub dataset: u64,
    pub commitment: u64,
    pub dataset_owner: Who,
    pub royalty_bps: u16,
    pub price: Option<Coin>,
    pub circuit: CircuitId,
    pub slots: u32,
    pub reward: Coin,
    pub bond: Coin,
    pub worker: Option<Who>,
    pub windows: [Window; 3],
}

/// How a slot stands.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "as the contract's states")]
pub enum State {
    Open,
    Accepted {
        worker: Who,
        deadline: Moment,
    },
    Started {
        worker: Who,
        payee: Who,
        deadline: Moment,
    },
    Paid {
        worker: Who,
        blob: u64,
        parameters: Parameters,
    },
    Cancelled,
    Refunded {
        worker: Who,
    },
}

/// One slot.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// What is paid for it by now.
    pub reward: Amount,
    /// From when on it can't be accepted.
    pub acceptance: Moment,
    /// What its worker wants the data encrypted to, until it ends.
    pub key: Option<String>,
    /// How it stands.
    pub state: State,
    /// Who held it before.
    pub excluded: BTreeSet<Who>,
}

/// One job.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// What is fixed.
    pub terms: Terms,
    /// Its slots.
    pub slots: Vec<Slot>,
}

/// A job and one of its slots.
pub type SlotId = (u64, u32);

/// A job that is to be posted.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "as the contract's posting")]
pub struct Posting {
    pub dataset: u64,
    pub circuit: CircuitId,
    pub slots: u32,
    pub reward: Coin,
    pub bond: Coin,
    pub price: Option<Coin>,
    pub royalty_bps: u16,
    pub worker: Option<Name>,
    pub windows: [Window; 3],
    pub requester: Option<Name>,
    pub refund_to: Option<Name>,
}

/// What may be sent.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "as the contract's messages")]
pub enum Message {
    Post(Posting),
    Accept(SlotId),
    PublishKey {
        slot: SlotId,
        key: String,
    },
    Release(SlotId),
    Start {
        slot: SlotId,
        payee: Option<Name>,
    },
    Deliver {
        slot: SlotId,
        blob: u64,
        proof: Proof,
    },
    Cancel(SlotId),
    Expire(SlotId),
    TopUp(SlotId),
    Extend {
        slot: SlotId,
        window: Window,
    },
    Withdraw {
        denom: Denom,
        owner: Option<Name>,
        to: Option<Name>,
    },
}

/// What jobs read of other contracts and of the chain.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The chain.
    pub world: &'a World,
    /// The dataset registry.
    pub datasets: &'a Datasets,
    /// The circuit registry.
    pub circuits: &'a [Circuit],
    /// The model store.
    pub store: &'a Store,
    /// The contract itself.
    pub itself: Who,
}

/// The contract.
#[derive(Clone, Debug, Default)]
pub struct Jobs {
    /// The jobs that there are, by id.
    pub jobs: BTreeMap<u64, Job>,
    /// What couldn't be sent.
    pub credits: Ledger,
}

impl Jobs {
    /// A job's terms and one of its slots.
    pub fn slot(&self, (job, slot): SlotId) -> Option<(&Terms, &Slot)> {
        let job = self.jobs.get(&job)?;
        Some((&job.terms, job.slots.get(slot as usize)?))
    }

    /// Every slot.
    pub fn slots(&self) -> impl Iterator<Item = (SlotId, &Terms, &Slot)> {
        self.jobs.iter().flat_map(|(&id, job)| {
            let slots = (0..).zip(&job.slots);
            slots.map(move |(number, slot)| ((id, number), &job.terms, slot))
        })
    }

    /// What is owed in a denomination: for slots that haven't ended reward, price and, once
    /// somebody holds them, the bond; and credits.
    pub fn owed(&self, denom: Denom) -> Amount {
        let mut owed = self.credits.total(denom);
        let mut add = |of: Denom, amount: &Amount| {
            if of == denom {
                owed += amount;
            }
        };
        for (_, terms, slot) in self
            .slots()
            .filter(|(_, _, slot)| slot.deadline().is_some())
        {
            add(terms.reward.denom, &slot.reward);
            if let Some(price) = &terms.price {
                add(price.denom, &price.amount);
            }
            if slot.state != State::Open {
                add(terms.bond.denom, &terms.bond.amount);
            }
        }
        owed
    }

    /// Executes a message; returns who is paid what.
    ///
    /// # Errors
    /// Every reason to refuse it; nothing is changed then.
    pub fn execute(
        &mut self,
        facts: &Facts,
        payment: &Payment,
        message: &Message,
    ) -> Verdict<Vec<(Who, Coin)>> {
        check::check(self, facts, payment, message)?;
        Ok(rules::apply(self, facts, payment, message))
    }
}
