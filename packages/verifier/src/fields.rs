//! The fields of a JSON object, taken one by one: what is missing, left over or spelt
//! otherwise than it would be written is refused.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;

use assay_protocol::id::IdError;
use serde_json::{Map, Value};

use crate::file::shown;

/// What is not taken yet.
pub(crate) struct Fields(Map<String, Value>);

impl Fields {
    /// The fields of an object, which `name` describes.
    pub fn of(value: Value, name: &str) -> Result<Self, String> {
        match value {
            Value::Object(fields) => Ok(Self(fields)),
            _ => Err(format!("{name} must be an object")),
        }
    }

    /// A field that may be missing.
    pub fn optional(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
    }

    /// A field.
    pub fn value(&mut self, name: &str) -> Result<Value, String> {
        self.optional(name)
            .ok_or_else(|| format!("field {name} is missing"))
    }

    /// A field that is a string.
    pub fn text(&mut self, name: &str) -> Result<String, String> {
        match self.value(name)? {
            Value::String(text) => Ok(text),
            _ => Err(format!("field {name} must be a string")),
        }
    }

    /// A field that is a whole number from 0 on.
    pub fn number<T: TryFrom<u64>>(&mut self, name: &str) -> Result<T, String> {
        let number = self.value(name)?.as_u64();
        number
            .and_then(|number| T::try_from(number).ok())
            .ok_or_else(|| format!("field {name} must be a whole number, not negative, in range"))
    }

    /// A field that is an identifier or a digest.
    pub fn id<T: FromStr<Err = IdError>>(&mut self, name: &str) -> Result<T, String> {
        let id = self.lowercase(name)?.parse();
        id.map_err(|error| not_an_id(name, &error))
    }

    /// A field that is bytes.
    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>, String> {
        hex::decode(self.lowercase(name)?)
            .map_err(|_| format!("field {name} must be an even number of hexadecimal digits"))
    }

    /// A field that is a string of hexadecimal digits: every value has one text.
    fn lowercase(&mut self, name: &str) -> Result<String, String> {
        let text = self.text(name)?;
        match text.bytes().any(|digit| digit.is_ascii_uppercase()) {
            true => Err(format!("field {name} must be in lowercase")),
            false => Ok(text),
        }
    }

    /// Checks that every field was taken.
    pub fn finish(self) -> Result<(), String> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => Err(format!("field {} doesn't belong here", shown(name, 40))),
        }
    }
}

fn not_an_id(name: &str, error: &IdError) -> String {
    format!("field {name}: {error}")
}
