//! The model store: uploads, blobs, pins and their deposits. *Whoever frees the chain's storage
//! gets the deposit.*

use std::collections::BTreeMap;

use crate::message::Name;
use crate::money::{Amount, Coin, Payment, Who};
use crate::proof::{Hash, Parameters};
use crate::refusal::{Refusal, Refusals, Verdict};
use crate::time::{Moment, Window};

mod apply;
mod check;

/// Bytes in every chunk but the last.
pub const CHUNK: u32 = 30_720;
/// The most chunks of a blob.
const CHUNKS: u32 = 1_024;
/// The most chunks that a message deletes or evaluates.
const AT_ONCE: u32 = 64;

/// How blobs are kept, fixed for ever.
#[derive(Clone, Debug)]
pub struct Keeping {
    /// What is deposited for each chunk.
    pub deposit: Option<Coin>,
    /// How long an upload may go without progress.
    pub upload_window: Window,
    /// How long a pin can't be released.
    pub hold: Window,
}

/// How far a blob is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Chunks are put.
    Uploading,
    /// It is being deleted, before it was complete.
    Aborting,
    /// Complete, and pinned.
    Finalised,
    /// Pinned no more, and being deleted.
    Dead,
}

/// A blob, until the last chunk of it is deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct Blob {
    /// Who uploads it.
    pub uploader: Who,
    /// Who gets the first pin.
    pub holder: Who,
    /// Its length in bytes.
    pub length: u32,
    /// How it is named.
    pub hash: Hash,
    /// How far it is.
    pub status: Status,
    /// The chunks that are there: of which byte each consists.
    pub chunks: BTreeMap<u32, u8>,
    /// When it last made progress.
    pub progress: Moment,
    /// Who pins it, and from when on each can release it.
    pub pins: BTreeMap<Who, Moment>,
}

/// What may be sent.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "as the contract's messages")]
pub enum Message {
    Begin {
        length: u32,
        hash: Hash,
        holder: Option<Name>,
    },
    PutChunk {
        blob: u64,
        index: u32,
        byte: u8,
        length: u32,
    },
    Finalise {
        blob: u64,
    },
    Abort {
        blob: u64,
    },
    Pin {
        blob: u64,
        holder: Option<Name>,
    },
    Release {
        blob: u64,
    },
    Sweep {
        blob: u64,
    },
    Evaluate {
        blob: u64,
        point: u64,
        limit: Option<u32>,
    },
    RegisterModel {
        commitment: u64,
        is_schema: bool,
    },
}

impl Message {
    /// Whether it pays out.
    pub fn pays_at_once(&self) -> bool {
        matches!(
            self,
            Self::Abort { .. } | Self::Release { .. } | Self::Sweep { .. }
        )
    }
}

/// The store.
#[derive(Clone, Debug)]
pub struct Store {
    /// How blobs are kept.
    pub keeping: Keeping,
    /// The blobs that there are.
    pub blobs: BTreeMap<u64, Blob>,
    /// How many there have been.
    pub last: u64,
    /// The blobs that are known by their names.
    pub named: BTreeMap<Parameters, u64>,
    /// How far evaluations have come, by blob and point.
    pub evaluated: BTreeMap<(u64, u64), u32>,
    /// Hidden models, from id 1: their commitments and owners.
    pub models: Vec<(u64, Who)>,
}

impl Blob {
    /// The number of its chunks.
    pub fn count(&self) -> u32 {
        self.length.div_ceil(CHUNK)
    }

    /// Bytes of a chunk, if there is such a chunk.
    pub fn chunk_length(&self, index: u32) -> Option<u32> {
        let last = self.count() - 1;
        match index {
            index if index < last => Some(CHUNK),
            index if index == last => Some(self.length - last * CHUNK),
            _ => None,
        }
    }

    /// For how many chunks deposits are held.
    pub fn deposits(&self) -> u64 {
        match self.status {
            Status::Uploading => self.count().into(),
            Status::Finalised => u64::from(self.count()) * self.pins.len() as u64,
            Status::Aborting | Status::Dead => self.chunks.len() as u64,
        }
    }

    /// What names it, once it is complete.
    pub fn parameters(&self) -> Option<Parameters> {
        (self.status == Status::Finalised).then(|| Parameters {
            hash: self.hash,
            length: self.length,
            chunks: self.chunks.values().copied().collect(),
        })
    }

    fn delete_some(&mut self) {
        for _ in 0..AT_ONCE {
            self.chunks.pop_first();
        }
    }
}

impl Store {
    /// A store without blobs.
    pub fn new(keeping: Keeping) -> Self {
        Self {
            keeping,
            blobs: BTreeMap::new(),
            last: 0,
            named: BTreeMap::new(),
            evaluated: BTreeMap::new(),
            models: Vec::new(),
        }
    }

    /// From when on anyone can abort an upload.
    pub fn deadline(&self, blob: &Blob) -> Moment {
        blob.progress.after(&self.keeping.upload_window)
    }

    /// What names a complete blob that is hashed so.
    pub fn parameters(&self, blob: u64, hash: Hash) -> Option<Parameters> {
        let parameters = self.blobs.get(&blob)?.parameters();
        parameters.filter(|parameters| parameters.hash == hash)
    }

    /// Whether somebody pins a blob.
    pub fn is_pinned(&self, blob: u64, holder: Who) -> bool {
        let blob = self.blobs.get(&blob);
        blob.is_some_and(|blob| blob.pins.contains_key(&holder))
    }

    /// What the store owes in deposits.
    pub fn owed(&self) -> Option<Coin> {
        let chunks = self.blobs.values().map(Blob::deposits).sum();
        Some(self.keeping.deposit.as_ref()?.times(chunks))
    }

    /// Executes a message; returns what is paid to the sender.
    ///
    /// # Errors
    /// Every reason to refuse it; nothing is changed then.
    pub fn execute(
        &mut self,
        now: Moment,
        payment: &Payment,
        message: &Message,
    ) -> Verdict<Option<Coin>> {
        let mut no = Refusals::default();
        let takes_funds = matches!(message, Message::Begin { .. } | Message::Pin { .. });
        no.when(
            !takes_funds && !payment.coins.is_empty(),
            Refusal::TakesNoFunds,
        );
        no.take(self.check(now, payment, message));
        no.verdict()?;
        let held = self.owed();
        self.apply(now, payment.payer, message);
        if takes_funds {
            return Ok(None);
        }
        let freed = held.zip(self.owed()).map(|(before, after)| {
            let amount = if before.amount > after.amount {
                before.amount - after.amount
            } else {
                Amount::ZERO
            };
            Coin::new(amount, before.denom)
        });
        Ok(freed.filter(|coin| !coin.is_zero()))
    }

    /// How many chunks of a blob are evaluated at a point.
    pub fn progress(&self, blob: u64, point: u64) -> u32 {
        self.evaluated.get(&(blob, point)).copied().unwrap_or(0)
    }
}
