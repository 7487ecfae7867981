//! Random messages to the contracts, on a chain with a bank and tokens that refuse and misbehave,
//! and to the reference model: they have to agree on everything.
//!
//! `ASSAY_REFERENCE_MESSAGES` is how many messages are sent, 100,000 where it isn't set.
//! `ASSAY_REFERENCE_SEED` replays the one sequence whose seed a failure has printed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accounts;
#[allow(dead_code)]
#[path = "../../../escrow/tests/escrow/bank.rs"]
mod bank;
mod chain;
mod compare;
mod coverage;
mod deploy;
mod ending;
mod events;
mod forge;
mod generate;
mod places;
mod properties;
mod reasons;
mod rows;
mod sequence;
mod shrink;
#[path = "../../../escrow/tests/escrow/token.rs"]
mod token;
mod wire;
