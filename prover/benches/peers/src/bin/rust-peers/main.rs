//! Measures the provers of others that are written in Rust.
#![forbid(unsafe_code)]

mod ark;
mod groth16;

use std::process::ExitCode;

use assay_peers::{Error, Stage};
use clap::Parser;

/// Measures one stage of a prover of others
#[derive(Parser)]
#[command(name = "rust-peers")]
enum Command {
    /// The crate `ark-groth16`
    #[command(subcommand)]
    Ark(Stage),
    /// The crate `groth16`, bellman's prover
    #[command(subcommand)]
    Groth16(Stage),
}

impl Command {
    fn run(self) -> Result<(), Error> {
        match self {
            Self::Ark(stage) => stage.run::<ark::Ark>(),
            Self::Groth16(stage) => stage.run::<groth16::Bellman>(),
        }
    }
}

fn main() -> ExitCode {
    match Command::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rust-peers: {error}");
            ExitCode::FAILURE
        }
    }
}
