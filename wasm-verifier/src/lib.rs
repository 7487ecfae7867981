//! The verifier for browsers and Node: three functions over strings and bytes. The npm
//! package around them gives their answers types.
//!
//! Verdicts are JSON: `{"valid": true, ...}` with what was proved, or
//! `{"valid": false, "name": ..., "message": ...}`, and `"file"` where one of the files is
//! no good.
#![deny(clippy::float_arithmetic)]

use assay_groth16::{Error, Proof, VerifyingKey, scalar_from_bytes, verify_once};
use assay_protocol::circuit::Kind;
use assay_protocol::id::StatementElement;
use assay_protocol::statement;
use assay_verifier::{Part, Proved, Refusal};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

/// Why no digest is taken from anyone under a key with challenges.
const CHALLENGED_KEY: &str = "the verifying key has challenges, and whoever chose this digest could have chosen them: pass the files, or the statement's elements";

/// Why no fingerprint is taken from anyone.
const FINGERPRINT: &str = "a proof of this kind is checked against the parameters' bytes, and elements don't hold them: pass the files";

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

impl From<Error> for Verdict {
    fn from(error: Error) -> Self {
        Self::refused(error.name(), error.to_string())
    }
}

impl Verdict {
    fn refused(name: &'static str, message: impl Into<String>) -> Self {
        Self::Refused {
            name,
            message: message.into(),
            file: None,
        }
    }

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

/// Checks a proof (192 bytes) of a statement's digest (32 bytes) under a verifying key (432
/// bytes), and says nothing about what the statement is.
///
/// A key with challenges is refused: whoever hands in the digest could have chosen the
/// challenges in it, and with them prove what is false. [`verify_files`] and
/// [`verify_elements`] compute it.
#[wasm_bindgen]
pub fn verify_bytes(key: &[u8], statement: &[u8], proof: &[u8]) -> String {
    let check = || -> Result<Verdict, Error> {
        let key = VerifyingKey::from_bytes(key)?;
        if key.epsilon_g2().is_some() {
            return Ok(Verdict::refused("challenged_key", CHALLENGED_KEY));
        }
        let digest = scalar_from_bytes(statement)?;
        verify_once(&key, &digest, &Proof::from_bytes(proof)?)?;
        Ok(Verdict::Valid)
    };
    check().unwrap_or_else(Verdict::from).to_json()
}

/// Checks a proof (192 or, with challenges, 240 bytes) of a statement of this kind with these
/// elements (a JSON list of their hexadecimal digits) under a verifying key (432 or 528
/// bytes). The digest is computed as the circuit registry does, with the challenges that the
/// proof's commitment gives. What the elements are of is for the caller to know.
///
/// A kind with a fingerprint is refused: whoever hands in elements alone leaves the parameters
/// open, and [`verify_files`] has their bytes.
///
/// `None` for a kind that is none.
#[wasm_bindgen]
pub fn verify_elements(key: &[u8], kind: &str, elements: &str, proof: &[u8]) -> Option<String> {
    let kind = Kind::deserialize(Value::from(kind)).ok()?;
    let check = || -> Result<Verdict, Error> {
        if kind.has_fingerprint() {
            return Ok(Verdict::refused("fingerprint", FINGERPRINT));
        }
        let key = VerifyingKey::from_bytes(key)?;
        let elements: Vec<StatementElement> =
            serde_json::from_slice(elements.as_bytes()).map_err(|_| Error::MalformedScalar)?;
        let elements: Vec<_> = elements.into_iter().map(|element| element.0).collect();
        let proof = Proof::from_bytes(proof)?;
        let digest = statement::digest(kind.tag(), &elements, proof.commitment());
        verify_once(&key, &digest.0, &proof)?;
        Ok(Verdict::Valid)
    };
    Some(check().unwrap_or_else(Verdict::from).to_json())
}
