//! The command line. Each command's own arguments are in its file.

use std::ffi::OsString;

use clap::{CommandFactory, Parser, Subcommand};

use crate::commands::{
    account, balance, circuit_check, circuit_estimate, circuit_register, circuit_setup,
    circuit_spec, compile, completions, credit, dataset, demo, deploy, estimate, fulfil, job,
    key_check, model, offer, ops, prove, request, setup, train, verify,
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
    /// Datasets: commit to one, register it, hand it over
    #[command(
        subcommand,
        after_help = "Example:\n  assay dataset commit cells.csv --label diagnosis -o cells"
    )]
    Dataset(dataset::Command),
    Train(train::Args),
    /// Circuits: specify, estimate, set up, check, register
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
    Deploy(Box<deploy::Args>),
    /// Accounts: keys of your own
    #[command(subcommand, after_help = "Example:\n  assay account new -o worker.key")]
    Account(account::Command),
    /// Training jobs: post, accept, deliver
    #[command(subcommand, after_help = "Example:\n  assay job list --open")]
    Job(job::Command),
    /// Models on a chain: upload, download, register
    #[command(
        subcommand,
        after_help = "Example:\n  assay model download --job 7 -o model.json"
    )]
    Model(model::Command),
    /// Offers of predictions
    #[command(subcommand, after_help = "Example:\n  assay offer list")]
    Offer(offer::Command),
    /// Requests for predictions
    #[command(subcommand, after_help = "Example:\n  assay request list 2 --open")]
    Request(request::Command),
    Fulfil(fulfil::Args),
    /// Credits: what couldn't be sent
    #[command(subcommand, after_help = "Example:\n  assay credit list")]
    Credit(credit::Command),
    /// Balances: what is prepaid for predictions
    #[command(subcommand, after_help = "Example:\n  assay balance deposit 100token")]
    Balance(balance::Command),
    Completions(completions::CompletionsArgs),
    Man(completions::ManArgs),
}

/// The commands on circuits. What clap shows of each is the documentation of its arguments.
#[allow(missing_docs)]
#[derive(Debug, Subcommand)]
pub enum CircuitCommand {
    Spec(circuit_spec::Args),
    Estimate(circuit_estimate::Args),
    Setup(circuit_setup::Args),
    Check(circuit_check::Args),
    Register(circuit_register::Args),
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
