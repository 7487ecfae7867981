//! The contracts' JSON messages, and the places in their storage that other
//! contracts read raw.

pub mod circuit_registry;
pub mod dataset_registry;
pub mod escrow;
pub mod model_store;

/// The most entries in a page of a list.
pub const MAX_PAGE: u32 = 50;
/// The entries in a page where the query doesn't say.
pub const DEFAULT_PAGE: u32 = 20;
