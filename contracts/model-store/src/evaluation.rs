//! Evaluations in storage: those that are done as 32 raw bytes, where other contracts read
//! them, and elsewhere how far others have come.

use assay_protocol::Scalar;
use assay_protocol::fingerprint::Evaluation;
use assay_protocol::id::{BlobId, StatementElement};
use assay_protocol::messages::model_store::evaluation_key;
use assay_rows::Rows;
use cosmwasm_std::{StdResult, Storage};

use crate::error::ContractError;

/// How far evaluations have come, by blob and point.
pub(crate) const PARTLY: Rows<(u64, &[u8]), PartlyEvaluated> = Rows::new("partly_evaluated");

/// [`Progress`] as it is kept: the value's bytes, and after how many chunks.
type PartlyEvaluated = ([u8; 32], u32);

/// How far an evaluation has come.
pub struct Progress {
    /// What it has come to.
    pub value: Scalar,
    /// After so many chunks.
    pub chunks: u32,
}

/// An evaluation as it is stored.
pub enum Stored {
    /// The fingerprint.
    Done(Scalar),
    /// It isn't done, or not even begun.
    Partly(Progress),
}

/// The evaluation at `point` of a blob of `length` bytes.
pub fn load(
    storage: &dyn Storage,
    blob: BlobId,
    point: Scalar,
    length: u32,
) -> Result<Stored, ContractError> {
    if let Some(bytes) = storage.get(&evaluation_key(blob, &point)) {
        let bytes = <[u8; 32]>::try_from(bytes).ok();
        let value = bytes.and_then(|bytes| StatementElement::from_bytes(&bytes));
        let value = value.ok_or(ContractError::CorruptEvaluation { blob })?;
        return Ok(Stored::Done(value.0));
    }
    let partly = PARTLY.may_load(storage, (blob.0, &point.to_bytes()))?;
    Ok(Stored::Partly(match partly {
        Some((value, chunks)) => {
            let value = StatementElement::from_bytes(&value);
            let value = value.ok_or(ContractError::CorruptEvaluation { blob })?.0;
            Progress { value, chunks }
        }
        None => Progress {
            value: Evaluation::begin(length, point).value(),
            chunks: 0,
        },
    }))
}

/// Keeps how far an evaluation has come.
pub fn save(
    storage: &mut dyn Storage,
    blob: BlobId,
    point: Scalar,
    progress: &Progress,
) -> StdResult<()> {
    let partly = (progress.value.to_bytes(), progress.chunks);
    PARTLY.save(storage, (blob.0, &point.to_bytes()), &partly)
}

/// Stores a fingerprint for ever.
pub fn finish(storage: &mut dyn Storage, blob: BlobId, point: Scalar, fingerprint: Scalar) {
    PARTLY.remove(storage, (blob.0, &point.to_bytes()));
    storage.set(&evaluation_key(blob, &point), &fingerprint.to_bytes());
}
