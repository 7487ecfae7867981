//! Circuits as the chain's registry holds them.

use assay_groth16::VerifyingKey;
use assay_protocol::id::CircuitId;
use assay_protocol::messages::circuit_registry::{CircuitResponse, ExecuteMsg, QueryMsg};
use assay_prover::circuit::Registration;

use super::Session;
use crate::Error;
use crate::artefact::circuit::CircuitFolder;

/// The message that registers a circuit.
pub fn register(registration: &Registration) -> ExecuteMsg {
    ExecuteMsg::Register {
        kind: registration.kind,
        spec: registration.spec.clone(),
        constraint_system: registration.constraint_system,
        verifying_key: registration.verifying_key.to_bytes().into(),
        setup: registration.setup.clone(),
    }
}

/// What a registry's answer registers. Its id is computed here, not believed.
///
/// # Errors
/// [`Error::Refused`] for a key that can't be read, or what has another id than `id`.
pub fn registration(id: CircuitId, found: CircuitResponse) -> Result<Registration, Error> {
    let key = VerifyingKey::from_bytes(&found.verifying_key);
    let registration = Registration {
        kind: found.kind,
        spec: found.spec,
        constraint_system: found.constraint_system,
        verifying_key: key
            .map_err(|error| Error::Refused(format!("circuit {id} on chain: {error}")))?,
        setup: found.setup,
    };
    match registration.id() == id {
        true => Ok(registration),
        false => Err(Error::Refused(format!(
            "the registry answers for circuit {id} with {}: don't trust it",
            registration.id()
        ))),
    }
}

/// What the chain holds of a circuit.
///
/// # Errors
/// [`Error`] if it isn't registered.
pub fn read(session: &Session, id: CircuitId) -> Result<Registration, Error> {
    let registry = session.deployment()?.circuit_registry;
    registration(id, session.ask(&registry, &QueryMsg::Circuit { id })?)
}

/// Checks that `folder` holds the keys of the circuit that was agreed on, and that they prove
/// what its specification on chain says and nothing weaker.
///
/// # Errors
/// [`Error::Mismatch`] for another circuit, [`Error::Check`] with how it lies.
pub fn expect(
    session: &Session,
    agreed: CircuitId,
    folder: &CircuitFolder,
) -> Result<Registration, Error> {
    let found = folder.registration.id();
    if found != agreed {
        return Err(Error::Mismatch(format!(
            "the folder's keys are of circuit {found}, what was agreed on is {agreed}: get that one's keys"
        )));
    }
    let registered = read(session, agreed)?;
    assay_prover::circuit::check(&registered, &folder.key)?;
    Ok(registered)
}
