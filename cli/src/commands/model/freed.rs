//! What commands share that free the chain's storage.

use std::fmt;

use assay_client::sender::Used;
use assay_client::{Executed, Message};
use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::{BlobState, ExecuteMsg, MAX_ABORT_CHUNKS};
use cosmwasm_std::Coin;
use serde::Serialize;

use crate::Error;
use crate::chain::sent::Sent;
use crate::chain::{Session, upload};
use crate::output::Report;
use crate::progress::Progress;

/// Storage that was given up.
#[derive(Debug, Serialize)]
pub struct Freed {
    blob: BlobId,
    /// What the store paid for it, transfer by transfer.
    paid: Vec<Coin>,
    /// Whether the blob is gone.
    gone: bool,
    /// Chunks that wait to be deleted.
    left: u32,
    #[serde(flatten)]
    sent: Sent,
    #[serde(skip)]
    _used: Used,
}

/// How many messages delete so many chunks: one also where there are none.
pub fn calls(chunks: u32) -> u32 {
    chunks.div_ceil(MAX_ABORT_CHUNKS).max(1)
}

/// Sends these messages about a blob in one transaction; `name` says what they do. What an
/// earlier run sent counts only if it `still_holds`.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn free(
    session: &Session,
    blob: BlobId,
    name: &str,
    messages: &[ExecuteMsg],
    still_holds: impl FnOnce(&Executed) -> Result<bool, Error>,
    progress: Progress,
) -> Result<Freed, Error> {
    let store = session.deployment()?.model_store.address;
    let messages = messages
        .iter()
        .map(|msg| Message::execute(&store, msg, &[]));
    let messages = messages.collect::<Result<Vec<_>, _>>()?;
    let _step = progress.step(format!("sending: {name}"));
    let sender = session.sender()?;
    // Named, since an earlier run saw other chunks, or none any more.
    let name = format!("{name} blob {blob}");
    let executed = session.send_anew(&sender, &store, &name, &messages, still_holds)?;
    let found = upload::known(session, blob)?;
    Ok(Freed {
        blob,
        paid: paid(&executed, &store),
        gone: found.is_none(),
        left: found.map_or(0, |found| match found.state {
            BlobState::Aborting { .. } | BlobState::Dead {} => found.received,
            _ => 0,
        }),
        sent: Sent::from(&executed),
        _used: sender.into_used(),
    })
}

/// What the store says that it paid.
fn paid(executed: &Executed, store: &str) -> Vec<Coin> {
    let values = executed.every_of_contract(store, "paid");
    values.filter_map(|coin| coin.parse().ok()).collect()
}

impl Report for Freed {}

impl fmt::Display for Freed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { blob, left, .. } = self;
        match (self.gone, left) {
            (true, _) => writeln!(f, "blob {blob} is gone")?,
            (_, 0) => writeln!(f, "blob {blob} is kept by others")?,
            _ => writeln!(
                f,
                "blob {blob} has {left} chunks left, whose deposit is for who deletes them: run `assay model delete {blob}` now"
            )?,
        }
        let paid: Vec<String> = self.paid.iter().map(Coin::to_string).collect();
        if !paid.is_empty() {
            writeln!(f, "paid back: {}", paid.join(" + "))?;
        }
        write!(f, "{}", self.sent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_deletes_sixty_four_chunks() {
        let expected = [
            (0, 1),
            (1, 1),
            (64, 1),
            (65, 2),
            (128, 2),
            (129, 3),
            (1024, 16),
        ];
        for (chunks, messages) in expected {
            assert_eq!(calls(chunks), messages, "{chunks}");
        }
    }
}
