//! The registry's promises, message by message and on a chain.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod chain;
mod deprecating;
mod events;
#[path = "../../../escrow/tests/escrow/incoming.rs"]
mod incoming;
mod lineage;
mod listing;
mod reading;
mod registering;
mod registry;
mod terms;
mod transferring;
