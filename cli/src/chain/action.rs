//! One transaction, and what is said of it.

use std::fmt;

use assay_client::Message;
use assay_client::sender::Used;
use cosmwasm_std::Coin;
use serde::Serialize;

use super::deployment::{Deployed, Deployment};
use super::payment::paid;
use super::sent::Sent;
use super::{Session, SignerArgs};
use crate::Error;
use crate::output::Report;
use crate::progress::Progress;

/// What was done.
#[derive(Debug, Serialize)]
pub struct Done {
    action: String,
    #[serde(flatten)]
    sent: Sent,
    #[serde(skip)]
    _used: Used,
}

/// Sends one message to the contract that `choose` names, with funds. `action` says what it
/// does.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn act(
    signer: &SignerArgs,
    action: String,
    choose: impl FnOnce(Deployment) -> Deployed,
    message: &impl Serialize,
    funds: &[Coin],
    progress: Progress,
) -> Result<Done, Error> {
    let session = Session::sign(signer)?;
    let contract = choose(session.deployment()?);
    let message = paid(&contract.address, message, funds)?;
    send(&session, action, &[message], progress)
}

/// Sends these messages in one transaction. `action` says what they do.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn send(
    session: &Session,
    action: String,
    messages: &[Message],
    progress: Progress,
) -> Result<Done, Error> {
    let _step = progress.step(format!("sending: {action}"));
    let sender = session.sender()?;
    let executed = session.send(&sender, messages)?;
    Ok(Done {
        action,
        sent: Sent::from(&executed),
        _used: sender.into_used(),
    })
}

/// As [`send`], for what can be undone and done again: what an earlier run did counts only if
/// it `still_holds`.
///
/// # Errors
/// As [`send`].
pub fn establish(
    session: &Session,
    action: String,
    contract: &str,
    messages: &[Message],
    still_holds: impl FnOnce() -> Result<bool, Error>,
    progress: Progress,
) -> Result<Done, Error> {
    let _step = progress.step(format!("sending: {action}"));
    let sender = session.sender()?;
    let executed = session.send_anew(&sender, contract, &action, messages, |_| still_holds())?;
    Ok(Done {
        action,
        sent: Sent::from(&executed),
        _used: sender.into_used(),
    })
}

impl Report for Done {}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.action)?;
        write!(f, "{}", self.sent)
    }
}
