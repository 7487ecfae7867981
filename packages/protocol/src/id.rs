//! Identifiers and digests. In JSON they are lowercase hexadecimal strings of
//! 32 bytes, or plain numbers.

use alloc::string::String;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::Scalar;

/// Why a string is not the identifier it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not 64 hexadecimal digits.
    #[error("expected 64 hexadecimal digits, got {0:?}: copy the whole identifier")]
    NotHex(String),
    /// Thirty-two bytes that are not below the field's order.
    #[error("{0} is not a canonical field element: copy the whole value")]
    NotCanonical(String),
}

fn parse_hex(text: &str) -> Result<[u8; 32], IdError> {
    let mut bytes = [0u8; 32];
    let shown: String = text.chars().take(80).collect();
    hex::decode_to_slice(text, &mut bytes).map_err(|_| IdError::NotHex(shown))?;
    Ok(bytes)
}

macro_rules! hex_type {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.to_bytes()))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        #[cfg(feature = "messages")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> String {
                stringify!($name).into()
            }

            fn json_schema(
                generator: &mut schemars::r#gen::SchemaGenerator,
            ) -> schemars::schema::Schema {
                let mut schema = String::json_schema(generator).into_object();
                schema.string().pattern = Some("^[0-9a-f]{64}$".into());
                schema.into()
            }
        }
    };
}

macro_rules! sha256_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "messages", derive(cosmwasm_schema::cw_schema::Schemaifier))]
        #[cfg_attr(
            feature = "messages",
            schemaifier(
                crate = "::cosmwasm_schema::cw_schema",
                type = cosmwasm_schema::cw_schema::NodeType::HexBinary
            )
        )]
        pub struct $name(pub [u8; 32]);

        impl $name {
            /// The 32 bytes of the hash.
            pub fn to_bytes(&self) -> [u8; 32] {
                self.0
            }
        }

        impl core::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                parse_hex(text).map(Self)
            }
        }

        hex_type!($name);
    };
}

macro_rules! field_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq)]
        #[cfg_attr(feature = "messages", derive(cosmwasm_schema::cw_schema::Schemaifier))]
        #[cfg_attr(
            feature = "messages",
            schemaifier(
                crate = "::cosmwasm_schema::cw_schema",
                type = cosmwasm_schema::cw_schema::NodeType::HexBinary
            )
        )]
        pub struct $name(pub Scalar);

        impl $name {
            /// The canonical little-endian bytes.
            pub fn to_bytes(&self) -> [u8; 32] {
                self.0.to_bytes()
            }

            /// From canonical little-endian bytes; `None` if not below the field's order.
            pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
                Option::from(Scalar::from_bytes(bytes)).map(Self)
            }
        }

        impl core::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::from_bytes(&parse_hex(text)?).ok_or_else(|| IdError::NotCanonical(text.into()))
            }
        }

        hex_type!($name);
    };
}

macro_rules! number_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(
            feature = "messages",
            derive(schemars::JsonSchema, cosmwasm_schema::cw_schema::Schemaifier),
            schemaifier(
                crate = "::cosmwasm_schema::cw_schema",
                mute_warnings,
                type = cosmwasm_schema::cw_schema::NodeType::Integer { precision: 64, signed: false }
            )
        )]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

sha256_type! {
    /// Names a circuit, the key that verifies it and the setup that made the key.
    CircuitId
}
sha256_type! {
    /// A plain SHA-256, of a file or of a constraint system.
    Sha256Digest
}
field_type! {
    /// A hiding commitment to a dataset.
    DatasetCommitment
}
field_type! {
    /// The Poseidon root of a parameter blob.
    ParametersRoot
}
field_type! {
    /// SHA-256 of a parameter blob's length and chunks, cut to 31 bytes.
    BlobDigest
}
field_type! {
    /// A hiding commitment to a model's parameters and schema.
    ModelCommitment
}
field_type! {
    /// The digest of a public schema with its quantiser.
    SchemaDigest
}
field_type! {
    /// The digest of a prediction's inputs.
    InputDigest
}
field_type! {
    /// The digest of a prediction's outputs.
    OutputDigest
}
field_type! {
    /// The digest of a statement: a proof's only public input.
    StatementDigest
}
field_type! {
    /// One of the field elements that make up a statement.
    StatementElement
}
number_type! {
    /// A dataset in a dataset registry.
    DatasetId
}
number_type! {
    /// An upload in a model store, and the parameter blob it becomes.
    BlobId
}
number_type! {
    /// A hidden model in a model store.
    ModelId
}
number_type! {
    /// A job in an escrow.
    JobId
}
number_type! {
    /// An offer of predictions in an escrow.
    OfferId
}
number_type! {
    /// A request for a prediction in an escrow.
    RequestId
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn an_identifier_reads_back_from_its_text() {
        let id = CircuitId([0xab; 32]);
        assert_eq!(id.to_string().parse::<CircuitId>().unwrap(), id);
        let root = ParametersRoot(Scalar::from(5));
        assert_eq!(root.to_string().parse::<ParametersRoot>().unwrap(), root);
    }

    #[test]
    fn a_value_that_is_not_canonical_is_refused() {
        let text = "ff".repeat(32);
        assert_eq!(
            text.parse::<ParametersRoot>(),
            Err(IdError::NotCanonical(text.clone()))
        );
        assert!(matches!(
            "abc".parse::<CircuitId>(),
            Err(IdError::NotHex(_))
        ));
    }
}
