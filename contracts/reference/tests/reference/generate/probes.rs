//! Messages at deadlines: a nanosecond before, at and after, and a block before, at and after.

use assay_reference::Model;
use assay_reference::jobs::{self, Slot, SlotId, State, Terms};
use assay_reference::message::{Message, Step};
use assay_reference::money::Who;
use assay_reference::predictions;
use assay_reference::store::{self, Status};
use assay_reference::time::Moment;

use super::Generator;
use crate::accounts::STRANGER;

/// What has a deadline.
#[derive(Clone, Copy)]
enum Thing {
    Slot(SlotId),
    Request(u64),
    Upload(u64),
    Pin(u64, Who),
}

impl Generator {
    /// Goes to a deadline that isn't far off, and sends what depends on it.
    pub(super) fn at_a_deadline(&mut self, model: &Model) -> Step {
        let now = model.world.now;
        let is_ahead = |at: &Moment| at.nanos > now.nanos + 1 && at.height > now.height + 1;
        let things: Vec<(Thing, Moment)> = self.things(model);
        let ahead: Vec<&(Thing, Moment)> = things.iter().filter(|(_, at)| is_ahead(at)).collect();
        let some: Vec<_> = (0..4).filter_map(|_| self.dice.pick(&ahead)).collect();
        let Some(&&&(thing, at)) = some.iter().min_by_key(|(_, at)| at.nanos) else {
            return self.about_chain(model);
        };
        let nanos = at.nanos + u128::from(self.dice.below(3)) - 1 - now.nanos;
        let blocks = at.height + u128::from(self.dice.below(3)) - 1 - now.height;
        // What can only be sent before and what only after, in any order.
        for _ in 0..2 {
            if let Some(step) = self.about_thing(model, thing) {
                self.urgent.push_back(step);
            }
        }
        Step::Advance {
            nanos: nanos as u64,
            blocks: blocks as u64,
        }
    }

    fn things(&mut self, model: &Model) -> Vec<(Thing, Moment)> {
        let slots = model.jobs.slots();
        let wanted = self.dice.below(6);
        match wanted {
            0..3 => slots
                .filter(|(_, _, slot)| match slot.state {
                    State::Open => wanted == 0,
                    State::Accepted { .. } => wanted == 1,
                    State::Started { .. } => wanted == 2,
                    _ => false,
                })
                .filter_map(|(id, _, slot)| Some((Thing::Slot(id), slot.deadline()?)))
                .collect(),
            3 => {
                let requests = model.predictions.requests.iter();
                let open = requests.filter(|(_, r)| r.state == predictions::State::Open);
                open.map(|(&id, r)| (Thing::Request(id), r.deadline))
                    .collect()
            }
            4 => {
                let blobs = model.store.blobs.iter();
                let open = blobs.filter(|(_, b)| b.status == Status::Uploading);
                let at = |(&id, blob): (&u64, &store::Blob)| {
                    (Thing::Upload(id), model.store.deadline(blob))
                };
                open.map(at).collect()
            }
            _ => {
                let blobs = model.store.blobs.iter();
                let pins = blobs.flat_map(|(&id, blob)| blob.pins.iter().map(move |pin| (id, pin)));
                pins.map(|(id, (&who, &at))| (Thing::Pin(id, who), at))
                    .collect()
            }
        }
    }

    fn about_thing(&mut self, model: &Model, thing: Thing) -> Option<Step> {
        match thing {
            Thing::Slot(id) => {
                let (terms, slot) = model.jobs.slot(id)?;
                Some(self.at_slots_deadline(model, id, terms, slot))
            }
            Thing::Request(id) => {
                let request = model.predictions.requests.get(&id)?;
                if self.dice.chance(40) {
                    return Some(self.fulfil(model, id, request));
                }
                let reclaim = predictions::Message::Reclaim(id);
                let sender = self.person();
                Some(self.unpaid(sender, Message::Predictions(reclaim)))
            }
            Thing::Upload(blob) => {
                let abort = store::Message::Abort { blob };
                let sender = self.person();
                Some(self.unpaid(sender, Message::Store(abort)))
            }
            Thing::Pin(blob, who) => {
                let release = store::Message::Release { blob };
                Some(self.unpaid(who, Message::Store(release)))
            }
        }
    }

    fn at_slots_deadline(&mut self, model: &Model, id: SlotId, terms: &Terms, slot: &Slot) -> Step {
        use jobs::Message as M;
        let is_first = self.dice.chance(50);
        let (sender, message) = match &slot.state {
            State::Open if is_first => {
                let sender = terms.worker.unwrap_or_else(|| self.person());
                let accept = M::Accept(id);
                let bond = vec![terms.bond.clone()];
                return self.paid(model, sender, bond, Message::Jobs(accept));
            }
            State::Open => (STRANGER, M::Cancel(id)),
            State::Accepted { worker, .. } if is_first => {
                let (slot, payee) = (id, None);
                (*worker, M::Start { slot, payee })
            }
            State::Accepted { .. } => (STRANGER, M::Release(id)),
            State::Started { worker, .. } if self.dice.chance(40) => {
                return self.deliver(model, id, terms, *worker);
            }
            _ => (STRANGER, M::Expire(id)),
        };
        self.unpaid(sender, Message::Jobs(message))
    }
}
