//! `assay key check`: whether a proving key's points are what they must be.

use std::fmt;
use std::path::PathBuf;

use assay_engine::{ProvingKey, check_points};
use serde::Serialize;

use crate::Error;
use crate::output::Report;
use crate::progress::Progress;

/// Check the points of a proving key, without its circuit.
///
/// Every point must be canonical, on its curve and in the group of prime order, and the
/// powers of the trapdoor must be powers. Whether the key belongs to a circuit is what
/// `assay circuit check` tells, which does all this as well.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay key check circuit/proving.key")]
pub struct Args {
    /// A proving key
    #[arg(value_name = "FILE")]
    pub key: PathBuf,
}

/// A key whose points are in order.
#[derive(Debug, Serialize)]
pub struct Checked {
    key: PathBuf,
    constraints: usize,
    challenges: bool,
}

/// Runs the command.
///
/// # Errors
/// [`Error::KeyPoints`] with the part that is wrong, or another [`Error`] if the file is no good.
pub fn run(args: &Args, progress: Progress) -> Result<Checked, Error> {
    let _step = progress.step("checking the key");
    let key = ProvingKey::load(&args.key)?;
    check_points(&key).map_err(Error::KeyPoints)?;
    Ok(Checked {
        key: args.key.clone(),
        constraints: key.constraints(),
        challenges: key.verifying_key().epsilon_g2().is_some(),
    })
}

impl Report for Checked {}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "key          {}", self.key.display())?;
        writeln!(f, "constraints  {}", self.constraints)?;
        writeln!(
            f,
            "challenges   {}",
            if self.challenges { "yes" } else { "no" }
        )?;
        writeln!(f, "points       on their curves and in their groups")?;
        writeln!(f, "powers       of one trapdoor")?;
        writeln!(
            f,
            "not checked  whether it is the key of a circuit: `assay circuit check` tells"
        )
    }
}
