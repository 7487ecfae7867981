//! `assay job`: training jobs on a chain.

use std::process::ExitCode;

use crate::output::Output;

pub mod accept;
pub mod cancel;
pub mod claim;
pub mod deliver;
pub mod extend;
pub mod list;
pub mod post;
pub mod release;
pub mod show;
pub mod slot;
pub mod start;
pub mod top_up;
pub mod watch;

/// The commands on jobs. What clap shows of each is the documentation of its arguments.
#[allow(missing_docs)]
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Post(post::Args),
    List(list::Args),
    Show(show::Args),
    Accept(accept::Args),
    Release(release::Args),
    Start(start::Args),
    Deliver(deliver::Args),
    Cancel(cancel::Args),
    Claim(claim::Args),
    TopUp(top_up::Args),
    Extend(extend::Args),
    Watch(watch::Args),
}

/// Runs a command and prints its report or its error.
pub fn run(command: Command, output: Output) -> ExitCode {
    let progress = output.progress();
    match command {
        Command::Post(args) => output.finish(post::run(&args, progress)),
        Command::List(args) => output.finish(list::run(&args)),
        Command::Show(args) => output.finish(show::run(&args)),
        Command::Accept(args) => output.finish(accept::run(&args, progress)),
        Command::Release(args) => output.finish(release::run(&args, progress)),
        Command::Start(args) => output.finish(start::run(&args, progress)),
        Command::Deliver(args) => output.finish(deliver::run(&args, progress)),
        Command::Cancel(args) => output.finish(cancel::run(&args, progress)),
        Command::Claim(args) => output.finish(claim::run(&args, progress)),
        Command::TopUp(args) => output.finish(top_up::run(&args, progress)),
        Command::Extend(args) => output.finish(extend::run(&args, progress)),
        Command::Watch(args) => output.finish(watch::run(&args, output)),
    }
}
