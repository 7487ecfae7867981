//! A circuit's registration and keys: `circuit.json` is what is registered,
//! `verifying.key` says the same to whoever checks proofs, `proving.key` makes them.

use std::path::Path;

use assay_engine::ProvingKey;
use assay_groth16::VerifyingKey;
use assay_protocol::circuit::{CircuitSpec, Kind, SetupRecord};
use assay_protocol::id::{CircuitId, Sha256Digest};
use assay_prover::circuit::Registration;
use serde::{Deserialize, Serialize};

use super::file::PendingFolder;
use super::{Artefact, hexadecimal};
use crate::Error;

const REGISTRATION: &str = "circuit.json";
const VERIFYING_KEY: &str = "verifying.key";
const PROVING_KEY: &str = "proving.key";
const MAX_PROVING_KEY_BYTES: u64 = 8 << 30;

/// What everyone who uses a development key is told.
pub const DEVELOPMENT_WARNING: &str =
    "development keys: whoever made them can forge proofs; use them for tests and test money only";

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
    /// The verifying key's 432 bytes.
    #[serde(with = "hexadecimal")]
    pub verifying_key: Vec<u8>,
}

/// A registration as `verifying.key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VerifyingKeyFile(pub CircuitFile);

impl CircuitFile {
    /// The file of a registration.
    ///
    /// # Errors
    /// [`Error::Spec`] if the registration's specification isn't canonical.
    pub fn new(registration: &Registration) -> Result<Self, Error> {
        Ok(Self {
            id: registration.id(),
            kind: registration.kind,
            spec: CircuitSpec::from_canonical(&registration.spec)?,
            constraint_system: registration.constraint_system,
            setup: registration.setup.clone(),
            verifying_key: registration.verifying_key.to_bytes(),
        })
    }

    /// The registration, its id compared with the file's.
    ///
    /// # Errors
    /// [`Error::Groth16`] for a key that isn't one, [`Error::Refused`] for another id;
    /// `path` is for the message.
    pub fn registration(&self, path: &Path) -> Result<Registration, Error> {
        let verifying_key = VerifyingKey::from_bytes(&self.verifying_key);
        let registration = Registration {
            kind: self.kind,
            spec: self.spec.to_canonical()?,
            constraint_system: self.constraint_system,
            verifying_key: verifying_key.map_err(|source| Error::Groth16 {
                path: path.into(),
                source,
            })?,
            setup: self.setup.clone(),
        };
        let found = registration.id();
        if found != self.id {
            return Err(Error::Refused(format!(
                "{} says circuit {}, but its content is circuit {found}: don't use it",
                path.display(),
                self.id
            )));
        }
        Ok(registration)
    }
}

impl Artefact for CircuitFile {
    const FORMAT: &'static str = "assay-circuit";

    fn check(&self) -> Result<(), String> {
        self.spec.check().map_err(|error| error.to_string())
    }
}

impl Artefact for VerifyingKeyFile {
    const FORMAT: &'static str = "assay-verifying-key";

    fn check(&self) -> Result<(), String> {
        self.0.check()
    }
}

/// Reads the registration that a verifying key file holds.
///
/// # Errors
/// [`Error`] if it can't be read, is damaged, or isn't what its id says.
pub fn read_verifying_key(path: &Path) -> Result<Registration, Error> {
    super::read::<VerifyingKeyFile>(path)?.0.registration(path)
}

/// A circuit's folder: its registration and the key that proves.
pub struct CircuitFolder {
    /// The registration.
    pub registration: Registration,
    /// The proving key, which holds a verifying key of its own.
    pub key: ProvingKey,
}

impl CircuitFolder {
    /// Reads a folder whose two registrations agree. Whether the keys are what they
    /// say is `assay circuit check`'s to find.
    ///
    /// # Errors
    /// [`Error`] if a file is missing or damaged; [`Error::Refused`] if they disagree.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(REGISTRATION);
        let registration = super::read::<CircuitFile>(&path)?.registration(&path)?;
        let verifying = read_verifying_key(&folder.join(VERIFYING_KEY))?;
        if verifying.id() != registration.id() {
            return Err(Error::Refused(format!(
                "{VERIFYING_KEY} is of circuit {}, {REGISTRATION} of circuit {}: don't use them",
                verifying.id(),
                registration.id()
            )));
        }
        Ok(Self {
            registration,
            key: read_proving_key(&folder.join(PROVING_KEY))?,
        })
    }

    /// Writes the folder's three files.
    ///
    /// # Errors
    /// [`Error::Write`] or [`Error::Engine`].
    pub fn write(&self, folder: PendingFolder) -> Result<(), Error> {
        let file = CircuitFile::new(&self.registration)?;
        super::write(&folder.join(REGISTRATION), &file)?;
        super::write(&folder.join(VERIFYING_KEY), &VerifyingKeyFile(file))?;
        self.key.save(&folder.join(PROVING_KEY))?;
        folder.finish()
    }
}

fn read_proving_key(path: &Path) -> Result<ProvingKey, Error> {
    let length = std::fs::metadata(path).map_err(Error::read(path))?.len();
    if length > MAX_PROVING_KEY_BYTES {
        return Err(Error::TooLarge {
            path: path.into(),
            expected: "a proving key",
            max: MAX_PROVING_KEY_BYTES,
        });
    }
    Ok(ProvingKey::load(path)?)
}
