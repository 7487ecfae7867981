//! The embedded chain: its contracts, a block for every message.

use assay_protocol::Scalar;
use assay_protocol::id::{BlobId, CircuitId, DatasetId, JobId, StatementElement};
use assay_protocol::messages::jobs::{
    ExecuteMsg, JobResponse, Posting, QueryMsg, SlotId, SlotState, Terms, Windows,
};
use assay_protocol::messages::time::{Deadline, Window};
use assay_protocol::messages::{circuit_registry, dataset_registry, model_store};
use assay_protocol::parameters::{self, BlobHash};
use assay_prover::circuit::Registration;
use cosmwasm_std::{Addr, Binary, Coin, StdError, Uint128, coin, coins};
use cw_multi_test::{App, AppResponse, Executor, next_block};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::cast::{BOND, Cast, DENOM, REWARD, SLOTS};
use crate::Error;
use crate::artefact::dataset;
use crate::chain::circuits;
use crate::error::one_line;

/// The chain's id.
pub const CHAIN_ID: &str = "assay-demo";

/// A slot of a job.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// The job.
    pub job: JobId,
    /// The slot.
    pub slot: u32,
}

/// The chain with its contracts and accounts. Every message is a block of its own; what
/// the chain refuses is an [`Error::Chain`].
pub struct Chain {
    pub(super) app: App,
    /// Everybody's address.
    pub cast: Cast,
    /// The address of jobs.
    pub jobs: Addr,
    /// The address of predictions.
    pub predictions: Addr,
    pub(super) circuit_registry: Addr,
    pub(super) dataset_registry: Addr,
    pub(super) model_store: Addr,
}

impl Chain {
    pub(super) fn execute(
        &mut self,
        what: &'static str,
        sender: &Addr,
        contract: &Addr,
        message: &impl Serialize,
        funds: &[Coin],
    ) -> Result<AppResponse, Error> {
        // cw-multi-test asks for Debug, which the JSON value has.
        let message = serde_json::to_value(message).map_err(|error| failed(what, error))?;
        let (sender, contract) = (sender.clone(), contract.clone());
        let response = self.app.execute_contract(sender, contract, &message, funds);
        self.app.update_block(next_block);
        response.map_err(|error| refused(what, &error))
    }

    pub(super) fn query<T: DeserializeOwned>(
        &self,
        what: &'static str,
        contract: &Addr,
        message: &impl Serialize,
    ) -> Result<T, Error> {
        let response = self.app.wrap().query_wasm_smart(contract, message);
        response.map_err(|error| refused(what, &error))
    }

    fn jobs(
        &mut self,
        what: &'static str,
        sender: &Addr,
        message: &ExecuteMsg,
        funds: u128,
    ) -> Result<AppResponse, Error> {
        let contract = self.jobs.clone();
        self.execute(what, sender, &contract, message, &funded(funds))
    }

    /// Registers a dataset.
    pub fn register_dataset(
        &mut self,
        sender: &Addr,
        registration: &dataset::Registration,
    ) -> Result<DatasetId, Error> {
        let what = "register the dataset";
        let message = dataset_registry::ExecuteMsg::Register {
            commitment: registration.commitment,
            rows: registration.rows,
            schema: registration.schema.to_canonical(),
            file_sha256: registration.file_sha256,
            license: String::new(),
            price: None,
            royalty_bps: 0,
            parents: Vec::new(),
        };
        let registry = self.dataset_registry.clone();
        let response = self.execute(what, sender, &registry, &message, &[])?;
        attribute(what, &response, "dataset_id").map(DatasetId)
    }

    /// Registers a circuit.
    pub fn register_circuit(
        &mut self,
        sender: &Addr,
        registration: &Registration,
    ) -> Result<CircuitId, Error> {
        let message = circuits::register(registration);
        let registry = self.circuit_registry.clone();
        self.execute("register the circuit", sender, &registry, &message, &[])?;
        Ok(registration.id())
    }

    /// What is registered of a circuit.
    pub fn circuit(&self, id: CircuitId) -> Result<Registration, Error> {
        let what = "show the circuit";
        let message = circuit_registry::QueryMsg::Circuit { id };
        let found: circuit_registry::CircuitResponse =
            self.query(what, &self.circuit_registry, &message)?;
        circuits::registration(id, found)
    }

    /// Has the circuit registry check that a proof shows the statement of these elements,
    /// about these parameters.
    pub fn verify(
        &self,
        id: CircuitId,
        elements: &[Scalar],
        parameters: &[u8],
        proof: &[u8],
    ) -> Result<(), Error> {
        let message = circuit_registry::QueryMsg::Verify {
            id,
            elements: elements.iter().copied().map(StatementElement).collect(),
            parameters: Some(Binary::from(parameters)),
            proof: Binary::from(proof),
        };
        let _: circuit_registry::VerifyResponse =
            self.query("verify the proof", &self.circuit_registry, &message)?;
        Ok(())
    }

    /// Posts a job of [`SLOTS`] slots, open to any worker.
    pub fn post_job(
        &mut self,
        sender: &Addr,
        dataset: DatasetId,
        circuit: CircuitId,
    ) -> Result<JobId, Error> {
        let what = "post the job";
        let window = Window {
            seconds: 3600,
            blocks: 600,
        };
        let message = ExecuteMsg::Post(Posting {
            dataset,
            circuit,
            slots: SLOTS,
            reward: coin(REWARD, DENOM),
            bond: coin(BOND, DENOM),
            price: None,
            royalty_bps: 0,
            worker: None,
            windows: Windows {
                acceptance: window,
                hand_over: window,
                delivery: window,
            },
            requester: None,
            refund_to: None,
        });
        let response = self.jobs(what, sender, &message, REWARD * u128::from(SLOTS))?;
        attribute(what, &response, "job_id").map(JobId)
    }

    /// A job's terms.
    pub fn terms(&self, job: JobId) -> Result<Terms, Error> {
        Ok(self.job(job)?.terms)
    }

    /// A slot's state.
    pub fn state(&self, Slot { job, slot }: Slot) -> Result<SlotState, Error> {
        let mut slots = self.job(job)?.slots.into_iter();
        let found = slots.nth(slot as usize).map(|slot| slot.state);
        found.ok_or_else(|| failed("show the slot", "there is none"))
    }

    fn job(&self, job: JobId) -> Result<JobResponse, Error> {
        self.query("show the job", &self.jobs, &QueryMsg::Job { job })
    }

    /// Takes a slot.
    pub fn accept(&mut self, worker: &Addr, Slot { job, slot }: Slot) -> Result<(), Error> {
        let message = ExecuteMsg::Accept(SlotId { job, slot });
        self.jobs("accept a worker", worker, &message, BOND)?;
        Ok(())
    }

    /// Says that the worker holds the data.
    pub fn start_work(&mut self, worker: &Addr, Slot { job, slot }: Slot) -> Result<(), Error> {
        let payee = None;
        let message = ExecuteMsg::Start { job, slot, payee };
        self.jobs("start the slot", worker, &message, 0)?;
        Ok(())
    }

    /// Delivers parameters and their proof.
    pub fn deliver(
        &mut self,
        sender: &Addr,
        Slot { job, slot }: Slot,
        blob: BlobId,
        proof: &[u8],
    ) -> Result<(), Error> {
        let message = ExecuteMsg::Deliver {
            job,
            slot,
            blob,
            proof: Binary::from(proof),
        };
        self.jobs("pay on this proof", sender, &message, 0)?;
        Ok(())
    }

    /// Refunds a started slot to its poster.
    pub fn expire(&mut self, sender: &Addr, Slot { job, slot }: Slot) -> Result<(), Error> {
        let message = ExecuteMsg::Expire(SlotId { job, slot });
        self.jobs("refund the slot", sender, &message, 0)?;
        Ok(())
    }

    /// Moves the chain to a started slot's deadline, not a second or a block further.
    pub fn advance_to_deadline(&mut self, slot: Slot) -> Result<(), Error> {
        match self.state(slot)? {
            SlotState::Started {
                delivery_deadline, ..
            } => {
                self.advance_to(delivery_deadline);
                Ok(())
            }
            _ => Err(failed("show a deadline", "the slot isn't started")),
        }
    }

    /// Moves the chain to a deadline, not a second or a block further.
    pub(super) fn advance_to(&mut self, Deadline { time, height }: Deadline) {
        self.app.update_block(|block| {
            block.time = time;
            block.height = height;
        });
    }

    /// Uploads parameters in chunks for `holder`, who keeps them once they are finalised. They
    /// are bound by their fingerprint.
    pub fn upload(
        &mut self,
        uploader: &Addr,
        holder: &Addr,
        bytes: &[u8],
    ) -> Result<BlobId, Error> {
        let what = "store the parameters";
        let store = self.model_store.clone();
        let length = u32::try_from(bytes.len()).map_err(|error| failed(what, error))?;
        let hash = BlobHash::Sha256;
        let begin = model_store::ExecuteMsg::Begin {
            length,
            hash,
            holder: Some(holder.to_string()),
        };
        let response = self.execute(what, uploader, &store, &begin, &[])?;
        let blob = attribute(what, &response, "blob_id").map(BlobId)?;
        for (index, chunk) in (0..).zip(bytes.chunks(parameters::CHUNK_BYTES)) {
            let data = Binary::from(chunk);
            let put = model_store::ExecuteMsg::PutChunk { blob, index, data };
            self.execute(what, uploader, &store, &put, &[])?;
        }
        let finalise = model_store::ExecuteMsg::Finalise { blob };
        self.execute(what, uploader, &store, &finalise, &[])?;
        Ok(blob)
    }

    /// Reads a blob back, chunk by chunk.
    pub fn download(&self, blob: BlobId) -> Result<Vec<u8>, Error> {
        let what = "show the parameters";
        let message = model_store::QueryMsg::Blob { blob };
        let found: model_store::BlobResponse = self.query(what, &self.model_store, &message)?;
        let mut bytes = Vec::new();
        for index in 0..found.chunks {
            let message = model_store::QueryMsg::Chunk { blob, index };
            let chunk: Binary = self.query(what, &self.model_store, &message)?;
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// What an account has.
    pub fn balance(&self, account: &Addr) -> Result<u128, Error> {
        let what = "show a balance";
        let found = self.app.wrap().query_balance(account, DENOM);
        let amount = found.map_err(|error| refused(what, &error))?.amount;
        let amount = Uint128::try_from(amount).map_err(|error| failed(what, error))?;
        Ok(amount.u128())
    }
}

/// So much of the demo's coin.
pub(super) fn funded(amount: u128) -> Vec<Coin> {
    match amount {
        0 => Vec::new(),
        amount => coins(amount, DENOM),
    }
}

/// The chain's refusal of `what`.
pub(super) fn refused(what: &'static str, error: &StdError) -> Error {
    failed(what, words(error))
}

/// `what` can't be done.
pub(super) fn failed(what: &'static str, reason: impl ToString) -> Error {
    Error::Chain {
        what,
        reason: reason.to_string(),
    }
}

/// An id among the attributes that a message left.
pub(super) fn attribute(
    what: &'static str,
    response: &AppResponse,
    key: &str,
) -> Result<u64, Error> {
    let attributes = response.events.iter().flat_map(|event| &event.attributes);
    let found = attributes
        .filter(|a| a.key == key)
        .find_map(|a| a.value.parse().ok());
    found.ok_or_else(|| failed(what, format!("the response has no number {key}")))
}

/// The contract's own words. cw-multi-test puts the message before them, and `StdError` its
/// kind: `... kind: Other, error: the words`.
fn words(error: &StdError) -> String {
    let text = error.to_string();
    let last = text.rsplit("kind: ").next().unwrap_or(&text);
    let words = last.split_once("error: ").map_or(last, |(_, words)| words);
    one_line(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contracts_own_words_are_shown() {
        let inner = StdError::msg("too late");
        assert_eq!(words(&inner), "too late");
        let outer = format!("Error executing WasmMsg:\n  sender: A\n  {{..}}\n{inner}");
        assert_eq!(words(&StdError::msg(outer)), "too late");
    }
}
