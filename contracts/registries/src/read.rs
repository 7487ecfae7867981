//! Datasets, what names blobs, who keeps them, their fingerprints, and hidden models.

use assay_protocol::Scalar;
use assay_protocol::challenge::Commitment;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{
    BlobId, DatasetId, ModelCommitment, ModelId, ParametersRoot, SchemaDigest, StatementDigest,
    StatementElement,
};
use assay_protocol::messages::Trusted;
pub use assay_protocol::messages::dataset_registry::RegisteredDataset as Dataset;
use assay_protocol::messages::dataset_registry::registered_dataset;
use assay_protocol::messages::model_store::{
    HashedBlob, RegisteredModel, RegisteredPin, chunk_key, evaluation_key, hashed_blob_key,
    pin_key, registered_model, root_key,
};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES, PublicParameters};
use assay_protocol::statement::digest_of_kind;
use cosmwasm_std::QuerierWrapper;

use crate::Error;

/// A registered dataset.
///
/// # Errors
/// [`Error::UnknownDataset`].
pub fn dataset(
    querier: &QuerierWrapper,
    registry: &Trusted,
    dataset: DatasetId,
) -> Result<Dataset, Error> {
    querier
        .query_wasm_raw(&registry.address, registered_dataset(dataset))?
        .and_then(|bytes| Dataset::from_bytes(&bytes))
        .ok_or(Error::UnknownDataset { dataset })
}

/// Whether `holder` keeps a blob, which is finalised then and not being deleted.
///
/// # Errors
/// [`Error::Std`] if there is no such store.
pub fn is_pinned(
    querier: &QuerierWrapper,
    store: &Trusted,
    blob: BlobId,
    holder: &str,
) -> Result<bool, Error> {
    let pin = querier.query_wasm_raw(&store.address, pin_key(blob, holder))?;
    Ok(pin.as_deref().and_then(RegisteredPin::from_bytes).is_some())
}

/// What names a finalised blob in statements of this kind.
///
/// # Errors
/// [`Error::NoSuchBlob`].
pub fn parameters(
    querier: &QuerierWrapper,
    store: &Trusted,
    blob: BlobId,
    kind: Kind,
) -> Result<PublicParameters, Error> {
    if kind.has_fingerprint() {
        let hashed = hashed_blob(querier, store, blob)?;
        return Ok(PublicParameters::Sha256(hashed.digest));
    }
    let hash = BlobHash::Poseidon;
    querier
        .query_wasm_raw(&store.address, root_key(blob))?
        .and_then(|bytes| ParametersRoot::from_bytes(&bytes.try_into().ok()?))
        .map(PublicParameters::Poseidon)
        .ok_or(Error::NoSuchBlob { blob, hash })
}

/// The digest of a statement of this kind about a finalised blob, with the commitment of a
/// proof that has one.
///
/// # Errors
/// [`Error::NoSuchBlob`], [`Error::NotEvaluated`].
pub fn statement_digest(
    querier: &QuerierWrapper,
    store: &Trusted,
    blob: BlobId,
    kind: Kind,
    elements: &[Scalar],
    commitment: Option<&Commitment>,
) -> Result<StatementDigest, Error> {
    let evaluate = |point| fingerprint(querier, store, blob, point);
    digest_of_kind(kind, elements, commitment, evaluate)
}

/// The fingerprint at `point` of a finalised blob: of a single chunk it is computed here, and
/// else read where the store keeps it.
///
/// # Errors
/// [`Error::NoSuchBlob`], [`Error::NotEvaluated`].
fn fingerprint(
    querier: &QuerierWrapper,
    store: &Trusted,
    blob: BlobId,
    point: Scalar,
) -> Result<Scalar, Error> {
    let length = hashed_blob(querier, store, blob)?.length as usize;
    if length <= CHUNK_BYTES {
        let chunk = querier.query_wasm_raw(&store.address, chunk_key(blob, 0))?;
        let chunk = chunk.filter(|chunk| chunk.len() == length);
        let hash = BlobHash::Sha256;
        let chunk = chunk.ok_or(Error::NoSuchBlob { blob, hash })?;
        return Ok(assay_protocol::fingerprint::fingerprint(&chunk, point));
    }
    let stored = querier.query_wasm_raw(&store.address, evaluation_key(blob, &point))?;
    let value = stored.and_then(|bytes| StatementElement::from_bytes(&bytes.try_into().ok()?));
    let point = StatementElement(point);
    Ok(value.ok_or(Error::NotEvaluated { blob, point })?.0)
}

fn hashed_blob(
    querier: &QuerierWrapper,
    store: &Trusted,
    blob: BlobId,
) -> Result<HashedBlob, Error> {
    let hash = BlobHash::Sha256;
    querier
        .query_wasm_raw(&store.address, hashed_blob_key(blob))?
        .and_then(|bytes| HashedBlob::from_bytes(&bytes))
        .ok_or(Error::NoSuchBlob { blob, hash })
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
