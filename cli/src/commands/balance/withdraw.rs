//! `assay balance withdraw`: taking back what was paid ahead.

use assay_protocol::messages::predictions::ExecuteMsg;
use cosmwasm_std::Uint256;

use crate::Error;
use crate::chain::SignerArgs;
use crate::chain::action::{Done, act};
use crate::progress::Progress;

/// Take back what you have paid ahead.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay balance withdraw token --amount 40")]
pub struct Args {
    /// The denomination
    #[arg(value_name = "DENOM")]
    pub denom: String,
    /// How much, instead of all of it
    #[arg(long, value_name = "N", value_parser = amount)]
    pub amount: Option<Uint256>,
    /// Where it is paid to, instead of to you
    #[arg(long, value_name = "ADDRESS")]
    pub to: Option<String>,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

fn amount(text: &str) -> Result<Uint256, String> {
    text.parse()
        .map_err(|_| format!("{text:?} is no whole number"))
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    let message = ExecuteMsg::WithdrawBalance {
        denom: args.denom.clone(),
        amount: args.amount,
        to: args.to.clone(),
    };
    let action = format!("what was prepaid in {} came back", args.denom);
    act(
        &args.signer,
        action,
        |d| d.predictions,
        &message,
        &[],
        progress,
    )
}
