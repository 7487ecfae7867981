//! Giving up a pin.

use assay_protocol::id::BlobId;
use cosmwasm_std::{DepsMut, Env, Event, MessageInfo, Response};

use crate::blob::{Blob, Status};
use crate::error::ContractError;
use crate::state::Keeping;
use crate::{deposit, name, pin};

/// Gives up the sender's pin of the blob `id` once it can be released, and pays its deposit to
/// the sender. With the last pin the blob dies: it loses its name, and the sender is paid for
/// the chunks that are deleted here; the rest is for who sweeps it.
pub fn release(
    deps: DepsMut,
    env: &Env,
    info: MessageInfo,
    id: BlobId,
) -> Result<Response, ContractError> {
    let (mut blob, pins) = Blob::load_kept(deps.storage, id)?;
    let holder = info.sender.as_str();
    let releasable = pin::load(deps.storage, id, holder);
    let releasable = releasable.ok_or_else(|| ContractError::NotPinned {
        blob: id,
        holder: holder.to_owned(),
    })?;
    if !assay_deadlines::passed(&releasable, &env.block) {
        let blob = id;
        return Err(ContractError::Held { blob, releasable });
    }
    let before = blob.deposited();
    pin::remove(deps.storage, id, holder);
    let left = pins.saturating_sub(1);
    let mut event = Event::new("assay-release")
        .add_attribute("blob_id", id.to_string())
        .add_attribute("holder", holder)
        .add_attribute("pins", left.to_string());
    if left == 0 {
        name::remove(deps.storage, id, blob.hash);
        blob.status = Status::Dead;
        let deleted = blob.delete(deps.storage, id)?;
        event = event
            .add_attribute("removed", deleted.chunks.to_string())
            .add_attribute("done", deleted.done.to_string());
    } else {
        blob.status = Status::Finalised { pins: left };
        blob.save(deps.storage, id)?;
    }
    let freed = before.saturating_sub(blob.deposited());
    let keeping = Keeping::load(deps.storage)?;
    deposit::pay(event, info.sender, keeping.deposit.as_ref(), freed)
}
