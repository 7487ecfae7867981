//! A request for a patient who was held out, and its answer.

use std::time::Instant;

use assay_groth16::{PreparedVerifyingKey, verify_native};
use assay_protocol::circuit::Kind;
use assay_protocol::context::Context;
use assay_protocol::dataset::Dataset;
use assay_protocol::id::{OfferId, RequestId};
use assay_prover::prediction::Answer;

use super::super::Stage;
use super::super::chain::{CHAIN_ID, failed};
use super::super::data::CLASSES;
use super::{Answered, HiddenModel, HospitalKeys, PRICE};
use crate::Error;
use crate::artefact::dataset::Holding;

/// A request and what it is about.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The request.
    pub request: RequestId,
    /// The patient's row, as bytes.
    pub input: Vec<u8>,
    /// What the patient really had.
    pub diagnosis: String,
}

impl Asked {
    /// The name of the class that was answered.
    pub fn label(&self, output: &[u8], patients: &Holding) -> String {
        let class = output.first().map(|&label| usize::from(label));
        let classes = &patients.registration.schema.label.classes;
        let name = class.and_then(|class| classes.get(class));
        name.cloned().unwrap_or_default()
    }
}

/// Somebody asks for the prediction of a row that was held out.
pub fn ask(
    stage: &mut Stage<'_>,
    requester: &cosmwasm_std::Addr,
    offer: OfferId,
    held_out: &Dataset,
    row: usize,
) -> Result<Asked, Error> {
    let input = held_out.row(row).to_vec();
    let request = stage.chain.request(requester, offer, &input)?;
    let label = held_out.labels().get(row).copied();
    let diagnosis = label.and_then(|label| CLASSES.get(usize::from(label)));
    Ok(Asked {
        request,
        input,
        diagnosis: diagnosis.copied().unwrap_or_default().into(),
    })
}

/// The model's answer to `input` for `request`.
pub fn answer<'a>(
    stage: &Stage<'_>,
    model: &'a HiddenModel,
    request: RequestId,
    input: &'a [u8],
) -> Answer<'a> {
    let context = Context {
        kind: Kind::PredictionHidden,
        chain_id: CHAIN_ID,
        contract: stage.chain.predictions.as_str(),
        subject: request.0,
        slot: 0,
        payee: stage.chain.cast.hospital.as_str(),
        circuit: model.circuit,
    };
    model.answer(input, context.to_scalar())
}

/// Output and proof of an answer.
pub fn prove(
    model: &HiddenModel,
    keys: &HospitalKeys,
    answer: &Answer<'_>,
) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let (_, proof) = answer.prove(&keys.prediction.circuit.key)?;
    let output = model.plan.spec().output_to_bytes(&answer.output()?)?;
    Ok((output, proof.to_bytes()))
}

/// The requester asks, the hospital answers and is paid.
pub fn answer_one(
    stage: &mut Stage<'_>,
    keys: &HospitalKeys,
    model: &HiddenModel,
    offer: OfferId,
    held_out: &Dataset,
) -> Result<Answered, Error> {
    let cast = stage.chain.cast.clone();
    let asked = ask(stage, &cast.requester, offer, held_out, 0)?;
    stage.reporter.step(&format!(
        "the requester asks about a patient whom the model has never seen, and pays {PRICE} into the escrow (the row is readable by everyone, for ever)"
    ));
    let input = stage.chain.input(asked.request)?;
    let begun = Instant::now();
    let (output, proof) = prove(model, keys, &answer(stage, model, asked.request, &input))?;
    let prove_s = begun.elapsed().as_secs_f64();
    let verify_ms = verify(stage, keys, model, &asked)?;
    let before = stage.chain.balance(&cast.hospital)?;
    stage
        .chain
        .fulfil(&cast.hospital, asked.request, &output, &proof)?;
    let after = stage.chain.balance(&cast.hospital)?;
    let answer = stage.chain.requested(asked.request)?.output;
    if after != before + PRICE || answer.as_deref() != Some(&output[..]) {
        return Err(failed(
            "pay the hospital",
            format!("it has {after} instead of {before}"),
        ));
    }
    stage.reporter.step(&format!(
        "the hospital answers with the label and a proof made in {prove_s:.2} s; the escrow verifies it and pays in the same transaction",
    ));
    Ok(Answered {
        asked,
        output,
        proof,
        prove_s,
        verify_ms,
    })
}

/// Milliseconds that a native verification of a fresh answer takes.
fn verify(
    stage: &Stage<'_>,
    keys: &HospitalKeys,
    model: &HiddenModel,
    asked: &Asked,
) -> Result<f64, Error> {
    let answer = answer(stage, model, asked.request, &asked.input);
    let (statement, proof) = answer.prove(&keys.prediction.circuit.key)?;
    let key = PreparedVerifyingKey::from(&keys.prediction.circuit.registration.verifying_key);
    let begun = Instant::now();
    let digest = statement.digest(proof.commitment());
    verify_native(&key, &digest.0, &proof).map_err(Error::Proof)?;
    Ok(1000.0 * begun.elapsed().as_secs_f64())
}
