//! The contracts and their messages.

use assay_protocol::messages::{
    circuit_registry, dataset_registry, escrow, jobs, model_store, predictions,
};
use cosmwasm_schema::{Api, QueryResponses, schema_for};

macro_rules! api {
    ($messages:ident) => {
        api!($messages, $messages)
    };
    // The contracts that hold money are instantiated alike.
    ($messages:ident, $instantiated_by:ident) => {
        Api {
            contract_name: stringify!($messages).replace('_', "-"),
            contract_version: env!("CARGO_PKG_VERSION").to_owned(),
            instantiate: Some(schema_for!($instantiated_by::InstantiateMsg)),
            execute: Some(schema_for!($messages::ExecuteMsg)),
            query: Some(schema_for!($messages::QueryMsg)),
            migrate: None,
            sudo: None,
            responses: Some($messages::QueryMsg::response_schemas()),
        }
    };
}

/// The interface of every contract.
pub fn apis() -> [Api; 5] {
    [
        api!(circuit_registry),
        api!(dataset_registry),
        api!(model_store),
        api!(jobs, escrow),
        api!(predictions, escrow),
    ]
}
