//! What refuses messages about predictions.

use super::{
    Amount, Circuit, Claim, Facts, Model, Name, Offer, Offered, Offering, Payment, Predictions,
    Proof, Refusal, Refusals, Request, State, Verdict, Who, address, money, payable, payable_in,
};
use crate::proof::Hash;

/// The most bytes of a schema, an input or an output.
const MOST: usize = 65_536;

pub(super) fn check(
    predictions: &Predictions,
    facts: &Facts,
    payment: &Payment,
    message: &super::Message,
) -> Verdict<()> {
    use super::Message;
    let mut no = Refusals::default();
    let sender = payment.payer;
    let takes_funds = matches!(message, Message::Request { .. } | Message::Deposit { .. });
    let is_paid = !payment.coins.is_empty();
    no.when(!takes_funds && is_paid, Refusal::TakesNoFunds);
    let part = match message {
        Message::Offer(offering) => offer(facts, offering, sender),
        Message::CloseOffer(offer) => close(predictions, *offer, sender),
        Message::Request {
            offer,
            input,
            prepaid,
            requester,
        } => request(predictions, payment, *offer, input, *prepaid, *requester),
        Message::Fulfil {
            request,
            output,
            proof,
        } => fulfil(predictions, facts, *request, output, proof),
        Message::Reclaim(request) => reclaim(predictions, facts, *request),
        Message::Deposit { owner } => {
            no.when(!is_paid, Refusal::NoFunds);
            payable(*owner, sender, facts.itself).map(|_| ())
        }
        Message::WithdrawBalance { denom, amount, to } => {
            let all = predictions.balances.amount(sender, *denom);
            let wanted = amount.as_ref().unwrap_or(&all);
            no.when(*wanted == Amount::ZERO, Refusal::ZeroAmount);
            no.when(*wanted > all, Refusal::NotEnoughPrepaid);
            payable(*to, sender, facts.itself).map(|_| ())
        }
        Message::Withdraw { denom, owner, to } => {
            let credits = &predictions.credits;
            money::credit(credits, facts.itself, sender, *denom, *owner, *to).map(|_| ())
        }
    };
    no.take(part);
    no.verdict()
}

fn offer(facts: &Facts, offering: &Offering, provider: Who) -> Verdict<()> {
    let mut no = Refusals::default();
    no.when(offering.price.is_zero(), Refusal::ZeroAmount);
    no.take(payable_in(facts.world, &offering.price));
    no.when(!offering.window.is_allowed(), Refusal::Window);
    let sizes = [offering.input_bytes, offering.output_bytes];
    let is_size = |bytes: u32| (1..=MOST).contains(&(bytes as usize));
    no.when(!sizes.into_iter().all(is_size), Refusal::Size);
    no.take(fixed(facts, offering, provider));
    no.verdict()
}

/// The model and its schema as the offer fixes them.
pub(super) fn fixed(facts: &Facts, offering: &Offering, provider: Who) -> Verdict<(Model, String)> {
    let mut no = Refusals::default();
    let circuit = facts.circuits.get(usize::from(offering.circuit.0));
    no.when(circuit.is_none(), Refusal::UnknownCircuit);
    match &offering.model {
        Offered::Blob(blob, schema) => {
            let is_text = schema.len() <= MOST && schema.starts_with('{') && schema.ends_with('}');
            no.when(!is_text, Refusal::SchemaText);
            let hash = match circuit {
                Some(Circuit::Prediction) => Some(Hash::Poseidon),
                Some(Circuit::PredictionByFingerprint) => Some(Hash::Sha256),
                _ => None,
            };
            no.when(circuit.is_some() && hash.is_none(), Refusal::CircuitKind);
            let parameters = hash.and_then(|hash| facts.store.parameters(*blob, hash));
            no.when(
                hash.is_some() && parameters.is_none(),
                Refusal::NoParameters,
            );
            no.verdict_of(parameters.map(|p| (Model::Public(p), schema.clone())))
        }
        Offered::Hidden(model) => {
            let is_hidden = circuit == Some(&Circuit::HiddenPrediction);
            no.when(circuit.is_some() && !is_hidden, Refusal::CircuitKind);
            let index = usize::try_from(*model)
                .ok()
                .and_then(|id| id.checked_sub(1));
            let found = index.and_then(|index| facts.store.models.get(index));
            no.when(found.is_none(), Refusal::UnknownModel);
            no.when(
                found.is_some_and(|(_, owner)| *owner != provider),
                Refusal::NotModelOwner,
            );
            let schema = String::new();
            no.verdict_of(found.map(|(commitment, _)| (Model::Hidden(*commitment), schema)))
        }
    }
}

fn close(predictions: &Predictions, offer: u64, sender: Who) -> Verdict<()> {
    let offer = known(predictions, offer)?;
    let mut no = Refusals::default();
    no.when(offer.provider != sender, Refusal::NotProvider);
    no.when(offer.closed, Refusal::ClosedOffer);
    no.verdict()
}

fn known(predictions: &Predictions, offer: u64) -> Verdict<&Offer> {
    let offer = predictions.offers.get(&offer);
    offer.ok_or(Refusal::UnknownOffer.into())
}

fn request(
    predictions: &Predictions,
    payment: &Payment,
    offer: u64,
    input: &[u8],
    prepaid: bool,
    requester: Option<Name>,
) -> Verdict<()> {
    let Offer {
        offering, closed, ..
    } = known(predictions, offer)?;
    let mut no = Refusals::default();
    no.when(*closed, Refusal::ClosedOffer);
    let is_long = input.len() == offering.input_bytes as usize;
    no.when(!is_long, Refusal::InputLength);
    if prepaid {
        no.take(payment.is([]));
        let has = predictions
            .balances
            .amount(payment.payer, offering.price.denom);
        no.when(has < offering.price.amount, Refusal::NotEnoughPrepaid);
    } else {
        no.take(payment.is([offering.price.clone()]));
    }
    no.take(address(requester, payment.payer));
    no.verdict()
}

fn open(predictions: &Predictions, request: u64) -> Verdict<&Request> {
    let request = predictions.requests.get(&request);
    match request.ok_or(Refusals::from(Refusal::UnknownRequest))? {
        Request {
            state: State::Answered(_) | State::Reclaimed,
            ..
        } => Err(Refusal::EndedRequest.into()),
        open => Ok(open),
    }
}

fn reclaim(predictions: &Predictions, facts: &Facts, id: u64) -> Verdict<()> {
    let request = open(predictions, id)?;
    match facts.world.now.is_past(&request.deadline) {
        true => Ok(()),
        false => Err(Refusal::TooEarly.into()),
    }
}

/// The proof is of the offer's method, for this request and the offer's provider, of the model
/// that was fixed; where it is bound by a fingerprint, its bytes have to be there still.
fn fulfil(
    predictions: &Predictions,
    facts: &Facts,
    id: u64,
    output: &[u8],
    proof: &Proof,
) -> Verdict<()> {
    let request = open(predictions, id)?;
    let offer = known(predictions, request.offer)?;
    let Offering {
        circuit,
        output_bytes,
        ..
    } = offer.offering;
    let mut no = Refusals::default();
    no.when(facts.world.now.is_past(&request.deadline), Refusal::TooLate);
    let is_long = output.len() == output_bytes as usize;
    no.when(!is_long, Refusal::OutputLength);
    if let (Offered::Blob(blob, _), Model::Public(fixed)) = (&offer.offering.model, &offer.model)
        && fixed.hash == Hash::Sha256
    {
        let is_there = facts.store.parameters(*blob, Hash::Sha256).is_some();
        no.when(!is_there, Refusal::NoParameters);
        no.when(fixed.chunks.len() > 1, Refusal::NotEvaluated);
    }
    let claim = Claim::Prediction {
        request: id,
        provider: offer.provider,
        model: offer.model.clone(),
        schema: offer.schema.clone(),
        input: request.input.clone(),
        output: output.to_vec(),
    };
    no.when(*proof != Proof::Of(circuit, claim), Refusal::BadProof);
    no.verdict()
}
