//! Registered verifying keys, and what they may be used for.

use assay_groth16::PreparedVerifyingKey;
use assay_protocol::circuit::Kind;
use assay_protocol::id::CircuitId;
use assay_protocol::messages::Trusted;
use assay_protocol::messages::circuit_registry::{RegisteredKey, registered_key};
use cosmwasm_std::QuerierWrapper;

use crate::Error;

/// A key as its registry stores it.
pub struct Key {
    /// The circuit.
    pub circuit: CircuitId,
    /// The statement's kind.
    pub kind: Kind,
    /// Whether one party made the key alone.
    pub development: bool,
    /// What proofs are checked against.
    pub prepared: PreparedVerifyingKey,
}

/// The key of a registered circuit.
///
/// # Errors
/// [`Error::UnknownCircuit`]; [`Error::CorruptKey`] or [`Error::Groth16`] for bytes that no
/// registry writes.
pub fn key(querier: &QuerierWrapper, registry: &Trusted, circuit: CircuitId) -> Result<Key, Error> {
    let bytes = querier
        .query_wasm_raw(&registry.address, registered_key(&circuit))?
        .ok_or(Error::UnknownCircuit { circuit })?;
    let key = RegisteredKey::from_bytes(&bytes).ok_or(Error::CorruptKey { circuit })?;
    Ok(Key {
        circuit,
        kind: key.kind,
        development: key.development,
        prepared: PreparedVerifyingKey::from_trusted_bytes(key.prepared)?,
    })
}

impl Key {
    /// Checks that the key proves statements of one of these kinds, and that one party alone
    /// made it only where that is allowed.
    ///
    /// # Errors
    /// [`Error::WrongKind`], [`Error::DevelopmentKey`].
    pub fn expect(&self, kinds: &[Kind], allow_development: bool) -> Result<(), Error> {
        let circuit = self.circuit;
        if !kinds.contains(&self.kind) {
            let needed = kinds.first().map_or("nothing", |&kind| named(kind));
            return Err(Error::WrongKind { circuit, needed });
        }
        if self.development && !allow_development {
            return Err(Error::DevelopmentKey { circuit });
        }
        Ok(())
    }
}

/// What a proof of this kind shows.
fn named(kind: Kind) -> &'static str {
    match kind {
        Kind::TrainingPublic | Kind::TrainingFingerprint => "training of a public model",
        Kind::TrainingHidden => "training of a hidden model",
        Kind::PredictionPublic | Kind::PredictionFingerprint => "predictions of a public model",
        Kind::PredictionHidden => "predictions of a hidden model",
    }
}
