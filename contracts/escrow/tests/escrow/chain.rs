//! All four contracts on cw-multi-test's chain, with a bank that can refuse.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use assay_protocol::circuit::{CircuitParts, Kind, SetupRecord};
use assay_protocol::id::{CircuitId, JobId, ParametersRoot, Sha256Digest};
use assay_protocol::messages::escrow::{
    CreditsResponse, ExecuteMsg, InstantiateMsg, JobResponse, JobsResponse, QueryMsg, Trusted,
};
use assay_protocol::messages::{circuit_registry, dataset_registry, model_store};
use assay_protocol::parameters;
use cosmwasm_std::{
    Addr, Api, BankMsg, BankQuery, Binary, BlockInfo, Coin, CustomMsg, CustomQuery, Empty, Querier,
    StdError, StdResult, Storage, Uint256, coin,
};
use cw_multi_test::{
    App, AppBuilder, AppResponse, Bank, BankKeeper, BankSudo, Contract, ContractWrapper,
    CosmosRouter, Executor, IntoAddr, Module,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::terms::{BLOB, Claim, Job, commitment};
use crate::trapdoor::Trapdoor;

/// Who has money: [`FUNDS`] of each token.
pub const ACTORS: [&str; 4] = ["poster", "worker", "rival", "stranger"];
/// The tokens there are.
pub const DENOMS: [&str; 2] = ["other", "token"];
/// What everybody has of each token at first.
pub const FUNDS: u128 = 1_000_000;

const MODEL: &[u8] = &[1, 2, 3, 4, 5, 6];

/// A bank that refuses transfers to some recipients or of some tokens.
#[derive(Clone, Default)]
pub struct RefusingBank {
    refused: Rc<RefCell<BTreeSet<String>>>,
}

impl RefusingBank {
    pub fn refuse(&self, recipient_or_denom: &str) {
        let name = recipient_or_denom.to_owned();
        self.refused.borrow_mut().insert(name);
    }

    pub fn allow(&self, recipient_or_denom: &str) {
        self.refused.borrow_mut().remove(recipient_or_denom);
    }

    pub fn allow_all(&self) {
        self.refused.borrow_mut().clear();
    }

    fn check(&self, msg: &BankMsg) -> StdResult<()> {
        let BankMsg::Send { to_address, amount } = msg else {
            return Ok(());
        };
        let refused = self.refused.borrow();
        let denoms = amount.iter().map(|coin| &coin.denom);
        match denoms
            .chain([to_address])
            .find(|name| refused.contains(*name))
        {
            Some(name) => Err(StdError::msg(format!("the bank refuses {name}"))),
            None => Ok(()),
        }
    }
}

impl Bank for RefusingBank {}

impl Module for RefusingBank {
    type ExecT = BankMsg;
    type QueryT = BankQuery;
    type SudoT = BankSudo;

    fn execute<E, Q>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = E, QueryC = Q>,
        block: &BlockInfo,
        sender: Addr,
        msg: BankMsg,
    ) -> StdResult<AppResponse>
    where
        E: CustomMsg + DeserializeOwned + 'static,
        Q: CustomQuery + DeserializeOwned + 'static,
    {
        self.check(&msg)?;
        BankKeeper::new().execute(api, storage, router, block, sender, msg)
    }

    fn query(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        querier: &dyn Querier,
        block: &BlockInfo,
        request: BankQuery,
    ) -> StdResult<Binary> {
        BankKeeper::new().query(api, storage, querier, block, request)
    }

    fn sudo<E, Q>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = E, QueryC = Q>,
        block: &BlockInfo,
        msg: BankSudo,
    ) -> StdResult<AppResponse>
    where
        E: CustomMsg + DeserializeOwned + 'static,
        Q: CustomQuery + DeserializeOwned + 'static,
    {
        BankKeeper::new().sudo(api, storage, router, block, msg)
    }
}

pub struct Chain {
    pub app: App<RefusingBank>,
    pub bank: RefusingBank,
    pub escrow: Addr,
    pub circuit: CircuitId,
}

impl Chain {
    /// A chain with the registries filled: dataset 1, one circuit with a
    /// development key, and [`BLOB`].
    pub fn new() -> Self {
        let bank = RefusingBank::default();
        let mut app = AppBuilder::new()
            .with_bank(bank.clone())
            .build(|_, _, storage| {
                for actor in ACTORS {
                    let funds = DENOMS.map(|denom| coin(FUNDS, denom)).to_vec();
                    BankKeeper::new()
                        .init_balance(storage, &actor.into_addr(), funds)
                        .unwrap();
                }
            });
        let circuits = deploy(
            &mut app,
            circuit_registry(),
            &circuit_registry::InstantiateMsg {},
        );
        let datasets = deploy(
            &mut app,
            dataset_registry(),
            &dataset_registry::InstantiateMsg {},
        );
        let models = deploy(&mut app, model_store(), &model_store::InstantiateMsg {});
        let circuit = register_circuit(&mut app, &circuits);
        register_dataset(&mut app, &datasets);
        upload(&mut app, &models);
        let msg = InstantiateMsg {
            circuit_registry: trusted(&app, &circuits),
            dataset_registry: trusted(&app, &datasets),
            model_store: trusted(&app, &models),
            allow_development_keys: true,
        };
        let escrow = deploy(&mut app, escrow(), &msg);
        Self {
            app,
            bank,
            escrow,
            circuit,
        }
    }

    pub fn send(
        &mut self,
        sender: &str,
        funds: &[Coin],
        msg: &ExecuteMsg,
    ) -> StdResult<AppResponse> {
        let escrow = self.escrow.clone();
        self.app
            .execute_contract(sender.into_addr(), escrow, msg, funds)
    }

    pub fn post(&mut self, job: &Job) -> StdResult<AppResponse> {
        self.send("poster", &job.funds(), &job.message())
    }

    pub fn advance(&mut self, seconds: u64, blocks: u64) {
        self.app.update_block(|block| {
            block.time = block.time.plus_seconds(seconds);
            block.height += blocks;
        });
    }

    /// A valid proof that `worker` trained [`BLOB`] for a slot.
    pub fn proof(&self, job: JobId, slot: u32, worker: &Addr) -> Vec<u8> {
        let block = self.app.block_info();
        let claim = Claim {
            chain_id: &block.chain_id,
            escrow: self.escrow.as_str(),
            job,
            slot,
            worker: worker.as_str(),
            circuit: self.circuit,
            dataset: commitment(),
            root: root(),
        };
        Trapdoor::new(1).prove(claim.digest(), 0)
    }

    pub fn balance(&self, address: &Addr, denom: &str) -> Uint256 {
        self.app
            .wrap()
            .query_balance(address, denom)
            .unwrap()
            .amount
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> T {
        self.app
            .wrap()
            .query_wasm_smart(&self.escrow, &msg)
            .unwrap()
    }

    pub fn jobs(&self) -> Vec<JobResponse> {
        let limit = Some(50);
        let page: JobsResponse = self.ask(QueryMsg::Jobs {
            start_after: None,
            limit,
        });
        assert_eq!(page.next, None);
        page.jobs
    }

    pub fn credits(&self, actor: &str) -> Vec<Coin> {
        let page: CreditsResponse = self.ask(QueryMsg::Credits {
            address: actor.into_addr().into(),
            start_after: None,
            limit: None,
        });
        page.credits
    }
}

/// The root of the parameters in [`BLOB`].
pub fn root() -> ParametersRoot {
    parameters::root(MODEL)
}

type Code = Box<dyn Contract<Empty>>;

fn circuit_registry() -> Code {
    use assay_circuit_registry::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

fn dataset_registry() -> Code {
    use assay_dataset_registry::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

fn model_store() -> Code {
    use assay_model_store::contract::{execute, instantiate, query};
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

fn escrow() -> Code {
    use assay_escrow::contract::{execute, instantiate, query, reply};
    Box::new(ContractWrapper::new(execute, instantiate, query).with_reply(reply))
}

fn deploy<M: Serialize>(app: &mut App<RefusingBank>, code: Code, msg: &M) -> Addr {
    let id = app.store_code(code);
    app.instantiate_contract(id, "deployer".into_addr(), msg, &[], "assay", None)
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

fn register_circuit(app: &mut App<RefusingBank>, registry: &Addr) -> CircuitId {
    let (spec, key) = ("{}", Trapdoor::new(1).key());
    let (constraint_system, setup) = (Sha256Digest([1; 32]), SetupRecord::Development {});
    let id = CircuitParts {
        kind: Kind::TrainingPublic,
        spec,
        constraint_system: &constraint_system,
        verifying_key: &key,
        setup: &setup,
    }
    .id();
    let msg = circuit_registry::ExecuteMsg::Register {
        kind: Kind::TrainingPublic,
        spec: spec.into(),
        constraint_system,
        verifying_key: key.into(),
        setup,
    };
    app.execute_contract("poster".into_addr(), registry.clone(), &msg, &[])
        .unwrap();
    id
}

fn register_dataset(app: &mut App<RefusingBank>, registry: &Addr) {
    let msg = dataset_registry::ExecuteMsg::Register {
        commitment: commitment(),
        rows: 5,
        schema: "{}".into(),
        file_sha256: None,
    };
    app.execute_contract("poster".into_addr(), registry.clone(), &msg, &[])
        .unwrap();
}

fn upload(app: &mut App<RefusingBank>, store: &Addr) {
    let (blob, index) = (BLOB, 0);
    let messages = [
        model_store::ExecuteMsg::Begin {
            length: MODEL.len() as u32,
        },
        model_store::ExecuteMsg::PutChunk {
            blob,
            index,
            data: MODEL.into(),
        },
        model_store::ExecuteMsg::Finalise { blob },
    ];
    for msg in messages {
        app.execute_contract("worker".into_addr(), store.clone(), &msg, &[])
            .unwrap();
    }
}
