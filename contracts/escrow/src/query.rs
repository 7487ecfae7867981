//! Answers to queries.

use assay_protocol::id::JobId;
use assay_protocol::messages::escrow::{
    CreditsResponse, JobResponse, JobsResponse, QueryMsg, Terms,
};
use assay_protocol::messages::page;
use cosmwasm_std::{Binary, Coin, Deps, Order, StdResult, to_json_binary};
use cw_storage_plus::Bound;

use crate::error::ContractError;
use crate::state::{CONFIG, CREDITS, JOBS, load_slots, load_terms};

/// Answers a query.
pub fn query(deps: Deps, msg: QueryMsg) -> Result<Binary, ContractError> {
    let response = match msg {
        QueryMsg::Config {} => to_json_binary(&CONFIG.load(deps.storage)?),
        QueryMsg::Job { job } => to_json_binary(&job_response(deps, job)?),
        QueryMsg::Jobs { start_after, limit } => to_json_binary(&jobs(deps, start_after, limit)?),
        QueryMsg::Credits {
            address,
            start_after,
            limit,
        } => to_json_binary(&credits(deps, &address, start_after, limit)?),
    };
    Ok(response?)
}

fn job_response(deps: Deps, job: JobId) -> Result<JobResponse, ContractError> {
    let terms = load_terms(deps.storage, job)?;
    Ok(with_slots(deps, job, terms)?)
}

fn with_slots(deps: Deps, job: JobId, terms: Terms) -> StdResult<JobResponse> {
    let slots = load_slots(deps.storage, job)?;
    Ok(JobResponse { job, terms, slots })
}

fn jobs(deps: Deps, start_after: Option<JobId>, limit: Option<u32>) -> StdResult<JobsResponse> {
    let start = start_after.map(|job| Bound::exclusive(job.0));
    let entries = JOBS
        .range(deps.storage, start, None, Order::Ascending)
        .map(|entry| entry.and_then(|(id, terms)| with_slots(deps, JobId(id), terms)));
    let (jobs, next) = page(entries, limit, |last| last.job)?;
    Ok(JobsResponse { jobs, next })
}

fn credits(
    deps: Deps,
    address: &str,
    start_after: Option<String>,
    limit: Option<u32>,
) -> StdResult<CreditsResponse> {
    let start = start_after.as_deref().map(Bound::exclusive);
    let entries = CREDITS
        .prefix(address)
        .range(deps.storage, start, None, Order::Ascending)
        .map(|entry| entry.map(|(denom, amount)| Coin { denom, amount }));
    let (credits, next) = page(entries, limit, |last| last.denom.clone())?;
    Ok(CreditsResponse { credits, next })
}
