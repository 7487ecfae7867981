//! What refuses messages to the store.

use super::{Blob, CHUNK, CHUNKS, Message, Status, Store};
use crate::money::{Payment, Who, address};
use crate::refusal::{Refusal, Refusals, Verdict};
use crate::time::Moment;

impl Store {
    fn get(&self, blob: u64) -> Verdict<&Blob> {
        self.blobs.get(&blob).ok_or(Refusal::UnknownBlob.into())
    }

    /// The upload to which a sender may add.
    fn upload(&self, id: u64, sender: Who) -> Verdict<&Blob> {
        let blob = self.get(id)?;
        let mut no = Refusals::default();
        no.when(blob.uploader != sender, Refusal::NotUploader);
        no.when(blob.status == Status::Aborting, Refusal::Aborting);
        no.when(blob.status == Status::Finalised, Refusal::Finalised);
        no.when(blob.status == Status::Dead, Refusal::Dead);
        no.verdict_of(Some(blob))
    }

    /// The blob that is complete and kept.
    fn kept(&self, id: u64) -> Verdict<&Blob> {
        let blob = self.get(id)?;
        match blob.status {
            Status::Uploading => Err(Refusal::NotFinalised.into()),
            Status::Aborting => Err(Refusal::Aborting.into()),
            Status::Dead => Err(Refusal::Dead.into()),
            Status::Finalised => Ok(blob),
        }
    }

    /// Refused unless exactly the deposit of so many chunks came.
    fn deposited(&self, payment: &Payment, chunks: u32) -> Verdict<()> {
        match &self.keeping.deposit {
            Some(deposit) => payment.is([deposit.times(chunks.into())]),
            None if payment.coins.is_empty() => Ok(()),
            None => Err(Refusal::TakesNoFunds.into()),
        }
    }

    pub(super) fn check(&self, now: Moment, payment: &Payment, message: &Message) -> Verdict<()> {
        let mut no = Refusals::default();
        let sender = payment.payer;
        match *message {
            Message::Begin { length, holder, .. } => {
                no.when(length == 0 || length > CHUNK * CHUNKS, Refusal::BlobLength);
                no.take(address(holder, sender));
                no.take(self.deposited(payment, length.div_ceil(CHUNK)));
            }
            Message::PutChunk {
                blob,
                index,
                length,
                ..
            } => {
                let upload = self.upload(blob, sender)?;
                let expected = upload.chunk_length(index);
                no.when(expected.is_none(), Refusal::NoSuchChunk);
                no.when(expected.is_some_and(|e| e != length), Refusal::ChunkLength);
                no.when(upload.chunks.contains_key(&index), Refusal::ChunkStored);
            }
            Message::Finalise { blob } => {
                let upload = self.upload(blob, sender)?;
                let is_whole = upload.chunks.len() as u32 == upload.count();
                no.when(!is_whole, Refusal::Incomplete);
            }
            Message::Abort { blob } => {
                let blob = self.get(blob)?;
                let is_theirs = blob.uploader == sender;
                let is_abandoned = now.is_past(&self.deadline(blob));
                no.when(blob.status == Status::Finalised, Refusal::Finalised);
                no.when(blob.status == Status::Dead, Refusal::Dead);
                no.when(!is_theirs && !is_abandoned, Refusal::TooEarly);
            }
            Message::Pin { blob, holder } => {
                let blob = self.kept(blob)?;
                let holder = no.take(address(holder, sender));
                let is_pinned = holder.is_some_and(|h| blob.pins.contains_key(&h));
                no.when(is_pinned, Refusal::PinnedAlready);
                no.take(self.deposited(payment, blob.count()));
            }
            Message::Release { blob } => match self.kept(blob)?.pins.get(&sender) {
                None => no.when(true, Refusal::NotPinned),
                Some(until) => no.when(!now.is_past(until), Refusal::TooEarly),
            },
            Message::Sweep { blob } => {
                no.when(self.get(blob)?.status != Status::Dead, Refusal::NotDead);
            }
            Message::Evaluate { blob, point, .. } => {
                let found = self.get(blob)?;
                let done = self.progress(blob, point);
                no.when(found.status == Status::Aborting, Refusal::Aborting);
                no.when(found.status == Status::Dead, Refusal::Dead);
                let is_next = done == found.count() || found.chunks.contains_key(&done);
                no.when(!is_next, Refusal::ChunkMissing);
            }
            Message::RegisterModel { is_schema, .. } => no.when(!is_schema, Refusal::SchemaText),
        }
        no.verdict()
    }
}
