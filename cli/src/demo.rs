//! A training job and a prediction on an embedded chain, from registration to payment, and
//! everything that must fail.
//!
//! The flow is written against any four [`Contracts`]: the command runs the native ones,
//! the tests the same flow on the Wasm artifacts. A owns the data and pays, B works, C is
//! another worker, and a stranger has no part in the job. A hospital hides its data and its
//! model, and a requester pays for a prediction.

use std::path::PathBuf;

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;

use crate::Error;

mod attacks;
mod cast;
mod chain;
mod contracts;
mod data;
mod gas;
mod genesis;
mod hospital;
mod job;
mod keys;
mod report;
mod reporter;
mod second_job;

pub use contracts::Contracts;
pub use gas::{GasTable, MessageGas};
pub use report::{Balances, Predicted, Refusal, Report, Training};
pub use reporter::{Reporter, Silent};

use chain::Chain;
use data::Data;
use keys::Keys;

/// Rows of the data, and of the circuit.
pub const ROWS: usize = 569;

/// Lambda is 0.001.
const LAMBDA_65025: u64 = 65;

/// How the demo is run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder in which keys are kept for the next run.
    pub keys: PathBuf,
    /// Make new keys, even if there are some.
    pub fresh: bool,
    /// How many rows of the data to use, the circuit's capacity; [`ROWS`] are all.
    pub rows: usize,
}

/// What every scene of the demo plays with.
struct Stage<'r> {
    chain: Chain,
    data: Data,
    method: SquaredHinge,
    keys: Keys,
    reporter: &'r mut dyn Reporter,
}

/// Runs the demo.
///
/// # Errors
/// [`Error::Accepted`] if something went through that must fail; any other [`Error`] if
/// something failed that must go through.
pub fn run(
    options: &Options,
    contracts: Contracts,
    reporter: &mut dyn Reporter,
) -> Result<Report, Error> {
    let data = Data::load(options.rows)?;
    let (features, classes) = (data.training.data.features() as u32, 2);
    let rows = options.rows as u32;
    let method = SquaredHinge::with_fewest_fraction_bits(rows, features, classes, LAMBDA_65025)?;
    reporter.part("Set-up");
    let keys = keys::get(
        options,
        &CircuitSpec::SquaredHingeFingerprint(method),
        reporter,
    )?;
    let mut stage = Stage {
        chain: genesis::start(contracts)?,
        data,
        method,
        keys,
        reporter,
    };
    let paid = job::run(&mut stage)?;
    stage.reporter.part("What must fail");
    let second = second_job::post(&mut stage, &paid)?;
    let mut refused = attacks::run(&mut stage, &paid, &second)?;
    second_job::refund(&mut stage, &second)?;
    let prediction = hospital::run(options, &mut stage, &mut refused)?;
    Ok(Report {
        training: Training::new(&stage, paid)?,
        prediction,
        refused,
    })
}
