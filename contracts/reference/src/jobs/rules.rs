//! What messages about jobs change and pay, once nothing refuses them.

use super::{Facts, Job, Jobs, Message, Posting, Slot, SlotId, State, Terms};
use crate::money::{self, Amount, Coin, Payment, Who, address, merged};
use crate::time::Moment;

impl Slot {
    /// The deadline that its state has.
    pub fn deadline(&self) -> Option<Moment> {
        match self.state {
            State::Open => Some(self.acceptance),
            State::Accepted { deadline, .. } | State::Started { deadline, .. } => Some(deadline),
            State::Paid { .. } | State::Cancelled | State::Refunded { .. } => None,
        }
    }
}

pub(super) fn apply(
    jobs: &mut Jobs,
    facts: &Facts,
    payment: &Payment,
    message: &Message,
) -> Vec<(Who, Coin)> {
    match message {
        Message::Post(posting) => {
            post(jobs, facts, payment.payer, posting);
            vec![]
        }
        Message::Withdraw { denom, owner, to } => {
            let (credits, sender) = (&mut jobs.credits, payment.payer);
            money::take_credit(credits, facts.itself, sender, *denom, *owner, *to)
        }
        Message::Accept(slot)
        | Message::PublishKey { slot, .. }
        | Message::Release(slot)
        | Message::Start { slot, .. }
        | Message::Deliver { slot, .. }
        | Message::Cancel(slot)
        | Message::Expire(slot)
        | Message::TopUp(slot)
        | Message::Extend { slot, .. } => about_slot(jobs, facts, payment, *slot, message),
    }
}

fn post(jobs: &mut Jobs, facts: &Facts, payer: Who, posting: &Posting) {
    let Some(dataset) = facts.datasets.get(posting.dataset) else {
        return;
    };
    let named = |name| address(name, payer).unwrap_or(payer);
    let terms = Terms {
        payer,
        requester: named(posting.requester),
        refund_to: named(posting.refund_to),
        dataset: posting.dataset,
        commitment: dataset.commitment,
        dataset_owner: dataset.owner,
        royalty_bps: posting.royalty_bps,
        price: dataset.price.clone(),
        circuit: posting.circuit,
        slots: posting.slots,
        reward: posting.reward.clone(),
        bond: posting.bond.clone(),
        worker: posting.worker.map(|worker| named(Some(worker))),
        windows: posting.windows,
    };
    let slot = Slot {
        reward: posting.reward.amount.clone(),
        acceptance: facts.world.now.after(&posting.windows[0]),
        key: None,
        state: State::Open,
        excluded: Default::default(),
    };
    let slots = vec![slot; posting.slots as usize];
    let id = jobs.jobs.len() as u64 + 1;
    jobs.jobs.insert(id, Job { terms, slots });
}

fn about_slot(
    jobs: &mut Jobs,
    facts: &Facts,
    payment: &Payment,
    (job, number): SlotId,
    message: &Message,
) -> Vec<(Who, Coin)> {
    let (sender, now) = (payment.payer, facts.world.now);
    let Some(Job { terms, slots }) = jobs.jobs.get_mut(&job) else {
        return vec![];
    };
    let slot = &mut slots[number as usize];
    let reward = Coin::new(slot.reward.clone(), terms.reward.denom);
    match (message, slot.state.clone()) {
        (Message::Accept(_), _) => {
            slot.state = State::Accepted {
                worker: sender,
                deadline: now.after(&terms.windows[1]),
            };
            vec![]
        }
        (Message::PublishKey { key, .. }, _) => {
            slot.key = Some(key.clone());
            vec![]
        }
        (Message::Release(_), State::Accepted { worker, .. }) => {
            slot.excluded.insert(worker);
            (slot.key, slot.state) = (None, State::Open);
            merged(vec![(worker, terms.bond.clone())])
        }
        (Message::Start { payee, .. }, State::Accepted { worker, .. }) => {
            slot.state = State::Started {
                worker,
                payee: address(*payee, sender).unwrap_or(sender),
                deadline: now.after(&terms.windows[2]),
            };
            vec![]
        }
        (Message::Deliver { blob, .. }, State::Started { worker, payee, .. }) => {
            let blob = *blob;
            slot.key = None;
            if let Some(parameters) = facts.store.blobs.get(&blob).and_then(|b| b.parameters()) {
                slot.state = State::Paid {
                    worker,
                    blob,
                    parameters,
                };
            }
            pay(terms, payee, reward)
        }
        (Message::Cancel(_), _) => {
            slot.state = State::Cancelled;
            refund(terms, reward, None)
        }
        (Message::Expire(_), State::Started { worker, .. }) => {
            (slot.key, slot.state) = (None, State::Refunded { worker });
            refund(terms, reward, Some(terms.bond.clone()))
        }
        (Message::TopUp(_), _) => {
            let added = payment.coins.iter().map(|coin| &coin.amount);
            slot.reward += added.sum::<Amount>();
            vec![]
        }
        (Message::Extend { window, .. }, _) => {
            let end = now.after(window);
            match &mut slot.state {
                State::Accepted { deadline, .. } | State::Started { deadline, .. } => {
                    *deadline = end;
                }
                _ => slot.acceptance = end,
            }
            vec![]
        }
        _ => vec![],
    }
}

/// To the payee the reward without the royalty, and the bond; to the dataset's owner the
/// royalty, rounded down, and the price.
fn pay(terms: &Terms, payee: Who, reward: Coin) -> Vec<(Who, Coin)> {
    let royalty = &reward.amount * terms.royalty_bps / 10_000u32;
    let rest = &reward.amount - &royalty;
    let owner = terms.dataset_owner;
    let mut payments = vec![
        (payee, Coin::new(rest, reward.denom)),
        (payee, terms.bond.clone()),
        (owner, Coin::new(royalty, reward.denom)),
    ];
    payments.extend(terms.price.clone().map(|price| (owner, price)));
    merged(payments)
}

/// To the beneficiary: the reward, the price and, where it is forfeited, the bond.
fn refund(terms: &Terms, reward: Coin, bond: Option<Coin>) -> Vec<(Who, Coin)> {
    let coins = [Some(reward), terms.price.clone(), bond];
    let coins = coins.into_iter().flatten();
    merged(coins.map(|coin| (terms.refund_to, coin)).collect())
}
