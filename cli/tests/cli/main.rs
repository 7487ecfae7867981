//! Runs the `assay` command as a user does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod account;
mod answers;
mod circuit;
mod commit;
mod config;
mod demo;
mod estimate;
mod fingerprint;
mod fixture;
mod manual;
mod prediction;
mod proof;
mod proving_key;
mod run;
mod secret;
mod training;
mod usage;
