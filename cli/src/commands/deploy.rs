//! `assay deploy`: the contracts on a chain.

mod artifacts;
pub mod check;

use std::cell::Cell;
use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

use assay_client::sender::Used;
use assay_client::{Message, Sender};
use assay_protocol::messages::{Trusted, escrow, model_store};
use cosmwasm_std::Coin;
use serde::Serialize;
use serde_json::{Value, json};

use crate::Error;
use crate::artefact::file::{Access, PendingFile};
use crate::artefact::to_text;
use crate::chain::deployment::{CONTRACTS, Deployed, Deployment};
use crate::chain::window::Length;
use crate::chain::{Session, SignerArgs};
use crate::output::{Output, Report};
use crate::progress::Progress;
use artifacts::Artifacts;

/// Store and instantiate the contracts, without an admin, for ever.
///
/// Writes a file with their addresses and checksums: whoever uses them needs it, and names it
/// in a profile. Nobody can change them afterwards, you neither.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Example:\n  assay deploy --artifacts artifacts -o deployment.json --allow-development-keys"
)]
pub struct Args {
    /// Check a deployment instead
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The folder with the contracts' Wasm, which contracts/build.sh fills
    #[arg(long, value_name = "DIR", default_value = "artifacts")]
    pub artifacts: PathBuf,
    /// The file to write
    #[arg(short, long, value_name = "FILE", required = true)]
    pub output: Option<PathBuf>,
    /// Allow keys that one party made alone and could forge with: for test money only
    #[arg(long)]
    pub allow_development_keys: bool,
    /// What the model store takes for each chunk, and pays to whoever frees it again
    #[arg(long, value_name = "COIN")]
    pub deposit: Option<Coin>,
    /// How long an upload may rest before anyone can clear it away
    #[arg(long, value_name = "TIME", default_value = "1d")]
    pub upload_window: Length,
    /// How long a pin holds a blob at least
    #[arg(long, value_name = "TIME", default_value = "7d")]
    pub hold: Length,
    /// Which chain, and who signs.
    #[command(flatten)]
    pub signer: SignerArgs,
}

/// What else there is to a deployment. What clap shows is the documentation of the arguments.
#[allow(missing_docs)]
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Check(check::Args),
}

/// Runs a command and prints its report or its error.
pub fn run(args: &Args, output: Output) -> ExitCode {
    let progress = output.progress();
    match &args.command {
        Some(Command::Check(args)) => output.finish(check::run(args, progress)),
        None => output.finish(deploy(args, progress)),
    }
}

/// Contracts that were deployed.
#[derive(Debug, Serialize)]
pub struct DeployReport {
    #[serde(flatten)]
    deployment: Deployment,
    gas_used: u64,
    output: PathBuf,
    /// Whether an earlier run, which was cut off, had deployed some of them.
    sent_earlier: bool,
    #[serde(skip)]
    _used: Used,
}

/// Deploys.
///
/// # Errors
/// [`Error`] if an artifact is no good, or the chain refuses one.
pub fn deploy(args: &Args, progress: Progress) -> Result<DeployReport, Error> {
    let missing = || Error::Mismatch("--output is missing".into());
    let output = args.output.clone().ok_or_else(missing)?;
    let file = PendingFile::create(&output, Access::Public)?;
    let session = Session::sign(&args.signer)?;
    let artifacts = Artifacts::read(&args.artifacts)?;
    let sender = session.sender()?;
    let deploying = Deploying {
        session: &session,
        sender: &sender,
        artifacts: &artifacts,
        progress,
        sent_earlier: Cell::new(false),
    };
    let deployment = deploying.all(args)?;
    file.finish(&to_text(&deployment)?)?;
    Ok(DeployReport {
        deployment,
        gas_used: sender.gas_used(),
        output,
        sent_earlier: deploying.sent_earlier.get(),
        _used: sender.into_used(),
    })
}

/// Contracts on their way to a chain.
struct Deploying<'a> {
    session: &'a Session,
    sender: &'a Sender<'a>,
    artifacts: &'a Artifacts,
    progress: Progress,
    sent_earlier: Cell<bool>,
}

impl Deploying<'_> {
    /// Each contract after those that it relies on.
    fn all(&self, args: &Args) -> Result<Deployment, Error> {
        let window = |length: Length| self.session.block_on(length.window(self.session));
        let (upload_window, hold) = (window(args.upload_window)?, window(args.hold)?);
        let allow_development_keys = args.allow_development_keys;
        let [circuits, datasets, models, jobs, predictions] = CONTRACTS;
        let circuit_registry = self.one(circuits, &json!({}), "")?;
        let dataset_registry = self.one(datasets, &json!({}), "")?;
        let (circuits, datasets) = (&circuit_registry.address, &dataset_registry.address);
        let settings = format!(
            "{circuits} {datasets} {allow_development_keys} {:?} {:?} {:?}",
            args.deposit, args.upload_window, args.hold
        );
        let store = value(&model_store::InstantiateMsg {
            circuit_registry: trusted(&circuit_registry),
            dataset_registry: trusted(&dataset_registry),
            allow_development_keys,
            deposit: args.deposit.clone(),
            upload_window,
            hold,
        })?;
        let model_store = self.one(models, &store, &settings)?;
        let market = value(&escrow::InstantiateMsg {
            circuit_registry: trusted(&circuit_registry),
            dataset_registry: trusted(&dataset_registry),
            model_store: trusted(&model_store),
            allow_development_keys,
        })?;
        let settings = format!("{} {settings}", model_store.address);
        Ok(Deployment {
            chain_id: self.session.chain_id().into(),
            jobs: self.one(jobs, &market, &settings)?,
            predictions: self.one(predictions, &market, &settings)?,
            circuit_registry,
            dataset_registry,
            model_store,
        })
    }

    /// Stores and instantiates one contract.
    /// `settings` are what the arguments say of it.
    fn one(&self, name: &'static str, msg: &Value, settings: &str) -> Result<Deployed, Error> {
        let _step = self.progress.step(format!("deploying {name}"));
        let artifact = self.artifacts.get(name)?;
        let store = Message::StoreCode {
            wasm: artifact.compressed()?,
        };
        let stored = self.session.send(self.sender, &[store])?;
        let code_id = stored.attribute("store_code", "code_id")?;
        let code_id = code_id.parse().map_err(|_| {
            Error::Refused(format!(
                "the chain gave {name} the code id {code_id:?}, which is none"
            ))
        })?;
        let instantiate = Message::Instantiate {
            code_id,
            label: format!("assay {name}"),
            msg: msg.to_string().into_bytes(),
        };
        // In blocks, the same windows differ each time.
        let intent = format!("instantiate code {code_id} {settings}");
        let executed = self
            .session
            .send_as(self.sender, name, &intent, &[instantiate])?;
        self.sent_earlier
            .set(self.sent_earlier.get() || executed.earlier);
        Ok(Deployed {
            address: executed
                .attribute("instantiate", "_contract_address")?
                .into(),
            code_id,
            checksum: artifact.checksum().into(),
        })
    }
}

fn trusted(contract: &Deployed) -> Trusted {
    Trusted {
        address: contract.address.clone(),
        checksum: contract.checksum.clone(),
    }
}

fn value(msg: &impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(msg).map_err(|error| Error::Mismatch(error.to_string()))
}

impl Report for DeployReport {}

impl fmt::Display for DeployReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, contract) in self.deployment.contracts() {
            writeln!(
                f,
                "{name:<17} {} (code {})",
                contract.address, contract.code_id
            )?;
        }
        writeln!(f, "gas used          {}", self.gas_used)?;
        if self.sent_earlier {
            writeln!(
                f,
                "an earlier run, which was cut off, had deployed some of them"
            )?;
        }
        writeln!(f, "written to        {}", self.output.display())
    }
}
