//! Offers, requests, and what was prepaid.
//!
//! Addresses in storage are either senders or were validated when they came in.

mod offer;
mod request;

pub use offer::{OFFERS, load_offer, load_schema, save_schema};
pub use request::{Request, load_input, load_output, requests_of, save_input, save_output};

use assay_escrow::{Ids, Ledger};

/// What was prepaid: only its owner can move it.
pub const BALANCES: Ledger = Ledger::new("balance");

/// The ids of offers.
pub const OFFER_IDS: Ids = Ids::new("last_offer", "offer");

/// The ids of requests.
pub const REQUEST_IDS: Ids = Ids::new("last_request", "request");
