//! Registering a verifying key.

use assay_groth16::{PreparedVerifyingKey, VerifyingKey};
use assay_protocol::circuit::{CircuitParts, Kind, SetupRecord};
use assay_protocol::id::{CircuitId, Sha256Digest};
use assay_protocol::messages::circuit_registry::{MAX_SPEC_BYTES, RegisteredKey};
use cosmwasm_std::{Binary, DepsMut, Event, Response, Storage};

use crate::error::ContractError;
use crate::state::{CIRCUITS, Circuit, save_key, save_long_parts};

/// What is to be registered.
pub struct Registration {
    /// The statement's kind.
    pub kind: Kind,
    /// The specification that is claimed.
    pub spec: String,
    /// The digest of the constraint system that is claimed.
    pub constraint_system: Sha256Digest,
    /// The verifying key's canonical bytes.
    pub verifying_key: Binary,
    /// How the key was made.
    pub setup: SetupRecord,
}

impl Registration {
    /// Checks every point of the key and stores it under the hash of all parts.
    /// The key's encoding is canonical, so one circuit has one id, and what is stored
    /// under it already is the same.
    ///
    /// A ceremony's transcript is a claim that nothing here can check, and an escrow for
    /// real money would believe it: so there are only development keys.
    pub fn execute(self, deps: DepsMut) -> Result<Response, ContractError> {
        if !self.setup.is_development() {
            return Err(ContractError::UncheckedCeremony);
        }
        let len = self.spec.len();
        if !(1..=MAX_SPEC_BYTES).contains(&len) {
            return Err(ContractError::SpecLength { len });
        }
        let id = self.id();
        let is_new = !CIRCUITS.has(deps.storage, id.0);
        let event = Event::new("assay-register")
            .add_attribute("circuit_id", id.to_string())
            .add_attribute("development", self.setup.is_development().to_string())
            .add_attribute("new", is_new.to_string());
        if is_new {
            self.save(deps.storage, id)?;
        }
        Ok(Response::new().add_event(event))
    }

    fn save(self, storage: &mut dyn Storage, id: CircuitId) -> Result<(), ContractError> {
        let verifying_key = VerifyingKey::from_bytes(&self.verifying_key)?;
        let kind = self.kind;
        if kind.has_fingerprint() && verifying_key.epsilon_g2().is_none() {
            return Err(ContractError::NoChallenges { kind });
        }
        let prepared = PreparedVerifyingKey::from(&verifying_key);
        let key = RegisteredKey {
            kind: self.kind,
            development: self.setup.is_development(),
            prepared: &prepared.to_bytes(),
        };
        save_key(storage, &id, &key);
        save_long_parts(storage, &id, &self.spec, &self.verifying_key);
        let circuit = Circuit {
            kind: self.kind,
            constraint_system: self.constraint_system,
            setup: self.setup,
        };
        Ok(CIRCUITS.save(storage, id.0, &circuit)?)
    }

    fn id(&self) -> CircuitId {
        CircuitParts {
            kind: self.kind,
            spec: &self.spec,
            constraint_system: &self.constraint_system,
            verifying_key: &self.verifying_key,
            setup: &self.setup,
        }
        .id()
    }
}
