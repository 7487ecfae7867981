//! `assay credit list`: what is owed to an address, and what it has prepaid.

use std::fmt;

use assay_protocol::messages::escrow::CreditsResponse;
use assay_protocol::messages::predictions::BalancesResponse;
use assay_protocol::messages::{jobs, predictions};
use cosmwasm_std::Coin;
use serde::Serialize;

use crate::Error;
use crate::chain::{Session, SignerArgs};
use crate::output::Report;

/// List what is owed to you, and what you have prepaid.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay credit list")]
pub struct Args {
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// What is owed, and what was prepaid.
#[derive(Debug, Serialize)]
pub struct Listed {
    address: String,
    jobs: Vec<Coin>,
    predictions: Vec<Coin>,
    prepaid: Vec<Coin>,
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the chain can't be asked.
pub fn run(args: &Args) -> Result<Listed, Error> {
    let session = Session::sign(&args.signer)?;
    let deployment = session.deployment()?;
    let address = session.address()?.to_owned();
    let (start_after, limit) = (None, Some(50));
    let query = jobs::QueryMsg::Credits {
        address: address.clone(),
        start_after,
        limit,
    };
    let of_jobs: CreditsResponse = session.ask(&deployment.jobs, &query)?;
    let of_predictions: CreditsResponse = session.ask(&deployment.predictions, &query)?;
    let query = predictions::QueryMsg::Balances {
        address: address.clone(),
        start_after: None,
        limit,
    };
    let prepaid: BalancesResponse = session.ask(&deployment.predictions, &query)?;
    Ok(Listed {
        address,
        jobs: of_jobs.credits,
        predictions: of_predictions.credits,
        prepaid: prepaid.balances,
    })
}

impl Report for Listed {}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |coins: &[Coin]| match coins {
            [] => "nothing".to_owned(),
            coins => coins
                .iter()
                .map(Coin::to_string)
                .collect::<Vec<_>>()
                .join(", "),
        };
        writeln!(f, "owed by jobs         {}", shown(&self.jobs))?;
        writeln!(f, "owed by predictions  {}", shown(&self.predictions))?;
        writeln!(f, "prepaid              {}", shown(&self.prepaid))
    }
}
