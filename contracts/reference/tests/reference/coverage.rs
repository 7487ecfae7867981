//! What a run has come to: a property says little if its messages are mostly refused.

use std::collections::BTreeMap;

use assay_reference::Model;
use assay_reference::message::{Message, Step};
use assay_reference::money::Who;
use assay_reference::refusal::{Refusal, Refusals};
use assay_reference::time::Moment;
use assay_reference::{jobs, predictions, store};

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Nothing,
    Job(u64),
    Offer(u64),
    Request(u64),
    Blob(u64),
    Dataset(u64),
}

/// A message's kind, and what it is about. What is made anew is the last of its kind.
pub fn describe(model: &Model, message: &Message) -> (&'static str, Subject) {
    match message {
        Message::Jobs(message) => job(model, message),
        Message::Predictions(message) => prediction(model, message),
        Message::Store(message) => blob(model, message),
        Message::Datasets(message) => dataset(model, message),
    }
}

fn job(model: &Model, message: &jobs::Message) -> (&'static str, Subject) {
    use jobs::Message;
    match message {
        Message::Post(_) => ("post", Subject::Job(model.jobs.jobs.len() as u64)),
        Message::Accept(slot) => ("accept", Subject::Job(slot.0)),
        Message::PublishKey { slot, .. } => ("publish_key", Subject::Job(slot.0)),
        Message::Release(slot) => ("release", Subject::Job(slot.0)),
        Message::Start { slot, .. } => ("start", Subject::Job(slot.0)),
        Message::Deliver { slot, .. } => ("deliver", Subject::Job(slot.0)),
        Message::Cancel(slot) => ("cancel", Subject::Job(slot.0)),
        Message::Expire(slot) => ("expire", Subject::Job(slot.0)),
        Message::TopUp(slot) => ("top_up", Subject::Job(slot.0)),
        Message::Extend { slot, .. } => ("extend", Subject::Job(slot.0)),
        Message::Withdraw { .. } => ("withdraw (jobs)", Subject::Nothing),
    }
}

fn prediction(model: &Model, message: &predictions::Message) -> (&'static str, Subject) {
    use predictions::Message;
    let machine = &model.predictions;
    match message {
        Message::Offer(_) => ("offer", Subject::Offer(machine.offers.len() as u64)),
        Message::CloseOffer(offer) => ("close_offer", Subject::Offer(*offer)),
        Message::Request { .. } => ("request", Subject::Request(machine.requests.len() as u64)),
        Message::Fulfil { request, .. } => ("fulfil", Subject::Request(*request)),
        Message::Reclaim(request) => ("reclaim", Subject::Request(*request)),
        Message::Deposit { .. } => ("deposit", Subject::Nothing),
        Message::WithdrawBalance { .. } => ("withdraw_balance", Subject::Nothing),
        Message::Withdraw { .. } => ("withdraw (predictions)", Subject::Nothing),
    }
}

fn blob(model: &Model, message: &store::Message) -> (&'static str, Subject) {
    use store::Message;
    match *message {
        Message::Begin { .. } => ("begin", Subject::Blob(model.store.last)),
        Message::PutChunk { blob, .. } => ("put_chunk", Subject::Blob(blob)),
        Message::Finalise { blob } => ("finalise", Subject::Blob(blob)),
        Message::Abort { blob } => ("abort", Subject::Blob(blob)),
        Message::Pin { blob, .. } => ("pin", Subject::Blob(blob)),
        Message::Release { blob } => ("release (pin)", Subject::Blob(blob)),
        Message::Sweep { blob } => ("sweep", Subject::Blob(blob)),
        Message::Evaluate { blob, .. } => ("evaluate", Subject::Blob(blob)),
        Message::RegisterModel { .. } => ("register_model", Subject::Nothing),
    }
}

fn dataset(model: &Model, message: &assay_reference::datasets::Message) -> (&'static str, Subject) {
    use assay_reference::datasets::Message;
    match message {
        Message::Register { .. } => ("register", Subject::Dataset(model.datasets.count())),
        Message::SetTerms { dataset, .. } => ("set_terms", Subject::Dataset(*dataset)),
        Message::OfferTransfer { dataset, .. } => ("offer_transfer", Subject::Dataset(*dataset)),
        Message::AcceptTransfer { dataset } => ("accept_transfer", Subject::Dataset(*dataset)),
        Message::Deprecate { dataset, .. } => ("deprecate", Subject::Dataset(*dataset)),
    }
}

/// The deadline on which it depends whether a message is taken; for a party that needn't wait
/// there is none.
pub fn deadline(model: &Model, sender: Who, message: &Message) -> Option<Moment> {
    match message {
        Message::Jobs(message) => {
            use jobs::{Message, State};
            let (Message::Accept(id)
            | Message::Release(id)
            | Message::Start { slot: id, .. }
            | Message::Deliver { slot: id, .. }
            | Message::Cancel(id)
            | Message::Expire(id)) = message
            else {
                return None;
            };
            let (terms, slot) = model.jobs.slot(*id)?;
            let waits = match (message, &slot.state) {
                (Message::Accept(_), State::Open) => true,
                (Message::Cancel(_), State::Open) => sender != terms.requester,
                (Message::Release(_), State::Accepted { worker, .. }) => {
                    sender != terms.requester && sender != *worker
                }
                (Message::Start { .. }, State::Accepted { .. }) => true,
                (Message::Deliver { .. } | Message::Expire(_), State::Started { .. }) => true,
                _ => false,
            };
            slot.deadline().filter(|_| waits)
        }
        Message::Predictions(message) => {
            use predictions::Message;
            let (Message::Fulfil { request, .. } | Message::Reclaim(request)) = message else {
                return None;
            };
            Some(model.predictions.requests.get(request)?.deadline)
        }
        Message::Store(store::Message::Abort { blob }) => {
            let found = model.store.blobs.get(blob)?;
            (found.uploader != sender).then(|| model.store.deadline(found))
        }
        Message::Store(store::Message::Release { blob }) => {
            model.store.blobs.get(blob)?.pins.get(&sender).copied()
        }
        Message::Store(_) | Message::Datasets(_) => None,
    }
}

/// Counts.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Messages.
    pub messages: u64,
    /// By kind: accepted and refused.
    pub kinds: BTreeMap<&'static str, [u64; 2]>,
    /// By the reason that the contract gave.
    pub refusals: BTreeMap<Refusal, u64>,
    /// Messages at a deadline, by how far both clocks are from it, a nanosecond and a block.
    pub deadlines: BTreeMap<&'static str, [[u64; 3]; 3]>,
    /// What else there was.
    pub events: BTreeMap<&'static str, u64>,
}

impl Coverage {
    /// Counts a step about to be taken.
    pub fn approach(&mut self, model: &Model, step: &Step) {
        let Some((sender, message)) = sent(step) else {
            return;
        };
        let (kind, _) = describe(model, message);
        let Some(deadline) = deadline(model, sender, message) else {
            return;
        };
        let now = model.world.now;
        let place = |now: u128, at: u128| match now as i128 - at as i128 {
            distance @ -1..=1 => Some((distance + 1) as usize),
            _ => None,
        };
        let nanos = place(now.nanos, deadline.nanos);
        if let Some((nanos, height)) = nanos.zip(place(now.height, deadline.height)) {
            self.deadlines.entry(kind).or_default()[nanos][height] += 1;
        }
    }

    /// Counts a step that was taken.
    pub fn count(&mut self, model: &Model, step: &Step, verdict: &Result<(), Refusals>) {
        let Some((_, message)) = sent(step) else {
            return;
        };
        self.messages += 1;
        let (kind, _) = describe(model, message);
        let counts = self.kinds.entry(kind).or_default();
        counts[usize::from(verdict.is_err())] += 1;
    }

    /// Counts a reason that a contract gave.
    pub fn refused(&mut self, reason: Refusal) {
        *self.refusals.entry(reason).or_default() += 1;
    }

    /// Counts something else.
    pub fn event(&mut self, name: &'static str) {
        *self.events.entry(name).or_default() += 1;
    }

    /// Messages that were accepted.
    pub fn accepted(&self) -> u64 {
        self.kinds.values().map(|[accepted, _]| accepted).sum()
    }

    /// Adds the counts of another run.
    pub fn add(&mut self, other: &Self) {
        self.messages += other.messages;
        for (kind, [accepted, refused]) in &other.kinds {
            let counts = self.kinds.entry(kind).or_default();
            counts[0] += accepted;
            counts[1] += refused;
        }
        for (reason, count) in &other.refusals {
            *self.refusals.entry(*reason).or_default() += count;
        }
        for (kind, counts) in &other.deadlines {
            let sums = self.deadlines.entry(kind).or_default();
            let sums = sums.as_flattened_mut().iter_mut();
            sums.zip(counts.as_flattened())
                .for_each(|(sum, count)| *sum += count);
        }
        for (name, count) in &other.events {
            *self.events.entry(name).or_default() += count;
        }
    }
}

/// Who sends a step's message, if it has one.
pub fn sent(step: &Step) -> Option<(Who, &Message)> {
    match step {
        Step::Call { sender, call, .. } => Some((*sender, call.message())),
        Step::Pay {
            sender, message, ..
        } => Some((*sender, message)),
        Step::Stray { .. } | Step::Advance { .. } | Step::Block { .. } | Step::Behave { .. } => {
            None
        }
    }
}
