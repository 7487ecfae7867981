//! Offers.

use assay_protocol::id::OfferId;
use assay_protocol::messages::predictions::OfferEntry;
use assay_rows::Rows;
use cosmwasm_std::{Empty, Storage};
use cw_storage_plus::Map;

use crate::error::ContractError;

/// Offers, by id. Only whether they are closed ever changes.
pub const OFFERS: Rows<u64, OfferEntry> = Rows::new("offer");

/// Keys of public models' schemas, by offer. The values are not JSON.
const SCHEMAS: Map<u64, Empty> = Map::new("schema");

/// The offer `offer`.
pub fn load_offer(storage: &dyn Storage, offer: OfferId) -> Result<OfferEntry, ContractError> {
    OFFERS
        .may_load(storage, offer.0)?
        .ok_or(ContractError::UnknownOffer { offer })
}

/// Stores a public model's schema as raw bytes.
pub fn save_schema(storage: &mut dyn Storage, offer: OfferId, schema: &str) {
    storage.set(&SCHEMAS.key(offer.0), schema.as_bytes());
}

/// The schema of an offer of a public model.
pub fn load_schema(storage: &dyn Storage, offer: OfferId) -> Option<String> {
    String::from_utf8(storage.get(&SCHEMAS.key(offer.0))?).ok()
}
