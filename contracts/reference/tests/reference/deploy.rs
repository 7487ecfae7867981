//! What is put on a chain before a sequence.

use assay_protocol::circuit::{CircuitParts, Kind, SetupRecord};
use assay_protocol::id::{CircuitId, Sha256Digest};
use assay_protocol::messages::{Trusted, circuit_registry, escrow, model_store};
use cosmwasm_std::{Addr, Empty};
use cw_multi_test::{App, Contract, ContractWrapper, Executor, IntoAddr};
use serde::Serialize;

use crate::bank::RefusingBank;
use crate::forge::Forger;
use crate::token;

type Code = Box<dyn Contract<Empty>>;

/// Every kind of circuit there is in the model, and whether its keys have challenges.
pub const KINDS: [(Kind, bool); 5] = [
    (Kind::TrainingPublic, false),
    (Kind::TrainingFingerprint, true),
    (Kind::PredictionPublic, false),
    (Kind::PredictionFingerprint, true),
    (Kind::PredictionHidden, true),
];

/// The addresses of what is deployed.
pub struct Deployed {
    pub datasets: Addr,
    pub store: Addr,
    pub jobs: Addr,
    pub predictions: Addr,
    pub tokens: [Addr; 2],
    pub circuits: Vec<CircuitId>,
}

fn circuits() -> Code {
    use assay_circuit_registry::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

fn datasets() -> Code {
    use assay_dataset_registry::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

fn store() -> Code {
    use assay_model_store::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

fn jobs() -> Code {
    use assay_jobs::contract::{execute, instantiate, query, reply};
    Box::new(ContractWrapper::new(execute, instantiate, query).with_reply(reply))
}

fn predictions() -> Code {
    use assay_predictions::contract::{execute, instantiate, query, reply};
    Box::new(ContractWrapper::new(execute, instantiate, query).with_reply(reply))
}

fn deploy<M: Serialize>(app: &mut App<RefusingBank>, code: Code, msg: &M) -> Addr {
    let id = app.store_code(code);
    let deployer = "deployer".into_addr();
    app.instantiate_contract(id, deployer, msg, &[], "assay", None)
        .unwrap()
}

fn trusted(app: &App<RefusingBank>, address: &Addr) -> Trusted {
    let contract = app.wrap().query_wasm_contract_info(address).unwrap();
    let code = app.wrap().query_wasm_code_info(contract.code_id).unwrap();
    Trusted {
        address: address.to_string(),
        checksum: code.checksum.as_slice().into(),
    }
}

fn register(
    app: &mut App<RefusingBank>,
    registry: &Addr,
    kind: Kind,
    forger: &Forger,
) -> CircuitId {
    let (spec, key) = ("{}", forger.key());
    let (constraint_system, setup) = (Sha256Digest([1; 32]), SetupRecord::Development {});
    let parts = CircuitParts {
        kind,
        spec,
        constraint_system: &constraint_system,
        verifying_key: key,
        setup: &setup,
    };
    let id = parts.id();
    let msg = circuit_registry::ExecuteMsg::Register {
        kind,
        spec: spec.into(),
        constraint_system,
        verifying_key: key.into(),
        setup,
    };
    let deployer = "deployer".into_addr();
    app.execute_contract(deployer, registry.clone(), &msg, &[])
        .unwrap();
    id
}

/// Deploys everything; `keeping` completes the store's message.
pub fn all(
    app: &mut App<RefusingBank>,
    forgers: &[Forger],
    keeping: impl FnOnce(Trusted, Trusted) -> model_store::InstantiateMsg,
) -> Deployed {
    let circuit_registry = deploy(app, circuits(), &circuit_registry::InstantiateMsg {});
    let datasets = deploy(app, datasets(), &Empty {});
    let trusts = [&circuit_registry, &datasets].map(|address| trusted(app, address));
    let [circuits, registry] = trusts.clone();
    let store = deploy(app, store(), &keeping(circuits, registry));
    let [circuits, registry] = trusts;
    let msg = escrow::InstantiateMsg {
        circuit_registry: circuits,
        dataset_registry: registry,
        model_store: trusted(app, &store),
        allow_development_keys: true,
    };
    let jobs = deploy(app, jobs(), &msg);
    let predictions = deploy(app, predictions(), &msg);
    let tokens = [(); 2].map(|()| deploy(app, token::code(), &Empty {}));
    let kinds = KINDS.iter().zip(forgers);
    let circuits = kinds.map(|((kind, _), forger)| register(app, &circuit_registry, *kind, forger));
    Deployed {
        datasets,
        store,
        jobs,
        predictions,
        tokens,
        circuits: circuits.collect(),
    }
}
