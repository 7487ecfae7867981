//! A contract that does one step of a delivery and nothing else, so that the step's gas can
//! be told apart from everything around it.
//!
//! Every step is handed the same [`Given`], so what differs between [`QueryMsg::Nothing`]
//! and another step is that step alone. Never uploaded to a chain.
#![forbid(unsafe_code)]

use assay_groth16::{PreparedVerifyingKey, Proof, Scalar, scalar_from_bytes, verify_host};
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::id::{DatasetCommitment, ParametersRoot};
use assay_protocol::parameters::PublicParameters;
use assay_protocol::statement::TrainingPublic;
#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{
    Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdError, StdResult, to_json_binary,
};
use serde::{Deserialize, Serialize};

/// What a step may work on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Given {
    /// A prepared verifying key.
    pub key: Binary,
    /// A scalar, 32 bytes: the digest to verify, and every element of the statement to hash.
    pub scalar: Binary,
    /// A proof.
    pub proof: Binary,
}

/// The steps.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueryMsg {
    /// Reads the message, and does nothing.
    Nothing(Given),
    /// Evaluates the proof's bytes at the scalar, as if they were parameters.
    Fingerprint(Given),
    /// Hashes a statement; answers its digest.
    Digest(Given),
    /// From the bytes of key, digest and proof to the verdict. Refuses what is not valid.
    Verify(Given),
}

/// Accepts anything.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

/// Does nothing; chains want it.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

/// Does one step.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, _: Env, msg: QueryMsg) -> StdResult<Binary> {
    let answer = match msg {
        QueryMsg::Nothing(_) => Binary::new(vec![0; 32]),
        QueryMsg::Fingerprint(given) => {
            let value = fingerprint(&given.proof, scalar(&given)?);
            Binary::new(value.to_bytes().to_vec())
        }
        QueryMsg::Digest(given) => digest(&given)?,
        QueryMsg::Verify(given) => verify(deps, &given)?,
    };
    to_json_binary(&answer)
}

fn digest(given: &Given) -> StdResult<Binary> {
    let element = scalar(given)?;
    let statement = TrainingPublic {
        context: element,
        dataset: DatasetCommitment(element),
        parameters: PublicParameters::Poseidon(ParametersRoot(element)),
    };
    Ok(Binary::new(statement.digest(None).0.to_bytes().to_vec()))
}

fn verify(deps: Deps, given: &Given) -> StdResult<Binary> {
    let key = PreparedVerifyingKey::from_trusted_bytes(&given.key).map_err(refused)?;
    let proof = Proof::from_bytes(&given.proof).map_err(refused)?;
    verify_host(deps.api, &key, &scalar(given)?, &proof).map_err(refused)?;
    Ok(Binary::new(vec![0; 32]))
}

fn scalar(given: &Given) -> StdResult<Scalar> {
    scalar_from_bytes(&given.scalar).map_err(refused)
}

fn refused(error: assay_groth16::Error) -> StdError {
    StdError::msg(error)
}
