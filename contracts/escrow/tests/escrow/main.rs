//! The escrow's promises: message by message with typed errors (`escrow`), and
//! with real registries and a bank on cw-multi-test's chain (`chain`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accepting;
mod chain;
mod credits;
mod deadlines;
mod delivering;
mod escrow;
mod instantiating;
mod listing;
mod parting;
mod posting;
mod registries;
mod settling;
mod solvency;
mod states;
mod terms;
mod trapdoor;
