//! Random messages to an escrow on a chain.

use assay_protocol::id::{JobId, OfferId, RequestId};
use assay_protocol::messages::predictions::{ExecuteMsg, FixedModel, SlotId, SlotState};
use cosmwasm_std::{Addr, Coin};
use cw_multi_test::IntoAddr;
use proptest::prelude::*;

use crate::chain::{ACTORS, Chain, DENOMS};
use crate::escrow::{BLOB, deliver_blob};
use crate::prediction::{FORMS, Form, INPUT, OUTPUT, fulfil_with};
use crate::terms::{Job};
use crate::prepaid;

/// What somebody does. Who sends a message, and which token it is about, are places in
/// [`ACTORS`] and [`DENOMS`].
#[derive(Clone, Debug)]
pub enum Step {
    Post {
        slots: u32,
        bond: u128,
        denom: usize,
        named: bool,
    },
    Accept(usize, SlotId),
    Release(usize, SlotId),
    Start(SlotId),
    Deliver {
        sender: usize,
        slot: SlotId,
        honest: bool,
    },
    Cancel(usize, SlotId),
    Expire(usize, SlotId),
    Withdraw {
        sender: usize,
        denom: usize,
        to: Option<usize>,
    },
    Offer {
        form: Form,
        price: u128,
        denom: usize,
    },
    Close(OfferId),
    Request {
        sender: usize,
        offer: OfferId,
        prepaid: bool,
    },
    Fulfil {
        sender: usize,
        request: RequestId,
        honest: bool,
    },
    Reclaim(usize, RequestId),
    Deposit {
        sender: usize,
        denom: usize,
        amount: u128,
    },
    WithdrawBalance {
        sender: usize,
        denom: usize,
        amount: Option<u128>,
        to: Option<usize>,
    },
    Wait {
        seconds: u64,
        blocks: u64,
    },
    Refuse(usize),
    Allow(usize),
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![6 => job_step(), 6 => prediction_step(), 2 => chain_step()];
    prop::collection::vec(step, 40..100)
}

fn actor() -> impl Strategy<Value = usize> {
    0..ACTORS.len()
}

fn denom() -> impl Strategy<Value = usize> {
    0..DENOMS.len()
}

/// Where a withdrawal goes to.
fn to() -> impl Strategy<Value = Option<usize>> {
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

fn job_step() -> impl Strategy<Value = Step> {
    let post = (
        1u32..=2,
        prop_oneof![Just(0u128), Just(10)],
        denom(),
        any::<bool>(),
    );
    let deliver = (actor(), slot(), prop::bool::weighted(0.8));
    prop_oneof![
        3 => post.prop_map(|(slots, bond, denom, named)| Step::Post { slots, bond, denom, named }),
        8 => (actor(), slot()).prop_map(|(sender, slot)| Step::Accept(sender, slot)),
        1 => (actor(), slot()).prop_map(|(sender, slot)| Step::Release(sender, slot)),
        8 => slot().prop_map(Step::Start),
        6 => deliver.prop_map(|(sender, slot, honest)| Step::Deliver { sender, slot, honest }),
        1 => (actor(), slot()).prop_map(|(sender, slot)| Step::Cancel(sender, slot)),
        5 => (actor(), slot()).prop_map(|(sender, slot)| Step::Expire(sender, slot)),
        2 => (actor(), denom(), to())
            .prop_map(|(sender, denom, to)| Step::Withdraw { sender, denom, to }),
    ]
}

fn prediction_step() -> impl Strategy<Value = Step> {
    let offer = || (1u64..=3).prop_map(OfferId);
    let request = || (1u64..=8).prop_map(RequestId);
    let form = prop_oneof![Just(FORMS[0]), Just(FORMS[1])];
    let price = prop_oneof![Just(7u128), Just(100)];
    let ask = (actor(), offer(), any::<bool>());
    let answer = (actor(), request(), prop::bool::weighted(0.8));
    let deposit = (actor(), denom(), 1u128..200);
    let take_back = (actor(), denom(), prop::option::of(1u128..200), to());
    prop_oneof![
        3 => (form, price, denom())
            .prop_map(|(form, price, denom)| Step::Offer { form, price, denom }),
        1 => offer().prop_map(Step::Close),
        8 => ask.prop_map(|(sender, offer, prepaid)| Step::Request { sender, offer, prepaid }),
        6 => answer
            .prop_map(|(sender, request, honest)| Step::Fulfil { sender, request, honest }),
        4 => (actor(), request()).prop_map(|(sender, request)| Step::Reclaim(sender, request)),
        4 => deposit
            .prop_map(|(sender, denom, amount)| Step::Deposit { sender, denom, amount }),
        3 => take_back.prop_map(|(sender, denom, amount, to)| Step::WithdrawBalance {
            sender,
            denom,
            amount,
            to,
        }),
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
        3 => actor().prop_map(Step::Refuse),
        3 => actor().prop_map(Step::Allow),
    ]
}

/// The worker of a slot, if it has one.
fn worker(chain: &Chain, SlotId { job, slot }: SlotId) -> Option<String> {
    let jobs = chain.jobs();
    let job = jobs.iter().find(|j| j.job == job)?;
    match job.slots.get(slot as usize)? {
        SlotState::Accepted { worker, .. } | SlotState::Started { worker, .. } => {
            Some(worker.clone())
        }
        _ => None,
    }
}

/// Takes a step; whether the escrow accepts it is not this test's business.
pub fn take(chain: &mut Chain, step: Step) {
    let (sender, funds, message) = match step {
        Step::Wait { seconds, blocks } => return chain.advance(seconds, blocks),
        Step::Refuse(actor) => return chain.bank.refuse(ACTORS[actor].into_addr().as_str()),
        Step::Allow(actor) => return chain.bank.allow(ACTORS[actor].into_addr().as_str()),
        Step::Post { .. }
        | Step::Accept(..)
        | Step::Release(..)
        | Step::Start(_)
        | Step::Deliver { .. }
        | Step::Cancel(..)
        | Step::Expire(..)
        | Step::Withdraw { .. } => job_message(chain, step),
        _ => prediction_message(chain, step),
    };
    let _ = chain.send(sender, &funds, &message);
}

type Sent = (&'static str, Vec<Coin>, ExecuteMsg);

fn job_message(chain: &Chain, step: Step) -> Sent {
    let plain = |sender: usize, message| (ACTORS[sender], vec![], message);
    match step {
        Step::Post {
            slots,
            bond,
            denom,
            named,
        } => {
            let mut job = Job::new(chain.circuit);
            (job.slots, job.bond) = (slots, Coin::new(bond, DENOMS[denom]));
            job.worker = named.then(|| "worker".into_addr());
            ("poster", job.funds(), job.message())
        }
        Step::Accept(sender, slot) => {
            let job = chain.jobs().into_iter().find(|j| j.job == slot.job);
            let bond = job.map(|j| j.terms.bond).filter(|b| !b.amount.is_zero());
            let funds = Vec::from_iter(bond);
            (ACTORS[sender], funds, ExecuteMsg::Accept(slot))
        }
        Step::Start(slot) => {
            let worker = worker(chain, slot);
            let is_worker = |a: &&&str| Some(a.into_addr().into_string()) == worker;
            let sender = ACTORS.iter().find(is_worker).unwrap_or(&"stranger");
            (sender, vec![], ExecuteMsg::Start(slot))
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
        Step::Withdraw { sender, denom, to } => {
            let message = ExecuteMsg::Withdraw {
                denom: DENOMS[denom].into(),
                owner: None,
                to: to.map(|to| ACTORS[to].into_addr().into()),
            };
            plain(sender, message)
        }
        other => unreachable!("{other:?} is about no job"),
    }
}

fn prediction_message(chain: &Chain, step: Step) -> Sent {
    let plain = |sender: usize, message| (ACTORS[sender], vec![], message);
    match step {
        Step::Offer { form, price, denom } => {
            let mut offer = chain.offer(form);
            offer.price = Coin::new(price, DENOMS[denom]);
            ("worker", vec![], offer.message())
        }
        Step::Close(offer) => ("worker", vec![], ExecuteMsg::CloseOffer { offer }),
        Step::Request {
            sender,
            offer,
            prepaid,
        } => {
            let offers = chain.offers().into_iter();
            let price = offers.filter(|o| o.offer == offer).map(|o| o.terms.price);
            let funds = price.filter(|_| !prepaid).collect();
            let input = INPUT.into();
            let message = ExecuteMsg::Request {
                offer,
                input,
                prepaid,
            };
            (ACTORS[sender], funds, message)
        }
        Step::Fulfil {
            sender,
            request,
            honest,
        } => {
            let form = form_of(chain, request);
            let payee = if honest { "worker" } else { "thief" };
            let proof = chain.answer(form, request, &payee.into_addr());
            plain(sender, fulfil_with(request, &OUTPUT, proof))
        }
        Step::Reclaim(sender, request) => plain(sender, ExecuteMsg::Reclaim { request }),
        Step::Deposit {
            sender,
            denom,
            amount,
        } => {
            let funds = vec![Coin::new(amount, DENOMS[denom])];
            (ACTORS[sender], funds, ExecuteMsg::Deposit {})
        }
        Step::WithdrawBalance {
            sender,
            denom,
            amount,
            to,
        } => {
            let to = to.map(|to| ACTORS[to].into_addr());
            let message = prepaid::withdraw_to(DENOMS[denom], amount, to.as_ref());
            plain(sender, message)
        }
        other => unreachable!("{other:?} is about no prediction"),
    }
}

/// The form of the offer that a request takes up.
fn form_of(chain: &Chain, request: RequestId) -> Form {
    let has = |offer: OfferId| chain.requests(offer).iter().any(|r| r.request == request);
    let offers = chain.offers();
    let offer = offers.iter().find(|o| has(o.offer));
    let is_hidden = offer.is_some_and(|o| matches!(o.terms.model, FixedModel::Hidden { .. }));
    if is_hidden {
        Form::Hidden
    } else {
        Form::Public
    }
}
