//! `assay request`: asking for predictions.

use std::process::ExitCode;

use crate::output::Output;

pub mod list;
pub mod post;
pub mod reclaim;
pub mod show;

/// The commands on requests. What clap shows of each is the documentation of its arguments.
#[allow(missing_docs)]
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Post(post::Args),
    List(list::Args),
    Show(show::Args),
    Reclaim(reclaim::Args),
}

/// Runs a command and prints its report or its error.
pub fn run(command: Command, output: Output) -> ExitCode {
    let progress = output.progress();
    match command {
        Command::Post(args) => output.finish(post::run(&args, progress)),
        Command::List(args) => output.finish(list::run(&args)),
        Command::Show(args) => output.finish(show::run(&args)),
        Command::Reclaim(args) => output.finish(reclaim::run(&args, progress)),
    }
}
