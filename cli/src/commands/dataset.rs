//! `assay dataset`: datasets, committed to, on a chain, and handed over.

use std::process::ExitCode;

use super::dataset_commit;
use crate::output::Output;

pub mod accept;
pub mod deprecate;
pub mod fetch;
pub mod list;
pub mod register;
pub mod royalty;
pub mod serve;
pub mod set_terms;
pub mod show;
pub mod transfer;

/// The commands on datasets. What clap shows of each is the documentation of its arguments.
#[allow(missing_docs)]
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Commit(dataset_commit::Args),
    Register(register::Args),
    List(list::Args),
    Show(show::Args),
    SetTerms(set_terms::Args),
    Transfer(transfer::Args),
    Accept(accept::Args),
    Deprecate(deprecate::Args),
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
        Command::Show(args) => output.finish(show::run(&args)),
        Command::SetTerms(args) => output.finish(set_terms::run(&args, progress)),
        Command::Transfer(args) => output.finish(transfer::run(&args, progress)),
        Command::Accept(args) => output.finish(accept::run(&args, progress)),
        Command::Deprecate(args) => output.finish(deprecate::run(&args, progress)),
        Command::Serve(args) => output.finish(serve::run(&args, output)),
        Command::Fetch(args) => output.finish(fetch::run(&args, progress)),
    }
}
