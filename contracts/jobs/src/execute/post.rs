//! Posting a job.

use assay_escrow::{Payment, check_amount, check_denomination, check_method, named};
use assay_protocol::circuit::Kind;
use assay_protocol::id::JobId;
use assay_protocol::messages::denomination::CW20_PREFIX;
use assay_protocol::messages::jobs::{MAX_SLOTS, Posting, Slot, SlotId, SlotState, Terms};
use assay_registries::Dataset;
use cosmwasm_std::{Api, Coin, Deps, DepsMut, Env, Event, Response};

use super::shown;
use crate::error::ContractError;
use crate::state::{JOB_IDS, JOBS, save_slot};

/// Locks rewards and prices, and fixes the terms.
pub fn post(
    deps: DepsMut,
    env: &Env,
    payment: Payment,
    posting: Posting,
) -> Result<Response, ContractError> {
    check(deps.api, &posting)?;
    payment.expect(&funds(&posting)?)?;
    let terms = terms(deps.as_ref(), env, payment.payer, posting)?;
    let slot = Slot {
        reward: terms.reward.clone(),
        acceptance_deadline: assay_deadlines::after(&env.block, &terms.windows.acceptance)?,
        hand_over_key: None,
        state: SlotState::Open {},
    };
    let job = JobId(JOB_IDS.next(deps.storage)?);
    JOBS.save(deps.storage, job.0, &terms)?;
    for number in 0..terms.slots {
        let id = SlotId { job, slot: number };
        save_slot(deps.storage, id, &slot)?;
    }
    Ok(Response::new().add_event(event(job, terms)))
}

fn event(job: JobId, terms: Terms) -> Event {
    let price = shown(terms.price.as_ref());
    Event::new("assay-post")
        .add_attribute("job_id", job.to_string())
        .add_attribute("dataset_id", terms.dataset.to_string())
        .add_attribute("circuit_id", terms.circuit.to_string())
        .add_attribute("payer", terms.payer)
        .add_attribute("requester", terms.requester)
        .add_attribute("refund_to", terms.refund_to)
        .add_attribute("dataset_owner", terms.dataset_owner)
        .add_attribute("worker", terms.worker.unwrap_or_else(|| "anyone".into()))
        .add_attribute("slots", terms.slots.to_string())
        .add_attribute("reward", terms.reward.to_string())
        .add_attribute("bond", terms.bond.to_string())
        .add_attribute("price", price)
        .add_attribute("royalty_bps", terms.royalty_bps.to_string())
}

/// Checks what needs no other contract.
fn check(api: &dyn Api, posting: &Posting) -> Result<(), ContractError> {
    let Posting { slots, reward, .. } = posting;
    if !(1..=MAX_SLOTS).contains(slots) {
        return Err(ContractError::Slots { slots: *slots });
    }
    check_amount("reward", reward)?;
    check_denomination(api, "reward", &reward.denom)?;
    check_denomination(api, "bond", &posting.bond.denom)?;
    if let Some(price) = &posting.price {
        check_denomination(api, "price", &price.denom)?;
        check_payable(reward, price)?;
    }
    assay_deadlines::check("acceptance", &posting.windows.acceptance)?;
    assay_deadlines::check("hand_over", &posting.windows.hand_over)?;
    assay_deadlines::check("delivery", &posting.windows.delivery)?;
    Ok(())
}

/// Native coins can be sent together, a token only alone.
fn check_payable(reward: &Coin, price: &Coin) -> Result<(), ContractError> {
    let is_token = |coin: &Coin| coin.denom.starts_with(CW20_PREFIX);
    if reward.denom == price.denom || !(is_token(reward) || is_token(price)) {
        return Ok(());
    }
    Err(ContractError::TwoTokens {
        reward: reward.denom.clone(),
        price: price.denom.clone(),
    })
}

/// The funds to be sent: reward and price of every slot.
fn funds(posting: &Posting) -> Result<Vec<Coin>, ContractError> {
    let (slots, reward, price) = (posting.slots, &posting.reward, &posting.price);
    let overflow = |_| ContractError::RewardOverflow {
        slots,
        reward: reward.clone(),
    };
    let mut funds: Vec<Coin> = Vec::new();
    for coin in core::iter::once(reward).chain(price) {
        let amount = coin.amount.checked_mul(slots.into()).map_err(overflow)?;
        match funds.iter_mut().find(|same| same.denom == coin.denom) {
            Some(same) => same.amount = same.amount.checked_add(amount).map_err(overflow)?,
            None => funds.push(Coin::new(amount, &coin.denom)),
        }
    }
    Ok(funds)
}

/// The terms with everything in them checked and read from its registry.
fn terms(deps: Deps, env: &Env, payer: String, posting: Posting) -> Result<Terms, ContractError> {
    let kinds = [Kind::TrainingPublic, Kind::TrainingFingerprint];
    let (config, _) = check_method(deps, env, posting.circuit, &kinds)?;
    let registry = &config.dataset_registry;
    let dataset = assay_registries::dataset(&deps.querier, registry, posting.dataset)?;
    check_dataset(&posting, &dataset)?;
    let worker = posting.worker.map(|worker| deps.api.addr_validate(&worker));
    Ok(Terms {
        requester: named(deps.api, env, posting.requester, &payer)?,
        refund_to: named(deps.api, env, posting.refund_to, &payer)?,
        payer,
        dataset: posting.dataset,
        commitment: dataset.commitment,
        dataset_owner: dataset.owner,
        royalty_bps: posting.royalty_bps,
        price: posting.price,
        circuit: posting.circuit,
        slots: posting.slots,
        reward: posting.reward,
        bond: posting.bond,
        worker: worker.transpose()?.map(Into::into),
        windows: posting.windows,
    })
}

/// Checks that the dataset takes new jobs, at the price and the royalty that the payer agrees to.
fn check_dataset(posting: &Posting, dataset: &Dataset) -> Result<(), ContractError> {
    let id = posting.dataset;
    if dataset.deprecated {
        return Err(ContractError::Deprecated { dataset: id });
    }
    if (&posting.price, posting.royalty_bps) != (&dataset.price, dataset.royalty_bps) {
        return Err(ContractError::Price {
            dataset: id,
            asked: cost(dataset.price.as_ref(), dataset.royalty_bps),
            agreed: cost(posting.price.as_ref(), posting.royalty_bps),
        });
    }
    Ok(())
}

fn cost(price: Option<&Coin>, royalty_bps: u16) -> String {
    let price = shown(price);
    let (whole, places) = (royalty_bps / 100, royalty_bps % 100);
    format!("{price} and {whole}.{places:02} % of the reward")
}
