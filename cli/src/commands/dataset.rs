//! `assay dataset`: datasets, committed to, on a chain, and handed over.

use std::process::ExitCode;

use super::dataset_commit;
use crate::output::Output;

pub mod fetch;
pub mod list;
pub mod register;
pub mod serve;

/// The commands on datasets. What clap shows of each is the documentation of its arguments.
#[allow(missing_docs)]
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Commit(dataset_commit::Args),
    Register(register::Args),
    List(list::Args),
    Serve(serve::Args),
    Fetch(fetch::Args),
}

/// Runs a command and prints its report or its error.
pub fn run(command: Command, output: Output) -> ExitCode {
    let progress = output.progress();
    match command {
        Command::Commit(args) => output.finish(dataset_commit::run(&args, progress)),
        Command::Register(args) => output.finish(register::run(&args, progress)),
        Command::List(args) => output.finish(list::run(&args)),
        Command::Serve(args) => output.finish(serve::run(&args, output)),
        Command::Fetch(args) => output.finish(fetch::run(&args, progress)),
    }
}
