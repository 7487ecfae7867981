//! Answers to queries.

use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::{
    DatasetEntry, DatasetResponse, DatasetsResponse, QueryMsg,
};
use assay_protocol::messages::page;
use cosmwasm_std::{Binary, Deps, Order, StdResult, to_json_binary};
use cw_storage_plus::Bound;

use crate::error::ContractError;
use crate::state::{DATASETS, load_schema};

/// Answers a query.
pub fn query(deps: Deps, msg: QueryMsg) -> Result<Binary, ContractError> {
    let response = match msg {
        QueryMsg::Dataset { id } => to_json_binary(&dataset(deps, id)?),
        QueryMsg::Datasets { start_after, limit } => {
            to_json_binary(&datasets(deps, start_after, limit)?)
        }
    };
    Ok(response?)
}

fn dataset(deps: Deps, id: DatasetId) -> Result<DatasetResponse, ContractError> {
    let dataset = DATASETS.may_load(deps.storage, id.0)?;
    let (dataset, schema) = dataset
        .zip(load_schema(deps.storage, id))
        .ok_or(ContractError::UnknownDataset { id })?;
    Ok(DatasetResponse {
        id,
        owner: dataset.owner.into(),
        commitment: dataset.commitment,
        rows: dataset.rows,
        schema,
        file_sha256: dataset.file_sha256,
    })
}

fn datasets(
    deps: Deps,
    start_after: Option<DatasetId>,
    limit: Option<u32>,
) -> StdResult<DatasetsResponse> {
    let start = start_after.map(|id| Bound::exclusive(id.0));
    let entries = DATASETS
        .range(deps.storage, start, None, Order::Ascending)
        .map(|entry| {
            entry.map(|(id, dataset)| DatasetEntry {
                id: DatasetId(id),
                owner: dataset.owner.into(),
                commitment: dataset.commitment,
                rows: dataset.rows,
                file_sha256: dataset.file_sha256,
            })
        });
    let (datasets, next) = page(entries, limit, |last| last.id)?;
    Ok(DatasetsResponse { datasets, next })
}
