//! A registry driven through its entry points.

use assay_circuit_registry::ContractError;
use assay_circuit_registry::contract::{execute, instantiate, query};
use assay_protocol::circuit::{CircuitParts, Kind, SetupRecord};
use assay_protocol::id::{CircuitId, Sha256Digest};
use assay_protocol::messages::Message;
use assay_protocol::messages::circuit_registry::{ExecuteMsg, InstantiateMsg, QueryMsg};
use cosmwasm_std::testing::{
    MockApi, MockQuerier, MockStorage, message_info, mock_dependencies, mock_env,
};
use cosmwasm_std::{Coin, OwnedDeps, Response, from_json};
use serde::de::DeserializeOwned;

use crate::trapdoor::Trapdoor;

pub struct Registry {
    pub deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
}

impl Registry {
    pub fn new() -> Self {
        let mut deps = mock_dependencies();
        let info = message_info(&deps.api.addr_make("anyone"), &[]);
        instantiate(deps.as_mut(), mock_env(), info, Message(InstantiateMsg {})).unwrap();
        Self { deps }
    }

    pub fn send(&mut self, funds: &[Coin], msg: ExecuteMsg) -> Result<Response, ContractError> {
        let info = message_info(&self.deps.api.addr_make("anyone"), funds);
        execute(self.deps.as_mut(), mock_env(), info, Message(msg))
    }

    pub fn register(&mut self, circuit: &Circuit) -> Result<Response, ContractError> {
        self.send(&[], circuit.message())
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> Result<T, ContractError> {
        let answer = query(self.deps.as_ref(), mock_env(), Message(msg))?;
        Ok(from_json(answer).unwrap())
    }
}

/// What is to be registered.
#[derive(Clone)]
pub struct Circuit {
    pub kind: Kind,
    pub spec: String,
    pub constraint_system: Sha256Digest,
    pub verifying_key: Vec<u8>,
    pub setup: SetupRecord,
}

impl Circuit {
    /// Circuit number `seed`, with the key of that trapdoor.
    pub fn new(seed: u64) -> Self {
        Self {
            kind: Kind::TrainingPublic,
            spec: format!("{{\"method\":\"test\",\"seed\":{seed}}}"),
            constraint_system: Sha256Digest([7; 32]),
            verifying_key: Trapdoor::new(seed).key(),
            setup: SetupRecord::Development {},
        }
    }

    /// The same circuit with challenges.
    pub fn challenged(seed: u64) -> Self {
        Self {
            verifying_key: Trapdoor::challenged(seed).key(),
            ..Self::new(seed)
        }
    }

    pub fn id(&self) -> CircuitId {
        CircuitParts {
            kind: self.kind,
            spec: &self.spec,
            constraint_system: &self.constraint_system,
            verifying_key: &self.verifying_key,
            setup: &self.setup,
        }
        .id()
    }

    pub fn message(&self) -> ExecuteMsg {
        let circuit = self.clone();
        ExecuteMsg::Register {
            kind: circuit.kind,
            spec: circuit.spec,
            constraint_system: circuit.constraint_system,
            verifying_key: circuit.verifying_key.into(),
            setup: circuit.setup,
        }
    }
}
