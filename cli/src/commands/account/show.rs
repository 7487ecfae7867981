//! `assay account show`: who signs, and what it has.

use std::fmt;

use cosmwasm_std::{Coin, Uint256};
use serde::Serialize;

use crate::Error;
use crate::chain::{Session, SignerArgs};
use crate::output::Report;

/// Show the address that signs, and what it has.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay account show --denom token")]
pub struct Args {
    /// A denomination, besides the one that gas is paid in
    #[arg(long = "denom", value_name = "DENOM")]
    pub denoms: Vec<String>,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// An account.
#[derive(Debug, Serialize)]
pub struct Shown {
    address: String,
    chain_id: String,
    balances: Vec<Coin>,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the key is no good or the chain can't be asked.
pub fn run(args: &Args) -> Result<Shown, Error> {
    let session = Session::sign(&args.signer)?;
    let address = session.address()?;
    let chain = session.chain();
    let fees = chain.network().gas_price.denom().to_owned();
    let mut balances = Vec::new();
    for denom in std::iter::once(&fees).chain(&args.denoms) {
        let amount: Uint256 = session.block_on(chain.balance(address, denom))?;
        balances.push(Coin {
            denom: denom.clone(),
            amount,
        });
    }
    Ok(Shown {
        address: address.into(),
        chain_id: session.chain_id().into(),
        balances,
    })
}

impl Report for Shown {}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "address  {}", self.address)?;
        writeln!(f, "chain    {}", self.chain_id)?;
        for balance in &self.balances {
            writeln!(f, "has      {balance}")?;
        }
        Ok(())
    }
}
