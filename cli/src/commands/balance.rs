//! `assay balance`: what is prepaid for predictions.

use std::process::ExitCode;

use crate::output::Output;

pub mod deposit;
pub mod withdraw;

/// The commands on prepaid balances. What clap shows of each is the documentation of its
/// arguments.
#[allow(missing_docs)]
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Deposit(deposit::Args),
    Withdraw(withdraw::Args),
}

/// Runs a command and prints its report or its error.
pub fn run(command: Command, output: Output) -> ExitCode {
    let progress = output.progress();
    match command {
        Command::Deposit(args) => output.finish(deposit::run(&args, progress)),
        Command::Withdraw(args) => output.finish(withdraw::run(&args, progress)),
    }
}
