//! What the client does with nodes that lose answers, lag, deny and refuse.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod node;
mod reading;
mod sending;
