//! How every sequence ends: past all deadlines a stranger brings everything to its end, while
//! transfers are still blocked and tokens still misbehave. Then all that is owed is paid, and
//! nothing is left but strays.

use assay_reference::jobs::{self, State};
use assay_reference::message::{Message, Name, Step};
use assay_reference::money::Coin;
use assay_reference::money::{Amount, Denom, Who};
use assay_reference::predictions;
use assay_reference::store::{self, Status};
use assay_reference::world::Behaviour;

use crate::accounts::{ACCOUNTS, CONTRACTS, STRANGER};
use crate::generate::plain;
use crate::sequence::{HONEST_DENOMS, Sequence};

/// A step that is taken, or the sequence fails.
fn must(sequence: &mut Sequence, step: &Step) -> Result<(), String> {
    match sequence.step(step)? {
        true => Ok(()),
        false => Err(format!("no exit by {step:?}")),
    }
}

fn job(sender: Who, message: jobs::Message) -> Step {
    plain(sender, vec![], Message::Jobs(message))
}

fn prediction(sender: Who, message: predictions::Message) -> Step {
    plain(sender, vec![], Message::Predictions(message))
}

fn blob(sender: Who, message: store::Message) -> Step {
    plain(sender, vec![], Message::Store(message))
}

/// Ends a sequence.
///
/// # Errors
/// What doesn't end, or what the two sides don't agree on.
pub fn end(sequence: &mut Sequence) -> Result<(), String> {
    must(sequence, &past_all_deadlines(sequence))?;
    end_jobs(sequence)?;
    end_requests(sequence)?;
    free(sequence)?;
    end_blobs(sequence)?;
    pay_everybody(sequence)?;
    sequence.compare_all()?;
    sequence.check_supply()?;
    nothing_is_left(sequence)
}

/// Well past the latest deadline, however often it was moved.
fn past_all_deadlines(sequence: &Sequence) -> Step {
    let model = &sequence.model;
    let slots = model.jobs.slots();
    // A slot that is released has the deadline of an open one again.
    let slots = slots.flat_map(|(_, _, slot)| slot.deadline().into_iter().chain([slot.acceptance]));
    let requests = model.predictions.requests.values();
    let requests = requests.map(|request| request.deadline);
    let blobs = model.store.blobs.values();
    let blobs = blobs.map(|blob| model.store.deadline(blob));
    let pins = model
        .store
        .blobs
        .values()
        .flat_map(|blob| blob.pins.values().copied());
    let all: Vec<_> = slots.chain(requests).chain(blobs).chain(pins).collect();
    let now = model.world.now;
    let nanos = all
        .iter()
        .map(|at| at.nanos.saturating_sub(now.nanos))
        .max();
    let blocks = all
        .iter()
        .map(|at| at.height.saturating_sub(now.height))
        .max();
    Step::Advance {
        nanos: nanos.unwrap_or(0) as u64,
        blocks: blocks.unwrap_or(0) as u64,
    }
}

fn end_jobs(sequence: &mut Sequence) -> Result<(), String> {
    let slots: Vec<_> = sequence.model.jobs.slots().map(|(id, _, _)| id).collect();
    for id in slots {
        // A token that calls back may have ended it already.
        let state = |sequence: &Sequence| match sequence.model.jobs.slot(id) {
            Some((_, slot)) => slot.state.clone(),
            None => State::Cancelled,
        };
        if let State::Accepted { .. } = state(sequence) {
            must(sequence, &job(STRANGER, jobs::Message::Release(id)))?;
        }
        match state(sequence) {
            State::Open => must(sequence, &job(STRANGER, jobs::Message::Cancel(id)))?,
            State::Started { .. } => must(sequence, &job(STRANGER, jobs::Message::Expire(id)))?,
            // A token that calls back accepted it anew: its window begins now.
            State::Accepted { .. } => {
                calm(sequence)?;
                must(sequence, &past_all_deadlines(sequence))?;
                must(sequence, &job(STRANGER, jobs::Message::Release(id)))?;
                must(sequence, &job(STRANGER, jobs::Message::Cancel(id)))?;
            }
            State::Paid { .. } | State::Cancelled | State::Refunded { .. } => {}
        }
    }
    Ok(())
}

fn end_requests(sequence: &mut Sequence) -> Result<(), String> {
    let requests: Vec<u64> = sequence
        .model
        .predictions
        .requests
        .keys()
        .copied()
        .collect();
    for id in requests {
        let request = sequence.model.predictions.requests.get(&id);
        if request.is_some_and(|request| request.state == predictions::State::Open) {
            must(
                sequence,
                &prediction(STRANGER, predictions::Message::Reclaim(id)),
            )?;
        }
    }
    Ok(())
}

/// The evil token does nothing evil any more.
fn calm(sequence: &mut Sequence) -> Result<(), String> {
    let (token, behaviour) = (Denom(4), Behaviour::Honest);
    must(sequence, &Step::Behave { token, behaviour })
}

/// Nothing is blocked any more.
fn free(sequence: &mut Sequence) -> Result<(), String> {
    calm(sequence)?;
    for what in sequence.model.world.blocked() {
        let is_blocked = false;
        must(sequence, &Step::Block { what, is_blocked })?;
    }
    Ok(())
}

/// A stranger aborts and sweeps, holders release.
fn end_blobs(sequence: &mut Sequence) -> Result<(), String> {
    let blobs: Vec<u64> = sequence.model.store.blobs.keys().copied().collect();
    for id in blobs {
        while let Some(found) = sequence.model.store.blobs.get(&id) {
            let step = match found.status {
                Status::Uploading | Status::Aborting => {
                    blob(STRANGER, store::Message::Abort { blob: id })
                }
                Status::Dead => blob(STRANGER, store::Message::Sweep { blob: id }),
                Status::Finalised => match found.pins.keys().next() {
                    Some(&holder) => blob(holder, store::Message::Release { blob: id }),
                    None => return Err(format!("nobody keeps blob {id}")),
                },
            };
            must(sequence, &step)?;
        }
    }
    Ok(())
}

/// A stranger has every credit paid, and everybody takes back what they have prepaid.
fn pay_everybody(sequence: &mut Sequence) -> Result<(), String> {
    let credits: Vec<(Who, Coin)> = sequence.model.jobs.credits.entries().collect();
    for (owner, coin) in credits {
        let (denom, to) = (coin.denom, None);
        let owner = Some(Name::Of(owner));
        let step = job(STRANGER, jobs::Message::Withdraw { denom, owner, to });
        expect(sequence, &step, denom)?;
    }
    let credits: Vec<(Who, Coin)> = sequence.model.predictions.credits.entries().collect();
    for (owner, coin) in credits {
        let (denom, to) = (coin.denom, None);
        let owner = Some(Name::Of(owner));
        let step = prediction(
            STRANGER,
            predictions::Message::Withdraw { denom, owner, to },
        );
        expect(sequence, &step, denom)?;
    }
    let balances: Vec<(Who, Coin)> = sequence.model.predictions.balances.entries().collect();
    for (owner, coin) in balances.into_iter().filter(|(who, _)| is_person(*who)) {
        let (denom, to, amount) = (coin.denom, None, None);
        let message = predictions::Message::WithdrawBalance { denom, amount, to };
        expect(sequence, &prediction(owner, message), denom)?;
    }
    Ok(())
}

/// Of a token that lied there may be too little.
fn expect(sequence: &mut Sequence, step: &Step, denom: Denom) -> Result<(), String> {
    match HONEST_DENOMS.contains(&denom) {
        true => must(sequence, step),
        false => sequence.step(step).map(|_| ()),
    }
}

fn is_person(who: Who) -> bool {
    who.0 < CONTRACTS.datasets.0 || who == STRANGER
}

/// What is left is what came without a message, and what contracts have prepaid that can't ask
/// for it.
fn nothing_is_left(sequence: &Sequence) -> Result<(), String> {
    let model = &sequence.model;
    for contract in [CONTRACTS.store, CONTRACTS.jobs, CONTRACTS.predictions] {
        for denom in HONEST_DENOMS {
            let holds = model.world.balances.amount(contract, denom);
            let mut left = model.strays.amount(contract, denom);
            if contract == CONTRACTS.predictions {
                let accounts = (0..ACCOUNTS).map(Who).filter(|who| !is_person(*who));
                let prepaid = accounts.map(|who| model.predictions.balances.amount(who, denom));
                left += prepaid.sum::<Amount>();
            }
            if holds != left {
                return Err(format!(
                    "{contract:?} is left with {holds} of {denom:?}, not {left}"
                ));
            }
        }
    }
    Ok(())
}
