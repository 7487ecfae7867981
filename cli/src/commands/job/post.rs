//! `assay job post`: a training to be paid for.

use std::fmt;

use assay_client::sender::Used;
use assay_protocol::id::{CircuitId, DatasetId};
use assay_protocol::messages::circuit_registry::{self, CircuitResponse};
use assay_protocol::messages::jobs::{ExecuteMsg, Posting, Windows};
use cosmwasm_std::Coin;
use serde::Serialize;

use crate::Error;
use crate::artefact::circuit::key_warning;
use crate::chain::payment::{paid, times};
use crate::chain::sent::Sent;
use crate::chain::window::Length;
use crate::chain::{Session, SignerArgs};
use crate::commands::dataset::royalty::Royalty;
use crate::output::Report;
use crate::progress::Progress;

/// Post a training job and lock its reward.
///
/// Whoever trains the model on the committed data by the registered method and delivers it
/// with a proof is paid. What nobody delivers in time comes back.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  assay job post --dataset 1 --reward 100token --bond 10token \\\n    \
    --circuit 235b39bb08cb562b06e4a0ebf0466c5fcf70ce17fb0ce0bd113d578c71903839"
)]
pub struct Args {
    /// The dataset's id on chain
    #[arg(long, value_name = "N")]
    pub dataset: u64,
    /// The circuit's id: the method
    #[arg(long, value_name = "ID")]
    pub circuit: CircuitId,
    /// What a delivery is paid
    #[arg(long, value_name = "COIN")]
    pub reward: Coin,
    /// What a worker deposits, and loses by starting and not delivering; nothing by default
    #[arg(long, value_name = "COIN")]
    pub bond: Option<Coin>,
    /// What the dataset's owner is paid for each model, where it asks for something: you agree
    /// to exactly that
    #[arg(long, value_name = "COIN")]
    pub price: Option<Coin>,
    /// What the dataset's owner is paid of the reward, in per cent, where it asks for some: you
    /// agree to exactly that
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    pub royalty: Royalty,
    /// How many times the same training is bought
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub slots: u32,
    /// The only worker who may accept
    #[arg(long, value_name = "ADDRESS")]
    pub worker: Option<String>,
    /// How long the job can be accepted
    #[arg(long, value_name = "TIME", default_value = "1d")]
    pub acceptance: Length,
    /// How long handing the data over may take
    #[arg(long, value_name = "TIME", default_value = "1h")]
    pub hand_over: Length,
    /// How long training, proving and delivering may take
    #[arg(long, value_name = "TIME", default_value = "1d")]
    pub delivery: Length,
    /// Who controls the job and gets the model, instead of who pays
    #[arg(long, value_name = "ADDRESS")]
    pub requester: Option<String>,
    /// Who is paid refunds, instead of who pays
    #[arg(long, value_name = "ADDRESS")]
    pub refund_to: Option<String>,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// A job that was posted.
#[derive(Debug, Serialize)]
pub struct Posted {
    job: u64,
    dataset: u64,
    circuit: CircuitId,
    locked: Vec<String>,
    #[serde(flatten)]
    sent: Sent,
    warning: &'static str,
    #[serde(skip)]
    _used: Used,
}

/// Runs the command.
///
/// # Errors
/// [`Error`], with the contract's reason if it refuses.
pub fn run(args: &Args, progress: Progress) -> Result<Posted, Error> {
    let session = Session::sign(&args.signer)?;
    let deployment = session.deployment()?;
    let _step = progress.step("posting the job");
    let query = circuit_registry::QueryMsg::Circuit { id: args.circuit };
    let circuit: CircuitResponse = session.ask(&deployment.circuit_registry, &query)?;
    let posting = args.posting(&session)?;
    let locked = locked(&posting)?;
    let jobs = &deployment.jobs.address;
    let message = paid(jobs, &ExecuteMsg::Post(posting), &locked)?;
    let sender = session.sender()?;
    let executed = session.send_as(&sender, jobs, &args.intent(), &[message])?;
    Ok(Posted {
        job: executed.parsed(jobs, "wasm-assay-post", "job_id")?,
        dataset: args.dataset,
        circuit: args.circuit,
        locked: locked.iter().map(Coin::to_string).collect(),
        sent: Sent::from(&executed),
        warning: key_warning(&circuit.setup),
        _used: sender.into_used(),
    })
}

impl Args {
    /// What is posted, as it was asked for: in blocks, the same windows differ each time.
    fn intent(&self) -> String {
        let Self {
            dataset,
            circuit,
            reward,
            bond,
            slots,
            price,
            royalty,
            ..
        } = self;
        let windows = (self.acceptance, self.hand_over, self.delivery);
        let parties = (&self.worker, &self.requester, &self.refund_to);
        format!(
            "post {dataset} {circuit} {reward} {bond:?} {price:?} {royalty} {slots} {windows:?} {parties:?}"
        )
    }

    fn posting(&self, session: &Session) -> Result<Posting, Error> {
        let nothing = || Coin::new(0u128, &self.reward.denom);
        let window = |length: Length| session.block_on(length.window(session));
        Ok(Posting {
            dataset: DatasetId(self.dataset),
            circuit: self.circuit,
            slots: self.slots,
            reward: self.reward.clone(),
            bond: self.bond.clone().unwrap_or_else(nothing),
            price: self.price.clone(),
            royalty_bps: self.royalty.0,
            worker: self.worker.clone(),
            windows: Windows {
                acceptance: window(self.acceptance)?,
                hand_over: window(self.hand_over)?,
                delivery: window(self.delivery)?,
            },
            requester: self.requester.clone(),
            refund_to: self.refund_to.clone(),
        })
    }
}

/// What is locked for all slots.
fn locked(posting: &Posting) -> Result<Vec<Coin>, Error> {
    let each = std::iter::once(&posting.reward).chain(&posting.price);
    each.map(|coin| times(coin, posting.slots)).collect()
}

impl Report for Posted {
    fn warning(&self) -> Option<&str> {
        Some(self.warning)
    }
}

impl fmt::Display for Posted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "job        {}", self.job)?;
        writeln!(f, "dataset    {}", self.dataset)?;
        writeln!(f, "circuit    {}", self.circuit)?;
        writeln!(f, "locked     {}", self.locked.join(" and "))?;
        write!(f, "{}", self.sent)
    }
}
