//! Beginning an upload.

use assay_protocol::id::BlobId;
use assay_protocol::parameters::{BlobHash, MAX_BLOB_BYTES};
use cosmwasm_std::{DepsMut, Env, Event, MessageInfo, Response};

use crate::blob::Blob;
use crate::deposit;
use crate::error::ContractError;
use crate::state::{Keeping, LAST_ID};

/// Begins an upload of `length` bytes, which belongs to the sender, for the deposit of every
/// chunk.
pub fn begin(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    length: u32,
    hash: BlobHash,
    holder: Option<String>,
) -> Result<Response, ContractError> {
    if !(1..=MAX_BLOB_BYTES).contains(&length) {
        return Err(ContractError::BlobLength { length });
    }
    let holder = holder.map(|holder| deps.api.addr_validate(&holder));
    let uploader = info.sender.clone();
    let blob = Blob::new(uploader, holder.transpose()?, length, hash, &env.block);
    let keeping = Keeping::load(deps.storage)?;
    deposit::expect(&info, keeping.deposit.as_ref(), blob.chunks())?;
    let last = LAST_ID.may_load(deps.storage)?.unwrap_or(0);
    let next = last.checked_add(1);
    let id = next.ok_or(ContractError::IdsExhausted { of: "blob" })?;
    LAST_ID.save(deps.storage, &id)?;
    blob.save(deps.storage, BlobId(id))?;
    let event = Event::new("assay-begin")
        .add_attribute("blob_id", id.to_string())
        .add_attribute("uploader", &blob.uploader)
        .add_attribute("holder", blob.holder())
        .add_attribute("length", length.to_string())
        .add_attribute("chunks", blob.chunks().to_string());
    Ok(Response::new().add_event(deposit::describe(event, &info.funds)))
}
