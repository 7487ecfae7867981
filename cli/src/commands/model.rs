//! `assay model`: parameters and hidden models on a chain.

use std::process::ExitCode;

use crate::output::Output;

pub mod delete;
pub mod download;
mod freed;
pub mod pin;
pub mod register;
pub mod release;
pub mod show;
pub mod upload;

/// The commands on models. What clap shows of each is the documentation of its arguments.
#[allow(missing_docs)]
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Upload(upload::Args),
    Download(download::Args),
    Show(show::Args),
    Pin(pin::Args),
    Release(release::Args),
    Delete(delete::Args),
    Register(register::Args),
}

/// Runs a command and prints its report or its error.
pub fn run(command: Command, output: Output) -> ExitCode {
    let progress = output.progress();
    match command {
        Command::Upload(args) => output.finish(upload::run(&args, progress)),
        Command::Download(args) => output.finish(download::run(&args, progress)),
        Command::Show(args) => output.finish(show::run(&args)),
        Command::Pin(args) => output.finish(pin::run(&args, progress)),
        Command::Release(args) => output.finish(release::run(&args, progress)),
        Command::Delete(args) => output.finish(delete::run(&args, progress)),
        Command::Register(args) => output.finish(register::run(&args, progress)),
    }
}
