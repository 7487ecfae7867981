//! `assay balance deposit`: paying ahead.

use assay_protocol::messages::predictions::ExecuteMsg;
use cosmwasm_std::Coin;

use crate::Error;
use crate::chain::SignerArgs;
use crate::chain::action::{Done, act};
use crate::progress::Progress;

/// Pay ahead for predictions.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay balance deposit 100token")]
pub struct Args {
    /// How much
    #[arg(value_name = "COIN")]
    pub amount: Coin,
    /// For whom, instead of for you: only they can spend it or take it back
    #[arg(long, value_name = "ADDRESS")]
    pub owner: Option<String>,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    let owner = args.owner.clone();
    let message = ExecuteMsg::Deposit { owner };
    let action = format!("{} are prepaid", args.amount);
    let funds = [args.amount.clone()];
    act(
        &args.signer,
        action,
        |d| d.predictions,
        &message,
        &funds,
        progress,
    )
}
