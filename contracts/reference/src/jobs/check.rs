//! What refuses messages about jobs.

use super::{Facts, Jobs, Message, Posting, Slot, SlotId, State, Terms};
use crate::money::{self, Payment, Who, address, payable, payable_in};
use crate::proof::{Circuit, Claim, Proof};
use crate::refusal::{Refusal, Refusals, Verdict};
use crate::time::Window;
use crate::world::Kind;

pub(super) fn check(
    jobs: &Jobs,
    facts: &Facts,
    payment: &Payment,
    message: &Message,
) -> Verdict<()> {
    let mut no = Refusals::default();
    let takes_funds = matches!(
        message,
        Message::Post(_) | Message::Accept(_) | Message::TopUp(_)
    );
    let is_paid = !payment.coins.is_empty();
    no.when(!takes_funds && is_paid, Refusal::TakesNoFunds);
    no.take(match message {
        Message::Post(posting) => post(facts, payment, posting),
        Message::Withdraw { denom, owner, to } => {
            let sender = payment.payer;
            money::credit(&jobs.credits, facts.itself, sender, *denom, *owner, *to).map(|_| ())
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
    });
    no.verdict()
}

fn post(facts: &Facts, payment: &Payment, posting: &Posting) -> Verdict<()> {
    let mut no = Refusals::default();
    let price = posting.price.as_ref();
    no.when(!(1..=16).contains(&posting.slots), Refusal::Slots);
    no.when(posting.reward.is_zero(), Refusal::ZeroAmount);
    for coin in [Some(&posting.reward), Some(&posting.bond), price] {
        no.take(coin.map_or(Ok(()), |coin| payable_in(facts.world, coin)));
    }
    let is_token = |denom| matches!(facts.world.kind(denom), Kind::Token(_) | Kind::NoToken(_));
    let is_apart = price.is_some_and(|price| {
        let denoms = [price.denom, posting.reward.denom];
        denoms[0] != denoms[1] && denoms.into_iter().any(is_token)
    });
    no.when(is_apart, Refusal::TwoTokens);
    no.when(
        !posting.windows.iter().all(Window::is_allowed),
        Refusal::Window,
    );
    let each = core::iter::once(&posting.reward).chain(price);
    no.take(payment.is(each.map(|coin| coin.times(posting.slots.into()))));
    no.take(reads(facts, posting));
    no.take(address(posting.worker, payment.payer));
    for name in [posting.requester, posting.refund_to] {
        no.take(payable(name, payment.payer, facts.itself));
    }
    no.verdict()
}

/// The circuit proves training, and the dataset takes new jobs at the terms that are agreed to.
fn reads(facts: &Facts, posting: &Posting) -> Verdict<()> {
    let mut no = Refusals::default();
    match facts.circuits.get(usize::from(posting.circuit.0)) {
        None => no.when(true, Refusal::UnknownCircuit),
        Some(Circuit::Training | Circuit::TrainingByFingerprint) => {}
        Some(_) => no.when(true, Refusal::CircuitKind),
    }
    match facts.datasets.get(posting.dataset) {
        None => no.when(true, Refusal::UnknownDataset),
        Some(dataset) => {
            no.when(dataset.deprecated, Refusal::DeprecatedDataset);
            let is_agreed =
                dataset.price == posting.price && dataset.royalty_bps == posting.royalty_bps;
            no.when(!is_agreed, Refusal::Price);
        }
    }
    no.verdict()
}

fn about_slot(
    jobs: &Jobs,
    facts: &Facts,
    payment: &Payment,
    id: SlotId,
    message: &Message,
) -> Verdict<()> {
    if !jobs.jobs.contains_key(&id.0) {
        return Err(Refusal::UnknownJob.into());
    }
    let Some((terms, slot)) = jobs.slot(id) else {
        return Err(Refusal::UnknownSlot.into());
    };
    let (sender, now) = (payment.payer, facts.world.now);
    let mut no = Refusals::default();
    match (message, &slot.state) {
        (Message::Accept(_), State::Open) => {
            no.when(now.is_past(&slot.acceptance), Refusal::TooLate);
            no.take(payment.is([terms.bond.clone()]));
            let is_reserved = terms.worker.is_some_and(|worker| worker != sender);
            no.when(is_reserved, Refusal::NotAllowed);
            no.when(slot.excluded.contains(&sender), Refusal::HeldBefore);
        }
        (
            Message::PublishKey { key, .. },
            State::Accepted { worker, .. } | State::Started { worker, .. },
        ) => {
            no.when(sender != *worker, Refusal::NotAllowed);
            no.when(!is_key(key), Refusal::HandOverKey);
        }
        (Message::Cancel(_), State::Open) => {
            let may = sender == terms.requester || now.is_past(&slot.acceptance);
            no.when(!may, Refusal::NotAllowed);
        }
        (
            Message::Release(_),
            State::Accepted {
                worker, deadline, ..
            },
        ) => {
            let is_party = sender == terms.requester || sender == *worker;
            no.when(!is_party && !now.is_past(deadline), Refusal::NotAllowed);
        }
        (
            Message::Start { payee, .. },
            State::Accepted {
                worker, deadline, ..
            },
        ) => {
            no.when(sender != *worker, Refusal::NotAllowed);
            no.when(now.is_past(deadline), Refusal::TooLate);
            no.take(payable(*payee, sender, facts.itself));
        }
        (
            Message::Deliver { blob, proof, .. },
            State::Started {
                worker, deadline, ..
            },
        ) => {
            no.when(now.is_past(deadline), Refusal::TooLate);
            no.take(delivery(facts, terms, id, *worker, *blob, proof));
        }
        (Message::Expire(_), State::Started { deadline, .. }) => {
            no.when(!now.is_past(deadline), Refusal::TooEarly);
        }
        (Message::TopUp(_), State::Open | State::Accepted { .. } | State::Started { .. }) => {
            let [coin] = payment.coins.as_slice() else {
                return Err(Refusal::WrongFunds.into());
            };
            no.when(coin.denom != terms.reward.denom, Refusal::WrongFunds);
        }
        (Message::Extend { window, .. }, _) => {
            no.take(extension(facts, sender, terms, slot, window));
        }
        _ => no.when(true, Refusal::SlotState),
    }
    no.verdict()
}

/// The requester gives more time in both clocks, to a slot that hasn't ended.
fn extension(
    facts: &Facts,
    sender: Who,
    terms: &Terms,
    slot: &Slot,
    window: &Window,
) -> Verdict<()> {
    let mut no = Refusals::default();
    no.when(sender != terms.requester, Refusal::NotAllowed);
    no.when(!window.is_allowed(), Refusal::Window);
    match slot.deadline() {
        None => no.when(true, Refusal::SlotState),
        Some(deadline) => {
            let end = facts.world.now.after(window);
            no.when(!end.is_later(&deadline), Refusal::NotLater);
        }
    }
    no.verdict()
}

/// The proof is of the job's method, for this slot and its worker, on the committed data, and of
/// parameters that the requester pins.
fn delivery(
    facts: &Facts,
    terms: &Terms,
    id: SlotId,
    worker: Who,
    blob: u64,
    proof: &Proof,
) -> Verdict<()> {
    let circuit = facts.circuits.get(usize::from(terms.circuit.0));
    let hash = circuit.and_then(|circuit| circuit.hash());
    let Some(parameters) = hash.and_then(|hash| facts.store.parameters(blob, hash)) else {
        return Err(Refusal::NoParameters.into());
    };
    let mut no = Refusals::default();
    let is_pinned = facts.store.is_pinned(blob, terms.requester);
    no.when(!is_pinned, Refusal::NotPinned);
    // Nobody evaluates a blob at a proof's own point here.
    let is_fingerprint = circuit == Some(&Circuit::TrainingByFingerprint);
    let is_long = parameters.chunks.len() > 1;
    no.when(is_fingerprint && is_long, Refusal::NotEvaluated);
    let claim = Claim::Training {
        slot: id,
        worker,
        commitment: terms.commitment,
        parameters,
    };
    no.when(*proof != Proof::Of(terms.circuit, claim), Refusal::BadProof);
    no.verdict()
}

/// 1 to 128 visible ASCII characters.
fn is_key(key: &str) -> bool {
    (1..=128).contains(&key.len()) && key.chars().all(|c| ('!'..='~').contains(&c))
}
