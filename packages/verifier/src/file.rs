//! What Assay's JSON files have in common: each says what it is,
//! `{"format": "assay-...", "version": 1, ...}`.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The most bytes of a file.
pub const MAX_BYTES: usize = 16 << 20;
/// The most characters of a foreign text in a message.
const MAX_SHOWN: usize = 200;

/// Why a file isn't what it should be. The messages go on from the file's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// More than [`MAX_BYTES`].
    #[error("has more than the {MAX_BYTES} bytes that {expected} may have")]
    TooLarge {
        /// The format that was expected.
        expected: &'static str,
    },
    /// A file of another kind.
    #[error("is {found}, not {expected}: pass the right file")]
    WrongFormat {
        /// The format that was expected.
        expected: &'static str,
        /// What it says it is.
        found: String,
    },
    /// A file of another version of its format.
    #[error(
        "is version {found} of {format}, this assay reads version {known}: use the assay that wrote it, or write it again"
    )]
    WrongVersion {
        /// Its format.
        format: &'static str,
        /// Its version.
        found: String,
        /// The version that is read.
        known: u32,
    },
    /// Content that isn't what its format promises.
    #[error("is damaged: {reason}; get it again or write it again")]
    Damaged {
        /// What is wrong with it.
        reason: String,
    },
}

impl FileError {
    /// The error's name, which never changes.
    pub fn name(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::WrongFormat { .. } => "wrong_format",
            Self::WrongVersion { .. } => "wrong_version",
            Self::Damaged { .. } => "damaged",
        }
    }

    /// Content that is wrong for this reason, which may quote it.
    pub fn damaged(reason: impl ToString) -> Self {
        let reason = shown(&reason.to_string(), MAX_SHOWN);
        Self::Damaged { reason }
    }
}

/// The content of a file of one format.
pub trait Format: Serialize + DeserializeOwned {
    /// What the file's `format` says.
    const FORMAT: &'static str;
    /// What the file's `version` says.
    const VERSION: u32 = 1;

    /// Checks what the types can't, for a file from anyone.
    ///
    /// # Errors
    /// The reason why the content makes no sense.
    fn check(&self) -> Result<(), String>;
}

/// A file's content with what the file says it is.
#[derive(Serialize)]
pub struct Envelope<'a, T> {
    /// Its format.
    pub format: &'static str,
    /// The format's version.
    pub version: u32,
    /// Its content.
    #[serde(flatten)]
    pub content: &'a T,
}

/// Reads the bytes of a file.
///
/// # Errors
/// [`FileError`] if it is none of this format.
pub fn parse<T: Format>(bytes: &[u8]) -> Result<T, FileError> {
    let content = strip(object(bytes, T::FORMAT)?, T::FORMAT, T::VERSION)?;
    let content = T::deserialize(content).map_err(FileError::damaged)?;
    content.check().map_err(FileError::damaged)?;
    Ok(content)
}

/// The text of a file: JSON, `format` and `version` first.
///
/// # Errors
/// Content that has no JSON text, which no [`Format`] has.
pub fn to_text<T: Format>(content: &T) -> serde_json::Result<String> {
    let envelope = Envelope {
        format: T::FORMAT,
        version: T::VERSION,
        content,
    };
    let mut text = serde_json::to_string_pretty(&envelope)?;
    text.push('\n');
    Ok(text)
}

/// A JSON object, whatever its format; `expected` is for the error.
///
/// # Errors
/// [`FileError::TooLarge`], [`FileError::Damaged`]. What serde quotes from the file may be
/// a secret, so its reason isn't shown.
pub fn object(bytes: &[u8], expected: &'static str) -> Result<Map<String, Value>, FileError> {
    if bytes.len() > MAX_BYTES {
        return Err(FileError::TooLarge { expected });
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        FileError::damaged(alloc::format!(
            "no JSON object of {expected} (line {line} column {column})"
        ))
    })
}

/// Takes `format` and `version` off an object.
///
/// # Errors
/// [`FileError::WrongFormat`], [`FileError::WrongVersion`].
pub fn strip(
    mut object: Map<String, Value>,
    expected: &'static str,
    known: u32,
) -> Result<Value, FileError> {
    let format = object.remove("format");
    if format.as_ref().and_then(Value::as_str) != Some(expected) {
        let found = described(format);
        return Err(FileError::WrongFormat { expected, found });
    }
    let version = object.remove("version");
    if version.as_ref().and_then(Value::as_u64) != Some(known.into()) {
        return Err(FileError::WrongVersion {
            format: expected,
            found: described(version),
            known,
        });
    }
    Ok(Value::Object(object))
}

/// As much of a value as an error message shows.
fn described(value: Option<Value>) -> String {
    match value {
        Some(Value::String(text)) => shown(&text, 40),
        Some(Value::Number(number)) => number
            .as_u64()
            .map_or("no version".into(), |number| number.to_string()),
        _ => "without a name".into(),
    }
}

/// A foreign text for a message: what isn't printable is escaped, what is long is cut.
pub(crate) fn shown(text: &str, max: usize) -> String {
    let mut shown = String::new();
    for c in text.chars().take(max) {
        match c {
            '"' | '\'' | '\\' => shown.push(c),
            _ => shown.extend(c.escape_debug()),
        }
    }
    shown
}

/// Bytes as hexadecimal digits, for `#[serde(with)]`.
pub mod hexadecimal {
    use super::{Deserialize, Serialize, String, Vec};
    use serde::{Deserializer, Serializer, de::Error};

    /// Writes lowercase digits.
    ///
    /// # Errors
    /// The serializer's.
    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        hex::encode(bytes).serialize(serializer)
    }

    /// Reads digits.
    ///
    /// # Errors
    /// For anything else.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        hex::decode(String::deserialize(deserializer)?).map_err(Error::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_could_mislead_a_reader_is_escaped() {
        assert_eq!(shown("a\nb\u{202e}\"c\"", 40), "a\\nb\\u{202e}\"c\"");
        assert_eq!(shown("aaaa", 3), "aaa");
    }

    #[test]
    fn a_file_over_the_limit_is_not_parsed() {
        let text = alloc::vec![b' '; MAX_BYTES + 1];
        let refused = object(&text, "assay-proof").unwrap_err();
        assert_eq!(refused.name(), "too_large");
    }

    #[test]
    fn deep_nesting_is_refused_without_a_stack_overflow() {
        let text = alloc::format!("{{\"a\":{}", "[".repeat(1 << 20));
        assert_eq!(object(text.as_bytes(), "x").unwrap_err().name(), "damaged");
    }
}
