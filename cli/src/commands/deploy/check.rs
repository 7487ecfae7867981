//! `assay deploy check`: whether what runs is what it should be.

use std::fmt;
use std::path::PathBuf;

use assay_protocol::messages::{Trusted, escrow, model_store};
use serde::Serialize;

use super::artifacts::Artifacts;
use crate::Error;
use crate::chain::deployment::{Deployed, Deployment};
use crate::chain::{ChainArgs, Session};
use crate::output::Report;
use crate::progress::Progress;

/// Check that the contracts run what the source builds, that they have no admin, and that they
/// rely on each other.
///
/// Run contracts/build.sh first: it builds the same bytes from the same source.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay deploy check --artifacts artifacts")]
pub struct Args {
    /// The folder with the contracts' Wasm
    #[arg(long, value_name = "DIR", default_value = "artifacts")]
    pub artifacts: PathBuf,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// A deployment that is what it should be.
#[derive(Debug, Serialize)]
pub struct Checked {
    #[serde(flatten)]
    deployment: Deployment,
    allow_development_keys: bool,
}

/// Runs the command.
///
/// # Errors
/// [`Error::Refused`] with what isn't as it should be.
pub fn run(args: &Args, progress: Progress) -> Result<Checked, Error> {
    let session = Session::read(&args.chain)?;
    let artifacts = Artifacts::read(&args.artifacts)?;
    let deployment = session.deployment()?;
    for (name, contract) in deployment.contracts() {
        let _step = progress.step(format!("checking {name}"));
        check_code(&session, name, contract, &artifacts.get(name)?.checksum())?;
    }
    let query = model_store::QueryMsg::Config {};
    let store: model_store::InstantiateMsg = session.ask(&deployment.model_store, &query)?;
    relies(
        "model-store",
        &store.circuit_registry,
        &deployment.circuit_registry,
    )?;
    relies(
        "model-store",
        &store.dataset_registry,
        &deployment.dataset_registry,
    )?;
    let mut allowed = store.allow_development_keys;
    for (name, contract) in [
        ("jobs", &deployment.jobs),
        ("predictions", &deployment.predictions),
    ] {
        let query = assay_protocol::messages::jobs::QueryMsg::Config {};
        let config: escrow::InstantiateMsg = session.ask(contract, &query)?;
        relies(name, &config.circuit_registry, &deployment.circuit_registry)?;
        relies(name, &config.dataset_registry, &deployment.dataset_registry)?;
        relies(name, &config.model_store, &deployment.model_store)?;
        allowed |= config.allow_development_keys;
    }
    Ok(Checked {
        deployment,
        allow_development_keys: allowed,
    })
}

fn check_code(
    session: &Session,
    name: &str,
    contract: &Deployed,
    built: &[u8; 32],
) -> Result<(), Error> {
    let address = &contract.address;
    let chain = session.chain();
    let info = session.block_on(chain.contract(address))?;
    if let Some(admin) = info.admin {
        return Err(Error::Refused(format!(
            "{name} {address} has the admin {admin}, who can change its code: don't use it"
        )));
    }
    let running = session.block_on(chain.code_checksum(info.code_id))?;
    let (running, built) = (hex::encode(running), hex::encode(built));
    if running != built {
        return Err(Error::Refused(format!(
            "{name} {address} runs {running}, the source builds {built}: don't use it, or check out what it was built from"
        )));
    }
    match contract.checksum.to_hex() == built && contract.code_id == info.code_id {
        true => Ok(()),
        false => Err(Error::Refused(format!(
            "the deployment says that {name} is code {} with {}, the chain runs code {} with {built}: get the right file",
            contract.code_id,
            contract.checksum.to_hex(),
            info.code_id
        ))),
    }
}

fn relies(name: &str, found: &Trusted, expected: &Deployed) -> Result<(), Error> {
    if found.address == expected.address && found.checksum == expected.checksum {
        return Ok(());
    }
    Err(Error::Refused(format!(
        "{name} relies on {} and not on {}: it is of another deployment",
        found.address, expected.address
    )))
}

impl Report for Checked {
    fn warning(&self) -> Option<&str> {
        let warning =
            "development keys are allowed, whose makers can forge proofs: for test money only";
        self.allow_development_keys.then_some(warning)
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, contract) in self.deployment.contracts() {
            writeln!(f, "{name:<17} {}: this source, no admin", contract.address)?;
        }
        Ok(())
    }
}
