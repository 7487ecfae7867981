//! What commands on one slot share.

use std::fmt;

use assay_client::sender::Used;
use assay_client::{Executed, Message, Sender};
use assay_protocol::id::JobId;
use assay_protocol::messages::jobs::{
    ExecuteMsg, JobResponse, QueryMsg, Slot, SlotId, SlotState, Terms,
};
use cosmwasm_std::Coin;
use serde::Serialize;

use crate::Error;
use crate::chain::payment::{paid, transfer_reserve};
use crate::chain::sent::Sent;
use crate::chain::{Session, SignerArgs};
use crate::output::Report;
use crate::progress::Progress;

/// A slot of a job.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct SlotArgs {
    /// The job
    #[arg(value_name = "JOB")]
    pub job: u64,
    /// The slot, where the job has several
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub slot: u32,
}

impl SlotArgs {
    /// As messages name it.
    pub fn id(self) -> SlotId {
        SlotId {
            job: JobId(self.job),
            slot: self.slot,
        }
    }
}

/// What was done to a slot.
#[derive(Debug, Serialize)]
pub struct Done {
    action: &'static str,
    job: u64,
    slot: u32,
    state: &'static str,
    #[serde(flatten)]
    sent: Sent,
    #[serde(skip)]
    _used: Used,
}

/// Sends one message about a slot, with funds, and says how the slot stands then.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn act(
    signer: &SignerArgs,
    slot: SlotArgs,
    action: &'static str,
    message: impl FnOnce(SlotId) -> ExecuteMsg,
    progress: Progress,
) -> Result<Done, Error> {
    act_paid(signer, slot, action, message, &[], progress)
}

/// As [`act`], with funds.
///
/// # Errors
/// As [`act`].
pub fn act_paid(
    signer: &SignerArgs,
    slot: SlotArgs,
    action: &'static str,
    message: impl FnOnce(SlotId) -> ExecuteMsg,
    funds: &[Coin],
    progress: Progress,
) -> Result<Done, Error> {
    let session = Session::sign(signer)?;
    let contract = session.deployment()?.jobs.address;
    let _step = progress.step(format!("sending: {action}"));
    let (job, _) = load(&session, slot)?;
    let reserve = reserve(&job.terms);
    let message = paid(&contract, &message(slot.id()), funds)?.with_reserve(reserve);
    finish(&session, slot, action, &[message])
}

/// Sends these messages and says how the slot stands then.
///
/// # Errors
/// As [`act`].
pub fn finish(
    session: &Session,
    slot: SlotArgs,
    action: &'static str,
    messages: &[Message],
) -> Result<Done, Error> {
    let sender = session.sender()?;
    let executed = session.send(&sender, messages)?;
    done(session, slot, action, &executed, sender)
}

/// As [`finish`]; `name` says what the messages do at `contract`, where they differ each time.
///
/// # Errors
/// As [`act`].
pub fn finish_as(
    session: &Session,
    slot: SlotArgs,
    action: &'static str,
    contract: &str,
    name: &str,
    messages: &[Message],
) -> Result<Done, Error> {
    let sender = session.sender()?;
    let executed = session.send_as(&sender, contract, name, messages)?;
    done(session, slot, action, &executed, sender)
}

fn done(
    session: &Session,
    slot: SlotArgs,
    action: &'static str,
    executed: &Executed,
    sender: Sender<'_>,
) -> Result<Done, Error> {
    let (_, found) = load(session, slot)?;
    Ok(Done {
        action,
        job: slot.job,
        slot: slot.slot,
        state: state_name(&found.state),
        sent: Sent::from(executed),
        _used: sender.into_used(),
    })
}

/// A job and one of its slots.
///
/// # Errors
/// [`Error`] if there is none.
pub fn load(session: &Session, slot: SlotArgs) -> Result<(JobResponse, Slot), Error> {
    let job = JobId(slot.job);
    let response: JobResponse = session.ask(&session.deployment()?.jobs, &QueryMsg::Job { job })?;
    let found = response.slots.get(slot.slot as usize).cloned();
    let found = found.ok_or_else(|| {
        let slots = response.slots.len();
        Error::Mismatch(format!(
            "job {job} has {slots} slots, from 0: there is none {}",
            slot.slot
        ))
    })?;
    Ok((response, found))
}

/// Gas for the transfers of tokens that may come of a message about a slot of this job.
pub fn reserve(terms: &Terms) -> u64 {
    let coins = [Some(&terms.reward), Some(&terms.bond), terms.price.as_ref()];
    // The reward's royalty is a transfer of its own.
    let royalty = (terms.royalty_bps > 0).then_some(&terms.reward);
    transfer_reserve(coins.into_iter().flatten().chain(royalty))
}

/// A state's name.
pub fn state_name(state: &SlotState) -> &'static str {
    match state {
        SlotState::Open {} => "open",
        SlotState::Accepted { .. } => "accepted",
        SlotState::Started { .. } => "started",
        SlotState::Paid { .. } => "paid",
        SlotState::Cancelled {} => "cancelled",
        SlotState::Refunded { .. } => "refunded",
    }
}

impl Report for Done {}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            action,
            job,
            slot,
            state,
            ..
        } = self;
        writeln!(f, "{action}: slot {slot} of job {job} is {state}")?;
        write!(f, "{}", self.sent)
    }
}
