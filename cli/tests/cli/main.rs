//! Runs the `assay` command as a user does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod circuit;
mod commit;
mod demo;
mod estimate;
mod fingerprint;
mod fixture;
mod prediction;
mod proof;
mod proving_key;
mod run;
mod secret;
mod training;
mod usage;
