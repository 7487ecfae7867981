//! An escrow driven through its entry points, where errors keep their types.

use assay_escrow::ContractError;
use assay_escrow::contract::{execute, instantiate, query};
use assay_groth16::Scalar;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{BlobId, CircuitId, JobId, ParametersRoot};
use assay_protocol::messages::Message;
use assay_protocol::messages::escrow::{
    Deadline, ExecuteMsg, InstantiateMsg, JobResponse, QueryMsg, SlotId, SlotState,
};
use cosmwasm_std::testing::{
    MockApi, MockQuerier, MockStorage, message_info, mock_dependencies, mock_env,
};
use cosmwasm_std::{Addr, Coin, Env, OwnedDeps, Response, from_json};
use serde::de::DeserializeOwned;

use crate::registries::Registries;
use crate::terms::{BLOB, Claim, DATASET, JOB, Job, commitment};
use crate::trapdoor::Trapdoor;

pub const CIRCUIT: CircuitId = CircuitId([5; 32]);

pub struct Escrow {
    pub deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
    pub env: Env,
    pub registries: Registries,
}

pub fn address(name: &str) -> Addr {
    MockApi::default().addr_make(name)
}

pub fn instantiation() -> InstantiateMsg {
    InstantiateMsg {
        circuit_registry: Registries::trusted("circuit registry"),
        dataset_registry: Registries::trusted("dataset registry"),
        model_store: Registries::trusted("model store"),
        allow_development_keys: false,
    }
}

impl Escrow {
    /// An escrow that isn't instantiated yet.
    pub fn blank() -> Self {
        let registries = Registries::default();
        let mut deps = mock_dependencies();
        let answers = registries.clone();
        deps.querier.update_wasm(move |query| answers.answer(query));
        let mut env = mock_env();
        env.block.chain_id = "assay-7".into();
        Self {
            deps,
            env,
            registries,
        }
    }

    /// An escrow with a dataset, a circuit for training and a blob in its registries.
    pub fn new() -> Self {
        let mut escrow = Self::blank();
        escrow.instantiate(instantiation()).unwrap();
        escrow.registries.add_dataset(DATASET, commitment());
        let key = Trapdoor::new(1);
        let kind = Kind::TrainingPublic;
        escrow.registries.add_circuit(CIRCUIT, kind, &key, false);
        escrow.registries.add_blob(BLOB, root());
        escrow
    }

    /// An escrow with one job posted by "poster".
    pub fn with(job: &Job) -> Self {
        let mut escrow = Self::new();
        escrow.send("poster", &job.funds(), job.message()).unwrap();
        escrow
    }

    /// One job with one slot that "worker" has accepted.
    pub fn accepted() -> Self {
        let job = Job::new(CIRCUIT);
        let mut escrow = Self::with(&job);
        escrow.send("worker", &[job.bond], accept(0)).unwrap();
        escrow
    }

    /// One job with one slot that "worker" has started.
    pub fn started() -> Self {
        let mut escrow = Self::accepted();
        escrow.send("worker", &[], start(0)).unwrap();
        escrow
    }

    pub fn instantiate(&mut self, msg: InstantiateMsg) -> Result<Response, ContractError> {
        let info = message_info(&address("anyone"), &[]);
        instantiate(self.deps.as_mut(), self.env.clone(), info, Message(msg))
    }

    pub fn send(
        &mut self,
        sender: &str,
        funds: &[Coin],
        msg: ExecuteMsg,
    ) -> Result<Response, ContractError> {
        let info = message_info(&address(sender), funds);
        execute(self.deps.as_mut(), self.env.clone(), info, Message(msg))
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> Result<T, ContractError> {
        let answer = query(self.deps.as_ref(), self.env.clone(), Message(msg))?;
        Ok(from_json(answer).unwrap())
    }

    pub fn job(&self) -> JobResponse {
        self.ask(QueryMsg::Job { job: JOB }).unwrap()
    }

    pub fn slot(&self, slot: usize) -> SlotState {
        self.job().slots[slot].clone()
    }

    /// The deadline that the first slot's state has.
    pub fn deadline(&self) -> Deadline {
        match self.slot(0) {
            SlotState::Open {} => self.job().terms.acceptance_deadline,
            SlotState::Accepted {
                hand_over_deadline, ..
            } => hand_over_deadline,
            SlotState::Started {
                delivery_deadline, ..
            } => delivery_deadline,
            state => panic!("{state:?} has no deadline"),
        }
    }

    /// Goes to a block this far from the first slot's deadline.
    pub fn go_to_deadline(&mut self, nanoseconds: i64, blocks: i64) {
        self.go_to(self.deadline(), nanoseconds, blocks);
    }

    /// Goes to a block this far from a deadline.
    pub fn go_to(&mut self, deadline: Deadline, nanoseconds: i64, blocks: i64) {
        let time = deadline.time.nanos().checked_add_signed(nanoseconds);
        self.env.block.time = cosmwasm_std::Timestamp::from_nanos(time.unwrap());
        self.env.block.height = deadline.height.checked_add_signed(blocks).unwrap();
    }

    /// What "worker" proves for the first slot.
    pub fn claim<'a>(&'a self, worker: &'a Addr) -> Claim<'a> {
        Claim::new(&self.env, worker, CIRCUIT, root())
    }

    /// A valid proof by "worker" for the first slot.
    pub fn proof(&self) -> Vec<u8> {
        Trapdoor::new(1).prove(self.claim(&address("worker")).digest(None), 0)
    }
}

/// The root of the parameters in [`BLOB`].
pub fn root() -> ParametersRoot {
    ParametersRoot(Scalar::from(99))
}

pub fn accept(slot: u32) -> ExecuteMsg {
    ExecuteMsg::Accept(SlotId { job: JOB, slot })
}

pub fn release(slot: u32) -> ExecuteMsg {
    ExecuteMsg::Release(SlotId { job: JOB, slot })
}

pub fn start(slot: u32) -> ExecuteMsg {
    ExecuteMsg::Start(SlotId { job: JOB, slot })
}

pub fn cancel(slot: u32) -> ExecuteMsg {
    ExecuteMsg::Cancel(SlotId { job: JOB, slot })
}

pub fn expire(slot: u32) -> ExecuteMsg {
    ExecuteMsg::Expire(SlotId { job: JOB, slot })
}

pub fn deliver(proof: Vec<u8>) -> ExecuteMsg {
    deliver_blob(JOB, 0, BLOB, proof)
}

pub fn deliver_blob(job: JobId, slot: u32, blob: BlobId, proof: Vec<u8>) -> ExecuteMsg {
    ExecuteMsg::Deliver {
        job,
        slot,
        blob,
        proof: proof.into(),
    }
}

/// The transfers in a response: recipient and coin.
pub fn transfers(response: &Response) -> Vec<(String, Coin)> {
    let send = |sub: &cosmwasm_std::SubMsg| match sub.msg.clone() {
        cosmwasm_std::CosmosMsg::Bank(cosmwasm_std::BankMsg::Send { to_address, amount }) => {
            let [coin] = <[Coin; 1]>::try_from(amount).unwrap();
            (to_address, coin)
        }
        other => panic!("{other:?}"),
    };
    response.messages.iter().map(send).collect()
}
