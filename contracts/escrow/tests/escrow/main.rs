//! The escrow's promises: message by message with typed errors (`escrow`), and
//! with real registries and a bank on cw-multi-test's chain (`chain`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accepting;
mod bank;
mod chain;
mod challenged;
mod challenges;
mod credits;
mod deadlines;
mod delivering;
mod escrow;
mod fingerprints;
mod fulfilling;
mod incoming;
mod instantiating;
mod listing;
mod market;
mod offering;
mod parting;
mod posting;
mod prediction;
mod prepaid;
mod reading;
mod reclaiming;
mod registries;
mod requesting;
mod settling;
mod solvency;
mod states;
mod steps;
mod terms;
mod trapdoor;
