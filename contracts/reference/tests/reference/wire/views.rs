//! What the contracts have to answer, by the model.

use assay_protocol::id::{
    BlobId, DatasetCommitment, DatasetId, JobId, ModelCommitment, ModelId, OfferId, RequestId,
};
use assay_protocol::messages::jobs::{JobResponse, Slot, SlotState, Terms, Windows};
use assay_protocol::messages::model_store::{BlobResponse, BlobState};
use assay_protocol::messages::predictions::{
    FixedModel, OfferEntry, OfferTerms, RequestResponse, RequestState,
};
use assay_protocol::prediction::input_digest;
use assay_reference::jobs::{self, Job, State};
use assay_reference::predictions::{self, Offer, Offered, Request};
use assay_reference::proof::Model;
use assay_reference::store::{Blob, Status, Store};

use super::{deadline, hash, window};
use crate::accounts::to_uint;
use crate::chain::Chain;

impl Chain {
    /// What is to be known of a job.
    pub fn job_view(&self, id: u64, job: &Job) -> JobResponse {
        JobResponse {
            job: JobId(id),
            terms: self.terms_view(&job.terms),
            slots: job
                .slots
                .iter()
                .map(|s| self.slot_view(&job.terms, s))
                .collect(),
        }
    }

    fn terms_view(&self, terms: &jobs::Terms) -> Terms {
        let name = |who| self.address(who).to_string();
        let [acceptance, hand_over, delivery] = terms.windows.map(|w| window(&w));
        Terms {
            payer: name(terms.payer),
            requester: name(terms.requester),
            refund_to: name(terms.refund_to),
            dataset: DatasetId(terms.dataset),
            commitment: DatasetCommitment(terms.commitment.into()),
            dataset_owner: name(terms.dataset_owner),
            royalty_bps: terms.royalty_bps,
            price: terms.price.as_ref().map(|price| self.coin(price)),
            circuit: self.circuit(terms.circuit),
            slots: terms.slots,
            reward: self.coin(&terms.reward),
            bond: self.coin(&terms.bond),
            worker: terms.worker.map(name),
            windows: Windows {
                acceptance,
                hand_over,
                delivery,
            },
        }
    }

    fn slot_view(&self, terms: &jobs::Terms, slot: &jobs::Slot) -> Slot {
        let denom = self.denom(terms.reward.denom);
        Slot {
            reward: cosmwasm_std::Coin::new(to_uint(&slot.reward), denom),
            acceptance_deadline: deadline(slot.acceptance),
            hand_over_key: slot.key.clone(),
            state: self.state_view(&slot.state),
        }
    }

    fn state_view(&self, state: &State) -> SlotState {
        let name = |who: &_| self.address(*who).to_string();
        match state {
            State::Open => SlotState::Open {},
            State::Accepted {
                worker,
                deadline: d,
            } => SlotState::Accepted {
                worker: name(worker),
                hand_over_deadline: deadline(*d),
            },
            State::Started {
                worker,
                payee,
                deadline: d,
            } => SlotState::Started {
                worker: name(worker),
                payee: name(payee),
                delivery_deadline: deadline(*d),
            },
            State::Paid {
                worker,
                blob,
                parameters,
            } => SlotState::Paid {
                worker: name(worker),
                blob: BlobId(*blob),
                parameters: self.parameters(parameters),
            },
            State::Cancelled => SlotState::Cancelled {},
            State::Refunded { worker } => SlotState::Refunded {
                worker: name(worker),
            },
        }
    }

    /// What is to be known of an offer.
    pub fn offer_view(&self, id: u64, offer: &Offer) -> OfferEntry {
        let offering = &offer.offering;
        let model = match (&offering.model, &offer.model) {
            (Offered::Blob(blob, _), Model::Public(parameters)) => FixedModel::Public {
                blob: BlobId(*blob),
                parameters: self.parameters(parameters),
            },
            (Offered::Hidden(model), Model::Hidden(commitment)) => FixedModel::Hidden {
                model: ModelId(*model),
                commitment: ModelCommitment((*commitment).into()),
            },
            other => panic!("{other:?}"),
        };
        OfferEntry {
            offer: OfferId(id),
            terms: OfferTerms {
                provider: self.address(offer.provider).to_string(),
                model,
                schema: self.schema(&offer.schema),
                circuit: self.circuit(offering.circuit),
                price: self.coin(&offering.price),
                window: window(&offering.window),
                input_bytes: offering.input_bytes,
                output_bytes: offering.output_bytes,
            },
            closed: offer.closed,
        }
    }

    /// What is to be known of a request.
    pub fn request_view(&self, id: u64, request: &Request) -> RequestResponse {
        let (state, output) = match &request.state {
            predictions::State::Open => (RequestState::Open {}, None),
            predictions::State::Answered(o) => (RequestState::Answered {}, Some(o.clone().into())),
            predictions::State::Reclaimed => (RequestState::Reclaimed {}, None),
        };
        RequestResponse {
            request: RequestId(id),
            offer: OfferId(request.offer),
            payer: self.address(request.payer).to_string(),
            requester: self.address(request.requester).to_string(),
            input: input_digest(&request.input),
            deadline: deadline(request.deadline),
            state,
            output,
        }
    }

    /// What is to be known of a blob.
    pub fn blob_view(&self, store: &Store, id: u64, blob: &Blob) -> BlobResponse {
        let abandoned = deadline(store.deadline(blob));
        BlobResponse {
            blob: BlobId(id),
            uploader: self.address(blob.uploader).to_string(),
            length: blob.length,
            chunks: blob.count(),
            received: blob.chunks.len() as u32,
            hash: hash(blob.hash),
            parameters: blob.parameters().map(|p| self.parameters(&p)),
            state: match blob.status {
                Status::Uploading => BlobState::Uploading {
                    holder: self.address(blob.holder).to_string(),
                    deadline: abandoned,
                },
                Status::Aborting => BlobState::Aborting {
                    deadline: abandoned,
                },
                Status::Finalised => BlobState::Finalised {
                    pins: blob.pins.len() as u64,
                },
                Status::Dead => BlobState::Dead {},
            },
        }
    }
}
