//! What must fail of predictions, each with the error that it fails with.

use assay_protocol::dataset::Dataset;
use assay_protocol::id::OfferId;
use assay_prover::circuit;

use super::super::Stage;
use super::super::attacks::refusal;
use super::super::report::Refusal;
use super::requests::{Asked, answer, ask, prove};
use super::{Answered, HiddenModel, HospitalKeys};
use crate::Error;

/// Part of the error for a proof that isn't of the statement.
const OTHER_STATEMENT: &str = "the proof does not show this statement";

/// An answer that isn't the request's.
struct Forgery {
    attempt: &'static str,
    output: Vec<u8>,
    proof: Vec<u8>,
}

/// Tries everything that must fail. The last attempt is made at the request's deadline.
pub fn run(
    stage: &mut Stage<'_>,
    keys: &HospitalKeys,
    model: &HiddenModel,
    offer: OfferId,
    held_out: &Dataset,
    answered: &Answered,
    refused: &mut Vec<Refusal>,
) -> Result<(), Error> {
    let cast = stage.chain.cast.clone();
    // Another requester asks the same.
    let asked = ask(stage, &cast.a, offer, held_out, 0)?;
    let mut note = |stage: &mut Stage<'_>, attempt, expected, result: Result<(), Error>| {
        let refusal = refusal(attempt, expected, result)?;
        stage.reporter.refused(&refusal);
        refused.push(refusal);
        Ok::<(), Error>(())
    };
    for Forgery {
        attempt,
        output,
        proof,
    } in forgeries(stage, keys, model, held_out, &asked, answered)?
    {
        let result = stage
            .chain
            .fulfil(&cast.hospital, asked.request, &output, &proof);
        note(stage, attempt, OTHER_STATEMENT, result)?;
    }
    let again = stage.chain.fulfil(
        &cast.hospital,
        answered.asked.request,
        &answered.output,
        &answered.proof,
    );
    note(
        stage,
        "the same answer a second time, for the same request",
        "answered",
        again,
    )?;
    let alone = circuit::refuse_development(&keys.prediction.circuit.registration);
    let attempt = "a fresh setup made by the hospital alone, checked for real money";
    note(stage, attempt, "one party made", alone.map_err(Error::from))?;
    let (output, proof) = prove(
        model,
        keys,
        &answer(stage, model, asked.request, &asked.input),
    )?;
    stage.chain.advance_to_request_deadline(asked.request)?;
    let late = stage
        .chain
        .fulfil(&cast.hospital, asked.request, &output, &proof);
    note(stage, "a valid answer, at the deadline", "deadline", late)?;
    reclaim(stage, &asked)
}

/// What an answer to `asked` could be forged from.
fn forgeries(
    stage: &Stage<'_>,
    keys: &HospitalKeys,
    model: &HiddenModel,
    held_out: &Dataset,
    asked: &Asked,
    answered: &Answered,
) -> Result<Vec<Forgery>, Error> {
    let request = asked.request;
    let (output, proof) = prove(model, keys, &answer(stage, model, request, &asked.input))?;
    let mut parameters = model.parameters.clone();
    if let Some(first) = parameters.first_mut() {
        *first ^= 1;
    }
    let mut other_model = answer(stage, model, request, &asked.input);
    other_model.parameters = &parameters;
    let other_model = prove(model, keys, &other_model)?;
    let other_row = held_out.row(1);
    let other_input = prove(model, keys, &answer(stage, model, request, other_row))?;
    let flipped = output.iter().map(|label| 1 - label.min(&1)).collect();
    let forgery = |attempt, (output, proof)| Forgery {
        attempt,
        output,
        proof,
    };
    let replayed = (answered.output.clone(), answered.proof.clone());
    Ok(vec![
        forgery("an answer by another model", other_model),
        forgery("an answer to another input", other_input),
        forgery(
            "the other label, with the proof of the right one",
            (flipped, proof),
        ),
        forgery("the answer to another requester's request", replayed),
    ])
}

/// A stranger has the price sent back to who asked.
fn reclaim(stage: &mut Stage<'_>, asked: &Asked) -> Result<(), Error> {
    let cast = stage.chain.cast.clone();
    let before = stage.chain.balance(&cast.a)?;
    stage.chain.reclaim(&cast.stranger, asked.request)?;
    let after = stage.chain.balance(&cast.a)?;
    stage.reporter.step(&format!(
        "a stranger has the price of the unanswered request sent back: A has {after} instead of {before}"
    ));
    Ok(())
}
