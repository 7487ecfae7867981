//! The files that commands read and write. Each says what it is:
//! `{"format": "assay-...", "version": 1, ...}`.

use std::path::Path;

use assay_verifier::file::Envelope;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::Error;

pub mod circuit;
pub mod compiled;
pub mod dataset;
pub mod file;
pub mod model;
pub mod proof;
pub mod rows;
pub mod salt;
pub mod schema;
pub mod spec;

use file::{Access, PendingFile};

/// The most bytes of a JSON file.
pub const MAX_JSON_BYTES: u64 = assay_verifier::file::MAX_BYTES as u64;

/// The content of a JSON file of one format.
pub trait Artefact: Serialize + DeserializeOwned {
    /// What the file's `format` says.
    const FORMAT: &'static str;
    /// What the file's `version` says.
    const VERSION: u32 = 1;
    /// Who may read the file. What is wrong with a private one is never quoted.
    const ACCESS: Access = Access::Public;

    /// Checks what the types can't, for a file from anyone.
    ///
    /// # Errors
    /// The reason why the content makes no sense.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

/// Reads a file of this format.
///
/// # Errors
/// [`Error`] if it can't be read, is too large, of another format or version, or damaged.
pub fn read<T: Artefact>(path: &Path) -> Result<T, Error> {
    parse(path, &file::read(path, T::FORMAT, MAX_JSON_BYTES)?)
}

/// Reads a file's bytes; `path` is for the error.
///
/// # Errors
/// As [`read`], but for the reading.
pub fn parse<T: Artefact>(path: &Path, bytes: &[u8]) -> Result<T, Error> {
    from_object(path, parse_object(path, T::FORMAT, bytes)?)
}

/// A JSON object, whatever its format.
fn parse_object(
    path: &Path,
    expected: &'static str,
    bytes: &[u8],
) -> Result<Map<String, Value>, Error> {
    assay_verifier::file::object(bytes, expected).map_err(Error::file(path))
}

/// The content of a JSON object, checked.
fn from_object<T: Artefact>(path: &Path, object: Map<String, Value>) -> Result<T, Error> {
    let content =
        assay_verifier::file::strip(object, T::FORMAT, T::VERSION).map_err(Error::file(path))?;
    let content = T::deserialize(content).map_err(|error| match T::ACCESS {
        Access::Public => Error::damaged(path, error),
        Access::Private => Error::damaged(path, format!("not the content of {}", T::FORMAT)),
    })?;
    content.check().map_err(|r| Error::damaged(path, r))?;
    Ok(content)
}

/// The file's text: JSON, `format` and `version` first.
///
/// # Errors
/// [`Error::File`] if the content has no JSON text, which no artefact is.
pub fn to_text<T: Artefact>(content: &T) -> Result<Vec<u8>, Error> {
    let envelope = Envelope {
        format: T::FORMAT,
        version: T::VERSION,
        content,
    };
    let text = serde_json::to_vec_pretty(&envelope);
    let mut text = text.map_err(|error| Error::damaged(Path::new(T::FORMAT), error))?;
    text.push(b'\n');
    Ok(text)
}

/// Writes a file of this format, whole or not at all.
///
/// # Errors
/// [`Error::Write`].
pub fn write<T: Artefact>(path: &Path, content: &T) -> Result<(), Error> {
    PendingFile::create(path, T::ACCESS)?.finish(&to_text(content)?)
}
