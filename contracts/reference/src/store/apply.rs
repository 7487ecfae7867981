//! What messages to the store change, once nothing refuses them.

use std::collections::BTreeMap;

use super::{AT_ONCE, Blob, Message, Status, Store};
use crate::money::{Who, address};
use crate::time::Moment;

impl Store {
    pub(super) fn apply(&mut self, now: Moment, sender: Who, message: &Message) {
        match *message {
            Message::Begin {
                length,
                hash,
                holder,
            } => {
                self.last += 1;
                let blob = Blob {
                    uploader: sender,
                    holder: address(holder, sender).unwrap_or(sender),
                    length,
                    hash,
                    status: Status::Uploading,
                    chunks: BTreeMap::new(),
                    progress: now,
                    pins: BTreeMap::new(),
                };
                self.blobs.insert(self.last, blob);
            }
            Message::RegisterModel { commitment, .. } => self.models.push((commitment, sender)),
            Message::Evaluate { blob, point, limit } => self.evaluate(blob, point, limit),
            Message::PutChunk { blob, .. }
            | Message::Finalise { blob }
            | Message::Abort { blob }
            | Message::Pin { blob, .. }
            | Message::Release { blob }
            | Message::Sweep { blob } => self.change(now, sender, blob, message),
        }
    }

    fn change(&mut self, now: Moment, sender: Who, id: u64, message: &Message) {
        let releasable = now.after(&self.keeping.hold);
        let Some(blob) = self.blobs.get_mut(&id) else {
            return;
        };
        match *message {
            Message::PutChunk { index, byte, .. } => {
                blob.chunks.insert(index, byte);
                blob.progress = now;
            }
            Message::Finalise { .. } => {
                blob.status = Status::Finalised;
                blob.pins.insert(blob.holder, releasable);
                if let Some(name) = blob.parameters() {
                    self.named.entry(name).or_insert(id);
                }
            }
            Message::Pin { holder, .. } => {
                blob.pins
                    .insert(address(holder, sender).unwrap_or(sender), releasable);
            }
            Message::Release { .. } => {
                let name = blob.parameters();
                blob.pins.remove(&sender);
                if blob.pins.is_empty() {
                    blob.status = Status::Dead;
                    blob.delete_some();
                    self.named
                        .retain(|known, of| Some(known) != name.as_ref() || *of != id);
                }
            }
            Message::Abort { .. } => {
                blob.status = Status::Aborting;
                blob.delete_some();
            }
            _ => blob.delete_some(),
        }
        let is_ending = matches!(blob.status, Status::Aborting | Status::Dead);
        if is_ending && blob.chunks.is_empty() {
            self.blobs.remove(&id);
        }
    }

    fn evaluate(&mut self, id: u64, point: u64, limit: Option<u32>) {
        let Some(blob) = self.blobs.get(&id) else {
            return;
        };
        let done = self.progress(id, point);
        let most = limit.unwrap_or(AT_ONCE).clamp(1, AT_ONCE);
        let next = (done..blob.count()).take(most as usize);
        let there = next.take_while(|index| blob.chunks.contains_key(index));
        self.evaluated
            .insert((id, point), done + there.count() as u32);
    }
}
