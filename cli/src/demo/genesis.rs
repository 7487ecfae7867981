//! The chain's beginning: funded accounts and contracts without an admin.

use assay_protocol::messages::escrow::InstantiateMsg;
use assay_protocol::messages::time::Window;
use assay_protocol::messages::{Trusted, model_store};
use cosmwasm_std::{Addr, BlockInfo, Checksum, Empty, StdError, Timestamp, coins};
use cw_multi_test::{App, AppBuilder, Contract, Executor};
use serde_json::{Value, json};

use super::cast::{Cast, DENOM};
use super::chain::{CHAIN_ID, Chain, failed, refused};
use super::contracts::Contracts;
use crate::Error;

/// How long an upload may rest, and how long a pin holds.
const WINDOW: Window = Window {
    seconds: 3600,
    blocks: 600,
};

const WHAT: &str = "instantiate the contracts";

/// Starts a chain with these contracts.
pub fn start(contracts: Contracts) -> Result<Chain, Error> {
    let cast = Cast::new();
    let mut genesis = Genesis {
        app: funded(&cast)?,
        creator: cast.a.clone(),
    };
    let circuits = genesis.create(contracts.circuit_registry, json!({}), "circuits")?;
    let datasets = genesis.create(contracts.dataset_registry, json!({}), "datasets")?;
    let message = model_store::InstantiateMsg {
        circuit_registry: circuits.clone(),
        dataset_registry: datasets.clone(),
        allow_development_keys: true,
        deposit: None,
        upload_window: WINDOW,
        hold: WINDOW,
    };
    let message = serde_json::to_value(message).map_err(|error| failed(WHAT, error))?;
    let models = genesis.create(contracts.model_store, message, "models")?;
    let message = InstantiateMsg {
        circuit_registry: circuits.clone(),
        dataset_registry: datasets.clone(),
        model_store: models.clone(),
        allow_development_keys: true,
    };
    let message = serde_json::to_value(message).map_err(|error| failed(WHAT, error))?;
    let jobs = genesis.create(contracts.jobs, message.clone(), "jobs")?;
    let predictions = genesis.create(contracts.predictions, message, "predictions")?;
    let address = |contract: Trusted| Addr::unchecked(contract.address);
    Ok(Chain {
        app: genesis.app,
        cast,
        jobs: address(jobs),
        predictions: address(predictions),
        circuit_registry: address(circuits),
        dataset_registry: address(datasets),
        model_store: address(models),
    })
}

struct Genesis {
    app: App,
    creator: Addr,
}

impl Genesis {
    /// Stores code and instantiates it; its address and its code's checksum.
    fn create(
        &mut self,
        code: Box<dyn Contract<Empty>>,
        message: Value,
        label: &str,
    ) -> Result<Trusted, Error> {
        let code = self.app.store_code(code);
        let creator = self.creator.clone();
        let address = self
            .app
            .instantiate_contract(code, creator, &message, &[], label, None);
        let checksum = self.checksum(code);
        Ok(Trusted {
            address: address.map_err(|error| refused(WHAT, &error))?.into(),
            checksum: checksum
                .map_err(|error| refused(WHAT, &error))?
                .as_slice()
                .into(),
        })
    }

    fn checksum(&self, code: u64) -> Result<Checksum, StdError> {
        Ok(self.app.wrap().query_wasm_code_info(code)?.checksum)
    }
}

/// A chain on which everybody has what they begin with.
fn funded(cast: &Cast) -> Result<App, Error> {
    let block = BlockInfo {
        height: 1,
        time: Timestamp::from_seconds(1_800_000_000),
        chain_id: CHAIN_ID.into(),
    };
    let mut result = Ok(());
    let app = AppBuilder::new()
        .with_block(block)
        .build(|router, _, storage| {
            result = cast.funds().into_iter().try_for_each(|(account, amount)| {
                router
                    .bank
                    .init_balance(storage, account, coins(amount, DENOM))
            });
        });
    result.map_err(|error| refused("fund the accounts", &error))?;
    Ok(app)
}
