//! The promises of jobs: message by message with typed errors (`escrow`), and
//! with real registries, a bank and tokens on cw-multi-test's chain (`chain`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accepting;
#[path = "../../../escrow/tests/escrow/bank.rs"]
mod bank;
#[allow(dead_code)]
#[path = "../../../escrow/tests/escrow/chain.rs"]
mod chain;
mod challenged;
#[path = "../../../escrow/tests/escrow/challenges.rs"]
mod challenges;
mod collision;
mod credits;
mod deadlines;
mod delivering;
#[allow(dead_code)]
#[path = "../../../escrow/tests/escrow/deployment.rs"]
mod deployment;
#[allow(dead_code)]
#[path = "../../../escrow/tests/escrow/escrow.rs"]
mod escrow;
mod events;
mod extending;
mod fingerprints;
mod hand_over;
#[path = "../../../escrow/tests/escrow/incoming.rs"]
mod incoming;
#[path = "../../../escrow/tests/escrow/instantiating.rs"]
mod instantiating;
mod job;
mod listing;
mod misbehaving;
mod parties;
mod parting;
mod posting;
mod pricing;
mod reading;
#[allow(dead_code)]
#[path = "../../../escrow/tests/escrow/registries.rs"]
mod registries;
mod settling;
mod solvency;
mod states;
mod steps;
mod terms;
#[path = "../../../escrow/tests/escrow/token.rs"]
mod token;
mod tokens;
mod topping_up;
#[path = "../../../escrow/tests/escrow/trapdoor.rs"]
mod trapdoor;
mod windows;

/// What the shared modules drive.
mod contract {
    pub use assay_jobs::ContractError;
    pub use assay_jobs::contract::{execute, instantiate, query, reply};
    pub use assay_protocol::messages::jobs::{ExecuteMsg, QueryMsg};

    pub const NAME: &str = "assay-jobs";
}
