//! What the hospital offers, what a requester checks of it, and the chain's messages.

use assay_protocol::circuit::CircuitSpec;
use assay_protocol::id::{ModelCommitment, ModelId, OfferId, RequestId};
use assay_protocol::messages::model_store;
use assay_protocol::messages::predictions::{
    ExecuteMsg, FixedModel, OfferResponse, OfferedModel, Offering, QueryMsg, RequestResponse,
};
use assay_protocol::messages::time::Window;
use assay_prover::circuit;
use assay_prover::prediction::expect_trained_by;
use cosmwasm_std::{Addr, Binary, coin};
use cw_multi_test::AppResponse;

use super::super::Stage;
use super::super::cast::DENOM;
use super::super::chain::{Chain, attribute, failed, funded};
use super::{HiddenModel, HospitalKeys, PRICE};
use crate::Error;
use crate::artefact::compiled::prediction;
use crate::artefact::spec::training;

/// The hospital offers predictions.
pub fn offer(
    stage: &mut Stage<'_>,
    keys: &HospitalKeys,
    model: &HiddenModel,
) -> Result<OfferId, Error> {
    let hospital = stage.chain.cast.hospital.clone();
    let offer = stage.chain.offer(&hospital, model)?;
    stage.reporter.step(&format!(
        "it offers predictions at {PRICE}, by a circuit of {} constraints",
        keys.prediction.shape.constraints
    ));
    Ok(offer)
}

/// The requester checks what it is about to pay for, from what the chain holds.
pub fn check(stage: &mut Stage<'_>, keys: &HospitalKeys, offer: OfferId) -> Result<(), Error> {
    let Stage {
        chain, reporter, ..
    } = stage;
    let what = "show the offer";
    let terms = chain.offered(offer)?.terms;
    let FixedModel::Hidden { model, .. } = terms.model else {
        return Err(failed(what, "it is of a public model"));
    };
    let model = chain.model(model)?;
    let origin = model
        .origin
        .ok_or_else(|| failed(what, "nothing says where its model came from"))?;
    let checking = reporter.working("the requester checks both circuits");
    // The demo's flag: test money only, so keys that the hospital made alone will do.
    let by_method = chain.circuit(origin.circuit)?;
    circuit::check(&by_method, &keys.provenance.circuit.key)?;
    let predictions = chain.circuit(terms.circuit)?;
    circuit::check(&predictions, &keys.prediction.circuit.key)?;
    drop(checking);
    let method = training(&CircuitSpec::from_canonical(&by_method.spec)?)?;
    let predictions = prediction(CircuitSpec::from_canonical(&predictions.spec)?)?;
    expect_trained_by(&predictions, &method)?;
    reporter.step(&format!(
        "the requester checks the offer: trained on at least {} rows of dataset {}, the keys prove what they are registered for, and predictions use the very parameters whose origin was proved",
        origin.minimum_rows, origin.dataset
    ));
    Ok(())
}

impl Chain {
    /// Registers a hidden model.
    pub(super) fn register_model(
        &mut self,
        owner: &Addr,
        commitment: ModelCommitment,
        schema: String,
        provenance: model_store::Provenance,
    ) -> Result<ModelId, Error> {
        let what = "register the model";
        let message = model_store::ExecuteMsg::RegisterModel {
            commitment,
            schema,
            provenance: Some(provenance),
        };
        let store = self.model_store.clone();
        let response = self.execute(what, owner, &store, &message, &[])?;
        attribute(what, &response, "model_id").map(ModelId)
    }

    fn model(&self, model: ModelId) -> Result<model_store::ModelResponse, Error> {
        let message = model_store::QueryMsg::Model { model };
        self.query("show the model", &self.model_store, &message)
    }

    fn predictions(
        &mut self,
        what: &'static str,
        sender: &Addr,
        message: &ExecuteMsg,
        funds: u128,
    ) -> Result<AppResponse, Error> {
        let contract = self.predictions.clone();
        self.execute(what, sender, &contract, message, &funded(funds))
    }

    fn offer(&mut self, provider: &Addr, model: &HiddenModel) -> Result<OfferId, Error> {
        let what = "take the offer";
        let spec = model.plan.spec();
        let message = ExecuteMsg::Offer(Offering {
            model: OfferedModel::Hidden { model: model.id },
            circuit: model.circuit,
            price: coin(PRICE, DENOM),
            window: Window {
                seconds: 600,
                blocks: 100,
            },
            input_bytes: spec.input_bytes() as u32,
            output_bytes: spec.output_bytes() as u32,
        });
        let response = self.predictions(what, provider, &message, 0)?;
        attribute(what, &response, "offer_id").map(OfferId)
    }

    fn offered(&self, offer: OfferId) -> Result<OfferResponse, Error> {
        self.query(
            "show the offer",
            &self.predictions,
            &QueryMsg::Offer { offer },
        )
    }

    /// Asks for a prediction and pays for it.
    pub(super) fn request(
        &mut self,
        requester: &Addr,
        offer: OfferId,
        input: &[u8],
    ) -> Result<RequestId, Error> {
        let what = "take the request";
        let message = ExecuteMsg::Request {
            offer,
            input: Binary::from(input),
            prepaid: false,
            requester: None,
        };
        let response = self.predictions(what, requester, &message, PRICE)?;
        attribute(what, &response, "request_id").map(RequestId)
    }

    /// Answers a request.
    pub(super) fn fulfil(
        &mut self,
        sender: &Addr,
        request: RequestId,
        output: &[u8],
        proof: &[u8],
    ) -> Result<(), Error> {
        let message = ExecuteMsg::Fulfil {
            request,
            output: Binary::from(output),
            proof: Binary::from(proof),
        };
        self.predictions("pay for this answer", sender, &message, 0)?;
        Ok(())
    }

    /// Has the price of a request sent back.
    pub(super) fn reclaim(&mut self, sender: &Addr, request: RequestId) -> Result<(), Error> {
        self.predictions(
            "send the price back",
            sender,
            &ExecuteMsg::Reclaim { request },
            0,
        )?;
        Ok(())
    }

    /// What the chain holds of a request.
    pub(super) fn requested(&self, request: RequestId) -> Result<RequestResponse, Error> {
        self.query(
            "show the request",
            &self.predictions,
            &QueryMsg::Request { request },
        )
    }

    /// The input that was sent with a request.
    pub(super) fn input(&self, request: RequestId) -> Result<Vec<u8>, Error> {
        let message = QueryMsg::Input { request };
        let input: Binary = self.query("show the input", &self.predictions, &message)?;
        Ok(input.to_vec())
    }

    /// Moves the chain to a request's deadline, not a second or a block further.
    pub(super) fn advance_to_request_deadline(&mut self, request: RequestId) -> Result<(), Error> {
        let deadline = self.requested(request)?.deadline;
        self.advance_to(deadline);
        Ok(())
    }
}
