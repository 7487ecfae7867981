//! The contracts that a chain runs.

use cosmwasm_std::Empty;
use cw_multi_test::{Contract, ContractWrapper};

/// Code for the contracts: native, or the Wasm artifacts in a VM.
pub struct Contracts {
    /// circuit-registry.
    pub circuit_registry: Box<dyn Contract<Empty>>,
    /// dataset-registry.
    pub dataset_registry: Box<dyn Contract<Empty>>,
    /// model-store.
    pub model_store: Box<dyn Contract<Empty>>,
    /// jobs.
    pub jobs: Box<dyn Contract<Empty>>,
    /// predictions.
    pub predictions: Box<dyn Contract<Empty>>,
}

/// A contract's entry points.
macro_rules! wrapped {
    ($contract:ident) => {
        ContractWrapper::new(
            $contract::contract::execute,
            $contract::contract::instantiate,
            $contract::contract::query,
        )
    };
}

impl Contracts {
    /// The contracts as part of this program.
    pub fn native() -> Self {
        Self {
            circuit_registry: Box::new(wrapped!(assay_circuit_registry)),
            dataset_registry: Box::new(wrapped!(assay_dataset_registry)),
            model_store: Box::new(wrapped!(assay_model_store)),
            jobs: Box::new(wrapped!(assay_jobs).with_reply(assay_jobs::contract::reply)),
            predictions: Box::new(
                wrapped!(assay_predictions).with_reply(assay_predictions::contract::reply),
            ),
        }
    }
}
