//! The command line. Each command's own arguments are in its file.

use std::ffi::OsString;

use clap::{CommandFactory, Parser, Subcommand};

use crate::commands::{
    circuit_check, circuit_estimate, circuit_setup, circuit_spec, compile, dataset_commit, demo,
    estimate, key_check, ops, prove, setup, train, verify,
};

/// Pay for machine learning on proof.
///
/// A dataset is committed to, a model is trained on it, and a Groth16 proof shows that the
/// model's parameters come from that data by that method. The proof releases the payment.
#[derive(Debug, Parser)]
#[command(
    name = "assay",
    version,
    propagate_version = true,
    after_help = "Exit codes: 0 done, 1 a proof or a check is refused, 2 bad input.\n\n\
        Example:\n  assay demo"
)]
pub struct Cli {
    /// Print one JSON object on stdout and nothing else
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands. What clap shows of each is the documentation of its arguments.
#[allow(missing_docs)]
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Datasets: commit to one
    #[command(
        subcommand,
        after_help = "Example:\n  assay dataset commit cells.csv --label diagnosis -o cells"
    )]
    Dataset(DatasetCommand),
    Train(train::Args),
    /// Circuits: specify, estimate, set up, check
    #[command(
        subcommand,
        after_help = "Example:\n  assay circuit spec --rows 569 --features 30 --classes 2 --lambda 0.001 -o spec.json"
    )]
    Circuit(CircuitCommand),
    /// Proving keys: check one
    #[command(
        subcommand,
        after_help = "Example:\n  assay key check circuit/proving.key"
    )]
    Key(KeyCommand),
    Compile(compile::Args),
    Setup(setup::Args),
    Estimate(estimate::Args),
    Ops(ops::Args),
    Prove(prove::Args),
    Verify(verify::Args),
    Demo(demo::Args),
}

/// The commands on datasets. What clap shows of each is the documentation of its arguments.
#[allow(missing_docs)]
#[derive(Debug, Subcommand)]
pub enum DatasetCommand {
    Commit(dataset_commit::Args),
}

/// The commands on circuits. What clap shows of each is the documentation of its arguments.
#[allow(missing_docs)]
#[derive(Debug, Subcommand)]
pub enum CircuitCommand {
    Spec(circuit_spec::Args),
    Estimate(circuit_estimate::Args),
    Setup(circuit_setup::Args),
    Check(circuit_check::Args),
}

/// The commands on proving keys. What clap shows of each is the documentation of its
/// arguments.
#[allow(missing_docs)]
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    Check(key_check::Args),
}

/// The command that a command line names, `assay circuit spec` say, whatever is wrong with
/// the rest of it.
pub fn command_named(arguments: &[OsString]) -> String {
    let mut command = &Cli::command();
    let mut named = command.get_name().to_owned();
    for argument in arguments.iter().skip(1).filter(|a| *a != "--json") {
        let Some(inner) = command.find_subcommand(argument) else {
            break;
        };
        named = format!("{named} {}", inner.get_name());
        command = inner;
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_command(command: &clap::Command, check: &dyn Fn(&clap::Command)) {
        check(command);
        for inner in command.get_subcommands() {
            every_command(inner, check);
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_an_example_that_parses() {
        every_command(&Cli::command(), &|command| {
            let help = command.get_after_help().map(ToString::to_string);
            let help = help.unwrap_or_default();
            // "Example:" or "Example of a ...:", each with one command.
            let examples: Vec<&str> = help.split("Example").skip(1).collect();
            assert!(
                !examples.is_empty(),
                "{} has no example",
                command.get_name()
            );
            for example in examples {
                let command_line = example.split_once(":\n").unwrap_or_default().1;
                let words = command_line.split_whitespace().filter(|word| *word != "\\");
                assert!(
                    Cli::try_parse_from(words).is_ok(),
                    "{}: {command_line:?}",
                    command.get_name()
                );
            }
        });
    }
}
