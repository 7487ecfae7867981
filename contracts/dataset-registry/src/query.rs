//! Answers to queries.

use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::{
    DatasetEntry, DatasetResponse, DatasetsResponse, QueryMsg,
};
use assay_protocol::messages::page;
use cosmwasm_std::{Addr, Binary, Deps, Order, StdResult, Storage, to_json_binary};
use cw_storage_plus::Bound;

use crate::error::ContractError;
use crate::state::{CHILDREN, DETAILS, OWNED, load, load_details, load_schema};

/// Answers a query.
pub fn query(deps: Deps, msg: QueryMsg) -> Result<Binary, ContractError> {
    let storage = deps.storage;
    let response = match msg {
        QueryMsg::Dataset { id } => to_json_binary(&dataset(storage, id)?),
        QueryMsg::Datasets { start_after, limit } => {
            let start = start_after.map(|id| Bound::exclusive(id.0));
            let ids = DETAILS.keys(storage, start, None, Order::Ascending);
            to_json_binary(&datasets(storage, ids, limit)?)
        }
        QueryMsg::DatasetsByOwner {
            owner,
            start_after,
            limit,
        } => {
            let owner = deps.api.addr_validate(&owner)?;
            to_json_binary(&owned(storage, &owner, start_after, limit)?)
        }
        QueryMsg::Children {
            parent,
            start_after,
            limit,
        } => to_json_binary(&children(storage, parent, start_after, limit)?),
    };
    Ok(response?)
}

fn owned(
    storage: &dyn Storage,
    owner: &Addr,
    start_after: Option<DatasetId>,
    limit: Option<u32>,
) -> Result<DatasetsResponse, ContractError> {
    let start = start_after.map(|id| Bound::exclusive(id.0));
    let of_owner = OWNED.prefix(owner);
    let ids = of_owner.keys(storage, start, None, Order::Ascending);
    datasets(storage, ids, limit)
}

fn children(
    storage: &dyn Storage,
    parent: DatasetId,
    start_after: Option<DatasetId>,
    limit: Option<u32>,
) -> Result<DatasetsResponse, ContractError> {
    load(storage, parent)?;
    let start = start_after.map(|id| Bound::exclusive(id.0));
    let of_parent = CHILDREN.prefix(parent.0);
    let ids = of_parent.keys(storage, start, None, Order::Ascending);
    datasets(storage, ids, limit)
}

/// A page of the datasets with these ids.
fn datasets(
    storage: &dyn Storage,
    ids: impl Iterator<Item = StdResult<u64>>,
    limit: Option<u32>,
) -> Result<DatasetsResponse, ContractError> {
    let entries = ids.map(|id| entry(storage, DatasetId(id?)));
    let (datasets, next) = page(entries, limit, |last| last.id)?;
    Ok(DatasetsResponse { datasets, next })
}

fn entry(storage: &dyn Storage, id: DatasetId) -> Result<DatasetEntry, ContractError> {
    let dataset = load(storage, id)?;
    let details = load_details(storage, id)?;
    Ok(DatasetEntry {
        id,
        owner: dataset.owner,
        offered_to: details.offered_to.map(Addr::into_string),
        commitment: dataset.commitment,
        rows: details.rows,
        file_sha256: details.file_sha256,
        license: details.license,
        price: dataset.price,
        royalty_bps: dataset.royalty_bps,
        parents: details.parents,
        deprecated: dataset.deprecated,
        successor: details.successor,
    })
}

fn dataset(storage: &dyn Storage, id: DatasetId) -> Result<DatasetResponse, ContractError> {
    let entry = entry(storage, id)?;
    Ok(DatasetResponse {
        id,
        owner: entry.owner,
        offered_to: entry.offered_to,
        commitment: entry.commitment,
        rows: entry.rows,
        schema: load_schema(storage, id)?,
        file_sha256: entry.file_sha256,
        license: entry.license,
        price: entry.price,
        royalty_bps: entry.royalty_bps,
        parents: entry.parents,
        deprecated: entry.deprecated,
        successor: entry.successor,
    })
}
