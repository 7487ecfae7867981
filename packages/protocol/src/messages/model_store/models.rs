//! Hidden models: commitments with an owner, and where they came from.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Binary;
use cosmwasm_std::storage_keys::namespace_with_key;

use crate::id::{CircuitId, DatasetCommitment, DatasetId, ModelCommitment, ModelId, SchemaDigest};

/// Storage namespace (a `Map` from [`ModelId`]) of the binary [`RegisteredModel`]s that
/// the escrow reads raw.
pub const MODELS: &str = "model";

/// The storage key of a hidden model's [`RegisteredModel`].
pub fn registered_model(model: ModelId) -> Vec<u8> {
    namespace_with_key(&[MODELS.as_bytes()], &model.0.to_be_bytes())
}

/// Where a hidden model came from, with the proof of it.
#[cw_serde]
pub struct Provenance {
    /// The dataset it was trained on.
    pub dataset: DatasetId,
    /// The method, of kind [`TrainingHidden`](crate::circuit::Kind::TrainingHidden).
    pub circuit: CircuitId,
    /// The dataset has at least so many rows; at least 1.
    pub minimum_rows: u32,
    /// The proof's bytes: 192 or, with challenges, 240. Its context is this chain, this
    /// contract, subject 0, slot 0 and the sender as payee, so that nobody else can register
    /// with it.
    pub proof: Binary,
}

/// Where a hidden model came from, as its proof has shown.
///
/// Proved are the dataset's commitment, the minimum of rows, and the digest of the model's
/// schema. What else the dataset registry says of the dataset (its owner, number of rows,
/// schema and file) is what its owner claims.
#[cw_serde]
pub struct Origin {
    /// The dataset it was trained on.
    pub dataset: DatasetId,
    /// That dataset's commitment, of which the proof speaks.
    pub dataset_commitment: DatasetCommitment,
    /// The method.
    pub circuit: CircuitId,
    /// The dataset has at least so many rows.
    pub minimum_rows: u32,
}

/// One hidden model.
#[cw_serde]
pub struct ModelResponse {
    /// Its id.
    pub model: ModelId,
    /// Who registered it.
    pub owner: String,
    /// The hiding commitment.
    pub commitment: ModelCommitment,
    /// The schema's canonical text.
    pub schema: String,
    /// Where it came from, if that was shown.
    pub origin: Option<Origin>,
}

/// A hidden model in a list, without its schema.
#[cw_serde]
pub struct ModelEntry {
    /// Its id.
    pub model: ModelId,
    /// Who registered it.
    pub owner: String,
    /// The hiding commitment.
    pub commitment: ModelCommitment,
    /// Where it came from, if that was shown.
    pub origin: Option<Origin>,
}

/// A page of hidden models.
#[cw_serde]
pub struct ModelsResponse {
    /// The entries.
    pub models: Vec<ModelEntry>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<ModelId>,
}

/// A hidden model as the escrow reads it: `commitment 32 | schema digest 32 | owner`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegisteredModel<'a> {
    /// The hiding commitment.
    pub commitment: ModelCommitment,
    /// The digest of its schema.
    pub schema: SchemaDigest,
    /// The address of who registered it.
    pub owner: &'a str,
}

impl<'a> RegisteredModel<'a> {
    /// As bytes for storage.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.commitment.to_bytes().to_vec();
        bytes.extend_from_slice(&self.schema.to_bytes());
        bytes.extend_from_slice(self.owner.as_bytes());
        bytes
    }

    /// From a store's storage; `None` if it isn't what a store writes.
    pub fn from_bytes(bytes: &'a [u8]) -> Option<Self> {
        let (commitment, rest) = bytes.split_first_chunk::<32>()?;
        let (schema, owner) = rest.split_first_chunk::<32>()?;
        Some(Self {
            commitment: ModelCommitment::from_bytes(commitment)?,
            schema: SchemaDigest::from_bytes(schema)?,
            owner: core::str::from_utf8(owner)
                .ok()
                .filter(|owner| !owner.is_empty())?,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Scalar;

    #[test]
    fn a_registered_model_reads_back_from_its_bytes() {
        let model = RegisteredModel {
            commitment: ModelCommitment(Scalar::from(1)),
            schema: SchemaDigest(Scalar::from(2)),
            owner: "owner",
        };
        let bytes = model.to_bytes();
        assert_eq!((bytes.len(), bytes[0], bytes[32]), (69, 1, 2));
        assert_eq!(RegisteredModel::from_bytes(&bytes), Some(model));
    }

    #[test]
    fn bytes_that_no_store_writes_are_no_model() {
        let canonical = [0; 69];
        assert!(RegisteredModel::from_bytes(&canonical).is_some());
        for len in [0, 32, 63, 64] {
            assert_eq!(RegisteredModel::from_bytes(&canonical[..len]), None);
        }
        for at in [31, 63, 64] {
            let mut bytes = canonical;
            bytes[at] = 0xff;
            assert_eq!(RegisteredModel::from_bytes(&bytes), None, "byte {at}");
        }
    }
}
