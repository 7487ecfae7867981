//! Predictions of a hidden model: a hospital shows neither its patients nor its model,
//! proves where the model came from, and is paid for a prediction that it proves.

mod attacks;
mod market;
mod model;
mod requests;

use std::time::Instant;

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::prediction::Binding;
use assay_prover::prediction::linear;

use super::Stage;
use super::keys::{self, Keys};
use super::report::{Predicted, Refusal};
use super::{Options, data};
use crate::Error;
use model::HiddenModel;
use requests::Asked;

/// What the requester pays.
const PRICE: u128 = 5;

/// The hospital shows that it trained on at least as many patients.
const MINIMUM_ROWS: u32 = 400;

/// The keys of both of the hospital's circuits.
struct HospitalKeys {
    /// Where the model came from.
    provenance: Keys,
    /// Its predictions.
    prediction: Keys,
}

/// The answered request, for the attempts that follow.
struct Answered {
    asked: Asked,
    output: Vec<u8>,
    proof: Vec<u8>,
    prove_s: f64,
    verify_ms: f64,
}

/// The hospital's story, and what fails in it.
pub fn run(
    options: &Options,
    stage: &mut Stage<'_>,
    refused: &mut Vec<Refusal>,
) -> Result<Predicted, Error> {
    stage.reporter.part("A hidden model that predicts for pay");
    let keys = HospitalKeys::get(options, stage)?;
    let patients = data::patients(options.rows)?;
    let begun = Instant::now();
    let model = HiddenModel::register(stage, &keys, &patients.training)?;
    let provenance_s = begun.elapsed().as_secs_f64();
    let held_out = &patients.held_out.data;
    let offer = market::offer(stage, &keys, &model)?;
    market::check(stage, &keys, offer)?;
    let answered = requests::answer_one(stage, &keys, &model, offer, held_out)?;
    stage.reporter.part("What must fail of it");
    attacks::run(stage, &keys, &model, offer, held_out, &answered, refused)?;
    Ok(Predicted {
        paid: true,
        constraints: keys.prediction.shape.constraints,
        provenance_constraints: keys.provenance.shape.constraints,
        setup_s: keys.prediction.setup_s,
        provenance_setup_s: keys.provenance.setup_s,
        provenance_s,
        prove_s: answered.prove_s,
        verify_ms: answered.verify_ms,
        proof_bytes: answered.proof.len(),
        label: answered.asked.label(&answered.output, &patients.training),
        diagnosis: answered.asked.diagnosis.clone(),
        minimum_rows: MINIMUM_ROWS.min(patients.training.data.rows() as u32),
    })
}

impl HospitalKeys {
    fn get(options: &Options, stage: &mut Stage<'_>) -> Result<Self, Error> {
        let method: SquaredHinge = stage.method;
        let prediction = linear(&method, Binding::Hidden, 1);
        let provenance = CircuitSpec::SquaredHingeHidden(method);
        Ok(Self {
            provenance: keys::get(options, &provenance, stage.reporter)?,
            prediction: keys::get(
                options,
                &CircuitSpec::Prediction(prediction),
                stage.reporter,
            )?,
        })
    }
}
