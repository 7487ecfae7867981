//! All four contracts on cw-multi-test's chain, with a bank that can refuse.

use assay_protocol::circuit::{CircuitParts, Kind, SetupRecord};
use assay_protocol::id::{
    CircuitId, JobId, OfferId, ParametersRoot, RequestId, SchemaDigest, Sha256Digest,
};
use assay_protocol::messages::escrow::{
    BalancesResponse, CreditsResponse, ExecuteMsg, InstantiateMsg, JobResponse, JobsResponse,
    OfferEntry, OffersResponse, QueryMsg, RequestEntry, RequestsResponse,
};
use assay_protocol::messages::{Trusted, circuit_registry, dataset_registry, model_store};
use assay_protocol::parameters::{self, BlobHash, PublicParameters};
use assay_protocol::schema::{Column, LabelColumn, Schema};
use assay_protocol::statement::Model;
use cosmwasm_std::{Addr, Coin, Empty, StdResult, Uint256, coin};
use cw_multi_test::{
    App, AppBuilder, AppResponse, BankKeeper, Contract, ContractWrapper, Executor, IntoAddr,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::bank::RefusingBank;
use crate::prediction::{Answer, Form, INPUT, OUTPUT, Offer, model_commitment};
use crate::terms::{BLOB, Claim, Job, commitment};
use crate::trapdoor::Trapdoor;

/// Who has money: [`FUNDS`] of each token.
pub const ACTORS: [&str; 4] = ["poster", "worker", "rival", "stranger"];
/// The tokens there are.
pub const DENOMS: [&str; 2] = ["other", "token"];
/// What everybody has of each token at first.
pub const FUNDS: u128 = 1_000_000;

const MODEL: &[u8] = &[1, 2, 3, 4, 5, 6];

pub struct Chain {
    pub app: App<RefusingBank>,
    pub bank: RefusingBank,
    pub escrow: Addr,
    pub circuit: CircuitId,
    /// Circuits for predictions of public and of hidden models.
    pub predictions: [CircuitId; 2],
}

impl Chain {
    /// A chain with the registries filled: dataset 1, a circuit of each kind with a
    /// development key, [`BLOB`] and a hidden model of "worker".
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
        let msg = model_store::InstantiateMsg {
            circuit_registry: trusted(&app, &circuits),
            dataset_registry: trusted(&app, &datasets),
            allow_development_keys: true,
        };
        let models = deploy(&mut app, model_store(), &msg);
        let mut register = |kind, key| register_circuit(&mut app, &circuits, kind, key);
        let circuit = register(Kind::TrainingPublic, Trapdoor::new(1));
        let predictions =
            [Form::Public, Form::Hidden].map(|form| register(form.kind(), form.trapdoor()));
        register_dataset(&mut app, &datasets);
        upload(&mut app, &models);
        register_model(&mut app, &models);
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
            predictions,
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
            kind: Kind::TrainingPublic,
            chain_id: &block.chain_id,
            escrow: self.escrow.as_str(),
            job,
            slot,
            worker: worker.as_str(),
            circuit: self.circuit,
            dataset: commitment(),
            root: root(),
        };
        Trapdoor::new(1).prove(claim.digest(None), 0)
    }

    /// An offer of this form, of 100 of a token.
    pub fn offer(&self, form: Form) -> Offer {
        let [public, hidden] = self.predictions;
        match form {
            Form::Public => Offer::public(public),
            Form::Hidden => Offer::hidden(hidden),
        }
    }

    /// A valid proof by `provider` of an answer to a request for an offer of this form.
    pub fn answer(&self, form: Form, request: RequestId, provider: &Addr) -> Vec<u8> {
        let block = self.app.block_info();
        let answer = Answer {
            kind: form.kind(),
            chain_id: &block.chain_id,
            escrow: self.escrow.as_str(),
            request,
            slot: 0,
            provider: provider.as_str(),
            circuit: self.offer(form).circuit,
            model: match form {
                Form::Public => Model::Public(PublicParameters::Poseidon(root())),
                Form::Hidden => form.model(),
            },
            schema: schema_digest(form),
            input: &INPUT,
            output: &OUTPUT,
        };
        form.trapdoor().prove(answer.digest(None), 0)
    }

    pub fn offers(&self) -> Vec<OfferEntry> {
        let page: OffersResponse = self.ask(QueryMsg::Offers {
            start_after: None,
            limit: Some(50),
        });
        assert_eq!(page.next, None);
        page.offers
    }

    pub fn requests(&self, offer: OfferId) -> Vec<RequestEntry> {
        let page: RequestsResponse = self.ask(QueryMsg::Requests {
            offer,
            start_after: None,
            limit: Some(50),
        });
        assert_eq!(page.next, None);
        page.requests
    }

    pub fn prepaid(&self, actor: &str) -> Vec<Coin> {
        let page: BalancesResponse = self.ask(QueryMsg::Balances {
            address: actor.into_addr().into(),
            start_after: None,
            limit: None,
        });
        page.balances
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

/// The schema of the hidden model.
fn schema() -> Schema {
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

fn schema_digest(form: Form) -> SchemaDigest {
    match form {
        Form::Public => crate::prediction::schema_digest(),
        Form::Hidden => SchemaDigest(schema().digest().unwrap()),
    }
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

fn register_circuit(
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
            hash: BlobHash::Poseidon,
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

fn register_model(app: &mut App<RefusingBank>, store: &Addr) {
    let msg = model_store::ExecuteMsg::RegisterModel {
        commitment: model_commitment(),
        schema: schema().to_canonical(),
        provenance: None,
    };
    app.execute_contract("worker".into_addr(), store.clone(), &msg, &[])
        .unwrap();
}
