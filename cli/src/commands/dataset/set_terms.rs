//! `assay dataset set-terms`: what its use costs from here on.

use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::ExecuteMsg;
use cosmwasm_std::Coin;

use super::royalty::Royalty;
use super::show::load;
use crate::Error;
use crate::chain::action::{Done, establish};
use crate::chain::payment::paid;
use crate::chain::{Session, SignerArgs};
use crate::error::one_line;
use crate::progress::Progress;

/// Change what the use of your dataset costs, for the jobs that are posted from here on.
///
/// What you don't name stays as a node says that it is: the report has all terms that were
/// signed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  assay dataset set-terms 3 --price 5token --royalty 2.5",
    group = clap::ArgGroup::new("terms").required(true).multiple(true)
)]
pub struct Args {
    /// The dataset
    #[arg(value_name = "DATASET")]
    pub dataset: u64,
    /// The license, a text or a link
    #[arg(long, value_name = "TEXT", group = "terms")]
    pub license: Option<String>,
    /// What you are paid for each model that a job buys
    #[arg(long, value_name = "COIN", group = "terms")]
    pub price: Option<Coin>,
    /// Models cost nothing
    #[arg(long, group = "terms", conflicts_with = "price")]
    pub no_price: bool,
    /// What you are paid of a worker's reward, in per cent, to two places
    #[arg(long, value_name = "PERCENT", group = "terms")]
    pub royalty: Option<Royalty>,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Done, Error> {
    let session = Session::sign(&args.signer)?;
    let registry = session.deployment()?.dataset_registry;
    let dataset = DatasetId(args.dataset);
    let had = load(&session, dataset)?;
    let price = args.price.clone().or(had.price);
    let price = price.filter(|_| !args.no_price);
    let license = args.license.clone().unwrap_or(had.license);
    let royalty = args.royalty.unwrap_or(Royalty(had.royalty_bps));
    let asked = price.as_ref().map_or("nothing".into(), Coin::to_string);
    let action = format!(
        "dataset {dataset} costs {asked} for each model and {royalty} of the reward, license {:?}",
        one_line(&license)
    );
    let message = ExecuteMsg::SetTerms {
        dataset,
        license: license.clone(),
        price: price.clone(),
        royalty_bps: royalty.0,
    };
    let still_holds = || {
        let has = load(&session, dataset)?;
        Ok((has.license, has.price, has.royalty_bps) == (license, price, royalty.0))
    };
    let message = paid(&registry.address, &message, &[])?;
    let address = &registry.address;
    establish(&session, action, address, &[message], still_holds, progress)
}
