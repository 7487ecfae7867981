//! The committed tables are what the generator writes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../examples/generate_constants/parameters/mod.rs"]
mod parameters;

#[test]
fn the_committed_tables_are_what_the_generator_writes() {
    let committed = include_str!("../src/constants.rs");
    assert!(
        parameters::source().expect("the matrices are invertible") == committed,
        "run `cargo run --release -p assay-poseidon --example generate_constants`"
    );
}
