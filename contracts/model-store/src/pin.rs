//! Pins in storage: 16 raw bytes each, where other contracts read them.

use assay_protocol::id::BlobId;
use assay_protocol::messages::model_store::{RegisteredPin, pin_key};
use assay_protocol::messages::time::{Deadline, Window};
use cosmwasm_std::{BlockInfo, Storage};

use crate::error::ContractError;

/// Stores a pin from this block on, which its holder can release once the hold is over.
pub fn save(
    storage: &mut dyn Storage,
    blob: BlobId,
    holder: &str,
    block: &BlockInfo,
    hold: &Window,
) -> Result<(), ContractError> {
    let releasable = assay_deadlines::after(block, hold)?;
    let pin = RegisteredPin { releasable };
    storage.set(&pin_key(blob, holder), &pin.to_bytes());
    Ok(())
}

/// From when on `holder` can release its pin, if it holds one.
pub fn load(storage: &dyn Storage, blob: BlobId, holder: &str) -> Option<Deadline> {
    let bytes = storage.get(&pin_key(blob, holder))?;
    RegisteredPin::from_bytes(&bytes).map(|pin| pin.releasable)
}

/// Deletes a pin.
pub fn remove(storage: &mut dyn Storage, blob: BlobId, holder: &str) {
    storage.remove(&pin_key(blob, holder));
}
