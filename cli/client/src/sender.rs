//! Transactions that are executed once or not at all.
//!
//! A signed transaction carries a sequence, which the chain takes once, and a height after
//! which it can't be executed. It is recorded before it is sent. From then on only two things
//! end the wait for it: it is found in a block, or it can't come into one any more. Another is
//! signed in its place only in the second case.

use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use tendermint_rpc::endpoint::broadcast::tx_sync;
use tokio::sync::Mutex;

use crate::chain::{AccountState, Found, Index};
use crate::executed::Executed;
use crate::journal::{Intent, Lock};
use crate::reason::{expected_sequence, node_panicked, reason};
use crate::rpc::Failure;
use crate::signing::{Draft, Signed, TIMEOUT_BLOCKS};
use crate::{Account, Chain, Error, Journal, Message};

/// How often a transaction that ran out of time is signed again.
const ATTEMPTS: u32 = 5;

/// How often a node's word is taken that the sequence is another than the one that was signed.
/// One that lies may have kept what it refused.
const CORRECTIONS: u32 = 3;

/// The pause between two looks for a transaction.
const POLL: Duration = Duration::from_millis(200);

/// A transaction that isn't in a block by then is sent again: nodes that restart forget it.
const REPEAT: Duration = Duration::from_secs(4);

/// The SDK's error codes that this file knows, of codespace "sdk".
mod code {
    pub const WRONG_SEQUENCE: u32 = 32;
    pub const IN_MEMPOOL_CACHE: u32 = 19;
    pub const MEMPOOL_IS_FULL: u32 = 20;
    pub const TIMEOUT_HEIGHT: u32 = 30;
}

/// Sends an account's transactions.
#[derive(Debug)]
pub struct Sender<'a> {
    chain: &'a Chain,
    account: &'a Account,
    journal: Journal,
    /// The sequence after the last that a node took, until the chain has it.
    next: Mutex<Option<u64>>,
    /// What was executed and not yet used.
    settled: std::sync::Mutex<Vec<(Intent, Lock)>>,
    /// Gas of all that was executed.
    gas_used: AtomicU64,
}

/// Transactions whose results are about to be used. Dropping it forgets them.
#[derive(Debug)]
pub struct Used {
    journal: Journal,
    intents: Vec<(Intent, Lock)>,
}

impl Drop for Used {
    fn drop(&mut self) {
        for (intent, _claim) in &self.intents {
            // One that stays is found by the next run of the same command, and said to be
            // from an earlier one.
            self.journal.forget(intent).ok();
        }
    }
}

/// What a node said of a transaction that it was sent.
enum Taken {
    /// It is in the node's mempool, or was.
    Yes,
    /// Not now: the mempool is full, or the node has just started.
    Full(String),
    /// The node says something else, and may have it.
    Perhaps(String),
    /// The account's next sequence is another.
    Sequence { expected: u64, log: String },
    /// Its timeout height has passed.
    TooLate,
    /// Never, by this node.
    No(String),
}

/// How waiting for a transaction ends.
enum End {
    Executed(Executed),
    Failed(String),
    /// It wasn't executed and never will be.
    Never,
}

impl<'a> Sender<'a> {
    /// A sender that remembers in `journal`.
    pub fn new(chain: &'a Chain, account: &'a Account, journal: Journal) -> Self {
        Self {
            chain,
            account,
            journal,
            next: Mutex::new(None),
            settled: std::sync::Mutex::new(Vec::new()),
            gas_used: AtomicU64::new(0),
        }
    }

    /// Gas of all that was executed.
    pub fn gas_used(&self) -> u64 {
        self.gas_used.load(Ordering::Relaxed)
    }

    /// Sends one transaction with these messages and waits until it is in a block. If an
    /// earlier run sent it and didn't use its result, that is the result.
    ///
    /// # Errors
    /// [`Error::Refused`] with the contract's or the chain's reason; nothing has changed then.
    /// [`Error::Unknown`] if it can't be told: the same call tells it later.
    pub async fn send(&self, messages: &[Message]) -> Result<Executed, Error> {
        self.send_intent(Intent::of(messages), messages).await
    }

    /// As [`send`](Self::send), for messages that differ each time, with a fresh proof say:
    /// `name` says what they do.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn send_as(&self, name: &str, messages: &[Message]) -> Result<Executed, Error> {
        self.send_intent(Intent::named(name), messages).await
    }

    async fn send_intent(&self, intent: Intent, messages: &[Message]) -> Result<Executed, Error> {
        // The same command at another terminal waits, and then sends once more; only what a
        // process has left behind is taken over.
        let claim = self.journal.claim(&intent).await?;
        if let Some(earlier) = self.journal.find(&intent)? {
            match self.wait(&earlier, true).await? {
                End::Executed(executed) => {
                    let earlier = true;
                    return Ok(self.used(
                        intent,
                        claim,
                        Executed {
                            earlier,
                            ..executed
                        },
                    ));
                }
                End::Failed(_) | End::Never => self.journal.forget(&intent)?,
            }
        }
        for _ in 0..ATTEMPTS {
            let signed = self.hand_in(&intent, messages).await?;
            match self.wait(&signed, false).await? {
                End::Executed(executed) => return Ok(self.used(intent, claim, executed)),
                End::Failed(reason) => {
                    self.journal.forget(&intent)?;
                    return Err(Error::Refused { reason });
                }
                End::Never => {
                    *self.next.lock().await = None;
                    self.journal.forget(&intent)?;
                }
            }
        }
        Err(Error::NotIncluded { attempts: ATTEMPTS })
    }

    /// Forgets what was sent under this name: its result is of no use any more.
    ///
    /// # Errors
    /// [`Error::Journal`].
    pub fn forget(&self, name: &str) -> Result<(), Error> {
        let intent = Intent::named(name);
        self.journal.forget(&intent)?;
        // Only now may another process with the same command go on.
        self.settled
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|(settled, _)| *settled != intent);
        Ok(())
    }

    /// What was sent, to be dropped once its results have been used: only then it is
    /// forgotten. What a command that fails has done so far is found by its next run.
    pub fn into_used(self) -> Used {
        Used {
            intents: self
                .settled
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner),
            journal: self.journal,
        }
    }

    fn used(&self, intent: Intent, claim: Lock, executed: Executed) -> Executed {
        self.chain.expect_height(executed.height);
        self.gas_used
            .fetch_add(executed.gas_used, Ordering::Relaxed);
        self.settled
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((intent, claim));
        executed
    }

    /// Signs, records and hands in, until a node takes it or may have taken it. One at a time
    /// for this account, in this process and in others: each waits for its place in the
    /// sequence.
    async fn hand_in(&self, intent: &Intent, messages: &[Message]) -> Result<Signed, Error> {
        let mut next = self.next.lock().await;
        let _lock = self.journal.lock().await?;
        let mut draft = self.draft(messages, *next).await?;
        let reserve: u64 = messages.iter().map(Message::reserve).sum();
        let gas = self.gas(&mut draft).await?.saturating_add(reserve);
        let max = self.chain.network().max_gas;
        if gas > max {
            return Err(Error::TooMuchGas { gas, max });
        }
        let begun = Instant::now();
        let mut signed = draft.sign(self.chain, gas)?;
        self.journal.record(intent, &signed)?;
        // Whether a node may have what was signed. From then on nothing else is signed.
        let mut is_out = false;
        let mut corrections = 0;
        loop {
            match self.broadcast(&signed).await {
                Ok(Taken::Yes) => {
                    *next = Some(signed.sequence + 1);
                    return Ok(signed);
                }
                Ok(Taken::No(reason)) if !is_out => {
                    self.journal.forget(intent)?;
                    *next = None;
                    return Err(Error::Refused { reason });
                }
                // Behind what was signed, a node may just not have seen yet what comes before.
                Ok(Taken::Sequence { expected, .. })
                    if !is_out
                        && corrections < CORRECTIONS
                        && (expected > signed.sequence || begun.elapsed() > REPEAT) =>
                {
                    corrections += 1;
                    draft.state.sequence = expected;
                    signed = draft.sign(self.chain, gas)?;
                    self.journal.record(intent, &signed)?;
                }
                Ok(Taken::Full(log) | Taken::Sequence { log, .. })
                    if begun.elapsed() < self.chain.patience() =>
                {
                    tracing::debug!(%log, "not taken yet");
                    self.chain.next_endpoint();
                    tokio::time::sleep(POLL).await;
                }
                Ok(Taken::Perhaps(log)) if begun.elapsed() < self.chain.patience() => {
                    tracing::debug!(%log, "perhaps taken");
                    is_out = true;
                    self.chain.next_endpoint();
                    tokio::time::sleep(POLL).await;
                }
                // Waiting finds out what became of it.
                Ok(_) | Err(_) => return Ok(signed),
            }
        }
    }

    /// The gas that a draft needs. Simulations check the sequence too, and know only what is
    /// in blocks.
    async fn gas(&self, draft: &mut Draft<'_>) -> Result<u64, Error> {
        let refused = |error| match error {
            Error::Query(reason) => Error::Refused { reason },
            other => other,
        };
        let ahead = draft.state.sequence;
        let gas = match draft.gas(self.chain).await {
            Err(Error::Query(log)) if expected_sequence(&log).is_some() => {
                draft.state.sequence = expected_sequence(&log).unwrap_or_default();
                draft.gas(self.chain).await
            }
            gas => gas,
        };
        draft.state.sequence = draft.state.sequence.max(ahead);
        gas.map_err(refused)
    }

    async fn draft(&self, messages: &[Message], next: Option<u64>) -> Result<Draft<'a>, Error> {
        let state = self.chain.account(self.account.address()).await?;
        let sequence = next.unwrap_or(0).max(state.sequence);
        let sender = self.account.address();
        let messages = messages.iter().map(|message| message.to_any(sender));
        Ok(Draft {
            account: self.account,
            messages: messages.collect::<Result<_, _>>()?,
            state: AccountState { sequence, ..state },
            timeout_height: self.timeout_height().await?,
        })
    }

    async fn timeout_height(&self) -> Result<u64, Error> {
        Ok(self.chain.height().await? + TIMEOUT_BLOCKS)
    }

    /// Hands a transaction to the endpoint in use.
    async fn broadcast(&self, signed: &Signed) -> Result<Taken, Failure> {
        let request = tx_sync::Request::new(signed.bytes.clone());
        let response = match self.chain.current().ask(request).await {
            Ok(response) => response,
            Err(Failure::Said(said)) if said.contains("already exists in cache") => {
                return Ok(Taken::Yes);
            }
            Err(Failure::Said(said)) if said.contains("mempool is full") => {
                return Ok(Taken::Full(said));
            }
            Err(Failure::Said(said)) => return Ok(Taken::Perhaps(said)),
            Err(unreachable) => return Err(unreachable),
        };
        let log = reason(&response.log);
        Ok(match response.code.value() {
            0 | code::IN_MEMPOOL_CACHE => Taken::Yes,
            code::MEMPOOL_IS_FULL => Taken::Full(log),
            code::WRONG_SEQUENCE => match expected_sequence(&log) {
                Some(expected) => Taken::Sequence { expected, log },
                None => Taken::Perhaps(log),
            },
            code::TIMEOUT_HEIGHT => Taken::TooLate,
            _ if node_panicked(&log) => Taken::Full(log),
            _ => Taken::No(log),
        })
    }

    /// Waits until a transaction is in a block or can't come into one any more. `again` says
    /// to hand it in first, as whoever signed it may not have.
    async fn wait(&self, signed: &Signed, again: bool) -> Result<End, Error> {
        let hash = signed.hash();
        let unknown = |error: Error| Error::Unknown {
            hash: hash_text(signed),
            reason: error.to_string(),
        };
        let mut sent = match again {
            true => None,
            false => Some(Instant::now()),
        };
        let (mut height, mut progress) = (0, Instant::now());
        // The index follows a block a moment later.
        let is_past = |index: Index| index.height > signed.timeout_height + 2;
        loop {
            let index = match self.chain.find(hash).await.map_err(unknown)? {
                Found::Executed(executed) => return Ok(End::Executed(executed)),
                Found::Failed { reason, index } => match self.spent(signed, index).await? {
                    Some(height) => {
                        return self.in_blocks(signed, height, End::Failed(reason)).await;
                    }
                    None if is_past(index) => return Ok(End::Failed(reason)),
                    None => index,
                },
                Found::Not(index) if is_past(index) => {
                    return match self.spent(signed, index).await? {
                        Some(height) => self.in_blocks(signed, height, End::Never).await,
                        None => Ok(End::Never),
                    };
                }
                Found::Not(index) => index,
            };
            if index.height > height {
                height = index.height;
                progress = Instant::now();
            }
            if progress.elapsed() > self.chain.patience() {
                let reason = Error::Unreachable {
                    reason: format!("no block since height {height}"),
                };
                return Err(unknown(reason));
            }
            if sent.is_none_or(|at| at.elapsed() > REPEAT) {
                // What comes of it shows in a block; a node that says no may just lag.
                if self.broadcast(signed).await.is_err() {
                    self.chain.next_endpoint();
                }
                sent = Some(Instant::now());
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// The height by which the sequence of a transaction had been used, if it has: not below
    /// the newest block of `index`. If it hasn't by then, the transaction wasn't executed.
    async fn spent(&self, signed: &Signed, index: Index) -> Result<Option<u64>, Error> {
        self.chain.expect_height(index.height);
        let (state, height) = self.chain.account_at(self.account.address()).await?;
        Ok((state.sequence > signed.sequence).then_some(height))
    }

    /// How a transaction ended whose sequence has been used by `height`, by itself or by
    /// another. The blocks are read themselves: an index may lack what a block holds, and shows
    /// the last of several tries, which is not the one that was executed. `otherwise` if none
    /// of them holds it.
    async fn in_blocks(&self, signed: &Signed, height: u64, otherwise: End) -> Result<End, Error> {
        let heights = signed.signed_height() + 1..=height.min(signed.timeout_height);
        match self.chain.find_in_blocks(signed.hash(), heights).await {
            Ok(None) => Ok(otherwise),
            Ok(Some(Ok(executed))) => Ok(End::Executed(executed)),
            Ok(Some(Err(reason))) => Ok(End::Failed(reason)),
            Err(error) => Err(Error::Unknown {
                hash: hash_text(signed),
                reason: format!(
                    "its blocks can't be read ({error}): ask a node that has them, or remove its record in {} once you know what became of it",
                    self.journal.folder().display()
                ),
            }),
        }
    }
}

fn hash_text(signed: &Signed) -> String {
    Sha256::digest(&signed.bytes)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect()
}
