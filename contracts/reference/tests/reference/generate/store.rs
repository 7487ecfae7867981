//! Messages about blobs.

use assay_reference::Model;
use assay_reference::message::{self, Name, Step};
use assay_reference::money::{Coin, Who};
use assay_reference::proof::Hash;
use assay_reference::store::{Blob, CHUNK, Message, Status};

use super::{Generator, plain};
use crate::accounts::CONTRACTS;

/// A message's kind.
#[derive(Clone, Copy)]
enum Kind {
    Begin,
    GoOn,
    Abort,
    Pin,
    Release,
    Sweep,
    Evaluate,
    Model,
}

impl Generator {
    pub(super) fn about_blobs(&mut self, model: &Model) -> Step {
        let kind = self.dice.weighted(&[
            (14, Kind::Begin),
            (35, Kind::GoOn),
            (8, Kind::Abort),
            (14, Kind::Pin),
            (14, Kind::Release),
            (6, Kind::Sweep),
            (5, Kind::Evaluate),
            (3, Kind::Model),
        ]);
        if let Some((&id, blob)) = model.store.blobs.iter().find(|(_, blob)| blob.count() > 64)
            && self.dice.chance(20)
        {
            return self.go_on_with_long(model, id, blob);
        }
        let is_any = self.dice.chance(8);
        let blobs = model.store.blobs.iter();
        let fits = |blob: &Blob| match kind {
            Kind::GoOn | Kind::Abort => matches!(blob.status, Status::Uploading | Status::Aborting),
            Kind::Pin | Kind::Release => blob.status == Status::Finalised,
            Kind::Sweep => blob.status == Status::Dead,
            Kind::Evaluate => blob.hash == Hash::Sha256 && blob.count() > 1,
            Kind::Begin | Kind::Model => false,
        };
        let blobs = blobs.filter(|(_, blob)| is_any || fits(blob));
        let ids: Vec<u64> = blobs.map(|(&id, _)| id).collect();
        let id = match self.dice.pick(&ids) {
            Some(&id) => id,
            None if self.dice.chance(15) => model.store.last + 1,
            None => return self.begin(model, None),
        };
        let blob = model.store.blobs.get(&id);
        match (kind, blob) {
            (Kind::Begin | Kind::Model, _) if self.dice.chance(70) => self.begin(model, None),
            (Kind::Begin | Kind::Model, _) => self.register_model(),
            (Kind::GoOn, Some(blob)) => self.go_on(id, blob),
            (Kind::Pin, Some(blob)) => self.pin(model, id, blob, None),
            (Kind::Release, Some(blob)) => self.release(model, id, blob),
            (Kind::Abort, Some(blob)) => {
                let sender = if self.dice.chance(50) {
                    blob.uploader
                } else {
                    self.person()
                };
                self.unpaid(sender, message::Message::Store(Message::Abort { blob: id }))
            }
            (Kind::Evaluate, _) => {
                let limit = self.dice.chance(50).then(|| self.dice.below(3) as u32);
                let (blob, point) = (id, 1 + self.dice.below(2));
                let sender = self.person();
                let message = Message::Evaluate { blob, point, limit };
                self.unpaid(sender, message::Message::Store(message))
            }
            _ => {
                let sender = self.person();
                self.unpaid(sender, message::Message::Store(Message::Sweep { blob: id }))
            }
        }
    }

    /// A blob that isn't deleted by one message.
    fn go_on_with_long(&mut self, model: &Model, id: u64, blob: &Blob) -> Step {
        match blob.status {
            Status::Uploading if self.dice.chance(80) => self.go_on(id, blob),
            Status::Finalised => self.release(model, id, blob),
            Status::Dead => {
                let sender = self.person();
                self.unpaid(sender, message::Message::Store(Message::Sweep { blob: id }))
            }
            Status::Uploading | Status::Aborting => {
                let sender = blob.uploader;
                self.unpaid(sender, message::Message::Store(Message::Abort { blob: id }))
            }
        }
    }

    fn register_model(&mut self) -> Step {
        let message = Message::RegisterModel {
            commitment: self.dice.below(1_000),
            is_schema: self.dice.chance(90),
        };
        let sender = self.person();
        self.unpaid(sender, message::Message::Store(message))
    }

    /// The deposit of so many chunks.
    fn deposit_of(model: &Model, chunks: u32) -> Vec<Coin> {
        let deposit = model.store.keeping.deposit.as_ref();
        deposit
            .map(|d| d.times(chunks.into()))
            .into_iter()
            .collect()
    }

    /// Begins an upload, for somebody who is to pin it, and mostly ends it as well.
    fn begin(&mut self, model: &Model, wanted: Option<(Who, Hash)>) -> Step {
        let sender = self.person();
        let hash = match self.dice.chance(50) {
            true => Hash::Poseidon,
            false => Hash::Sha256,
        };
        let hash = wanted.map_or(hash, |(_, hash)| hash);
        let long = 2 * CHUNK + 7;
        let lengths = [(60, 6), (10, 9), (1, 0), (1, CHUNK * 1_024 + 1), (6, long)];
        let mut length = self.dice.weighted(&lengths);
        if wanted.is_some() || length == long && hash == Hash::Poseidon {
            length = 6;
        }
        if hash == Hash::Sha256 && wanted.is_none() && self.dice.below(25) == 0 {
            length = 70 * CHUNK - 1;
        }
        let holder = match wanted {
            Some((who, _)) => Some(Name::Of(who)),
            None => self.holder(),
        };
        let begin = Message::Begin {
            length,
            hash,
            holder,
        };
        let coins = Self::deposit_of(model, length.div_ceil(CHUNK));
        if wanted.is_some() || length < 2 * CHUNK && self.dice.chance(60) {
            let blob = model.store.last + 1;
            let byte = self.dice.below(4) as u8;
            let put = Message::PutChunk {
                blob,
                index: 0,
                byte,
                length,
            };
            for message in [put, Message::Finalise { blob }] {
                let step = plain(sender, vec![], message::Message::Store(message));
                self.urgent.push_back(step);
            }
        }
        self.paid(model, sender, coins, message::Message::Store(begin))
    }

    /// Contracts can't release a pin, so none is given one.
    fn holder(&mut self) -> Option<Name> {
        match self.dice.below(20) {
            0 => Some(Name::Nonsense),
            1..10 => Some(Name::Of(self.person())),
            _ => None,
        }
    }

    /// The next chunks, or the end.
    fn go_on(&mut self, id: u64, blob: &Blob) -> Step {
        let mut sender = blob.uploader;
        if self.dice.chance(4) {
            sender = self.person();
        }
        let missing = (0..blob.count()).filter(|index| !blob.chunks.contains_key(index));
        let mut missing: Vec<u32> = missing.collect();
        if missing.is_empty() || self.dice.chance(3) {
            let finalise = Message::Finalise { blob: id };
            return self.unpaid(sender, message::Message::Store(finalise));
        }
        let there: Vec<u32> = blob.chunks.keys().copied().collect();
        if let Some(&stored) = self.dice.pick(&there).filter(|_| self.dice.chance(10)) {
            missing = vec![stored];
        } else if self.dice.chance(5) {
            missing = vec![self.dice.below(u64::from(blob.count()) + 1) as u32];
        }
        let wrong = u32::from(self.dice.chance(3));
        let byte = self.dice.below(4) as u8;
        let puts = missing.into_iter().map(|index| {
            let put = Message::PutChunk {
                blob: id,
                index,
                byte,
                length: blob.chunk_length(index).unwrap_or(5) + wrong,
            };
            plain(sender, vec![], message::Message::Store(put))
        });
        let mut puts: Vec<Step> = puts.collect();
        let rest = puts.split_off(1);
        // Of a long upload now and then all but the last are put.
        let keep = rest.len().saturating_sub(usize::from(self.dice.chance(40)));
        self.urgent.extend(rest.into_iter().take(keep));
        puts.remove(0)
    }

    fn pin(&mut self, model: &Model, id: u64, blob: &Blob, holder: Option<Who>) -> Step {
        let sender = self.person();
        let holder = match holder {
            Some(holder) => Some(Name::Of(holder)),
            None => self.holder(),
        };
        let pin = Message::Pin { blob: id, holder };
        let coins = Self::deposit_of(model, blob.count());
        self.paid(model, sender, coins, message::Message::Store(pin))
    }

    fn release(&mut self, model: &Model, id: u64, blob: &Blob) -> Step {
        let now = model.world.now;
        let is_due = self.dice.chance(80);
        let holders = blob.pins.iter();
        let holders = holders.filter(|(_, until)| !is_due || now.is_past(until));
        let holders: Vec<Who> = holders.map(|(&who, _)| who).collect();
        let sender = match self.dice.pick(&holders) {
            Some(&who) => who,
            None => self.person(),
        };
        self.unpaid(
            sender,
            message::Message::Store(Message::Release { blob: id }),
        )
    }

    /// What a requester lacks to be delivered something: a pin, or a blob.
    pub(super) fn blob_for(&mut self, model: &Model, holder: Who, hash: Option<Hash>) -> Step {
        let Some(hash) = hash else {
            return self.begin(model, None);
        };
        if holder == CONTRACTS.predictions || holder.0 > 11 {
            return self.begin(model, None);
        }
        let blobs = model.store.blobs.iter();
        let fitting = blobs.filter(|(_, blob)| {
            blob.status == Status::Finalised && blob.hash == hash && blob.count() == 1
        });
        let ids: Vec<u64> = fitting.map(|(&id, _)| id).collect();
        match self.dice.pick(&ids) {
            Some(&id) => self.pin(model, id, &model.store.blobs[&id], Some(holder)),
            None => self.begin(model, Some((holder, hash))),
        }
    }
}
