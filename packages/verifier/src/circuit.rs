//! A circuit's registration as a file: its specification, how its key was made, and the
//! key that verifies.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use assay_groth16::{Proof, VerifyingKey, verify_once};
use assay_protocol::circuit::{CircuitParts, CircuitSpec, Kind, SetupRecord, SpecError};
use assay_protocol::id::{CircuitId, Sha256Digest};
use serde::{Deserialize, Serialize};

use crate::file::{Format, hexadecimal};
use crate::{ProofFile, Proved, Refusal};

/// What everyone who uses a development key is told.
pub const DEVELOPMENT_WARNING: &str =
    "development keys: whoever made them can forge proofs; use them for tests and test money only";

/// What everyone is told of a key that claims a ceremony, since nothing checks that yet.
pub const CEREMONY_WARNING: &str = "the key claims a ceremony that this program can't check: whoever made it may be able to forge proofs";

/// Why a key is none of a circuit with a fingerprint.
const NO_CHALLENGES: &str = "a circuit with a fingerprint has challenges, and its key has none";

/// What whoever uses a key made in this way is told.
pub fn key_warning(setup: &SetupRecord) -> &'static str {
    match setup {
        SetupRecord::Development {} => DEVELOPMENT_WARNING,
        SetupRecord::Ceremony { .. } => CEREMONY_WARNING,
    }
}

/// A registration as `circuit.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CircuitFile {
    /// The id that names all of the following.
    pub id: CircuitId,
    /// The statement's kind.
    pub kind: Kind,
    /// What the circuit computes.
    pub spec: CircuitSpec,
    /// Digest of the constraint system.
    pub constraint_system: Sha256Digest,
    /// How the key was made.
    pub setup: SetupRecord,
    /// The verifying key's bytes: 432 or, with challenges, 528.
    #[serde(with = "hexadecimal")]
    pub verifying_key: Vec<u8>,
}

/// A registration as `verifying.key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VerifyingKeyFile(pub CircuitFile);

impl Format for CircuitFile {
    const FORMAT: &'static str = "assay-circuit";

    fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

impl Format for VerifyingKeyFile {
    const FORMAT: &'static str = "assay-verifying-key";

    fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

/// A registration that has been checked: its specification meets its conditions and is of
/// its kind, every point of its key is sound, and its id is that of its content.
#[derive(Clone, Debug)]
pub struct Circuit {
    id: CircuitId,
    spec: CircuitSpec,
    canonical_spec: String,
    constraint_system: Sha256Digest,
    setup: SetupRecord,
    verifying_key: VerifyingKey,
}

impl CircuitFile {
    /// The id of the content, whatever the file says. It is a circuit's only if
    /// [`open`](Self::open) takes the file.
    ///
    /// # Errors
    /// [`SpecError`] for a specification outside its conditions, which has no canonical text.
    pub fn content_id(&self) -> Result<CircuitId, SpecError> {
        let parts = CircuitParts {
            kind: self.kind,
            spec: &self.spec.to_canonical()?,
            constraint_system: &self.constraint_system,
            verifying_key: &self.verifying_key,
            setup: &self.setup,
        };
        Ok(parts.id())
    }

    /// Checks the registration.
    ///
    /// # Errors
    /// [`Refusal`] for the first thing that is wrong with it.
    pub fn open(&self) -> Result<Circuit, Refusal> {
        let refused = |error: SpecError| Refusal::Spec(error.to_string());
        let canonical_spec = self.spec.to_canonical().map_err(refused)?;
        let found = self.spec.kind();
        if found != self.kind {
            return Err(Refusal::CircuitKind {
                claimed: self.kind,
                found,
            });
        }
        let verifying_key =
            VerifyingKey::from_bytes(&self.verifying_key).map_err(Refusal::KeyBytes)?;
        if found.has_fingerprint() && verifying_key.epsilon_g2().is_none() {
            return Err(Refusal::Spec(NO_CHALLENGES.into()));
        }
        let id = self.content_id().map_err(refused)?;
        if id != self.id {
            return Err(Refusal::WrongCircuitId {
                claimed: self.id,
                found: id,
            });
        }
        Ok(Circuit {
            id,
            spec: self.spec.clone(),
            canonical_spec,
            constraint_system: self.constraint_system,
            setup: self.setup.clone(),
            verifying_key,
        })
    }
}

impl Circuit {
    /// Its id.
    pub fn id(&self) -> CircuitId {
        self.id
    }

    /// The kind of statement that it proves.
    pub fn kind(&self) -> Kind {
        self.spec.kind()
    }

    /// What it computes, as registered.
    pub fn spec(&self) -> &CircuitSpec {
        &self.spec
    }

    /// The canonical text of [`spec`](Self::spec).
    pub fn canonical_spec(&self) -> &str {
        &self.canonical_spec
    }

    /// Digest of the constraint system, as registered.
    pub fn constraint_system(&self) -> Sha256Digest {
        self.constraint_system
    }

    /// How its key was made.
    pub fn setup(&self) -> &SetupRecord {
        &self.setup
    }

    /// Its key.
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.verifying_key
    }

    /// Checks a proof under this circuit's key.
    ///
    /// # Errors
    /// [`Refusal`] for the first thing that is wrong.
    pub fn verify(&self, file: &ProofFile) -> Result<Proved, Refusal> {
        if file.circuit != self.id {
            return Err(Refusal::OtherCircuit {
                proof: file.circuit,
                key: self.id,
            });
        }
        if file.kind() != self.kind() {
            return Err(Refusal::OtherKind {
                proof: file.kind(),
                circuit: self.kind(),
            });
        }
        file.check().map_err(Refusal::damaged_proof)?;
        let proof = Proof::from_bytes(&file.proof).map_err(Refusal::ProofBytes)?;
        let proved = Proved::new(self, file, proof.commitment())?;
        verify_once(&self.verifying_key, &proved.statement.0, &proof).map_err(Refusal::Proof)?;
        Ok(proved)
    }
}
