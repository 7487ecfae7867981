//! predictions: offers, and requests paid on proof.
//!
//! A provider offers predictions of one model by one circuit at a price. A payer pays that
//! price with an input; whoever brings the output with a proof has the provider paid. Every
//! request is in one of these states:
//!
//! ```text
//! Open --fulfil(output, proof): anyone, before the deadline--> Answered
//! Open --reclaim: anyone from the deadline on--> Reclaimed
//! ```
//!
//! A closed offer takes no new requests; those that it took keep their states and exits.
//!
//! Money is in one of three places, each with its way out: open requests, which anyone can
//! end from a deadline on; credits, which anyone can have paid to their owners; prepaid
//! balances, which only their owners can move.

mod terms;

use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::{Binary, Coin, Uint256};

pub use terms::{
    BalancesResponse, FixedModel, INPUTS, OUTPUTS, OfferEntry, OfferResponse, OfferTerms,
    OfferedModel, OffersResponse, RequestEntry, RequestResponse, RequestState, RequestsResponse,
    input_key, output_key,
};

use super::escrow::{CreditsResponse, InstantiateMsg, Receive};
use super::time::Window;
use crate::id::{CircuitId, OfferId, RequestId};

/// An offer that is to be made.
#[cw_serde]
pub struct Offering {
    /// The model; its root or commitment and its schema are fixed here.
    pub model: OfferedModel,
    /// The method, of the kind that the model needs; its key is fixed here.
    pub circuit: CircuitId,
    /// Paid for each request; at least 1.
    pub price: Coin,
    /// From a request: how long its answer may take.
    pub window: Window,
    /// Bytes of an input, 1 to [`MAX_INPUT_BYTES`](crate::prediction::MAX_INPUT_BYTES).
    pub input_bytes: u32,
    /// Bytes of an output, 1 to [`MAX_OUTPUT_BYTES`](crate::prediction::MAX_OUTPUT_BYTES).
    pub output_bytes: u32,
}

/// What may be executed.
///
/// Each message answers with one event, `assay-` and its name; one that a token brings, with
/// its own.
#[cw_serde]
pub enum ExecuteMsg {
    /// Offers predictions of a model; anyone may offer a public one, only its owner a
    /// hidden one. The sender is who is paid. Attribute `offer_id` is the id.
    ///
    /// The bytes of inputs and outputs must be those of the circuit's specification, and the
    /// schema's columns its features: nothing on chain checks that, `assay` does. An offer
    /// that can't be fulfilled costs its requesters the wait. So does one of a public model
    /// that is bound by its fingerprint, once nobody keeps its blob in the store any more: pin
    /// it for as long as it is offered.
    Offer(Offering),
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
        /// Who asks, where it isn't the sender. The sender is who pays, and is refunded.
        requester: Option<String>,
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
    /// Sends the price of a request to who paid it, not to its prepaid balance: anyone, from
    /// the request's deadline on.
    Reclaim {
        /// The request.
        request: RequestId,
    },
    /// Adds the funds to a prepaid balance; anyone may.
    Deposit {
        /// Whose balance; the sender's where nobody is named. Only its owner can spend it or
        /// take it back.
        owner: Option<String>,
    },
    /// Pays the sender from its prepaid balance. Nobody else can.
    WithdrawBalance {
        /// The denomination.
        denom: String,
        /// How much, at least 1; everything where it isn't said.
        amount: Option<Uint256>,
        /// Where it is paid to; to the sender where it isn't said.
        to: Option<String>,
    },
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
    /// `request`, not prepaid, or `deposit`, paid in a cw20 token, which sends it.
    Receive(Receive),
}

/// What may be asked.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// What was fixed at instantiation.
    #[returns(InstantiateMsg)]
    Config {},
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
