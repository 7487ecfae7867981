//! The importer: every operator against tract's floats, whole networks, third-party models,
//! and hostile files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod elementwise;
mod float;
mod hostile;
mod label;
mod memory;
mod model;
mod networks;
mod products;
mod refused;
mod shapes;
mod third_party;
