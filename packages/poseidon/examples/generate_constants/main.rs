//! Writes `src/constants.rs`.
//!
//! `cargo run --release -p assay-poseidon --example generate_constants`
//!
//! The output depends on nothing but this code; `tests/constants.rs` compares it with
//! the committed file byte for byte.

mod parameters;

fn main() -> std::io::Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/constants.rs");
    let source =
        parameters::source().ok_or_else(|| std::io::Error::other("a matrix has no inverse"))?;
    std::fs::write(path, source)
}
