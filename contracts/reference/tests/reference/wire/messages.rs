//! Messages as JSON.

use assay_protocol::id::{
    BlobId, DatasetCommitment, DatasetId, JobId, ModelCommitment, ModelId, OfferId, RequestId,
    StatementElement,
};
use assay_protocol::messages::jobs::{Posting, SlotId, Windows};
use assay_protocol::messages::predictions::{OfferedModel, Offering};
use assay_protocol::messages::{dataset_registry, jobs, model_store, predictions};
use assay_protocol::schema::{Column, LabelColumn, Schema};
use assay_reference::message::{Message, Name};
use assay_reference::{datasets, jobs as model, predictions as answers, store};
use cosmwasm_std::{Binary, Coin, to_json_binary};

use super::{SCHEMA, hash, window};
use crate::accounts::to_uint;
use crate::chain::Chain;

/// The schema of every hidden model.
pub fn schema() -> Schema {
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

fn slot((job, slot): model::SlotId) -> SlotId {
    let job = JobId(job);
    SlotId { job, slot }
}

impl Chain {
    /// The JSON of a message.
    pub fn json(&self, message: &Message) -> Binary {
        match message {
            Message::Datasets(message) => to_json_binary(&self.dataset_message(message)),
            Message::Store(message) => to_json_binary(&self.store_message(message)),
            Message::Jobs(message) => to_json_binary(&self.job_message(message)),
            Message::Predictions(message) => to_json_binary(&self.prediction_message(message)),
        }
        .unwrap()
    }

    fn named(&self, name: &Option<Name>) -> Option<String> {
        name.map(|name| self.name(name))
    }

    fn maybe(&self, coin: &Option<assay_reference::money::Coin>) -> Option<Coin> {
        coin.as_ref().map(|coin| self.coin(coin))
    }

    fn job_message(&self, message: &model::Message) -> jobs::ExecuteMsg {
        use jobs::ExecuteMsg;
        use model::Message;
        match message {
            Message::Post(posting) => ExecuteMsg::Post(self.posting(posting)),
            Message::Accept(id) => ExecuteMsg::Accept(slot(*id)),
            Message::PublishKey {
                slot: (job, slot),
                key,
            } => ExecuteMsg::PublishKey {
                job: JobId(*job),
                slot: *slot,
                key: key.clone(),
            },
            Message::Release(id) => ExecuteMsg::Release(slot(*id)),
            Message::Start {
                slot: (job, slot),
                payee,
            } => ExecuteMsg::Start {
                job: JobId(*job),
                slot: *slot,
                payee: self.named(payee),
            },
            Message::Deliver {
                slot: (job, slot),
                blob,
                proof,
            } => ExecuteMsg::Deliver {
                job: JobId(*job),
                slot: *slot,
                blob: BlobId(*blob),
                proof: self.proof(proof),
            },
            Message::Cancel(id) => ExecuteMsg::Cancel(slot(*id)),
            Message::Expire(id) => ExecuteMsg::Expire(slot(*id)),
            Message::TopUp(id) => ExecuteMsg::TopUp(slot(*id)),
            Message::Extend {
                slot: (job, slot),
                window: w,
            } => ExecuteMsg::Extend {
                job: JobId(*job),
                slot: *slot,
                window: window(w),
            },
            Message::Withdraw { denom, owner, to } => ExecuteMsg::Withdraw {
                denom: self.denom(*denom).into(),
                owner: self.named(owner),
                to: self.named(to),
            },
        }
    }

    fn posting(&self, posting: &model::Posting) -> Posting {
        let [acceptance, hand_over, delivery] = posting.windows.map(|w| window(&w));
        Posting {
            dataset: DatasetId(posting.dataset),
            circuit: self.circuit(posting.circuit),
            slots: posting.slots,
            reward: self.coin(&posting.reward),
            bond: self.coin(&posting.bond),
            price: self.maybe(&posting.price),
            royalty_bps: posting.royalty_bps,
            worker: self.named(&posting.worker),
            windows: Windows {
                acceptance,
                hand_over,
                delivery,
            },
            requester: self.named(&posting.requester),
            refund_to: self.named(&posting.refund_to),
        }
    }

    fn prediction_message(&self, message: &answers::Message) -> predictions::ExecuteMsg {
        use answers::Message;
        use predictions::ExecuteMsg;
        match message {
            Message::Offer(offering) => ExecuteMsg::Offer(self.offering(offering)),
            Message::CloseOffer(offer) => ExecuteMsg::CloseOffer {
                offer: OfferId(*offer),
            },
            Message::Request {
                offer,
                input,
                prepaid,
                requester,
            } => ExecuteMsg::Request {
                offer: OfferId(*offer),
                input: input.clone().into(),
                prepaid: *prepaid,
                requester: self.named(requester),
            },
            Message::Fulfil {
                request,
                output,
                proof,
            } => ExecuteMsg::Fulfil {
                request: RequestId(*request),
                output: output.clone().into(),
                proof: self.proof(proof),
            },
            Message::Reclaim(request) => ExecuteMsg::Reclaim {
                request: RequestId(*request),
            },
            Message::Deposit { owner } => ExecuteMsg::Deposit {
                owner: self.named(owner),
            },
            Message::WithdrawBalance { denom, amount, to } => ExecuteMsg::WithdrawBalance {
                denom: self.denom(*denom).into(),
                amount: amount.as_ref().map(to_uint),
                to: self.named(to),
            },
            Message::Withdraw { denom, owner, to } => ExecuteMsg::Withdraw {
                denom: self.denom(*denom).into(),
                owner: self.named(owner),
                to: self.named(to),
            },
        }
    }

    fn offering(&self, offering: &answers::Offering) -> Offering {
        Offering {
            model: match &offering.model {
                answers::Offered::Blob(blob, schema) => OfferedModel::Public {
                    blob: BlobId(*blob),
                    schema: schema.clone(),
                },
                answers::Offered::Hidden(model) => OfferedModel::Hidden {
                    model: ModelId(*model),
                },
            },
            circuit: self.circuit(offering.circuit),
            price: self.coin(&offering.price),
            window: window(&offering.window),
            input_bytes: offering.input_bytes,
            output_bytes: offering.output_bytes,
        }
    }

    fn store_message(&self, message: &store::Message) -> model_store::ExecuteMsg {
        use model_store::ExecuteMsg;
        use store::Message;
        match *message {
            Message::Begin {
                length,
                hash: h,
                holder,
            } => ExecuteMsg::Begin {
                length,
                hash: hash(h),
                holder: self.named(&holder),
            },
            Message::PutChunk {
                blob,
                index,
                byte,
                length,
            } => ExecuteMsg::PutChunk {
                blob: BlobId(blob),
                index,
                data: vec![byte; length as usize].into(),
            },
            Message::Finalise { blob } => ExecuteMsg::Finalise { blob: BlobId(blob) },
            Message::Abort { blob } => ExecuteMsg::Abort { blob: BlobId(blob) },
            Message::Pin { blob, holder } => ExecuteMsg::Pin {
                blob: BlobId(blob),
                holder: self.named(&holder),
            },
            Message::Release { blob } => ExecuteMsg::Release { blob: BlobId(blob) },
            Message::Sweep { blob } => ExecuteMsg::Sweep { blob: BlobId(blob) },
            Message::Evaluate { blob, point, limit } => ExecuteMsg::Evaluate {
                blob: BlobId(blob),
                point: StatementElement(point.into()),
                limit,
            },
            Message::RegisterModel {
                commitment,
                is_schema,
            } => ExecuteMsg::RegisterModel {
                commitment: ModelCommitment(commitment.into()),
                schema: match is_schema {
                    true => schema().to_canonical(),
                    false => SCHEMA.into(),
                },
                provenance: None,
            },
        }
    }

    fn dataset_message(&self, message: &datasets::Message) -> dataset_registry::ExecuteMsg {
        use dataset_registry::ExecuteMsg;
        use datasets::Message;
        match message {
            Message::Register {
                commitment,
                price,
                royalty_bps,
            } => ExecuteMsg::Register {
                commitment: DatasetCommitment((*commitment).into()),
                rows: 5,
                schema: SCHEMA.into(),
                file_sha256: None,
                license: String::new(),
                price: self.maybe(price),
                royalty_bps: *royalty_bps,
                parents: vec![],
            },
            Message::SetTerms {
                dataset,
                price,
                royalty_bps,
            } => ExecuteMsg::SetTerms {
                dataset: DatasetId(*dataset),
                license: String::new(),
                price: self.maybe(price),
                royalty_bps: *royalty_bps,
            },
            Message::OfferTransfer { dataset, to } => ExecuteMsg::OfferTransfer {
                dataset: DatasetId(*dataset),
                to: self.named(to),
            },
            Message::AcceptTransfer { dataset } => ExecuteMsg::AcceptTransfer {
                dataset: DatasetId(*dataset),
            },
            Message::Deprecate { dataset, successor } => ExecuteMsg::Deprecate {
                dataset: DatasetId(*dataset),
                successor: successor.map(DatasetId),
            },
        }
    }
}
