//! Datasets' commitments, blobs' roots and hidden models.

use assay_protocol::id::{
    BlobId, DatasetCommitment, DatasetId, ModelCommitment, ModelId, ParametersRoot, SchemaDigest,
};
use assay_protocol::messages::Trusted;
use assay_protocol::messages::dataset_registry::commitment_key;
use assay_protocol::messages::model_store::{RegisteredModel, registered_model, root_key};
use cosmwasm_std::QuerierWrapper;

use crate::Error;

/// The commitment of a registered dataset.
///
/// # Errors
/// [`Error::UnknownDataset`].
pub fn commitment(
    querier: &QuerierWrapper,
    registry: &Trusted,
    dataset: DatasetId,
) -> Result<DatasetCommitment, Error> {
    querier
        .query_wasm_raw(&registry.address, commitment_key(dataset))?
        .and_then(|bytes| DatasetCommitment::from_bytes(&bytes.try_into().ok()?))
        .ok_or(Error::UnknownDataset { dataset })
}

/// The root of a finalised blob.
///
/// # Errors
/// [`Error::IncompleteBlob`].
pub fn root(
    querier: &QuerierWrapper,
    store: &Trusted,
    blob: BlobId,
) -> Result<ParametersRoot, Error> {
    querier
        .query_wasm_raw(&store.address, root_key(blob))?
        .and_then(|bytes| ParametersRoot::from_bytes(&bytes.try_into().ok()?))
        .ok_or(Error::IncompleteBlob { blob })
}

/// A hidden model as its store has it.
pub struct Model {
    /// The hiding commitment.
    pub commitment: ModelCommitment,
    /// The digest of its schema.
    pub schema: SchemaDigest,
    /// Who registered it.
    pub owner: String,
}

/// A registered hidden model.
///
/// # Errors
/// [`Error::UnknownModel`].
pub fn model(querier: &QuerierWrapper, store: &Trusted, model: ModelId) -> Result<Model, Error> {
    let bytes = querier.query_wasm_raw(&store.address, registered_model(model))?;
    let found = bytes
        .as_deref()
        .and_then(RegisteredModel::from_bytes)
        .ok_or(Error::UnknownModel { model })?;
    Ok(Model {
        commitment: found.commitment,
        schema: found.schema,
        owner: found.owner.to_owned(),
    })
}
