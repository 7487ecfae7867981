//! `assay job top-up`: a higher reward.

use assay_protocol::messages::jobs::ExecuteMsg;
use cosmwasm_std::Coin;

use super::slot::{Done, SlotArgs, act_paid};
use crate::Error;
use crate::chain::SignerArgs;
use crate::progress::Progress;

/// Add to the reward of a slot that hasn't ended.
///
/// It is part of the reward from then on: if nobody delivers, it goes to the requester's side.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay job top-up 7 5token")]
pub struct Args {
    /// Which slot.
    #[command(flatten)]
    pub slot: SlotArgs,
    /// How much, in the reward's denomination
    #[arg(value_name = "COIN")]
    pub amount: Coin,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    let funds = [args.amount.clone()];
    act_paid(
        &args.signer,
        args.slot,
        "top-up",
        ExecuteMsg::TopUp,
        &funds,
        progress,
    )
}
