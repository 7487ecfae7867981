//! Answers to queries.

use assay_escrow::{CREDITS, load_config};
use assay_protocol::id::{OfferId, RequestId};
use assay_protocol::messages::escrow::CreditsResponse;
use assay_protocol::messages::page;
use assay_protocol::messages::predictions::{
    BalancesResponse, OfferEntry, OfferResponse, OffersResponse, QueryMsg, RequestEntry,
    RequestResponse, RequestsResponse,
};
use cosmwasm_std::{Binary, Deps, to_json_binary};

use crate::error::ContractError;
use crate::state::{
    BALANCES, OFFER_IDS, Request, load_input, load_offer, load_output, load_schema, requests_of,
};

/// Answers a query.
pub fn query(deps: Deps, msg: QueryMsg) -> Result<Binary, ContractError> {
    let response = match msg {
        QueryMsg::Config {} => to_json_binary(&load_config(deps.storage)?),
        QueryMsg::Offer { offer } => to_json_binary(&offer_response(deps, offer)?),
        QueryMsg::Offers { start_after, limit } => {
            to_json_binary(&offers(deps, start_after, limit)?)
        }
        QueryMsg::Request { request } => to_json_binary(&request_response(deps, request)?),
        QueryMsg::Requests {
            offer,
            start_after,
            limit,
        } => to_json_binary(&requests(deps, offer, start_after, limit)?),
        QueryMsg::Input { request } => to_json_binary(&input(deps, request)?),
        QueryMsg::Balances {
            address,
            start_after,
            limit,
        } => {
            let start_after = start_after.as_deref();
            let (balances, next) = BALANCES.page(deps.storage, &address, start_after, limit)?;
            to_json_binary(&BalancesResponse { balances, next })
        }
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

fn offer_response(deps: Deps, offer: OfferId) -> Result<OfferResponse, ContractError> {
    let OfferEntry { terms, closed, .. } = load_offer(deps.storage, offer)?;
    Ok(OfferResponse {
        offer,
        terms,
        closed,
        schema: load_schema(deps.storage, offer),
    })
}

fn offers(
    deps: Deps,
    start_after: Option<OfferId>,
    limit: Option<u32>,
) -> Result<OffersResponse, ContractError> {
    let ids = OFFER_IDS.after(deps.storage, start_after.map(|last| last.0))?;
    let entries = ids.map(|id| load_offer(deps.storage, OfferId(id)));
    let (offers, next) = page(entries, limit, |last| last.offer)?;
    Ok(OffersResponse { offers, next })
}

fn request_response(deps: Deps, id: RequestId) -> Result<RequestResponse, ContractError> {
    let (request, state) = Request::load(deps.storage, id)?;
    Ok(RequestResponse {
        request: id,
        offer: request.offer,
        payer: request.payer,
        requester: request.requester,
        input: request.input,
        deadline: request.deadline,
        state,
        output: load_output(deps.storage, id).map(Binary::from),
    })
}

fn requests(
    deps: Deps,
    offer: OfferId,
    start_after: Option<RequestId>,
    limit: Option<u32>,
) -> Result<RequestsResponse, ContractError> {
    let entries = requests_of(deps.storage, offer, start_after).map(|id| {
        let request = id?;
        let (found, state) = Request::load(deps.storage, request)?;
        Ok::<_, ContractError>(RequestEntry {
            request,
            deadline: found.deadline,
            state,
        })
    });
    let (requests, next) = page(entries, limit, |last| last.request)?;
    Ok(RequestsResponse { requests, next })
}

fn input(deps: Deps, request: RequestId) -> Result<Binary, ContractError> {
    let input = load_input(deps.storage, request);
    let input = input.ok_or(ContractError::UnknownRequest { request })?;
    Ok(input.into())
}
