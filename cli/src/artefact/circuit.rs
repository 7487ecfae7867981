//! A circuit's registration and keys: `circuit.json` is what is registered,
//! `verifying.key` says the same to whoever checks proofs, `proving.key` makes them.

use std::path::Path;

use assay_engine::ProvingKey;
use assay_protocol::circuit::CircuitSpec;
use assay_prover::circuit::{CheckError, Registration};
use assay_verifier::Circuit;
use assay_verifier::file::Format;

pub use assay_verifier::{CircuitFile, DEVELOPMENT_WARNING, VerifyingKeyFile, key_warning};

use super::Artefact;
use super::file::PendingFolder;
use crate::Error;

const REGISTRATION: &str = "circuit.json";
const VERIFYING_KEY: &str = "verifying.key";
const PROVING_KEY: &str = "proving.key";
const MAX_PROVING_KEY_BYTES: u64 = 8 << 30;

impl Artefact for CircuitFile {
    const FORMAT: &'static str = <Self as Format>::FORMAT;

    fn check(&self) -> Result<(), String> {
        self.spec.check().map_err(|error| error.to_string())
    }
}

impl Artefact for VerifyingKeyFile {
    const FORMAT: &'static str = <Self as Format>::FORMAT;

    fn check(&self) -> Result<(), String> {
        Artefact::check(&self.0)
    }
}

/// The file of a registration.
///
/// # Errors
/// [`Error::Spec`] if the registration's specification isn't canonical.
pub fn file(registration: &Registration) -> Result<CircuitFile, Error> {
    Ok(CircuitFile {
        id: registration.id(),
        kind: registration.kind,
        spec: CircuitSpec::from_canonical(&registration.spec)?,
        constraint_system: registration.constraint_system,
        setup: registration.setup.clone(),
        verifying_key: registration.verifying_key.to_bytes(),
    })
}

/// The registration of a circuit.
pub fn registration(circuit: &Circuit) -> Registration {
    Registration {
        kind: circuit.kind(),
        spec: circuit.canonical_spec().into(),
        constraint_system: circuit.constraint_system(),
        verifying_key: circuit.verifying_key().clone(),
        setup: circuit.setup().clone(),
    }
}

/// Reads the circuit that a verifying key file holds.
///
/// # Errors
/// [`Error`] if it can't be read, is damaged, or isn't what its id says.
pub fn read_verifying_key(path: &Path) -> Result<Circuit, Error> {
    let file = super::read::<VerifyingKeyFile>(path)?.0;
    file.open().map_err(Error::refusal(path))
}

/// A circuit's folder: its registration and the key that proves.
pub struct CircuitFolder {
    /// The registration.
    pub registration: Registration,
    /// The proving key, which holds a verifying key of its own.
    pub key: ProvingKey,
}

impl CircuitFolder {
    /// Reads a folder whose registrations and keys agree. Whether the keys are what they
    /// say is `assay circuit check`'s to find.
    ///
    /// # Errors
    /// [`Error`] if a file is missing or damaged; [`Error::Refused`] if they disagree.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(REGISTRATION);
        let circuit = super::read::<CircuitFile>(&path)?.open();
        let registration = registration(&circuit.map_err(Error::refusal(&path))?);
        let verifying = read_verifying_key(&folder.join(VERIFYING_KEY))?;
        if verifying.id() != registration.id() {
            return Err(Error::Refused(format!(
                "{VERIFYING_KEY} is of circuit {}, {REGISTRATION} of circuit {}: don't use them",
                verifying.id(),
                registration.id()
            )));
        }
        let key = read_proving_key(&folder.join(PROVING_KEY))?;
        if *key.verifying_key() != registration.verifying_key {
            return Err(CheckError::OtherKey.into());
        }
        Ok(Self { registration, key })
    }

    /// Refuses a folder that has a circuit already.
    ///
    /// # Errors
    /// [`Error::Exists`].
    pub fn expect_none(folder: &Path) -> Result<(), Error> {
        let path = folder.join(REGISTRATION);
        match path.exists() {
            true => Err(Error::Exists { path }),
            false => Ok(()),
        }
    }

    /// Writes the three files into a folder that exists. The registration comes last: as
    /// long as it isn't there, the folder has no circuit.
    ///
    /// # Errors
    /// [`Error::Write`] or [`Error::Engine`].
    pub fn add_to(&self, folder: &Path) -> Result<(), Error> {
        let file = file(&self.registration)?;
        self.key.save(&folder.join(PROVING_KEY))?;
        super::write(&folder.join(VERIFYING_KEY), &VerifyingKeyFile(file.clone()))?;
        super::write(&folder.join(REGISTRATION), &file)
    }

    /// Writes the folder's three files.
    ///
    /// # Errors
    /// [`Error::Write`] or [`Error::Engine`].
    pub fn write(&self, folder: PendingFolder) -> Result<(), Error> {
        let file = file(&self.registration)?;
        super::write(&folder.join(REGISTRATION), &file)?;
        super::write(&folder.join(VERIFYING_KEY), &VerifyingKeyFile(file))?;
        self.key.save(&folder.join(PROVING_KEY))?;
        folder.finish()
    }
}

fn read_proving_key(path: &Path) -> Result<ProvingKey, Error> {
    let metadata = std::fs::metadata(path).map_err(Error::read(path))?;
    // What is no file has no length; the engine says so.
    if metadata.is_file() && metadata.len() > MAX_PROVING_KEY_BYTES {
        return Err(Error::TooLarge {
            path: path.into(),
            expected: "a proving key",
            max: MAX_PROVING_KEY_BYTES,
        });
    }
    Ok(ProvingKey::load(path)?)
}
