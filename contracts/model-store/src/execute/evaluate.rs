//! Evaluating a blob.

use assay_protocol::Scalar;
use assay_protocol::fingerprint::Evaluation;
use assay_protocol::id::{BlobId, StatementElement};
use assay_protocol::messages::model_store::MAX_EVALUATED_CHUNKS;
use cosmwasm_std::{DepsMut, Response};

use crate::error::ContractError;
use crate::evaluation::{self, Progress};
use crate::state::{Status, Upload};
use crate::{chunk, evaluation::Stored};

/// Evaluates at most [`MAX_EVALUATED_CHUNKS`] more chunks of a finalised blob at `point`, and
/// keeps how far it has come. Repeated until `done`, by anyone: the result depends on blob and
/// point only. Once done it does nothing, so that nobody can make a transaction fail by
/// evaluating before it.
pub fn evaluate(deps: DepsMut, blob: BlobId, point: Scalar) -> Result<Response, ContractError> {
    let upload = Upload::load(deps.storage, blob)?;
    if upload.status != Status::Finalised {
        return Err(ContractError::NotFinalised { blob });
    }
    let chunks = upload.chunks();
    let stored = evaluation::load(deps.storage, blob, point, upload.length)?;
    let (evaluated, fingerprint) = match stored {
        Stored::Done(fingerprint) => (chunks, Some(fingerprint)),
        Stored::Partly(progress) => {
            let mut evaluation = Evaluation::resume(progress.value, point);
            let end = progress
                .chunks
                .saturating_add(MAX_EVALUATED_CHUNKS)
                .min(chunks);
            for index in progress.chunks..end {
                let bytes = chunk::bytes(deps.storage, blob, index);
                evaluation.absorb(&bytes.ok_or(ContractError::ChunkMissing { blob, index })?);
            }
            let value = evaluation.value();
            if end == chunks {
                evaluation::finish(deps.storage, blob, point, value);
                (end, Some(value))
            } else {
                let progress = Progress { value, chunks: end };
                evaluation::save(deps.storage, blob, point, &progress)?;
                (end, None)
            }
        }
    };
    let response = Response::new()
        .add_attribute("action", "evaluate")
        .add_attribute("blob_id", blob.to_string())
        .add_attribute("point", StatementElement(point).to_string())
        .add_attribute("evaluated", evaluated.to_string())
        .add_attribute("chunks", chunks.to_string())
        .add_attribute("done", fingerprint.is_some().to_string());
    Ok(match fingerprint {
        None => response,
        Some(value) => response.add_attribute("fingerprint", StatementElement(value).to_string()),
    })
}
