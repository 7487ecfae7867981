//! `assay credit`: what couldn't be sent.

use std::process::ExitCode;

use crate::output::Output;

pub mod list;
pub mod withdraw;

/// The commands on credits. What clap shows of each is the documentation of its arguments.
#[allow(missing_docs)]
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    List(list::Args),
    Withdraw(withdraw::Args),
}

/// Which contract owes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Debtor {
    /// The contract of training jobs
    Jobs,
    /// The contract of predictions
    Predictions,
}

/// Runs a command and prints its report or its error.
pub fn run(command: Command, output: Output) -> ExitCode {
    let progress = output.progress();
    match command {
        Command::List(args) => output.finish(list::run(&args)),
        Command::Withdraw(args) => output.finish(withdraw::run(&args, progress)),
    }
}
