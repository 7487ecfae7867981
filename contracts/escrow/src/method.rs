//! Whether something may be agreed here.

use assay_protocol::circuit::Kind;
use assay_protocol::id::CircuitId;
use assay_protocol::messages::escrow::InstantiateMsg;
use assay_registries::Key;
use cosmwasm_std::{Deps, Env};

use crate::config::load_config;
use crate::error::Error;

/// Checks, before anything is agreed, that nobody can change this contract's code, and that
/// the circuit's key proves statements of one of these kinds and may be used. Returns what
/// this contract reads, and the key.
///
/// # Errors
/// [`Error::Registry`].
pub fn check_method(
    deps: Deps,
    env: &Env,
    circuit: CircuitId,
    kinds: &[Kind],
) -> Result<(InstantiateMsg, Key), Error> {
    assay_registries::refuse_admin(deps, "escrow", env.contract.address.as_str())?;
    let config = load_config(deps.storage)?;
    let key = assay_registries::key(&deps.querier, &config.circuit_registry, circuit)?;
    key.expect(kinds, config.allow_development_keys)?;
    Ok((config, key))
}
