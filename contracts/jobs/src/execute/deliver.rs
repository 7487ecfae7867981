//! Payment on proof.

use assay_groth16::{Proof, verify_host};
use assay_protocol::circuit::Kind;
use assay_protocol::context::Context;
use assay_protocol::id::BlobId;
use assay_protocol::messages::escrow::{SlotId, SlotState, Terms};
use assay_protocol::parameters::PublicParameters;
use assay_protocol::statement::TrainingPublic;
use assay_registries::statement_digest;
use cosmwasm_std::{DepsMut, Env, Response};

use super::response;
use crate::deadline;
use crate::error::ContractError;
use crate::state::{load_config, load_slot, save_slot, wrong_state};
use crate::transfer::send;

/// Pays the slot's worker if `proof` shows that the parameters in `blob` were
/// trained on the committed data by the job's method. Anyone may call it; only
/// the worker is paid.
pub fn deliver(
    deps: DepsMut,
    env: &Env,
    slot: SlotId,
    blob: BlobId,
    proof: &[u8],
) -> Result<Response, ContractError> {
    let (terms, state) = load_slot(deps.storage, slot)?;
    let SlotState::Started {
        worker,
        delivery_deadline,
    } = state
    else {
        return Err(wrong_state(slot, &state, "started"));
    };
    if deadline::passed(&delivery_deadline, &env.block) {
        return Err(ContractError::DeadlinePassed {
            name: "delivery",
            slot,
            deadline: delivery_deadline,
        });
    }
    let config = load_config(deps.storage)?;
    let (querier, store) = (&deps.querier, &config.model_store);
    let key = assay_registries::key(querier, &config.circuit_registry, terms.circuit)?;
    let parameters = assay_registries::parameters(querier, store, blob, key.kind)?;
    let proof = Proof::from_bytes(proof)?;
    let elements = statement(env, slot, &terms, &worker, key.kind, parameters).elements();
    let commitment = proof.commitment();
    let digest = statement_digest(querier, store, blob, key.kind, &elements, commitment)?;
    verify_host(deps.api, &key.prepared, &digest.0, &proof)?;

    let paid = SlotState::Paid {
        worker: worker.clone(),
        blob,
        parameters,
    };
    save_slot(deps.storage, slot, &paid)?;
    Ok(response("deliver", slot)
        .add_submessages(send(&worker, vec![terms.reward, terms.bond])?)
        .add_attribute("worker", worker)
        .add_attribute("blob_id", blob.to_string())
        .add_attribute("parameters", parameters.to_string()))
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
