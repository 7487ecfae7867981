//! The prediction circuit: under the harness, against native evaluation, and proved.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cost;
mod harness;
mod proofs;
mod small;
