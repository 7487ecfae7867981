//! `assay estimate`: what a model's predictions would cost to prove, without proving.

use std::fmt;

use assay_protocol::circuit::CircuitSpec;
use assay_prover::import::Compiled;
use serde::Serialize;

use super::compile::Source;
use crate::Error;
use crate::demo::GasTable;
use crate::nodes::{NodeCosts, node_costs};
use crate::output::Report;
use crate::progress::Progress;
use crate::proving_costs::ProvingCosts;

/// Estimate what it costs to prove a model's predictions. Nothing is proved or written.
///
/// Constraints and the key's size are exact. Memory and times are what the engine needs for
/// as many constraints on two cores with AVX-512, and four times as long without; gas is
/// what the escrow's tests measured. For a training see `assay circuit estimate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay estimate digits.onnx --calibrate pixels.csv")]
pub struct Args {
    /// The model and how it is compiled.
    #[command(flatten)]
    pub source: Source,
}

/// SDK gas of a transaction that does nothing.
const BASE_GAS: u64 = 96_000;
/// SDK gas for each further byte of outputs: in the message, in storage, and hashed.
const GAS_PER_BYTE: u64 = 10 + 30 + 26;

/// What it would cost.
#[derive(Debug, Serialize)]
pub struct Estimate {
    constraints: usize,
    wires: usize,
    #[serde(flatten)]
    costs: NodeCosts,
    parameter_bytes: usize,
    #[serde(flatten)]
    proving: ProvingCosts,
    fulfil_gas: u64,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the model can't be compiled.
pub fn run(args: &Args, progress: Progress) -> Result<Estimate, Error> {
    let _step = progress.step("compiling");
    let Compiled {
        plan,
        parameters,
        origins,
        ..
    } = args.source.compile()?;
    let origins: Vec<String> = origins.into_iter().map(|origin| origin.name).collect();
    let (costs, total) = node_costs(&plan, &origins)?;
    let spec = CircuitSpec::Prediction(plan.spec().clone());
    Ok(Estimate {
        constraints: total.total,
        wires: total.wires,
        costs,
        parameter_bytes: parameters.len(),
        proving: ProvingCosts::of(&spec, total.total)?,
        fulfil_gas: fulfil_gas(plan.spec().output_bytes() as u64)?,
    })
}

/// SDK gas of the whole transaction that answers a request with so many bytes.
fn fulfil_gas(output_bytes: u64) -> Result<u64, Error> {
    let table = GasTable::measured()?;
    let fulfil = table.messages.iter().find(|row| row.message == "fulfil");
    let measured = fulfil.map_or(0, |row| row.gas);
    // The one that was measured answers with one byte.
    Ok(BASE_GAS + measured + GAS_PER_BYTE * output_bytes.saturating_sub(1))
}

impl Report for Estimate {}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.costs)?;
        writeln!(f, "constraints  {}", self.constraints)?;
        writeln!(f, "parameters   {} bytes", self.parameter_bytes)?;
        write!(f, "{}", self.proving)?;
        writeln!(
            f,
            "gas          about {} to answer a request",
            self.fulfil_gas
        )
    }
}
