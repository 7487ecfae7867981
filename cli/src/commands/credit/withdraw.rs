//! `assay credit withdraw`: collecting what couldn't be sent.

use assay_protocol::messages::{jobs, predictions};

use super::Debtor;
use crate::Error;
use crate::chain::SignerArgs;
use crate::chain::action::{Done, act};
use crate::progress::Progress;

/// Collect what couldn't be sent.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay credit withdraw token --of jobs")]
pub struct Args {
    /// The denomination
    #[arg(value_name = "DENOM")]
    pub denom: String,
    /// Which contract owes it
    #[arg(long, value_name = "CONTRACT", default_value = "jobs")]
    pub of: Debtor,
    /// Whose credit is paid to it, instead of yours
    #[arg(long, value_name = "ADDRESS")]
    pub owner: Option<String>,
    /// Where yours is paid to, instead of to you
    #[arg(long, value_name = "ADDRESS", conflicts_with = "owner")]
    pub to: Option<String>,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    let (denom, owner, to) = (args.denom.clone(), args.owner.clone(), args.to.clone());
    let action = format!("the credit in {denom} is paid");
    match args.of {
        Debtor::Jobs => {
            let message = jobs::ExecuteMsg::Withdraw { denom, owner, to };
            act(&args.signer, action, |d| d.jobs, &message, &[], progress)
        }
        Debtor::Predictions => {
            let message = predictions::ExecuteMsg::Withdraw { denom, owner, to };
            act(
                &args.signer,
                action,
                |d| d.predictions,
                &message,
                &[],
                progress,
            )
        }
    }
}
