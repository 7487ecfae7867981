//! The verifier for browsers and Node: two functions over strings and bytes. The npm
//! package around them gives their answers types.
//!
//! Verdicts are JSON: `{"valid": true, ...}` with what was proved, or
//! `{"valid": false, "name": ..., "message": ...}`, and `"file"` where one of the files is
//! no good.
#![deny(clippy::float_arithmetic)]

use assay_groth16::{Error, Proof, VerifyingKey, scalar_from_bytes, verify_once};
use assay_verifier::{Part, Proved, Refusal};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use wasm_bindgen::prelude::wasm_bindgen;

/// A verdict as JSON.
enum Verdict {
    /// Of files, with what they prove.
    Proved(Box<Proved>),
    /// Of bytes, which say nothing.
    Valid,
    Refused {
        name: &'static str,
        message: String,
        file: Option<&'static str>,
    },
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("valid", &!matches!(self, Self::Refused { .. }))?;
        match self {
            Self::Proved(proved) => proved.write(&mut map)?,
            Self::Valid => {}
            Self::Refused {
                name,
                message,
                file,
            } => {
                map.serialize_entry("name", name)?;
                map.serialize_entry("message", message)?;
                if let Some(file) = file {
                    map.serialize_entry("file", file)?;
                }
            }
        }
        map.end()
    }
}

impl Verdict {
    fn to_json(&self) -> String {
        // Strings, integers and lists of them always have a JSON text.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Checks the text of a proof file under the text of a verifying key file, and says what
/// was proved.
#[wasm_bindgen]
pub fn verify_files(key: &str, proof: &str) -> String {
    let verdict = match assay_verifier::verify(key, proof) {
        Ok(proved) => Verdict::Proved(Box::new(proved)),
        Err(refusal) => {
            let file = match refusal {
                Refusal::File(Part::Key, _) => Some("key"),
                Refusal::File(Part::Proof, _) => Some("proof"),
                _ => None,
            };
            Verdict::Refused {
                name: refusal.name(),
                message: refusal.to_string(),
                file,
            }
        }
    };
    verdict.to_json()
}

/// Checks a proof (192 or, with challenges, 240 bytes) of a statement's digest (32 bytes)
/// under a verifying key (432 or 528 bytes), and says nothing about what the statement is.
/// With challenges it shows nothing unless the caller has computed the digest with those
/// that this proof gives: [`verify_files`] does.
#[wasm_bindgen]
pub fn verify_bytes(key: &[u8], statement: &[u8], proof: &[u8]) -> String {
    let check = || -> Result<(), Error> {
        let key = VerifyingKey::from_bytes(key)?;
        let digest = scalar_from_bytes(statement)?;
        verify_once(&key, &digest, &Proof::from_bytes(proof)?)
    };
    let verdict = match check() {
        Ok(()) => Verdict::Valid,
        Err(error) => Verdict::Refused {
            name: error.name(),
            message: error.to_string(),
            file: None,
        },
    };
    verdict.to_json()
}
