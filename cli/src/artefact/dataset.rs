//! `dataset.json`, a dataset's public registration, and the folder that holds it
//! together with the private rows and the salt.

use std::path::Path;

use assay_protocol::Scalar;
use assay_protocol::dataset::Dataset;
use assay_protocol::id::{DatasetCommitment, Sha256Digest};
use assay_protocol::schema::Schema;
use serde::{Deserialize, Serialize};

use super::file::{Access, PendingFile, PendingFolder};
use super::salt::Salt;
use super::{Artefact, MAX_JSON_BYTES, rows};
use crate::Error;

const REGISTRATION: &str = "dataset.json";
const ROWS: &str = "rows.bin";
const SALT: &str = "salt";

/// The files of a dataset's folder, and how many bytes each has at most.
pub const FILES: [(&str, u64); 3] = [
    (REGISTRATION, MAX_JSON_BYTES),
    (ROWS, rows::MAX_BYTES),
    (SALT, MAX_JSON_BYTES),
];

/// What is registered on chain. It holds nothing private.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// The hiding commitment.
    pub commitment: DatasetCommitment,
    /// Number of rows.
    pub rows: u64,
    /// Features in a row.
    pub features: u64,
    /// Number of classes.
    pub classes: u64,
    /// SHA-256 of the file, for data that may be handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_sha256: Option<Sha256Digest>,
    /// The public schema.
    pub schema: Schema,
}

impl Artefact for Registration {
    const FORMAT: &'static str = "assay-dataset";

    fn check(&self) -> Result<(), String> {
        self.schema.quantiser().map_err(|error| error.to_string())?;
        let columns = self.schema.columns.len() as u64;
        let classes = self.schema.label.classes.len() as u64;
        match (self.features, self.classes) == (columns, classes) {
            true => Ok(()),
            false => Err(format!(
                "its schema has {columns} columns and {classes} classes, not {} and {}",
                self.features, self.classes
            )),
        }
    }
}

/// A dataset as its owner keeps it, and as a worker is handed it.
#[derive(Clone, Debug)]
pub struct Holding {
    /// The public part.
    pub registration: Registration,
    /// The rows.
    pub data: Dataset,
    /// The commitment's salt.
    pub salt: Salt,
}

impl Holding {
    /// Commits to rows under a fresh salt.
    ///
    /// # Errors
    /// [`Error::Schema`] or [`Error::Randomness`].
    pub fn commit(
        data: Dataset,
        schema: Schema,
        file_sha256: Option<Sha256Digest>,
    ) -> Result<Self, Error> {
        let salt = Salt::fresh()?;
        let registration = Registration {
            commitment: data.commitment(schema.digest()?, salt.scalar()),
            rows: data.rows() as u64,
            features: data.features() as u64,
            classes: data.classes() as u64,
            file_sha256,
            schema,
        };
        Ok(Self {
            registration,
            data,
            salt,
        })
    }

    /// The schema's digest.
    ///
    /// # Errors
    /// [`Error::Schema`].
    pub fn schema_digest(&self) -> Result<Scalar, Error> {
        Ok(self.registration.schema.digest()?)
    }

    /// Checks that the rows are those of `commitment`. A worker compares what it was
    /// handed with what the chain holds.
    ///
    /// # Errors
    /// [`Error::Refused`].
    pub fn check_against(&self, commitment: &DatasetCommitment) -> Result<(), Error> {
        let found = self
            .data
            .commitment(self.schema_digest()?, self.salt.scalar());
        if found != *commitment {
            return Err(Error::Refused(format!(
                "the rows, schema and salt give commitment {found}, not {commitment}: \
                 this is not the registered dataset, don't start on it"
            )));
        }
        Ok(())
    }

    /// Reads a folder and checks it against its own commitment.
    ///
    /// # Errors
    /// [`Error`] if a file is missing or damaged; [`Error::Refused`] if the rows are
    /// not those of the commitment.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let registration: Registration = super::read(&folder.join(REGISTRATION))?;
        let path = folder.join(ROWS);
        let data = rows::read(&path)?;
        let shape = [data.rows(), data.features(), data.classes()].map(|n| n as u64);
        let registered = [
            registration.rows,
            registration.features,
            registration.classes,
        ];
        if shape != registered {
            let reason =
                format!("rows, features, classes are {shape:?}, registered {registered:?}");
            return Err(Error::damaged(&path, reason));
        }
        let salt = super::read(&folder.join(SALT))?;
        let holding = Self {
            registration,
            data,
            salt,
        };
        holding.check_against(&holding.registration.commitment)?;
        Ok(holding)
    }

    /// Writes the folder's three files; rows and salt can be read by their owner only.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn write(&self, folder: PendingFolder) -> Result<(), Error> {
        super::write(&folder.join(REGISTRATION), &self.registration)?;
        let rows = PendingFile::create(&folder.join(ROWS), Access::Private)?;
        rows.finish(&rows::to_bytes(&self.data)?)?;
        super::write(&folder.join(SALT), &self.salt)?;
        folder.finish()
    }
}
