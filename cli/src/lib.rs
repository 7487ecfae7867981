//! The `assay` command: datasets, training, circuits, proofs, and a demo of the
//! whole job on an embedded chain.
//!
//! - [`args`]: the command line; [`commands`]: a file for each command, with its
//!   arguments, its report and what it does.
//! - [`artefact`]: the files that commands read and write, each versioned and
//!   self-describing; [`table`]: CSV files, and [`quotes`] in them.
//! - [`chain`]: what commands that talk to a chain share.
//! - [`inputs`]: rows of numbers from CSV, .npy and JSON files; [`clamped`]: values of
//!   theirs outside a schema's bounds.
//! - [`proving`]: proofs from what those files hold; [`nodes`]: what each node of a model
//!   costs; [`proving_costs`]: what setup and proof would cost; [`memory`]: what proving took.
//! - [`demo`]: a training job from registration to payment and what must fail,
//!   on an embedded chain.
//! - [`output`], [`progress`], [`error`]: what is printed, and where.
#![forbid(unsafe_code)]

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

pub mod args;
pub mod artefact;
pub mod chain;
pub mod clamped;
pub mod commands;
pub mod demo;
pub mod error;
pub mod inputs;
pub mod lambda;
pub mod memory;
pub mod nodes;
pub mod output;
pub mod progress;
pub mod proving;
pub mod proving_costs;
pub mod quotes;
pub mod table;

pub use error::Error;

use args::Cli;
use output::Output;

/// Runs the command line and prints what it has to say.
///
/// Exit codes: 0 done, 1 a proof or a check is refused, 2 bad input.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    // Without the handler an interrupt leaves a temporary file behind, and nothing worse.
    artefact::file::remove_pending_on_interrupt().ok();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    match Cli::try_parse_from(&arguments) {
        Ok(cli) => commands::run(cli.command, Output::new(cli.json)),
        Err(error) => {
            let output = Output::new(arguments.iter().any(|a| a == "--json"));
            output.usage(&error, &args::command_named(&arguments))
        }
    }
}
