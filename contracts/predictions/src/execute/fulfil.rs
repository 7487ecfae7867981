//! Payment for a prediction on proof.

use assay_escrow::{load_config, send};
use assay_groth16::{Proof, verify_host};
use assay_protocol::circuit::Kind;
use assay_protocol::context::Context;
use assay_protocol::id::RequestId;
use assay_protocol::messages::predictions::{FixedModel, OfferTerms, RequestState};
use assay_protocol::prediction::output_digest;
use assay_protocol::statement::{Model, Prediction};
use assay_registries::statement_digest;
use cosmwasm_std::{DepsMut, Env, Response};

use super::event;
use crate::error::ContractError;
use crate::state::{Request, load_offer, save_output};

/// Pays the provider of a request if `proof` shows that the offered model maps the
/// request's input to `output`. Anyone may call it; only the provider is paid.
pub fn fulfil(
    deps: DepsMut,
    env: &Env,
    id: RequestId,
    output: &[u8],
    proof: &[u8],
) -> Result<Response, ContractError> {
    let request = Request::load_open(deps.storage, id)?;
    if assay_deadlines::passed(&request.deadline, &env.block) {
        return Err(ContractError::TooLate {
            request: id,
            deadline: request.deadline,
        });
    }
    let terms = load_offer(deps.storage, request.offer)?.terms;
    if output.len() != terms.output_bytes as usize {
        return Err(ContractError::OutputLength {
            request: id,
            len: output.len(),
            expected: terms.output_bytes,
        });
    }
    let config = load_config(deps.storage)?;
    let (querier, store) = (&deps.querier, &config.model_store);
    let key = assay_registries::key(querier, &config.circuit_registry, terms.circuit)?;
    let proof = Proof::from_bytes(proof)?;
    let statement = statement(env, id, &request, &terms, key.kind, output);
    let (elements, commitment) = (statement.elements(), proof.commitment());
    let digest = match terms.model {
        FixedModel::Public { blob, .. } => {
            statement_digest(querier, store, blob, key.kind, &elements, commitment)?
        }
        FixedModel::Hidden { .. } => statement.digest(commitment),
    };
    verify_host(deps.api, &key.prepared, &digest.0, &proof)?;

    Request::end(deps.storage, id, RequestState::Answered {})?;
    save_output(deps.storage, id, output);
    let event = event("fulfil", id, request.offer)
        .add_attribute("provider", &terms.provider)
        .add_attribute("requester", request.requester)
        .add_attribute("price", terms.price.to_string());
    Ok(Response::new()
        .add_event(event)
        .add_submessages(send(vec![(&terms.provider, terms.price)])?))
}

/// What the provider has to prove. Nothing in it comes from the message but the output.
fn statement(
    env: &Env,
    id: RequestId,
    request: &Request,
    terms: &OfferTerms,
    kind: Kind,
    output: &[u8],
) -> Prediction {
    let context = Context {
        kind,
        chain_id: &env.block.chain_id,
        contract: env.contract.address.as_str(),
        subject: id.0,
        slot: 0,
        payee: &terms.provider,
        circuit: terms.circuit,
    };
    let model = match terms.model {
        FixedModel::Public { parameters, .. } => Model::Public(parameters),
        FixedModel::Hidden { commitment, .. } => Model::Hidden(commitment),
    };
    Prediction {
        context: context.to_scalar(),
        model,
        schema: terms.schema,
        input: request.input,
        output: output_digest(output),
    }
}
