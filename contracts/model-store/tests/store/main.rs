//! The store's promises, message by message and on a chain.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod aborting;
mod chain;
mod finalising;
mod queries;
mod store;
mod uploading;
