//! Stand-ins for the three registries: what raw queries find in them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use assay_groth16::{PreparedVerifyingKey, VerifyingKey};
use assay_protocol::Scalar;
use assay_protocol::circuit::Kind;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::id::{
    BlobId, CircuitId, DatasetCommitment, DatasetId, ModelId, ParametersRoot,
};
use assay_protocol::messages::circuit_registry::{RegisteredKey, registered_key};
use assay_protocol::messages::dataset_registry::{RegisteredDataset, registered_dataset};
use assay_protocol::messages::model_store::{
    HashedBlob, RegisteredModel, RegisteredPin, chunk_key, evaluation_key, hashed_blob_key,
    pin_key, registered_model, root_key,
};
use assay_protocol::messages::time::{Deadline, Window};
use assay_protocol::messages::{Trusted, model_store};
use assay_protocol::parameters::{self, CHUNK_BYTES};
use cosmwasm_std::testing::{MockApi, mock_env};
use cosmwasm_std::{
    Addr, Checksum, CodeInfoResponse, ContractInfoResponse, ContractResult, QuerierResult,
    SystemError, SystemResult, WasmQuery, from_json, to_json_binary,
};

use crate::trapdoor::Trapdoor;

/// The registries' names; a registry's code id is its place.
const NAMES: [&str; 3] = ["circuit registry", "dataset registry", "model store"];

/// What lies in the registries' storage, and who may change their code.
#[derive(Clone, Default)]
pub struct Registries(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    storage: BTreeMap<(String, Vec<u8>), Vec<u8>>,
    admins: BTreeMap<String, Addr>,
    store_config: Option<model_store::InstantiateMsg>,
}

impl Registries {
    pub fn address(name: &str) -> Addr {
        MockApi::default().addr_make(name)
    }

    pub fn trusted(name: &str) -> Trusted {
        let checksum = Checksum::generate(name.as_bytes());
        Trusted {
            address: Self::address(name).into(),
            checksum: checksum.as_slice().into(),
        }
    }

    pub fn set_admin(&self, name: &str) {
        self.set_admin_of(&Self::address(name));
    }

    pub fn set_admin_of(&self, contract: &Addr) {
        let (address, admin) = (contract.to_string(), Self::address("admin"));
        self.0.borrow_mut().admins.insert(address, admin);
    }

    pub fn write(&self, name: &str, key: Vec<u8>, value: Vec<u8>) {
        let address = Self::address(name).into_string();
        self.0.borrow_mut().storage.insert((address, key), value);
    }

    pub fn add_dataset(&self, id: DatasetId, commitment: DatasetCommitment) {
        self.put_dataset(id, &Self::dataset(commitment));
    }

    /// A dataset of "dataset owner" that costs nothing.
    pub fn dataset(commitment: DatasetCommitment) -> RegisteredDataset {
        RegisteredDataset {
            commitment,
            deprecated: false,
            royalty_bps: 0,
            price: None,
            owner: Self::address("dataset owner").into(),
        }
    }

    pub fn put_dataset(&self, id: DatasetId, dataset: &RegisteredDataset) {
        self.write(NAMES[1], registered_dataset(id), dataset.to_bytes());
    }

    /// What the model store was instantiated with.
    pub fn store_config() -> model_store::InstantiateMsg {
        model_store::InstantiateMsg {
            circuit_registry: Self::trusted(NAMES[0]),
            dataset_registry: Self::trusted(NAMES[1]),
            allow_development_keys: false,
            deposit: None,
            upload_window: Window {
                seconds: 3_600,
                blocks: 600,
            },
            hold: Window {
                seconds: 86_400,
                blocks: 14_400,
            },
        }
    }

    pub fn set_store_config(&self, config: model_store::InstantiateMsg) {
        self.0.borrow_mut().store_config = Some(config);
    }

    pub fn add_circuit(&self, id: CircuitId, kind: Kind, trapdoor: &Trapdoor, development: bool) {
        let key = VerifyingKey::from_bytes(&trapdoor.key()).unwrap();
        let prepared = PreparedVerifyingKey::from(&key).to_bytes();
        let key = RegisteredKey {
            kind,
            development,
            prepared: &prepared,
        };
        self.write(NAMES[0], registered_key(&id), key.to_bytes());
    }

    /// Lets a name hold a pin of a blob, or no longer.
    pub fn pin(&self, blob: BlobId, holder: &str, is_pinned: bool) {
        let releasable = Deadline {
            time: mock_env().block.time,
            height: 1,
        };
        let pin = RegisteredPin { releasable }.to_bytes().to_vec();
        let key = pin_key(blob, Self::address(holder).as_str());
        self.write(NAMES[2], key, if is_pinned { pin } else { vec![] });
    }

    /// Parameters with this root, of which "poster" holds a pin.
    pub fn add_blob(&self, blob: BlobId, root: ParametersRoot) {
        self.pin(blob, "poster", true);
        self.write(NAMES[2], root_key(blob), root.to_bytes().to_vec());
    }

    /// Parameters that are hashed by SHA-256, as a model store has them; "poster" holds a pin.
    pub fn add_hashed_blob(&self, blob: BlobId, bytes: &[u8]) {
        self.pin(blob, "poster", true);
        let hashed = HashedBlob {
            digest: parameters::digest(bytes),
            length: bytes.len() as u32,
        };
        self.write(NAMES[2], hashed_blob_key(blob), hashed.to_bytes().to_vec());
        for (index, chunk) in (0..).zip(bytes.chunks(CHUNK_BYTES)) {
            self.write(NAMES[2], chunk_key(blob, index), chunk.to_vec());
        }
    }

    /// The fingerprint of `bytes` at a point.
    pub fn add_evaluation(&self, blob: BlobId, point: Scalar, bytes: &[u8]) {
        let value = fingerprint(bytes, point).to_bytes().to_vec();
        self.write(NAMES[2], evaluation_key(blob, &point), value);
    }

    pub fn add_model(&self, id: ModelId, model: &RegisteredModel) {
        self.write(NAMES[2], registered_model(id), model.to_bytes());
    }

    pub fn answer(&self, query: &WasmQuery) -> QuerierResult {
        let state = self.0.borrow();
        let address_of = |name: &&str| Self::address(name).into_string();
        let unknown = |addr: &str| {
            SystemResult::Err(SystemError::NoSuchContract {
                addr: addr.to_owned(),
            })
        };
        let answer = match query {
            WasmQuery::Raw { contract_addr, key } => {
                let place = (contract_addr.clone(), key.to_vec());
                state
                    .storage
                    .get(&place)
                    .cloned()
                    .unwrap_or_default()
                    .into()
            }
            WasmQuery::Smart { contract_addr, msg } => {
                assert_eq!(*contract_addr, address_of(&NAMES[2]));
                let query: model_store::QueryMsg = from_json(msg).unwrap();
                assert_eq!(query, model_store::QueryMsg::Config {});
                let config = state.store_config.clone();
                to_json_binary(&config.unwrap_or_else(Self::store_config)).unwrap()
            }
            WasmQuery::ContractInfo { contract_addr } => {
                let place = NAMES
                    .iter()
                    .position(|name| address_of(name) == *contract_addr);
                let is_escrow = *contract_addr == mock_env().contract.address.into_string();
                let Some(code_id) = place.or(is_escrow.then_some(NAMES.len())) else {
                    return unknown(contract_addr);
                };
                let (creator, admin) = (Self::address("creator"), state.admins.get(contract_addr));
                let admin = admin.cloned();
                let info =
                    ContractInfoResponse::new(code_id as u64, creator, admin, false, None, None);
                to_json_binary(&info).unwrap()
            }
            WasmQuery::CodeInfo { code_id } => {
                let checksum = Checksum::generate(NAMES[*code_id as usize].as_bytes());
                let info = CodeInfoResponse::new(*code_id, Self::address("creator"), checksum);
                to_json_binary(&info).unwrap()
            }
            other => panic!("nobody answers {other:?}"),
        };
        SystemResult::Ok(ContractResult::Ok(answer))
    }
}
