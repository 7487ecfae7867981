//! What a run has to have come to, besides messages that are taken and refused.

use assay_reference::Model;
use assay_reference::jobs;
use assay_reference::message::{Call, Message, Step};
use assay_reference::money::{Amount, Denom, Ledger};
use assay_reference::predictions;
use assay_reference::store::{Message as Blobs, Status};

use crate::accounts::EVIL;
use crate::coverage::{Coverage, sent};

/// Every one of these has to be seen.
pub const ALL: [&str; 28] = [
    "stray",
    "block",
    "behave",
    "lie",
    "called back",
    "credit in a coin",
    "credit in a token",
    "credit in the evil token",
    "paid with a token",
    "accepted one's own job",
    "delivered by somebody else",
    "paid without a royalty",
    "paid with a royalty",
    "paid with a royalty in a token",
    "paid in the evil token",
    "paid to the dataset's owner for its own work",
    "a royalty on more than 2^243",
    "topped up and paid",
    "by fingerprint",
    "prepaid request",
    "answered",
    "answered for a hidden model",
    "reclaimed",
    "refunded",
    "cancelled",
    "aborted in steps",
    "swept in steps",
    "a name that another blob had",
];

/// What an event is told by.
pub struct Standing {
    credits: [Amount; 3],
    called_back: u64,
}

impl Standing {
    /// How a model stands.
    pub fn of(model: &Model) -> Self {
        let ledgers = [&model.jobs.credits, &model.predictions.credits];
        let sum = |denoms: &[u8]| {
            let denoms = denoms.iter().map(|&denom| Denom(denom));
            let of = |denom| ledgers.map(|ledger: &Ledger| ledger.total(denom));
            denoms.flat_map(of).sum()
        };
        Self {
            credits: [sum(&[0, 1, 2]), sum(&[3]), sum(&[4])],
            called_back: model.called_back,
        }
    }
}

impl Coverage {
    /// Notes what there is to be seen of a step that was taken.
    pub fn note(&mut self, model: &Model, before: &Standing, step: &Step) {
        let after = Standing::of(model);
        let names = [
            "credit in a coin",
            "credit in a token",
            "credit in the evil token",
        ];
        for (name, (had, has)) in names
            .into_iter()
            .zip(before.credits.iter().zip(&after.credits))
        {
            if has > had {
                self.event(name);
            }
        }
        if after.called_back > before.called_back {
            self.event("called back");
        }
        match step {
            Step::Stray { .. } => self.event("stray"),
            Step::Block { .. } => self.event("block"),
            Step::Behave { .. } => self.event("behave"),
            Step::Call { sender: EVIL, .. } => self.event("lie"),
            Step::Pay { .. } => self.event("paid with a token"),
            Step::Call {
                call: Call::Received { .. },
                ..
            } => self.event("paid with a token"),
            Step::Advance { .. } | Step::Call { .. } => {}
        }
        match sent(step) {
            Some((sender, Message::Jobs(message))) => self.note_job(model, sender, message),
            Some((_, Message::Predictions(message))) => self.note_prediction(model, message),
            Some((_, Message::Store(message))) => self.note_blob(model, message),
            _ => {}
        }
    }

    fn note_job(
        &mut self,
        model: &Model,
        sender: assay_reference::money::Who,
        message: &jobs::Message,
    ) {
        use jobs::Message;
        let (Message::Accept(id)
        | Message::Deliver { slot: id, .. }
        | Message::Cancel(id)
        | Message::Expire(id)) = message
        else {
            return;
        };
        let Some((terms, slot)) = model.jobs.slot(*id) else {
            return;
        };
        match (message, &slot.state) {
            (Message::Accept(_), _) if terms.requester == sender => {
                self.event("accepted one's own job");
            }
            (Message::Cancel(_), jobs::State::Cancelled) => self.event("cancelled"),
            (Message::Expire(_), jobs::State::Refunded { .. }) => self.event("refunded"),
            (Message::Deliver { .. }, jobs::State::Paid { worker, .. }) => {
                let is_token = terms.reward.denom == Denom(3);
                self.event(match (terms.royalty_bps, is_token) {
                    (0, _) => "paid without a royalty",
                    (_, false) => "paid with a royalty",
                    (_, true) => "paid with a royalty in a token",
                });
                let seen = [
                    ("paid in the evil token", terms.reward.denom == Denom(4)),
                    (
                        "paid to the dataset's owner for its own work",
                        terms.dataset_owner == *worker,
                    ),
                    ("topped up and paid", slot.reward > terms.reward.amount),
                    ("by fingerprint", terms.circuit.0 == 1),
                    (
                        "a royalty on more than 2^243",
                        slot.reward.bits() > 244 && terms.royalty_bps > 332,
                    ),
                    ("delivered by somebody else", sender != *worker),
                ];
                for (name, _) in seen.into_iter().filter(|(_, is_seen)| *is_seen) {
                    self.event(name);
                }
            }
            _ => {}
        }
    }

    fn note_prediction(&mut self, model: &Model, message: &predictions::Message) {
        use predictions::{Message, Offered};
        match message {
            Message::Request { prepaid: true, .. } => self.event("prepaid request"),
            Message::Reclaim(_) => self.event("reclaimed"),
            Message::Fulfil { request, .. } => {
                let offer = model.predictions.requests.get(request);
                let offer = offer.and_then(|r| model.predictions.offers.get(&r.offer));
                let is_hidden =
                    offer.is_some_and(|offer| matches!(offer.offering.model, Offered::Hidden(_)));
                self.event(match is_hidden {
                    true => "answered for a hidden model",
                    false => "answered",
                });
            }
            _ => {}
        }
    }

    fn note_blob(&mut self, model: &Model, message: &Blobs) {
        let left = |blob: &u64| model.store.blobs.get(blob);
        match message {
            Blobs::Abort { blob } if left(blob).is_some() => self.event("aborted in steps"),
            Blobs::Release { blob }
                if left(blob).is_some_and(|blob| blob.status == Status::Dead) =>
            {
                self.event("swept in steps");
            }
            Blobs::Finalise { blob } => {
                let name = left(blob).and_then(|blob| blob.parameters());
                let known = name.and_then(|name| model.store.named.get(&name));
                if known != Some(blob) {
                    self.event("a name that another blob had");
                }
            }
            _ => {}
        }
    }
}
