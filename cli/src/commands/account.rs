//! `assay account`: keys of one's own.

use std::process::ExitCode;

use crate::output::Output;

pub mod new;
pub mod show;

/// The commands on accounts. What clap shows of each is the documentation of its arguments.
#[allow(missing_docs)]
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    New(new::Args),
    Show(show::Args),
}

/// Runs a command and prints its report or its error.
pub fn run(command: Command, output: Output) -> ExitCode {
    match command {
        Command::New(args) => output.finish(new::run(&args)),
        Command::Show(args) => output.finish(show::run(&args)),
    }
}
