//! A chain with the five contracts, filled, and a transcript of what was asked of it.

use assay_cli::demo::Contracts;
use assay_protocol::circuit::Kind;
use assay_protocol::id::CircuitId;
use assay_protocol::messages::escrow::InstantiateMsg;
use assay_protocol::messages::jobs::{self, MAX_SLOTS};
use assay_protocol::messages::time::Window;
use assay_protocol::messages::{
    Trusted, circuit_registry, dataset_registry, model_store, predictions,
};
use assay_protocol::parameters::BlobHash;
use cosmwasm_std::storage_keys::namespace_with_key;
use cosmwasm_std::{Addr, Coin, Empty, coin, coins};
use cw_multi_test::{App, AppBuilder, BankKeeper, Contract, Executor, IntoAddr};
use serde::Serialize;
use serde_json::Value;

use crate::bank::RefusingBank;
use crate::messages::{BLOB, LARGE, begin, dataset, finalise, longest_denomination, put};
use crate::proofs::{PARAMETERS, circuit};

/// How long an offer's answers, each step of a job, an upload and a pin take.
pub const WINDOW: Window = Window {
    seconds: 50,
    blocks: 5,
};

/// Who has money: a million of two tokens, and a lot of one with the longest name.
const ACTORS: [&str; 4] = ["provider", "requester", "rival", "stranger"];

pub struct Market {
    pub app: App<RefusingBank>,
    pub circuit_registry: Addr,
    pub dataset_registry: Addr,
    pub model_store: Addr,
    pub jobs: Addr,
    pub predictions: Addr,
    bank: RefusingBank,
    /// What every step came to.
    pub transcript: Vec<String>,
}

impl Market {
    /// A chain with a circuit for every kind, a dataset, and a blob of "provider" that
    /// "requester" keeps.
    pub fn new(contracts: Contracts) -> Self {
        let bank = RefusingBank::default();
        let mut app = funded(&bank);
        let circuits = create(&mut app, contracts.circuit_registry, &Empty {});
        let datasets = create(&mut app, contracts.dataset_registry, &Empty {});
        let msg = model_store::InstantiateMsg {
            circuit_registry: circuits.clone(),
            dataset_registry: datasets.clone(),
            allow_development_keys: true,
            deposit: Some(coin(1, "token")),
            upload_window: WINDOW,
            hold: WINDOW,
        };
        let store = create(&mut app, contracts.model_store, &msg);
        let msg = InstantiateMsg {
            circuit_registry: circuits.clone(),
            dataset_registry: datasets.clone(),
            model_store: store.clone(),
            allow_development_keys: true,
        };
        let jobs = create(&mut app, contracts.jobs, &msg);
        let predictions = create(&mut app, contracts.predictions, &msg);
        let address = |contract: Trusted| Addr::unchecked(contract.address);
        let mut market = Self {
            app,
            circuit_registry: address(circuits),
            dataset_registry: address(datasets),
            model_store: address(store),
            jobs: address(jobs),
            predictions: address(predictions),
            bank,
            transcript: Vec::new(),
        };
        market.fill();
        market
    }

    fn fill(&mut self) {
        for kind in Kind::ALL {
            self.register_circuit(&circuit(kind));
        }
        self.datasets("provider", &dataset(None, 0));
        let blob = BLOB;
        let begin = begin(PARAMETERS.len(), BlobHash::Poseidon, Some("requester"));
        self.store("provider", &deposit(1), &begin);
        self.store("provider", &[], &put(blob, 0, &PARAMETERS));
        self.store("provider", &[], &finalise(blob));
    }

    /// Sends a message to jobs.
    pub fn jobs(&mut self, sender: &str, funds: &[Coin], msg: &jobs::ExecuteMsg) {
        self.execute(sender, self.jobs.clone(), msg, funds);
    }

    /// Sends a message to predictions.
    pub fn predictions(&mut self, sender: &str, funds: &[Coin], msg: &predictions::ExecuteMsg) {
        self.execute(sender, self.predictions.clone(), msg, funds);
    }

    /// Sends a message to the model store.
    pub fn store(&mut self, sender: &str, funds: &[Coin], msg: &model_store::ExecuteMsg) {
        self.execute(sender, self.model_store.clone(), msg, funds);
    }

    /// Sends a message to the dataset registry.
    pub fn datasets(&mut self, sender: &str, msg: &dataset_registry::ExecuteMsg) {
        self.execute(sender, self.dataset_registry.clone(), msg, &[]);
    }

    /// Sends a message to the circuit registry.
    pub fn register_circuit(&mut self, msg: &circuit_registry::ExecuteMsg) {
        self.execute("provider", self.circuit_registry.clone(), msg, &[]);
    }

    fn execute(
        &mut self,
        sender: &str,
        contract: Addr,
        msg: &(impl Serialize + std::fmt::Debug),
        funds: &[Coin],
    ) {
        let outcome = self
            .app
            .execute_contract(sender.into_addr(), contract, msg, funds);
        self.transcript.push(match outcome {
            Ok(response) => format!("{:?}", response.events),
            Err(error) => error.to_string(),
        });
    }

    /// Asks jobs.
    pub fn ask_jobs(&mut self, msg: &jobs::QueryMsg) {
        self.query(self.jobs.clone(), msg);
    }

    /// Asks predictions.
    pub fn ask_predictions(&mut self, msg: &predictions::QueryMsg) {
        self.query(self.predictions.clone(), msg);
    }

    /// Asks the model store.
    pub fn ask_store(&mut self, msg: &model_store::QueryMsg) {
        self.query(self.model_store.clone(), msg);
    }

    /// Asks the dataset registry.
    pub fn ask_datasets(&mut self, msg: &dataset_registry::QueryMsg) {
        self.query(self.dataset_registry.clone(), msg);
    }

    /// Asks the circuit registry.
    pub fn ask_circuits(&mut self, msg: &circuit_registry::QueryMsg) {
        self.query(self.circuit_registry.clone(), msg);
    }

    fn query(&mut self, contract: Addr, msg: &impl Serialize) {
        let answer = self.app.wrap().query_wasm_smart::<Value>(contract, msg);
        self.transcript.push(match answer {
            Ok(answer) => answer.to_string(),
            Err(error) => error.to_string(),
        });
    }

    /// The first circuit in a full list.
    pub fn first_circuit(&self, list: &circuit_registry::QueryMsg) -> CircuitId {
        let app = self.app.wrap();
        let page: circuit_registry::CircuitsResponse =
            app.query_wasm_smart(&self.circuit_registry, list).unwrap();
        assert_eq!(page.circuits.len(), 50);
        page.circuits[0].id
    }

    /// Lets the window pass.
    pub fn wait(&mut self) {
        self.app.update_block(|block| {
            block.time = block.time.plus_seconds(WINDOW.seconds);
            block.height += WINDOW.blocks;
        });
    }

    /// Lets the bank pay nothing to an account, or pay it again.
    pub fn refuse(&mut self, account: &str, is_refused: bool) {
        let address = account.into_addr();
        match is_refused {
            true => self.bank.refuse(address.as_str()),
            false => self.bank.allow(address.as_str()),
        }
    }

    /// Gives every slot of as many jobs, each with as many slots as there may be, the state
    /// of the first one.
    pub fn repeat_the_first_slot(&mut self, jobs: u64) {
        let mut storage = self.app.contract_storage_mut(&self.jobs);
        let key = |job: u64, slot: u32| {
            namespace_with_key(&[b"slot", &job.to_be_bytes()], &slot.to_be_bytes())
        };
        let state = storage.get(&key(1, 0)).unwrap();
        for job in 1..=jobs {
            for slot in 0..MAX_SLOTS {
                assert!(storage.get(&key(job, slot)).is_some());
                storage.set(&key(job, slot), &state);
            }
        }
    }
}

/// The deposit of so many chunks.
pub fn deposit(chunks: u128) -> Vec<Coin> {
    coins(chunks, "token")
}

/// A chain on which the actors have money.
fn funded(bank: &RefusingBank) -> App<RefusingBank> {
    AppBuilder::new()
        .with_bank(bank.clone())
        .build(|_, _, storage| {
            for actor in ACTORS {
                let plenty = coin(LARGE << 16, longest_denomination());
                let funds = vec![coin(1_000_000, "other"), coin(1_000_000, "token"), plenty];
                BankKeeper::new()
                    .init_balance(storage, &actor.into_addr(), funds)
                    .unwrap();
            }
        })
}

/// Stores code and instantiates it.
fn create(
    app: &mut App<RefusingBank>,
    code: Box<dyn Contract<Empty>>,
    msg: &impl Serialize,
) -> Trusted {
    let code = app.store_code(code);
    let checksum = app.wrap().query_wasm_code_info(code).unwrap().checksum;
    let address = app.instantiate_contract(code, "anyone".into_addr(), msg, &[], "assay", None);
    Trusted {
        address: address.unwrap().into(),
        checksum: checksum.as_slice().into(),
    }
}
