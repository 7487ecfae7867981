//! What is put on a chain before a test: registries, tokens, and what lies in them.

use assay_protocol::circuit::{CircuitParts, Kind, SetupRecord};
use assay_protocol::id::{CircuitId, ModelCommitment, ParametersRoot, Sha256Digest};
use assay_protocol::messages::time::Window;
use assay_protocol::messages::{Trusted, circuit_registry, dataset_registry, model_store};
use assay_protocol::parameters::{self, BlobHash};
use assay_protocol::schema::{Column, LabelColumn, Schema};
use cosmwasm_std::{Addr, Empty, coin};
use cw_multi_test::{App, Contract, ContractWrapper, Executor, IntoAddr};
use serde::Serialize;

use crate::bank::RefusingBank;
use crate::chain::{ACTORS, FUNDS};
use crate::escrow::{BLOB, commitment, cw20};
use crate::token;
use crate::trapdoor::Trapdoor;

const MODEL: &[u8] = &[1, 2, 3, 4, 5, 6];

/// The root of the parameters in [`BLOB`].
pub fn root() -> ParametersRoot {
    parameters::root(MODEL)
}

/// The schema of the hidden model.
pub fn schema() -> Schema {
    let [name, lower, upper] = ["x", "0", "1"].map(String::from);
    let classes = ["no", "yes"].map(String::from).to_vec();
    Schema {
        columns: vec![Column { name, lower, upper }],
        label: LabelColumn {
            name: "y".into(),
            classes,
        },
    }
}

/// The commitment of the hidden model.
pub fn model_commitment() -> ModelCommitment {
    ModelCommitment(66.into())
}

pub const DAY: Window = Window {
    seconds: 86_400,
    blocks: 14_400,
};

pub type Code = Box<dyn Contract<Empty>>;

pub fn circuit_registry() -> Code {
    use assay_circuit_registry::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

pub fn dataset_registry() -> Code {
    use assay_dataset_registry::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

pub fn model_store() -> Code {
    use assay_model_store::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

pub fn under_test() -> Code {
    use crate::contract::{execute, instantiate, query, reply};
    Box::new(ContractWrapper::new(execute, instantiate, query).with_reply(reply))
}

pub fn deploy<M: Serialize>(app: &mut App<RefusingBank>, code: Code, msg: &M) -> Addr {
    let id = app.store_code(code);
    app.instantiate_contract(id, "deployer".into_addr(), msg, &[], "assay", None)
        .unwrap()
}

pub fn trusted(app: &App<RefusingBank>, address: &Addr) -> Trusted {
    let contract = app.wrap().query_wasm_contract_info(address).unwrap();
    let code = app.wrap().query_wasm_code_info(contract.code_id).unwrap();
    Trusted {
        address: address.to_string(),
        checksum: code.checksum.as_slice().into(),
    }
}

pub fn register_circuit(
    app: &mut App<RefusingBank>,
    registry: &Addr,
    kind: Kind,
    trapdoor: Trapdoor,
) -> CircuitId {
    let (spec, key) = ("{}", trapdoor.key());
    let (constraint_system, setup) = (Sha256Digest([1; 32]), SetupRecord::Development {});
    let id = CircuitParts {
        kind,
        spec,
        constraint_system: &constraint_system,
        verifying_key: &key,
        setup: &setup,
    }
    .id();
    let msg = circuit_registry::ExecuteMsg::Register {
        kind,
        spec: spec.into(),
        constraint_system,
        verifying_key: key.into(),
        setup,
    };
    app.execute_contract("poster".into_addr(), registry.clone(), &msg, &[])
        .unwrap();
    id
}

/// A token of which everybody has [`FUNDS`].
pub fn deploy_token(app: &mut App<RefusingBank>) -> Addr {
    let token = deploy(app, token::code(), &Empty {});
    for actor in ACTORS {
        let (to, amount) = (actor.into_addr().into(), FUNDS.into());
        let mint = token::ExecuteMsg::Mint { to, amount };
        app.execute_contract("issuer".into_addr(), token.clone(), &mint, &[])
            .unwrap();
    }
    token
}

pub fn register_datasets(app: &mut App<RefusingBank>, registry: &Addr, token: &Addr) {
    let datasets = [
        ("poster", None, 0),
        ("rival", Some(coin(7, "token")), 1_000),
        ("worker", Some(coin(5, cw20(token))), 5_000),
    ];
    for (owner, price, royalty_bps) in datasets {
        let msg = dataset_registry::ExecuteMsg::Register {
            commitment: commitment(),
            rows: 5,
            schema: "{}".into(),
            file_sha256: None,
            license: String::new(),
            price,
            royalty_bps,
            parents: vec![],
        };
        app.execute_contract(owner.into_addr(), registry.clone(), &msg, &[])
            .unwrap();
    }
}

pub fn upload(app: &mut App<RefusingBank>, store: &Addr) {
    let (blob, index) = (BLOB, 0);
    let messages = [
        model_store::ExecuteMsg::Begin {
            length: MODEL.len() as u32,
            hash: BlobHash::Poseidon,
            holder: None,
        },
        model_store::ExecuteMsg::PutChunk {
            blob,
            index,
            data: MODEL.into(),
        },
        model_store::ExecuteMsg::Finalise { blob },
    ];
    let others = ACTORS.iter().filter(|actor| **actor != "worker");
    let pins = others.map(|actor| model_store::ExecuteMsg::Pin {
        blob,
        holder: Some(actor.into_addr().into()),
    });
    for msg in messages.into_iter().chain(pins) {
        app.execute_contract("worker".into_addr(), store.clone(), &msg, &[])
            .unwrap();
    }
}

pub fn register_model(app: &mut App<RefusingBank>, store: &Addr) {
    let msg = model_store::ExecuteMsg::RegisterModel {
        commitment: model_commitment(),
        schema: schema().to_canonical(),
        provenance: None,
    };
    app.execute_contract("worker".into_addr(), store.clone(), &msg, &[])
        .unwrap();
}
