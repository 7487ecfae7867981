//! The store's promises, message by message and on a chain.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod abandoning;
mod aborting;
#[path = "../../../dataset-registry/tests/registry/answers.rs"]
mod answers;
mod chain;
mod challenged;
#[path = "../../../escrow/tests/escrow/challenges.rs"]
mod challenges;
mod depositing;
mod evaluating;
mod events;
mod finalising;
#[path = "../../../escrow/tests/escrow/incoming.rs"]
mod incoming;
mod instantiating;
mod market;
mod models;
mod naming;
mod pinning;
mod provenance;
mod queries;
mod reading;
#[allow(dead_code)]
#[path = "../../../escrow/tests/escrow/registries.rs"]
mod registries;
mod releasing;
mod solvency;
mod steps;
mod store;
mod sweeping;
#[path = "../../../escrow/tests/escrow/trapdoor.rs"]
mod trapdoor;
mod uploading;
