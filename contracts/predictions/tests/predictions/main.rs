//! The promises of predictions: message by message with typed errors (`escrow`), and
//! with real registries, a bank and tokens on cw-multi-test's chain (`chain`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../../escrow/tests/escrow/bank.rs"]
mod bank;
#[allow(dead_code)]
#[path = "../../../escrow/tests/escrow/chain.rs"]
mod chain;
mod challenged;
#[path = "../../../escrow/tests/escrow/challenges.rs"]
mod challenges;
mod closing;
mod deadlines;
#[allow(dead_code)]
#[path = "../../../escrow/tests/escrow/deployment.rs"]
mod deployment;
#[allow(dead_code)]
#[path = "../../../escrow/tests/escrow/escrow.rs"]
mod escrow;
mod events;
mod fingerprints;
mod fulfilling;
#[path = "../../../escrow/tests/escrow/incoming.rs"]
mod incoming;
#[path = "../../../escrow/tests/escrow/instantiating.rs"]
mod instantiating;
mod listing;
mod market;
mod offering;
mod parties;
mod prediction;
mod prepaid;
mod reading;
mod reclaiming;
#[allow(dead_code)]
#[path = "../../../escrow/tests/escrow/registries.rs"]
mod registries;
mod requesting;
mod solvency;
mod steps;
#[path = "../../../escrow/tests/escrow/token.rs"]
mod token;
mod tokens;
mod trade;
#[path = "../../../escrow/tests/escrow/trapdoor.rs"]
mod trapdoor;

/// What the shared modules drive.
mod contract {
    pub use assay_predictions::ContractError;
    pub use assay_predictions::contract::{execute, instantiate, query, reply};
    pub use assay_protocol::messages::predictions::{ExecuteMsg, QueryMsg};

    pub const NAME: &str = "assay-predictions";
}
