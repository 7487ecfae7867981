//! Random messages to the contract on a chain.

use assay_protocol::id::{DatasetId, JobId};
use assay_protocol::messages::jobs::{ExecuteMsg, SlotId, SlotState};
use assay_protocol::messages::time::Window;
use cosmwasm_std::{Addr, Coin, coin};
use cw_multi_test::IntoAddr;
use proptest::prelude::*;

use crate::chain::{ACTORS, Chain, PRICED, PRICED_IN_CW20};
use crate::escrow::{BLOB, DATASET, cw20};
use crate::job::deliver_blob;
use crate::terms::Job;

/// What somebody does. Who sends a message, and which token it is about, are places in
/// [`ACTORS`] and in the chain's denominations.
#[derive(Clone, Debug)]
pub enum Step {
    Post(Post),
    Accept(usize, SlotId),
    Release(usize, SlotId),
    Start {
        slot: SlotId,
        payee: Option<usize>,
    },
    Deliver {
        sender: usize,
        slot: SlotId,
        honest: bool,
    },
    Cancel(usize, SlotId),
    Expire(usize, SlotId),
    TopUp {
        sender: usize,
        slot: SlotId,
        amount: u128,
        denom: usize,
    },
    Extend {
        sender: usize,
        slot: SlotId,
        seconds: u64,
    },
    Withdraw {
        sender: usize,
        denom: usize,
        to: Option<usize>,
    },
    Wait {
        seconds: u64,
        blocks: u64,
    },
    Refuse(usize, bool),
}

/// A job that is posted.
#[derive(Clone, Debug)]
pub struct Post {
    dataset: DatasetId,
    slots: u32,
    bond: u128,
    denoms: [usize; 2],
    /// Whether the reward is in the price's denomination.
    alike: bool,
    named: bool,
    requester: Option<usize>,
    refund_to: Option<usize>,
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![6 => job_step(), 2 => money_step(), 1 => chain_step()];
    prop::collection::vec(step, 40..100)
}

fn actor() -> impl Strategy<Value = usize> {
    0..ACTORS.len()
}

fn denom() -> impl Strategy<Value = usize> {
    0..3usize
}

/// Somebody who is named, or nobody.
fn named() -> impl Strategy<Value = Option<usize>> {
    prop::option::of(actor())
}

/// Most often the first slot of the first job, so that it gets somewhere.
fn slot() -> impl Strategy<Value = SlotId> {
    let any = ((1u64..=2).prop_map(JobId), 0u32..2).prop_map(|(job, slot)| SlotId { job, slot });
    let first = SlotId {
        job: JobId(1),
        slot: 0,
    };
    prop_oneof![2 => Just(first), 1 => any]
}

fn post() -> impl Strategy<Value = Post> {
    let dataset = prop_oneof![2 => Just(DATASET), 2 => Just(PRICED), 1 => Just(PRICED_IN_CW20)];
    let bond = prop_oneof![Just(0u128), Just(10)];
    let what = (dataset, 1u32..=2, bond, [denom(), denom()], any::<bool>());
    (what, any::<bool>(), named(), named()).prop_map(|(what, named, requester, refund_to)| {
        let (dataset, slots, bond, denoms, alike) = what;
        Post {
            dataset,
            slots,
            bond,
            denoms,
            alike,
            named,
            requester,
            refund_to,
        }
    })
}

fn job_step() -> impl Strategy<Value = Step> {
    let deliver = (actor(), slot(), prop::bool::weighted(0.8));
    let start = (slot(), named());
    prop_oneof![
        3 => post().prop_map(Step::Post),
        8 => (actor(), slot()).prop_map(|(sender, slot)| Step::Accept(sender, slot)),
        1 => (actor(), slot()).prop_map(|(sender, slot)| Step::Release(sender, slot)),
        8 => start.prop_map(|(slot, payee)| Step::Start { slot, payee }),
        6 => deliver.prop_map(|(sender, slot, honest)| Step::Deliver { sender, slot, honest }),
        1 => (actor(), slot()).prop_map(|(sender, slot)| Step::Cancel(sender, slot)),
        5 => (actor(), slot()).prop_map(|(sender, slot)| Step::Expire(sender, slot)),
    ]
}

fn money_step() -> impl Strategy<Value = Step> {
    let top_up = (actor(), slot(), 1u128..100, denom());
    let extend = (actor(), slot(), 100u64..1_000);
    prop_oneof![
        3 => top_up.prop_map(|(sender, slot, amount, denom)| Step::TopUp {
            sender,
            slot,
            amount,
            denom,
        }),
        2 => extend.prop_map(|(sender, slot, seconds)| Step::Extend { sender, slot, seconds }),
        3 => (actor(), denom(), named())
            .prop_map(|(sender, denom, to)| Step::Withdraw { sender, denom, to }),
    ]
}

fn chain_step() -> impl Strategy<Value = Step> {
    let little = (0u64..60, 0u64..6);
    // Longer than every window.
    let long = (300u64..400, 30u64..40);
    let wait = |(seconds, blocks)| Step::Wait { seconds, blocks };
    prop_oneof![
        4 => little.prop_map(wait),
        2 => long.prop_map(wait),
        3 => actor().prop_map(|actor| Step::Refuse(actor, true)),
        3 => actor().prop_map(|actor| Step::Refuse(actor, false)),
    ]
}

/// The worker of a slot, if it has one.
fn worker(chain: &Chain, SlotId { job, slot }: SlotId) -> Option<String> {
    let jobs = chain.jobs();
    let job = jobs.iter().find(|j| j.job == job)?;
    match &job.slots.get(slot as usize)?.state {
        SlotState::Accepted { worker, .. } | SlotState::Started { worker, .. } => {
            Some(worker.clone())
        }
        _ => None,
    }
}

/// Takes a step, and says whether the contract accepted it.
pub fn take(chain: &mut Chain, step: Step) -> bool {
    match step {
        Step::Wait { seconds, blocks } => chain.advance(seconds, blocks),
        Step::Refuse(actor, is_refused) => chain.refuse(ACTORS[actor], is_refused),
        step => {
            let (sender, funds, message) = message(chain, step);
            return chain.send(sender, &funds, &message).is_ok();
        }
    }
    true
}

type Sent = (&'static str, Vec<Coin>, ExecuteMsg);

fn job(chain: &Chain, post: Post) -> Job {
    let denoms = chain.denoms();
    let mut job = Job::new(chain.circuit);
    job.slots = post.slots;
    let [reward, bond] = post.denoms.map(|denom| &denoms[denom]);
    (job.reward.denom, job.bond) = (reward.clone(), coin(post.bond, bond));
    match post.dataset {
        PRICED => job.buy(PRICED, coin(7, "token"), 1_000),
        PRICED_IN_CW20 => job.buy(PRICED_IN_CW20, coin(5, cw20(&chain.cw20)), 5_000),
        dataset => job.dataset = dataset,
    }
    if let Some(price) = job.price.as_ref().filter(|_| post.alike) {
        job.reward.denom = price.denom.clone();
    }
    job.worker = post.named.then(|| "worker".into_addr());
    let named = |name: Option<usize>| name.map(|name| ACTORS[name].into_addr());
    (job.requester, job.refund_to) = (named(post.requester), named(post.refund_to));
    job
}

fn message(chain: &Chain, step: Step) -> Sent {
    let plain = |sender: usize, message| (ACTORS[sender], vec![], message);
    match step {
        Step::Post(post) => {
            let job = job(chain, post);
            ("poster", job.funds(), job.message())
        }
        Step::Accept(sender, slot) => {
            let found = chain.jobs().into_iter().find(|j| j.job == slot.job);
            let bond = found.map(|j| j.terms.bond).filter(|b| !b.amount.is_zero());
            (
                ACTORS[sender],
                Vec::from_iter(bond),
                ExecuteMsg::Accept(slot),
            )
        }
        Step::Start { slot, payee } => {
            let worker = worker(chain, slot);
            let is_worker = |a: &&&str| Some(a.into_addr().into_string()) == worker;
            let sender = ACTORS.iter().find(is_worker).unwrap_or(&"stranger");
            let SlotId { job, slot } = slot;
            let payee = payee.map(|payee| ACTORS[payee].into_addr().into());
            (sender, vec![], ExecuteMsg::Start { job, slot, payee })
        }
        Step::Deliver {
            sender,
            slot,
            honest,
        } => {
            let payee = worker(chain, slot).filter(|_| honest);
            let payee = payee.map_or("thief".into_addr(), Addr::unchecked);
            let proof = chain.proof(slot.job, slot.slot, &payee);
            plain(sender, deliver_blob(slot.job, slot.slot, BLOB, proof))
        }
        Step::Release(sender, slot) => plain(sender, ExecuteMsg::Release(slot)),
        Step::Cancel(sender, slot) => plain(sender, ExecuteMsg::Cancel(slot)),
        Step::Expire(sender, slot) => plain(sender, ExecuteMsg::Expire(slot)),
        Step::TopUp {
            sender,
            slot,
            amount,
            denom,
        } => {
            let funds = vec![coin(amount, &chain.denoms()[denom])];
            (ACTORS[sender], funds, ExecuteMsg::TopUp(slot))
        }
        Step::Extend {
            sender,
            slot: SlotId { job, slot },
            seconds,
        } => {
            let blocks = seconds / 10;
            let window = Window { seconds, blocks };
            plain(sender, ExecuteMsg::Extend { job, slot, window })
        }
        Step::Withdraw { sender, denom, to } => {
            let message = ExecuteMsg::Withdraw {
                denom: chain.denoms()[denom].clone(),
                owner: None,
                to: to.map(|to| ACTORS[to].into_addr().into()),
            };
            plain(sender, message)
        }
        other => unreachable!("{other:?} is no message"),
    }
}
