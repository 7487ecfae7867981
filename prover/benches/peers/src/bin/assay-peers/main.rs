//! Exports the benchmark's instances, measures our engine, and reports on all provers.
#![forbid(unsafe_code)]

mod assay;
mod circuits;
mod export;
mod recorder;
mod report;

use std::io::stdin;
use std::path::PathBuf;
use std::process::ExitCode;

use assay_peers::{ProverError, Stage};
use clap::{Parser, value_parser};

use crate::assay::Assay;
use crate::export::Witness;

/// Exports the instances of the peer benchmark, measures the engine and reports
#[derive(Parser)]
#[command(name = "assay-peers")]
enum Command {
    /// Write a circuit with its witness to an instance file
    Export {
        /// What kind of circuit and witness
        #[arg(value_enum)]
        witness: Witness,
        /// The instance's file, written
        instance: PathBuf,
        /// Binary logarithm of the domain's size; the certificate has its own
        #[arg(long, default_value_t = 10, value_parser = value_parser!(u32).range(4..=24))]
        log2: u32,
    },
    #[command(flatten)]
    Stage(Stage),
    /// Read the records of all processes from standard input, print medians
    Report {
        /// One line of JSON instead of a table
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    fn run(self) -> Result<(), ProverError> {
        match self {
            Self::Export {
                witness,
                instance,
                log2,
            } => export::export(witness, log2, &instance)?,
            Self::Stage(stage) => stage.run::<Assay>()?,
            Self::Report { json } => report::report(stdin().lock(), json)?,
        }
        Ok(())
    }
}

fn main() -> ExitCode {
    match Command::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("assay-peers: {error}");
            ExitCode::FAILURE
        }
    }
}
