//! Answers to queries.

use assay_protocol::Scalar;
use assay_protocol::id::{BlobId, ModelId, StatementElement};
use assay_protocol::messages::model_store::{
    BlobResponse, ByParametersResponse, EvaluationResponse, MissingChunksResponse, ModelsResponse,
    PinResponse, QueryMsg,
};
use assay_protocol::messages::{page, page_limit};
use cosmwasm_std::{Binary, Deps, to_json_binary};

use crate::blob::Blob;
use crate::error::ContractError;
use crate::evaluation::{self, Stored};
use crate::state::{Keeping, load_config};
use crate::{chunk, model, name, pin};

/// The most places that one query for missing chunks looks at.
const MAX_SCAN: usize = 256;

/// Answers a query.
pub fn query(deps: Deps, msg: QueryMsg) -> Result<Binary, ContractError> {
    let response = match msg {
        QueryMsg::Config {} => to_json_binary(&load_config(deps.storage)?),
        QueryMsg::Blob { blob } => to_json_binary(&blob_response(deps, blob)?),
        QueryMsg::ByParameters { parameters } => to_json_binary(&ByParametersResponse {
            blob: name::named(deps.storage, &parameters),
        }),
        QueryMsg::Pin { blob, holder } => {
            let holder = deps.api.addr_validate(&holder)?;
            to_json_binary(&PinResponse {
                releasable: pin::load(deps.storage, blob, holder.as_str()),
            })
        }
        QueryMsg::Chunk { blob, index } => to_json_binary(&chunk_bytes(deps, blob, index)?),
        QueryMsg::MissingChunks {
            blob,
            start_after,
            limit,
        } => to_json_binary(&missing_chunks(deps, blob, start_after, limit)?),
        QueryMsg::Evaluation { blob, point } => {
            to_json_binary(&evaluation_response(deps, blob, point.0)?)
        }
        QueryMsg::Model { model } => to_json_binary(&model::load(deps.storage, model)?),
        QueryMsg::Models { start_after, limit } => {
            to_json_binary(&models(deps, start_after, limit)?)
        }
    };
    Ok(response?)
}

fn blob_response(deps: Deps, blob: BlobId) -> Result<BlobResponse, ContractError> {
    let upload = Blob::load(deps.storage, blob)?;
    let upload_window = Keeping::load(deps.storage)?.upload_window;
    Ok(BlobResponse {
        blob,
        chunks: upload.chunks(),
        state: upload.state(&upload_window)?,
        uploader: upload.uploader.into(),
        length: upload.length,
        received: upload.received,
        hash: upload.hash,
        parameters: name::load(deps.storage, blob, upload.hash),
    })
}

fn evaluation_response(
    deps: Deps,
    blob: BlobId,
    point: Scalar,
) -> Result<EvaluationResponse, ContractError> {
    let upload = Blob::load(deps.storage, blob)?;
    let chunks = upload.chunks();
    let stored = evaluation::load(deps.storage, blob, point, upload.length)?;
    let (evaluated, fingerprint) = match stored {
        Stored::Done(fingerprint) => (chunks, Some(StatementElement(fingerprint))),
        Stored::Partly(progress) => (progress.chunks, None),
    };
    Ok(EvaluationResponse {
        evaluated,
        chunks,
        fingerprint,
    })
}

fn chunk_bytes(deps: Deps, blob: BlobId, index: u32) -> Result<Binary, ContractError> {
    if let Some(bytes) = chunk::bytes(deps.storage, blob, index) {
        return Ok(bytes.into());
    }
    let chunks = Blob::load(deps.storage, blob)?.chunks();
    Err(if index < chunks {
        ContractError::ChunkMissing { blob, index }
    } else {
        ContractError::ChunkOutOfRange {
            blob,
            index,
            chunks,
        }
    })
}

/// Looks at no more than [`MAX_SCAN`] places, so that a query's gas is bounded.
fn missing_chunks(
    deps: Deps,
    blob: BlobId,
    start_after: Option<u32>,
    limit: Option<u32>,
) -> Result<MissingChunksResponse, ContractError> {
    let chunks = Blob::load(deps.storage, blob)?.chunks();
    let start = start_after.map_or(0, |last| last.saturating_add(1));
    let limit = page_limit(limit);
    let mut missing = Vec::new();
    let mut last = None;
    for index in (start..chunks).take(MAX_SCAN) {
        if !chunk::is_stored(deps.storage, blob, index) {
            missing.push(index);
        }
        last = Some(index);
        if missing.len() == limit {
            break;
        }
    }
    let next = last.filter(|&index| index + 1 < chunks);
    Ok(MissingChunksResponse { missing, next })
}

/// Ids have no gaps: a model is never removed.
fn models(
    deps: Deps,
    start_after: Option<ModelId>,
    limit: Option<u32>,
) -> Result<ModelsResponse, ContractError> {
    let start = start_after.map_or(0, |last| last.0).saturating_add(1);
    let ids = start..=model::last_id(deps.storage)?;
    let entries = ids.map(|id| model::entry(deps.storage, ModelId(id)));
    let (models, next) = page(entries, limit, |last| last.model)?;
    Ok(ModelsResponse { models, next })
}
