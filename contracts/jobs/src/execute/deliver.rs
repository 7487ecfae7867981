//! Payment on proof.

use assay_escrow::{load_config, send};
use assay_groth16::{Proof, verify_host};
use assay_protocol::circuit::Kind;
use assay_protocol::context::Context;
use assay_protocol::id::BlobId;
use assay_protocol::messages::dataset_registry::BASIS_POINTS;
use assay_protocol::messages::jobs::{SlotId, SlotState, Terms};
use assay_protocol::parameters::PublicParameters;
use assay_protocol::statement::TrainingPublic;
use assay_registries::{is_pinned, statement_digest};
use cosmwasm_std::{Coin, Deps, DepsMut, Env, Response, StdResult, SubMsg, Uint256};

use super::{event, shown};
use crate::error::ContractError;
use crate::state::{load_slot, save_slot, wrong_state};

/// Pays the slot's payee and the dataset's owner if `proof` shows that the parameters in
/// `blob` were trained on the committed data by the job's method. Anyone may call it.
pub fn deliver(
    deps: DepsMut,
    env: &Env,
    id: SlotId,
    blob: BlobId,
    proof: &[u8],
) -> Result<Response, ContractError> {
    let (terms, mut slot) = load_slot(deps.storage, id)?;
    let SlotState::Started {
        worker,
        payee,
        delivery_deadline,
    } = slot.state
    else {
        return Err(wrong_state(id, &slot.state, "started"));
    };
    if assay_deadlines::passed(&delivery_deadline, &env.block) {
        return Err(ContractError::DeadlinePassed {
            name: "delivery",
            slot: id,
            deadline: delivery_deadline,
        });
    }
    let parameters = verify(deps.as_ref(), env, id, &terms, &worker, blob, proof)?;

    let (reward, royalty) = split(&slot.reward, terms.royalty_bps);
    let event = event("deliver", id)
        .add_attribute("blob_id", blob.to_string())
        .add_attribute("parameters", parameters.to_string())
        .add_attribute("worker", &worker)
        .add_attribute("payee", &payee)
        .add_attribute("requester", &terms.requester)
        .add_attribute("dataset_owner", &terms.dataset_owner)
        .add_attribute("reward", reward.to_string())
        .add_attribute("bond", terms.bond.to_string())
        .add_attribute("royalty", royalty.to_string())
        .add_attribute("price", shown(terms.price.as_ref()));
    slot.hand_over_key = None;
    slot.state = SlotState::Paid {
        worker,
        blob,
        parameters,
    };
    save_slot(deps.storage, id, &slot)?;
    Ok(Response::new()
        .add_event(event)
        .add_submessages(pay(terms, &payee, reward, royalty)?))
}

/// Checks the proof, and returns what names the parameters.
fn verify(
    deps: Deps,
    env: &Env,
    slot: SlotId,
    terms: &Terms,
    worker: &str,
    blob: BlobId,
    proof: &[u8],
) -> Result<PublicParameters, ContractError> {
    let config = load_config(deps.storage)?;
    let (querier, store) = (&deps.querier, &config.model_store);
    let key = assay_registries::key(querier, &config.circuit_registry, terms.circuit)?;
    let parameters = assay_registries::parameters(querier, store, blob, key.kind)?;
    if !is_pinned(querier, store, blob, &terms.requester)? {
        let requester = terms.requester.clone();
        return Err(ContractError::NotPinned { blob, requester });
    }
    let proof = Proof::from_bytes(proof)?;
    let elements = statement(env, slot, terms, worker, key.kind, parameters).elements();
    let commitment = proof.commitment();
    let digest = statement_digest(querier, store, blob, key.kind, &elements, commitment)?;
    verify_host(deps.api, &key.prepared, &digest.0, &proof)?;
    Ok(parameters)
}

/// What the worker has to prove. Nothing in it comes from the message but the
/// parameters.
fn statement(
    env: &Env,
    slot: SlotId,
    terms: &Terms,
    worker: &str,
    kind: Kind,
    parameters: PublicParameters,
) -> TrainingPublic {
    let context = Context {
        kind,
        chain_id: &env.block.chain_id,
        contract: env.contract.address.as_str(),
        subject: slot.job.0,
        slot: slot.slot,
        payee: worker,
        circuit: terms.circuit,
    };
    TrainingPublic {
        context: context.to_scalar(),
        dataset: terms.commitment,
        parameters,
    }
}

/// A reward without the royalty on it, and the royalty: `floor(reward bps / 10000)`.
fn split(reward: &Coin, bps: u16) -> (Coin, Coin) {
    let (whole, bps) = (Uint256::from(BASIS_POINTS), Uint256::from(bps));
    // Of `q whole + r` the royalty is `q bps + floor(r bps / whole)`, which saturates nowhere,
    // as no royalty is greater than the whole.
    let (quotient, rest) = (reward.amount / whole, reward.amount % whole);
    let royalty = quotient.saturating_mul(bps);
    let royalty = royalty.saturating_add(rest.saturating_mul(bps) / whole);
    let coin = |amount| Coin::new(amount, &reward.denom);
    (coin(reward.amount.saturating_sub(royalty)), coin(royalty))
}

fn pay(terms: Terms, payee: &str, reward: Coin, royalty: Coin) -> StdResult<Vec<SubMsg>> {
    let owner = terms.dataset_owner.as_str();
    let mut payments = vec![(payee, reward), (payee, terms.bond), (owner, royalty)];
    payments.extend(terms.price.map(|price| (owner, price)));
    send(payments)
}
