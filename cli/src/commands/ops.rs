//! `assay ops`: the operators that models may be made of.

use std::fmt;

use assay_prover::op::OPERATORS;
use serde::Serialize;

use crate::Error;
use crate::output::Report;

/// List the operators that a compiled model may be made of, and the ONNX operators that
/// become them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay ops")]
pub struct Args {}

/// The operators.
#[derive(Debug, Serialize)]
pub struct Operators {
    operators: Vec<Operator>,
}

#[derive(Debug, Serialize)]
struct Operator {
    name: &'static str,
    onnx: &'static [&'static str],
    summary: &'static str,
}

/// Runs the command.
///
/// # Errors
/// None.
pub fn run(_: &Args) -> Result<Operators, Error> {
    let operator = |info: &assay_prover::op::OperatorInfo| Operator {
        name: info.name,
        onnx: info.onnx,
        summary: info.summary,
    };
    let operators = OPERATORS.iter().map(operator).collect();
    Ok(Operators { operators })
}

impl Report for Operators {}

impl fmt::Display for Operators {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<10} {:<40} what it computes", "operator", "from ONNX")?;
        for Operator {
            name,
            onnx,
            summary,
        } in &self.operators
        {
            writeln!(f, "{name:<10} {:<40} {summary}", onnx.join(", "))?;
        }
        writeln!(
            f,
            "\nA Sigmoid or Softmax at the end is passed over where the answer is the label; Identity,\n\
             Dropout and Cast are passed over. An operator without ONNX names is put in by `assay compile`."
        )
    }
}
