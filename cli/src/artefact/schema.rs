//! A schema as a file of its own, or as part of a dataset's registration.

use std::path::Path;

use assay_protocol::schema::Schema;
use serde_json::Value;

use super::dataset::Registration;
use super::{Artefact, MAX_JSON_BYTES, file, from_object, parse_object};
use crate::Error;

impl Artefact for Schema {
    const FORMAT: &'static str = "assay-schema";

    fn check(&self) -> Result<(), String> {
        self.quantiser()
            .map(|_| ())
            .map_err(|error| error.to_string())
    }
}

/// Reads a schema file, or takes the schema of a `dataset.json`.
///
/// # Errors
/// [`Error`] if it is neither, damaged, or not usable.
pub fn read(path: &Path) -> Result<Schema, Error> {
    let bytes = file::read(path, Schema::FORMAT, MAX_JSON_BYTES)?;
    let object = parse_object(path, Schema::FORMAT, &bytes)?;
    let format = object.get("format").and_then(Value::as_str);
    if format == Some(Registration::FORMAT) {
        return Ok(from_object::<Registration>(path, object)?.schema);
    }
    from_object(path, object)
}
