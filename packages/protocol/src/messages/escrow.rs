//! escrow: training [jobs], [predictions], and what is owed. Everything is paid on proof.
//!
//! Money is in one of four places, each with its way out: open [slots](SlotState) and open
//! [requests](RequestState), which anyone can end from a deadline on; credits, which anyone
//! can have paid to their owners; prepaid balances, which only their owners can move.

pub mod jobs;
pub mod predictions;

use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::{Binary, Coin, Uint256};

pub use jobs::{JobResponse, JobsResponse, MAX_SLOTS, SlotId, SlotState, Terms, Windows};
pub use predictions::{
    FixedModel, OfferEntry, OfferResponse, OfferTerms, OfferedModel, OffersResponse, RequestEntry,
    RequestResponse, RequestState, RequestsResponse, input_key, output_key,
};

pub use super::time::{
    Deadline, MAX_BLOCKS_A_SECOND, MAX_SECONDS_A_BLOCK, MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS,
    Window,
};

use super::Trusted;
use crate::id::{BlobId, CircuitId, DatasetId, JobId, OfferId, RequestId};

/// Fixed for ever: there is no admin.
#[cw_serde]
pub struct InstantiateMsg {
    /// The circuit registry.
    pub circuit_registry: Trusted,
    /// The dataset registry.
    pub dataset_registry: Trusted,
    /// The model store. It must read the same registries, and may allow development keys
    /// only if the escrow does.
    pub model_store: Trusted,
    /// Whether jobs and offers may use keys that one party made alone. Never for real
    /// money: who made such a key can forge.
    pub allow_development_keys: bool,
}

/// What may be executed.
#[cw_serde]
pub enum ExecuteMsg {
    /// Posts a job; anyone may. The funds are exactly `slots` times `reward`.
    /// Attribute `job_id` is the id.
    ///
    /// Each slot buys the same training once more, and whoever delivers one shows its
    /// parameters to all: use one slot unless it is repeats that you want. Without a bond
    /// a stranger can start and hold the reward until the delivery deadline for nothing.
    PostJob {
        /// The dataset to train on; its commitment is fixed at posting.
        dataset: DatasetId,
        /// The method; its key is fixed at posting.
        circuit: CircuitId,
        /// Number of slots, at most [`MAX_SLOTS`].
        slots: u32,
        /// Paid for each slot.
        reward: Coin,
        /// What a worker deposits for each slot.
        bond: Coin,
        /// The only worker who may accept, or anyone.
        worker: Option<String>,
        /// The job's windows.
        windows: Windows,
    },
    /// Takes an open slot; the funds are exactly the bond. Not for a worker who
    /// held this slot before, nor from the acceptance deadline on.
    Accept(SlotId),
    /// Opens an accepted slot again and returns the bond: the poster, the
    /// worker, or anyone from the hand-over deadline on.
    Release(SlotId),
    /// The worker says that it holds data that matches the commitment. From here
    /// on it loses the bond if it doesn't deliver. Before the hand-over deadline.
    Start(SlotId),
    /// Pays the slot's worker reward and bond if the proof holds. Anyone may
    /// send it; only the worker is paid. Before the delivery deadline.
    Deliver {
        /// The job.
        job: JobId,
        /// The slot.
        slot: u32,
        /// The finalised parameters.
        blob: BlobId,
        /// The proof's bytes: 192 or, with challenges, 240.
        proof: Binary,
    },
    /// Gives up an open slot and returns its reward to the poster: the poster,
    /// or anyone from the acceptance deadline on.
    Cancel(SlotId),
    /// Sends reward and bond of a started slot to the poster: anyone, from the
    /// delivery deadline on.
    Expire(SlotId),
    /// Pays an owner what it couldn't be sent before; anyone may send it.
    Withdraw {
        /// The denomination.
        denom: String,
        /// Whose credit is paid; the sender's where none is named.
        owner: Option<String>,
        /// Where it is paid to, which only the owner may say; to the owner where it isn't
        /// said. For an owner who can send but not receive.
        to: Option<String>,
    },
    /// Offers predictions of a model; anyone may offer a public one, only its owner a
    /// hidden one. The sender is who is paid. Attribute `offer_id` is the id.
    ///
    /// The bytes of inputs and outputs must be those of the circuit's specification, and the
    /// schema's columns its features: nothing on chain checks that, `assay` does. An offer
    /// that can't be fulfilled costs its requesters the wait.
    Offer {
        /// The model; its root or commitment and its schema are fixed here.
        model: OfferedModel,
        /// The method, of the kind that the model needs; its key is fixed here.
        circuit: CircuitId,
        /// Paid for each request; at least 1.
        price: Coin,
        /// From a request: how long its answer may take.
        window: Window,
        /// Bytes of an input, 1 to [`MAX_INPUT_BYTES`](crate::prediction::MAX_INPUT_BYTES).
        input_bytes: u32,
        /// Bytes of an output, 1 to [`MAX_OUTPUT_BYTES`](crate::prediction::MAX_OUTPUT_BYTES).
        output_bytes: u32,
    },
    /// Ends an offer: no new requests; those that it has stay as they are. The provider only.
    CloseOffer {
        /// The offer.
        offer: OfferId,
    },
    /// Asks for a prediction; anyone may. The funds are exactly the price, or nothing if it
    /// is taken from the sender's prepaid balance. Attribute `request_id` is the id.
    ///
    /// **The input and its output are readable by everyone, for ever:** never send a row
    /// that isn't public.
    Request {
        /// The offer.
        offer: OfferId,
        /// The rows' bytes, exactly as many as the offer says.
        input: Binary,
        /// Whether the price is taken from the sender's prepaid balance.
        prepaid: bool,
    },
    /// Answers a request and pays its provider if the proof holds. Anyone may send it; only
    /// the provider is paid. Before the request's deadline.
    Fulfil {
        /// The request.
        request: RequestId,
        /// The outputs' bytes, exactly as many as the offer says.
        output: Binary,
        /// The proof's bytes: 192 or, with challenges, 240. Its context is this chain, this
        /// contract, the request as subject, slot 0 and the provider as payee.
        proof: Binary,
    },
    /// Sends the price of a request to who asked, not to its prepaid balance: anyone, from
    /// the request's deadline on.
    Reclaim {
        /// The request.
        request: RequestId,
    },
    /// Adds the funds to the sender's prepaid balance.
    Deposit {},
    /// Pays the sender from its prepaid balance. Nobody else can.
    WithdrawBalance {
        /// The denomination.
        denom: String,
        /// How much, at least 1; everything where it isn't said.
        amount: Option<Uint256>,
        /// Where it is paid to; to the sender where it isn't said.
        to: Option<String>,
    },
}

/// What may be asked.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// What was fixed at instantiation.
    #[returns(InstantiateMsg)]
    Config {},
    /// One job with its slots.
    #[returns(JobResponse)]
    Job {
        /// Its id.
        job: JobId,
    },
    /// Jobs in the order of their ids.
    #[returns(JobsResponse)]
    Jobs {
        /// The last id of the page before.
        start_after: Option<JobId>,
        /// Entries in the page.
        limit: Option<u32>,
    },
    /// One offer.
    #[returns(OfferResponse)]
    Offer {
        /// Its id.
        offer: OfferId,
    },
    /// Offers in the order of their ids.
    #[returns(OffersResponse)]
    Offers {
        /// The last id of the page before.
        start_after: Option<OfferId>,
        /// Entries in the page.
        limit: Option<u32>,
    },
    /// One request, with its output once it is answered.
    #[returns(RequestResponse)]
    Request {
        /// Its id.
        request: RequestId,
    },
    /// The requests that an offer took, in the order of their ids.
    #[returns(RequestsResponse)]
    Requests {
        /// The offer.
        offer: OfferId,
        /// The last id of the page before.
        start_after: Option<RequestId>,
        /// Entries in the page.
        limit: Option<u32>,
    },
    /// The bytes of a request's input.
    #[returns(Binary)]
    Input {
        /// The request.
        request: RequestId,
    },
    /// What an address has prepaid.
    #[returns(BalancesResponse)]
    Balances {
        /// The address.
        address: String,
        /// The last denomination of the page before.
        start_after: Option<String>,
        /// Entries in the page.
        limit: Option<u32>,
    },
    /// What couldn't be sent to an address, and can be withdrawn.
    #[returns(CreditsResponse)]
    Credits {
        /// The address.
        address: String,
        /// The last denomination of the page before.
        start_after: Option<String>,
        /// Entries in the page.
        limit: Option<u32>,
    },
}

/// A page of credits.
#[cw_serde]
pub struct CreditsResponse {
    /// The entries.
    pub credits: Vec<Coin>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<String>,
}

/// A page of prepaid balances.
#[cw_serde]
pub struct BalancesResponse {
    /// The entries.
    pub balances: Vec<Coin>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<String>,
}
