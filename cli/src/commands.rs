//! The commands: a file for each, with its arguments, its report and what it does.

use std::process::ExitCode;

use crate::args::{CircuitCommand, Command, KeyCommand};
use crate::output::Output;

pub mod account;
pub mod balance;
pub mod circuit_check;
pub mod circuit_estimate;
pub mod circuit_register;
pub mod circuit_setup;
pub mod circuit_spec;
pub mod compile;
pub mod completions;
pub mod credit;
pub mod dataset;
pub mod dataset_commit;
pub mod demo;
pub mod deploy;
pub mod estimate;
pub mod fulfil;
pub mod job;
pub mod key_check;
pub mod model;
pub mod offer;
pub mod ops;
pub mod prove;
pub mod request;
pub mod setup;
pub mod train;
pub mod verify;

/// Runs a command and prints its report or its error.
pub fn run(command: Command, output: Output) -> ExitCode {
    let progress = output.progress();
    match command {
        Command::Dataset(command) => dataset::run(command, output),
        Command::Train(args) => output.finish(train::run(&args, progress)),
        Command::Circuit(CircuitCommand::Spec(args)) => {
            output.finish(circuit_spec::run(&args, progress))
        }
        Command::Circuit(CircuitCommand::Estimate(args)) => {
            output.finish(circuit_estimate::run(&args, progress))
        }
        Command::Circuit(CircuitCommand::Setup(args)) => {
            output.finish(circuit_setup::run(&args, progress))
        }
        Command::Circuit(CircuitCommand::Check(args)) => {
            output.finish(circuit_check::run(&args, progress))
        }
        Command::Circuit(CircuitCommand::Register(args)) => {
            output.finish(circuit_register::run(&args, progress))
        }
        Command::Key(KeyCommand::Check(args)) => output.finish(key_check::run(&args, progress)),
        Command::Compile(args) => output.finish(compile::run(&args, progress)),
        Command::Setup(args) => output.finish(setup::run(&args, progress)),
        Command::Estimate(args) => output.finish(estimate::run(&args, progress)),
        Command::Ops(args) => output.finish(ops::run(&args)),
        Command::Prove(args) => output.finish(prove::run(&args, progress)),
        Command::Verify(args) => output.finish(verify::run(&args, progress)),
        Command::Demo(args) => output.finish(demo::run(&args, output)),
        Command::Deploy(args) => deploy::run(&args, output),
        Command::Account(command) => account::run(command, output),
        Command::Job(command) => job::run(command, output),
        Command::Model(command) => model::run(command, output),
        Command::Offer(command) => offer::run(command, output),
        Command::Request(command) => request::run(command, output),
        Command::Fulfil(args) => output.finish(fulfil::run(&args, progress)),
        Command::Credit(command) => credit::run(command, output),
        Command::Balance(command) => balance::run(command, output),
        Command::Completions(args) => output.finish(completions::completions(&args)),
        Command::Man(args) => output.finish(completions::manual(&args)),
    }
}
