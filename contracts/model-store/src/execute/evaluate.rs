//! Evaluating a blob.

use assay_protocol::Scalar;
use assay_protocol::fingerprint::Evaluation;
use assay_protocol::id::{BlobId, StatementElement};
use assay_protocol::messages::model_store::MAX_EVALUATED_CHUNKS;
use cosmwasm_std::{DepsMut, Event, Response, Storage};

use crate::blob::{Blob, Status};
use crate::chunk;
use crate::error::ContractError;
use crate::evaluation::{self, Progress, Stored};

/// Evaluates at most `limit` more chunks of a blob at `point`, and keeps how far it has come.
/// Repeated until `done`, by anyone: the result depends on blob and point only, as chunks that
/// are there never change. Once done it does nothing, so that nobody can make a transaction
/// fail by evaluating before it.
pub fn evaluate(
    deps: DepsMut,
    blob: BlobId,
    point: Scalar,
    limit: Option<u32>,
) -> Result<Response, ContractError> {
    let upload = Blob::load(deps.storage, blob)?;
    match upload.status {
        Status::Uploading | Status::Finalised { .. } => {}
        Status::Aborting => return Err(ContractError::Aborting { blob }),
        Status::Dead => return Err(ContractError::Dead { blob }),
    }
    let chunks = upload.chunks();
    let stored = evaluation::load(deps.storage, blob, point, upload.length)?;
    let (evaluated, fingerprint) = match stored {
        Stored::Done(fingerprint) => (chunks, Some(fingerprint)),
        Stored::Partly(progress) => {
            let limit = limit.unwrap_or(MAX_EVALUATED_CHUNKS);
            let limit = limit.clamp(1, MAX_EVALUATED_CHUNKS);
            let progress = go_on(deps.storage, blob, chunks, point, progress, limit)?;
            if progress.chunks == chunks {
                evaluation::finish(deps.storage, blob, point, progress.value);
                (chunks, Some(progress.value))
            } else {
                evaluation::save(deps.storage, blob, point, &progress)?;
                (progress.chunks, None)
            }
        }
    };
    let event = Event::new("assay-evaluate")
        .add_attribute("blob_id", blob.to_string())
        .add_attribute("point", StatementElement(point).to_string())
        .add_attribute("evaluated", evaluated.to_string())
        .add_attribute("chunks", chunks.to_string())
        .add_attribute("done", fingerprint.is_some().to_string());
    let event = match fingerprint {
        None => event,
        Some(value) => event.add_attribute("fingerprint", StatementElement(value).to_string()),
    };
    Ok(Response::new().add_event(event))
}

/// Evaluates the chunks that come next, at most `limit` of them, up to the first that isn't
/// there yet.
fn go_on(
    storage: &dyn Storage,
    blob: BlobId,
    chunks: u32,
    point: Scalar,
    progress: Progress,
    limit: u32,
) -> Result<Progress, ContractError> {
    let mut evaluation = Evaluation::resume(progress.value, point);
    let mut next = progress.chunks;
    let end = next.saturating_add(limit).min(chunks);
    while next < end
        && let Some(bytes) = chunk::bytes(storage, blob, next)
    {
        evaluation.absorb(&bytes);
        next += 1;
    }
    if next == progress.chunks {
        return Err(ContractError::ChunkMissing { blob, index: next });
    }
    Ok(Progress {
        value: evaluation.value(),
        chunks: next,
    })
}
