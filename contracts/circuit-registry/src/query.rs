//! Answers to queries.

use assay_groth16::{Proof, verify_host};
use assay_protocol::Scalar;
use assay_protocol::circuit::Kind;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::id::{CircuitId, StatementElement};
use assay_protocol::messages::circuit_registry::{
    CircuitEntry, CircuitResponse, CircuitsResponse, MAX_STATEMENT_ELEMENTS, QueryMsg,
    VerifyResponse,
};
use assay_protocol::messages::page;
use assay_protocol::parameters::digest;
use assay_protocol::statement::digest_of_kind;
use cosmwasm_std::{Binary, Deps, Order, StdResult, to_json_binary};
use cw_storage_plus::Bound;

use crate::error::ContractError;
use crate::state::{CIRCUITS, load_key, load_long_parts};

/// Answers a query.
pub fn query(deps: Deps, msg: QueryMsg) -> Result<Binary, ContractError> {
    let response = match msg {
        QueryMsg::Circuit { id } => to_json_binary(&circuit(deps, id)?),
        QueryMsg::Circuits { start_after, limit } => {
            to_json_binary(&circuits(deps, start_after, limit)?)
        }
        QueryMsg::Verify {
            id,
            elements,
            parameters,
            proof,
        } => {
            let parameters = parameters.as_deref();
            to_json_binary(&verify(deps, id, &elements, parameters, &proof)?)
        }
    };
    Ok(response?)
}

fn circuit(deps: Deps, id: CircuitId) -> Result<CircuitResponse, ContractError> {
    let circuit = CIRCUITS
        .may_load(deps.storage, id.0)?
        .ok_or(ContractError::UnknownCircuit { id })?;
    let (spec, verifying_key) = load_long_parts(deps.storage, id)?;
    Ok(CircuitResponse {
        id,
        kind: circuit.kind,
        spec,
        constraint_system: circuit.constraint_system,
        verifying_key: verifying_key.into(),
        setup: circuit.setup,
    })
}

fn circuits(
    deps: Deps,
    start_after: Option<CircuitId>,
    limit: Option<u32>,
) -> StdResult<CircuitsResponse> {
    let start = start_after.map(|id| Bound::exclusive(id.0));
    let entries = CIRCUITS
        .range(deps.storage, start, None, Order::Ascending)
        .map(|entry| {
            entry.map(|(id, circuit)| CircuitEntry {
                id: CircuitId(id),
                kind: circuit.kind,
                development: circuit.setup.is_development(),
            })
        });
    let (circuits, next) = page(entries, limit, |last| last.id)?;
    Ok(CircuitsResponse { circuits, next })
}

/// The digest is computed here and never taken: whoever chooses the challenges in it can
/// prove what is false.
fn verify(
    deps: Deps,
    id: CircuitId,
    elements: &[StatementElement],
    parameters: Option<&[u8]>,
    proof: &[u8],
) -> Result<VerifyResponse, ContractError> {
    let len = elements.len();
    if len > MAX_STATEMENT_ELEMENTS {
        return Err(ContractError::StatementLength { len });
    }
    let (kind, key) = load_key(deps.storage, id)?;
    let elements: Vec<_> = elements.iter().map(|element| element.0).collect();
    let proof = Proof::from_bytes(proof)?;
    let parameters = check_parameters(kind, &elements, parameters)?;
    let evaluate = |point| Ok(fingerprint(parameters, point));
    let digest = digest_of_kind::<ContractError>(kind, &elements, proof.commitment(), evaluate)?;
    verify_host(deps.api, &key, &digest.0, &proof)?;
    Ok(VerifyResponse { valid: true })
}

/// The parameters' bytes, of a kind without a fingerprint none.
///
/// Whoever chooses the fingerprint can prove anything of parameters that nobody has seen, so it
/// is computed from their bytes, and those must be the statement's.
fn check_parameters<'a>(
    kind: Kind,
    elements: &[Scalar],
    parameters: Option<&'a [u8]>,
) -> Result<&'a [u8], ContractError> {
    let (place, bytes) = match (kind.digest_element(), parameters) {
        (None, None) => return Ok(&[]),
        (None, Some(_)) => return Err(ContractError::ParametersOfOtherKind { kind }),
        (Some(_), None) => return Err(ContractError::NoParameters { kind }),
        (Some(place), Some(bytes)) => (place, bytes),
    };
    // Challenges and a fingerprint among the elements would be of anyone's choice.
    if elements.len() != kind.elements() {
        let len = elements.len();
        return Err(ContractError::StatementLength { len });
    }
    match elements.get(place) == Some(&digest(bytes).0) {
        true => Ok(bytes),
        false => Err(ContractError::OtherParameters),
    }
}
