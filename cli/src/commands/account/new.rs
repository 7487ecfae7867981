//! `assay account new`: a key file that a passphrase opens.

use std::fmt;
use std::path::PathBuf;

use assay_client::{Account, account};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::Error;
use crate::chain::key;
use crate::output::Report;

/// Make a key, or encrypt one that you have, in a file that a passphrase opens.
///
/// The file is in age's format: `age --decrypt` shows the mnemonic to whoever has the
/// passphrase. Keep a copy: nobody can restore it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay account new -o worker.key")]
pub struct Args {
    /// Encrypt the mnemonic in this file instead of making one
    #[arg(long, value_name = "FILE")]
    pub mnemonic: Option<PathBuf>,
    /// What addresses begin with, for the address that is shown
    #[arg(long, value_name = "PREFIX", default_value = "wasm")]
    pub prefix: String,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

/// A key that was made.
#[derive(Debug, Serialize)]
pub struct Made {
    address: String,
    output: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if a file is no good.
pub fn run(args: &Args) -> Result<Made, Error> {
    let mnemonic = match &args.mnemonic {
        Some(path) => key::read(path)?,
        None => {
            let mut entropy = Zeroizing::new([0; 32]);
            getrandom::fill(entropy.as_mut())?;
            account::mnemonic_from(&entropy)?
        }
    };
    let account = Account::from_mnemonic(&mnemonic, &args.prefix)?;
    key::write(&args.output, mnemonic.trim())?;
    Ok(Made {
        address: account.address().into(),
        output: args.output.clone(),
    })
}

impl Report for Made {}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "address     {}", self.address)?;
        writeln!(f, "written to  {}", self.output.display())
    }
}
