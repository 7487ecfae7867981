//! Circuit specifications, setup records and the id that ties a verifying key
//! to both.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::certificate::{CertificateError, SquaredHinge};
use crate::hash::{Tag, sha256_parts};
use crate::id::{CircuitId, Sha256Digest};
use crate::parameters::BlobHash;
use crate::prediction::{Binding, Prediction, PredictionError};

/// Version of circuit ids; the first thing hashed.
const VERSION: &[u8] = b"assay/circuit/1";

/// The kind of statement a circuit proves. It comes from the registered
/// circuit, never from a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "messages",
    derive(schemars::JsonSchema, cosmwasm_schema::cw_schema::Schemaifier),
    schemaifier(crate = "::cosmwasm_schema::cw_schema", mute_warnings)
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Kind {
    /// Training, public model.
    TrainingPublic = 1,
    /// Training, hidden model: where a committed model came from.
    TrainingHidden = 2,
    /// Prediction of a public model.
    PredictionPublic = 3,
    /// Prediction of a hidden model.
    PredictionHidden = 4,
    /// Training, public model whose parameters are bound by their fingerprint.
    TrainingFingerprint = 5,
    /// Prediction of a public model whose parameters are bound by their fingerprint.
    PredictionFingerprint = 6,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::TrainingPublic,
        Self::TrainingHidden,
        Self::PredictionPublic,
        Self::PredictionHidden,
        Self::TrainingFingerprint,
        Self::PredictionFingerprint,
    ];

    /// The tag of this kind's statements.
    pub fn tag(self) -> Tag {
        match self {
            Self::TrainingPublic => Tag::TrainingPublicV1,
            Self::TrainingHidden => Tag::TrainingHiddenV1,
            Self::PredictionPublic => Tag::PredictionPublicV1,
            Self::PredictionHidden => Tag::PredictionHiddenV1,
            Self::TrainingFingerprint => Tag::TrainingFingerprintV1,
            Self::PredictionFingerprint => Tag::PredictionFingerprintV1,
        }
    }

    /// Whether the statement's parameters are bound by their
    /// [fingerprint](crate::fingerprint), so that every proof has challenges.
    pub fn has_fingerprint(self) -> bool {
        matches!(
            self,
            Self::TrainingFingerprint | Self::PredictionFingerprint
        )
    }

    /// What names the blob that a statement of this kind is about.
    pub fn blob_hash(self) -> BlobHash {
        match self.has_fingerprint() {
            true => BlobHash::Sha256,
            false => BlobHash::Poseidon,
        }
    }

    /// How many elements its statements have.
    pub fn elements(self) -> usize {
        match self {
            Self::TrainingPublic | Self::TrainingFingerprint => 3,
            Self::TrainingHidden
            | Self::PredictionPublic
            | Self::PredictionHidden
            | Self::PredictionFingerprint => 5,
        }
    }

    /// The place of the parameters' [digest](crate::parameters::digest) among the elements of
    /// a statement with a fingerprint.
    pub fn digest_element(self) -> Option<usize> {
        match self {
            Self::TrainingFingerprint => Some(2),
            Self::PredictionFingerprint => Some(1),
            _ => None,
        }
    }

    /// The kind with this number.
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|&kind| kind as u8 == byte)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TrainingPublic => "training of a public model",
            Self::TrainingHidden => "training of a hidden model",
            Self::PredictionPublic => "prediction of a public model",
            Self::PredictionHidden => "prediction of a hidden model",
            Self::TrainingFingerprint => "training of a public model by fingerprint",
            Self::PredictionFingerprint => "prediction of a public model by fingerprint",
        })
    }
}

/// What a circuit computes: everything its constraint system depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum CircuitSpec {
    /// Training by squared-hinge certificate, public model.
    SquaredHinge(SquaredHinge),
    /// Training by squared-hinge certificate, hidden model.
    SquaredHingeHidden(SquaredHinge),
    /// Training by squared-hinge certificate, public model bound by its fingerprint.
    SquaredHingeFingerprint(SquaredHinge),
    /// Prediction by a graph of operators.
    Prediction(Prediction),
}

/// Why a specification is refused.
#[derive(Debug, thiserror::Error)]
pub enum SpecError {
    /// Not the JSON of a specification.
    #[error("not a circuit specification: {0}")]
    Json(serde_json::Error),
    /// Valid, but not written in the one canonical way.
    #[error("the specification isn't in canonical form: write it with `assay circuit spec`")]
    NotCanonical,
    /// Outside the certificate's conditions.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// Outside a prediction's conditions.
    #[error(transparent)]
    Prediction(#[from] PredictionError),
}

impl CircuitSpec {
    /// The statement this circuit proves.
    pub fn kind(&self) -> Kind {
        match self {
            Self::SquaredHinge(_) => Kind::TrainingPublic,
            Self::SquaredHingeHidden(_) => Kind::TrainingHidden,
            Self::SquaredHingeFingerprint(_) => Kind::TrainingFingerprint,
            Self::Prediction(prediction) => match prediction.parameters {
                Binding::Root => Kind::PredictionPublic,
                Binding::Hidden => Kind::PredictionHidden,
                Binding::Fingerprint => Kind::PredictionFingerprint,
            },
        }
    }

    /// The canonical text: compact JSON, fields in the order of their
    /// declaration. It is what a circuit id hashes.
    ///
    /// # Errors
    /// [`SpecError::Certificate`] or [`SpecError::Prediction`] outside its conditions.
    pub fn to_canonical(&self) -> Result<String, SpecError> {
        self.check()?;
        serde_json::to_string(self).map_err(SpecError::Json)
    }

    /// Reads a canonical text.
    ///
    /// # Errors
    /// [`SpecError`] if it is no specification, not canonical or outside its conditions.
    pub fn from_canonical(text: &str) -> Result<Self, SpecError> {
        let spec: Self = serde_json::from_str(text).map_err(SpecError::Json)?;
        if spec.to_canonical()? != text {
            return Err(SpecError::NotCanonical);
        }
        Ok(spec)
    }

    /// Checks the conditions under which a proof means what it says.
    ///
    /// # Errors
    /// [`SpecError::Certificate`] or [`SpecError::Prediction`] with the condition that fails.
    pub fn check(&self) -> Result<(), SpecError> {
        match self {
            Self::SquaredHinge(spec)
            | Self::SquaredHingeHidden(spec)
            | Self::SquaredHingeFingerprint(spec) => Ok(spec.check()?),
            Self::Prediction(prediction) => Ok(prediction.check()?),
        }
    }
}

/// How a key was made. Whoever runs a setup alone can forge proofs for its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "messages",
    derive(schemars::JsonSchema, cosmwasm_schema::cw_schema::Schemaifier),
    schemaifier(crate = "::cosmwasm_schema::cw_schema", mute_warnings)
)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SetupRecord {
    /// By one party, who could forge: for tests and test money.
    Development {},
    /// By a ceremony: sound if one contributor was honest.
    Ceremony {
        /// SHA-256 of the ceremony's transcript.
        transcript: Sha256Digest,
    },
}

impl SetupRecord {
    /// Whether one party made the key alone.
    pub fn is_development(&self) -> bool {
        matches!(self, Self::Development {})
    }

    /// The bytes that a circuit id hashes.
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Development {} => alloc::vec![0],
            Self::Ceremony { transcript } => {
                let mut bytes = alloc::vec![1];
                bytes.extend_from_slice(&transcript.0);
                bytes
            }
        }
    }
}

/// What a circuit id is the hash of.
#[derive(Clone, Copy, Debug)]
pub struct CircuitParts<'a> {
    /// The statement's kind.
    pub kind: Kind,
    /// The canonical specification.
    pub spec: &'a str,
    /// Digest of the constraint system that the key was made for.
    pub constraint_system: &'a Sha256Digest,
    /// The verifying key's canonical bytes.
    pub verifying_key: &'a [u8],
    /// How the key was made.
    pub setup: &'a SetupRecord,
}

impl CircuitParts<'_> {
    /// SHA-256 over the version and the parts, each preceded by its length.
    pub fn id(&self) -> CircuitId {
        let setup = self.setup.to_bytes();
        let parts: [&[u8]; 6] = [
            VERSION,
            &[self.kind as u8],
            self.spec.as_bytes(),
            &self.constraint_system.0,
            self.verifying_key,
            &setup,
        ];
        CircuitId(sha256_parts(parts.iter().copied()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn spec() -> CircuitSpec {
        CircuitSpec::SquaredHinge(SquaredHinge::with_fewest_fraction_bits(569, 10, 2, 65).unwrap())
    }

    #[test]
    fn a_specification_has_one_text() {
        let text = spec().to_canonical().unwrap();
        assert_eq!(
            text,
            r#"{"method":"squared_hinge","rows":569,"features":10,"classes":2,"lambda_65025":65,"fraction_bits":15}"#
        );
        assert_eq!(CircuitSpec::from_canonical(&text).unwrap(), spec());
        let spaced = text.replace(',', ", ");
        assert!(matches!(
            CircuitSpec::from_canonical(&spaced),
            Err(SpecError::NotCanonical)
        ));
        let weak = text.replace(":15", ":3");
        assert!(matches!(
            CircuitSpec::from_canonical(&weak),
            Err(SpecError::Certificate(_))
        ));
    }

    #[test]
    fn a_kind_reads_back_from_its_number() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_byte(kind as u8), Some(kind));
        }
        assert_eq!(Kind::from_byte(0), None);
        assert_eq!(Kind::from_byte(7), None);
    }

    #[test]
    fn every_part_changes_the_id() {
        let setup = SetupRecord::Development {};
        let ceremony = SetupRecord::Ceremony {
            transcript: Sha256Digest([0; 32]),
        };
        let text = spec().to_canonical().unwrap();
        let other = text.replace("569", "568");
        let (system, another) = (Sha256Digest([1; 32]), Sha256Digest([2; 32]));
        let parts = CircuitParts {
            kind: Kind::TrainingPublic,
            spec: &text,
            constraint_system: &system,
            verifying_key: &[1, 2],
            setup: &setup,
        };
        let changed = [
            CircuitParts {
                spec: &other,
                ..parts
            },
            CircuitParts {
                constraint_system: &another,
                ..parts
            },
            CircuitParts {
                verifying_key: &[1, 3],
                ..parts
            },
            CircuitParts {
                setup: &ceremony,
                ..parts
            },
        ];
        for one in changed {
            assert_ne!(one.id(), parts.id());
        }
    }
}
