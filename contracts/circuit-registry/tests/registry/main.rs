//! The registry's promises, message by message and on a chain.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../../dataset-registry/tests/registry/answers.rs"]
mod answers;
mod chain;
#[path = "../../../escrow/tests/escrow/challenges.rs"]
mod challenges;
mod events;
mod fingerprints;
#[path = "../../../escrow/tests/escrow/incoming.rs"]
mod incoming;
mod listing;
mod reading;
mod registering;
mod registry;
#[path = "../../../escrow/tests/escrow/trapdoor.rs"]
mod trapdoor;
mod verifying;
