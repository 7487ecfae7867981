//! `assay offer`: predictions for pay.

use std::process::ExitCode;

use crate::output::Output;

pub mod close;
pub mod list;
pub mod post;
pub mod show;

/// The commands on offers. What clap shows of each is the documentation of its arguments.
#[allow(missing_docs)]
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Post(post::Args),
    List(list::Args),
    Show(show::Args),
    Close(close::Args),
}

/// Runs a command and prints its report or its error.
pub fn run(command: Command, output: Output) -> ExitCode {
    let progress = output.progress();
    match command {
        Command::Post(args) => output.finish(post::run(&args, progress)),
        Command::List(args) => output.finish(list::run(&args)),
        Command::Show(args) => output.finish(show::run(&args)),
        Command::Close(args) => output.finish(close::run(&args, progress)),
    }
}
