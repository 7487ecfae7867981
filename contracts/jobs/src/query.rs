//! Answers to queries.

use assay_escrow::{CREDITS, load_config};
use assay_protocol::id::JobId;
use assay_protocol::messages::escrow::CreditsResponse;
use assay_protocol::messages::jobs::{JobResponse, JobsResponse, MAX_JOBS_PAGE, QueryMsg};
use assay_protocol::messages::page;
use cosmwasm_std::{Binary, Deps, to_json_binary};

use crate::error::ContractError;
use crate::state::{JOB_IDS, load_slots, load_terms};

/// Answers a query.
pub fn query(deps: Deps, msg: QueryMsg) -> Result<Binary, ContractError> {
    let response = match msg {
        QueryMsg::Config {} => to_json_binary(&load_config(deps.storage)?),
        QueryMsg::Job { job } => to_json_binary(&job_response(deps, job)?),
        QueryMsg::Jobs { start_after, limit } => to_json_binary(&jobs(deps, start_after, limit)?),
        QueryMsg::Credits {
            address,
            start_after,
            limit,
        } => {
            let start_after = start_after.as_deref();
            let (credits, next) = CREDITS.page(deps.storage, &address, start_after, limit)?;
            to_json_binary(&CreditsResponse { credits, next })
        }
    };
    Ok(response?)
}

fn job_response(deps: Deps, job: JobId) -> Result<JobResponse, ContractError> {
    let terms = load_terms(deps.storage, job)?;
    let slots = load_slots(deps.storage, job, terms.slots)?;
    Ok(JobResponse { job, terms, slots })
}

fn jobs(
    deps: Deps,
    start_after: Option<JobId>,
    limit: Option<u32>,
) -> Result<JobsResponse, ContractError> {
    let ids = JOB_IDS.after(deps.storage, start_after.map(|last| last.0))?;
    let entries = ids.map(|id| job_response(deps, JobId(id)));
    let limit = limit.unwrap_or(MAX_JOBS_PAGE).min(MAX_JOBS_PAGE);
    let (jobs, next) = page(entries, Some(limit), |last| last.job)?;
    Ok(JobsResponse { jobs, next })
}
