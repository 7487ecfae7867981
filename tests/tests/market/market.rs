//! A chain with the four contracts, filled, and a transcript of what was asked of it.

use assay_cli::demo::Contracts;
use assay_protocol::Scalar;
use assay_protocol::challenge::challenges;
use assay_protocol::circuit::{CircuitParts, Kind, SetupRecord};
use assay_protocol::context::Context;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::hash::{Tag, hash_bytes};
use assay_protocol::id::{
    BlobId, CircuitId, DatasetCommitment, DatasetId, JobId, ModelCommitment, ModelId, RequestId,
    SchemaDigest, Sha256Digest,
};
use assay_protocol::messages::escrow::{
    ExecuteMsg, InstantiateMsg, MAX_SLOTS, OfferedModel, QueryMsg, Window, Windows,
};
use assay_protocol::messages::model_store::{self, Provenance};
use assay_protocol::messages::{Trusted, circuit_registry, dataset_registry};
use assay_protocol::parameters::{BlobHash, PublicParameters};
use assay_protocol::prediction::{input_digest, output_digest};
use assay_protocol::schema::{Column, LabelColumn, Schema};
use assay_protocol::statement::{
    Model, Prediction, TrainingHidden, TrainingPublic, digest_of_kind,
};
use cosmwasm_std::storage_keys::namespace_with_key;
use cosmwasm_std::{Addr, Coin, Empty, coin};
use cw_multi_test::{App, Contract, Executor, IntoAddr};
use serde::Serialize;
use serde_json::Value;

use crate::trapdoor::Trapdoor;

/// A row of 64 features.
pub const INPUT: [u8; 64] = [200; 64];
/// A label.
pub const OUTPUT: [u8; 1] = [1];
pub const WINDOW: Window = Window {
    seconds: 50,
    blocks: 5,
};

const PARAMETERS: [u8; 6] = [1, 2, 3, 4, 5, 6];
const BLOB: BlobId = BlobId(1);
const DATASET: DatasetId = DatasetId(1);
const MODEL: ModelId = ModelId(1);
const MINIMUM_ROWS: u32 = 100;

pub struct Market {
    app: App,
    escrow: Addr,
    store: Addr,
    circuits: Addr,
    /// What every step came to.
    pub transcript: Vec<String>,
}

impl Market {
    /// A chain with a circuit for every kind, a dataset, and a blob of "provider".
    pub fn new(contracts: Contracts) -> Self {
        let mut app = App::new(|router, _, storage| {
            for name in ["provider", "requester", "rival", "stranger"] {
                let funds = vec![coin(1_000, "other"), coin(1_000, "token")];
                let account = name.into_addr();
                router.bank.init_balance(storage, &account, funds).unwrap();
            }
        });
        let circuits = create(&mut app, contracts.circuit_registry, &Empty {});
        let datasets = create(&mut app, contracts.dataset_registry, &Empty {});
        let msg = model_store::InstantiateMsg {
            circuit_registry: circuits.clone(),
            dataset_registry: datasets.clone(),
            allow_development_keys: true,
        };
        let store = create(&mut app, contracts.model_store, &msg);
        let msg = InstantiateMsg {
            circuit_registry: circuits.clone(),
            dataset_registry: datasets.clone(),
            model_store: store.clone(),
            allow_development_keys: true,
        };
        let escrow = create(&mut app, contracts.escrow, &msg);
        let address = |contract: Trusted| Addr::unchecked(contract.address);
        let mut market = Self {
            app,
            escrow: address(escrow),
            store: address(store),
            circuits: address(circuits),
            transcript: Vec::new(),
        };
        market.fill(&address(datasets));
        market
    }

    fn fill(&mut self, datasets: &Addr) {
        for kind in Kind::ALL {
            self.execute("provider", self.circuits.clone(), &circuit(kind), &[]);
        }
        let dataset = dataset_registry::ExecuteMsg::Register {
            commitment: dataset_commitment(),
            rows: 569,
            schema: schema().to_canonical(),
            file_sha256: None,
        };
        self.execute("provider", datasets.clone(), &dataset, &[]);
        let (blob, index, data) = (BLOB, 0, PARAMETERS.into());
        self.store(
            "provider",
            &model_store::ExecuteMsg::Begin {
                length: 6,
                hash: BlobHash::Poseidon,
            },
        );
        self.store(
            "provider",
            &model_store::ExecuteMsg::PutChunk { blob, index, data },
        );
        self.store("provider", &model_store::ExecuteMsg::Finalise { blob });
    }

    /// Sends a message to the escrow.
    pub fn send(&mut self, sender: &str, funds: &[Coin], msg: &ExecuteMsg) {
        self.execute(sender, self.escrow.clone(), msg, funds);
    }

    /// Sends a message to the model store.
    pub fn store(&mut self, sender: &str, msg: &model_store::ExecuteMsg) {
        self.execute(sender, self.store.clone(), msg, &[]);
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

    /// Asks the escrow.
    pub fn ask(&mut self, msg: &QueryMsg) {
        self.query(self.escrow.clone(), msg);
    }

    /// Asks the model store.
    pub fn ask_store(&mut self, msg: &model_store::QueryMsg) {
        self.query(self.store.clone(), msg);
    }

    fn query(&mut self, contract: Addr, msg: &impl Serialize) {
        let answer = self.app.wrap().query_wasm_smart::<Value>(contract, msg);
        self.transcript.push(match answer {
            Ok(answer) => answer.to_string(),
            Err(error) => error.to_string(),
        });
    }

    /// Lets a request's window pass.
    pub fn wait(&mut self) {
        self.app.update_block(|block| {
            block.time = block.time.plus_seconds(WINDOW.seconds);
            block.height += WINDOW.blocks;
        });
    }

    /// The registration of the hidden model by `owner`, with the proof of its origin.
    pub fn registration(&self, owner: &Addr) -> model_store::ExecuteMsg {
        let context = self.context(Kind::TrainingHidden, &self.store, 0, owner);
        let schema = SchemaDigest(schema().digest().unwrap());
        let statement = TrainingHidden {
            context,
            dataset: dataset_commitment(),
            minimum_rows: MINIMUM_ROWS,
            schema,
            model: model_commitment(),
        };
        let provenance = Provenance {
            dataset: DATASET,
            circuit: circuit_id(Kind::TrainingHidden),
            minimum_rows: MINIMUM_ROWS,
            proof: prove(Kind::TrainingHidden, statement.digest(None).0),
        };
        model_store::ExecuteMsg::RegisterModel {
            commitment: model_commitment(),
            schema: self::schema().to_canonical(),
            provenance: Some(provenance),
        }
    }

    /// A valid delivery by "provider" for the first slot of a job.
    pub fn delivery(&self, job: JobId) -> ExecuteMsg {
        let kind = Kind::TrainingPublic;
        let statement = TrainingPublic {
            context: self.context(kind, &self.escrow, job.0, &"provider".into_addr()),
            dataset: dataset_commitment(),
            parameters: PublicParameters::of(&PARAMETERS, BlobHash::Poseidon),
        };
        ExecuteMsg::Deliver {
            job,
            slot: 0,
            blob: BLOB,
            proof: prove(kind, statement.digest(None).0),
        }
    }

    /// A delivery by "provider" for the first slot of a job, of a blob with these bytes that
    /// a fingerprint binds; and the point at which it is evaluated.
    pub fn hashed_delivery(&self, job: JobId, blob: BlobId, bytes: &[u8]) -> (ExecuteMsg, Scalar) {
        let kind = Kind::TrainingFingerprint;
        let statement = TrainingPublic {
            context: self.context(kind, &self.escrow, job.0, &"provider".into_addr()),
            dataset: dataset_commitment(),
            parameters: PublicParameters::of(bytes, BlobHash::Sha256),
        };
        let (proof, point) = prove_with_fingerprint(kind, &statement.elements(), bytes);
        let message = ExecuteMsg::Deliver {
            job,
            slot: 0,
            blob,
            proof,
        };
        (message, point)
    }

    /// An answer of "provider" by the model with these bytes, which a fingerprint binds.
    pub fn hashed_answer(&self, request: RequestId, bytes: &[u8]) -> ExecuteMsg {
        let kind = Kind::PredictionFingerprint;
        let statement = Prediction {
            context: self.context(kind, &self.escrow, request.0, &"provider".into_addr()),
            model: Model::Public(PublicParameters::of(bytes, BlobHash::Sha256)),
            schema: SchemaDigest(hash_bytes(Tag::Schema, schema().to_canonical().as_bytes())),
            input: input_digest(&INPUT),
            output: output_digest(&OUTPUT),
        };
        let (proof, _) = prove_with_fingerprint(kind, &statement.elements(), bytes);
        ExecuteMsg::Fulfil {
            request,
            output: OUTPUT.into(),
            proof,
        }
    }

    /// Gives every slot of as many jobs, each with as many slots as there may be, the state
    /// of the first one.
    pub fn repeat_the_first_slot(&mut self, jobs: u64) {
        let mut storage = self.app.contract_storage_mut(&self.escrow);
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

    /// Sends a message to the circuit registry.
    pub fn register_circuit(&mut self, msg: &circuit_registry::ExecuteMsg) {
        self.execute("provider", self.circuits.clone(), msg, &[]);
    }

    /// Asks the circuit registry.
    pub fn ask_circuits(&mut self, msg: &circuit_registry::QueryMsg) {
        self.query(self.circuits.clone(), msg);
    }

    /// The first circuit in a full list.
    pub fn first_circuit(&self, list: &circuit_registry::QueryMsg) -> CircuitId {
        let app = self.app.wrap();
        let page: circuit_registry::CircuitsResponse =
            app.query_wasm_smart(&self.circuits, list).unwrap();
        assert_eq!(page.circuits.len(), 50);
        page.circuits[0].id
    }

    /// A valid answer of "provider" to a request for an offer of this kind.
    pub fn answer(&self, kind: Kind, request: RequestId) -> ExecuteMsg {
        let model = match kind {
            Kind::PredictionHidden => Model::Hidden(model_commitment()),
            _ => Model::Public(PublicParameters::of(&PARAMETERS, BlobHash::Poseidon)),
        };
        let schema = schema().to_canonical();
        self.answer_with(kind, request, model, &schema, &INPUT, &OUTPUT)
    }

    /// A valid answer of "provider" for the public model.
    pub fn long_answer(
        &self,
        request: RequestId,
        schema: &str,
        input: &[u8],
        output: &[u8],
    ) -> ExecuteMsg {
        let model = Model::Public(PublicParameters::of(&PARAMETERS, BlobHash::Poseidon));
        self.answer_with(
            Kind::PredictionPublic,
            request,
            model,
            schema,
            input,
            output,
        )
    }

    fn answer_with(
        &self,
        kind: Kind,
        request: RequestId,
        model: Model,
        schema: &str,
        input: &[u8],
        output: &[u8],
    ) -> ExecuteMsg {
        let statement = Prediction {
            context: self.context(kind, &self.escrow, request.0, &"provider".into_addr()),
            model,
            schema: SchemaDigest(hash_bytes(Tag::Schema, schema.as_bytes())),
            input: input_digest(input),
            output: output_digest(output),
        };
        ExecuteMsg::Fulfil {
            request,
            output: output.into(),
            proof: prove(kind, statement.digest(None).0),
        }
    }

    fn context(&self, kind: Kind, contract: &Addr, subject: u64, payee: &Addr) -> Scalar {
        let block = self.app.block_info();
        let context = Context {
            kind,
            chain_id: &block.chain_id,
            contract: contract.as_str(),
            subject,
            slot: 0,
            payee: payee.as_str(),
            circuit: circuit_id(kind),
        };
        context.to_scalar()
    }
}

/// An offer of this kind, at 100 of a token.
pub fn offer(kind: Kind) -> ExecuteMsg {
    offer_of(kind, BLOB)
}

/// The same; of a public model, by the parameters in this blob.
pub fn offer_of(kind: Kind, blob: BlobId) -> ExecuteMsg {
    let model = match kind {
        Kind::PredictionHidden => OfferedModel::Hidden { model: MODEL },
        _ => OfferedModel::Public {
            blob,
            schema: schema().to_canonical(),
        },
    };
    ExecuteMsg::Offer {
        model,
        circuit: circuit_id(kind),
        price: coin(100, "token"),
        window: WINDOW,
        input_bytes: INPUT.len() as u32,
        output_bytes: OUTPUT.len() as u32,
    }
}

/// A job of one slot, for "provider", by the circuit of this kind.
pub fn job(kind: Kind) -> ExecuteMsg {
    ExecuteMsg::PostJob {
        dataset: DATASET,
        circuit: circuit_id(kind),
        slots: 1,
        reward: coin(100, "token"),
        bond: coin(10, "token"),
        worker: Some("provider".into_addr().into()),
        windows: Windows {
            acceptance: WINDOW,
            hand_over: WINDOW,
            delivery: WINDOW,
        },
    }
}

/// A job for "provider" with as many slots as there may be, each for one of a token, and a
/// bond of none of a token with the longest name.
pub fn longest_job() -> ExecuteMsg {
    ExecuteMsg::PostJob {
        dataset: DATASET,
        circuit: circuit_id(Kind::TrainingPublic),
        slots: MAX_SLOTS,
        reward: coin(1, "token"),
        bond: coin(0, "x".repeat(128)),
        worker: Some("provider".into_addr().into()),
        windows: Windows {
            acceptance: WINDOW,
            hand_over: WINDOW,
            delivery: WINDOW,
        },
    }
}

/// Stores code and instantiates it.
fn create(app: &mut App, code: Box<dyn Contract<Empty>>, msg: &impl Serialize) -> Trusted {
    let code = app.store_code(code);
    let checksum = app.wrap().query_wasm_code_info(code).unwrap().checksum;
    let address = app.instantiate_contract(code, "anyone".into_addr(), msg, &[], "assay", None);
    Trusted {
        address: address.unwrap().into(),
        checksum: checksum.as_slice().into(),
    }
}

/// The key of each kind has a trapdoor of its own.
pub fn trapdoor(kind: Kind) -> Trapdoor {
    match kind.has_fingerprint() {
        true => Trapdoor::challenged(kind as u64),
        false => Trapdoor::new(kind as u64),
    }
}

fn prove(kind: Kind, digest: Scalar) -> cosmwasm_std::Binary {
    trapdoor(kind).prove(digest, 0).into()
}

/// A valid proof about these parameters, and the point at which they are evaluated for it.
fn prove_with_fingerprint(
    kind: Kind,
    elements: &[Scalar],
    bytes: &[u8],
) -> (cosmwasm_std::Binary, Scalar) {
    let commitment = trapdoor(kind).commitment(0).unwrap();
    let [_, point] = challenges(kind.tag(), elements, &commitment);
    let evaluate = |point| Ok::<_, ()>(fingerprint(bytes, point));
    let digest = digest_of_kind(kind, elements, Some(&commitment), evaluate).unwrap();
    (prove(kind, digest.0), point)
}

fn circuit(kind: Kind) -> circuit_registry::ExecuteMsg {
    circuit_registry::ExecuteMsg::Register {
        kind,
        spec: "{}".into(),
        constraint_system: Sha256Digest([1; 32]),
        verifying_key: trapdoor(kind).key().into(),
        setup: SetupRecord::Development {},
    }
}

pub fn circuit_id(kind: Kind) -> CircuitId {
    CircuitParts {
        kind,
        spec: "{}",
        constraint_system: &Sha256Digest([1; 32]),
        verifying_key: &trapdoor(kind).key(),
        setup: &SetupRecord::Development {},
    }
    .id()
}

/// A schema of 64 columns.
pub fn schema() -> Schema {
    let column = |i: u32| Column {
        name: format!("pixel_{i}"),
        lower: "0".into(),
        upper: "16".into(),
    };
    Schema {
        columns: (0..64).map(column).collect(),
        label: LabelColumn {
            name: "digit".into(),
            classes: ["even", "odd"].map(String::from).to_vec(),
        },
    }
}

fn dataset_commitment() -> DatasetCommitment {
    DatasetCommitment(Scalar::from(77))
}

fn model_commitment() -> ModelCommitment {
    ModelCommitment(Scalar::from(66))
}
