//! Registering a dataset.

use assay_protocol::id::{DatasetCommitment, DatasetId, Sha256Digest};
use assay_protocol::messages::dataset_registry::MAX_SCHEMA_BYTES;
use cosmwasm_std::{DepsMut, MessageInfo, Response};

use crate::error::ContractError;
use crate::state::{DATASETS, Dataset, LAST_ID, save_commitment, save_schema};

/// What is to be registered.
pub struct Registration {
    /// The hiding commitment.
    pub commitment: DatasetCommitment,
    /// Number of rows.
    pub rows: u64,
    /// The public schema's canonical text.
    pub schema: String,
    /// The file's SHA-256, where the data may be handed over.
    pub file_sha256: Option<Sha256Digest>,
}

impl Registration {
    /// Stores the commitment under the next id; the sender owns it.
    pub fn execute(self, deps: DepsMut, info: MessageInfo) -> Result<Response, ContractError> {
        self.check()?;
        let last = LAST_ID.may_load(deps.storage)?.unwrap_or(0);
        let next = last.checked_add(1).ok_or(ContractError::IdsExhausted)?;
        let id = DatasetId(next);
        LAST_ID.save(deps.storage, &id.0)?;
        save_commitment(deps.storage, id, &self.commitment);
        save_schema(deps.storage, id, &self.schema);
        let dataset = Dataset {
            owner: info.sender,
            commitment: self.commitment,
            rows: self.rows,
            file_sha256: self.file_sha256,
        };
        DATASETS.save(deps.storage, id.0, &dataset)?;
        Ok(Response::new()
            .add_attribute("action", "register")
            .add_attribute("dataset_id", id.to_string())
            .add_attribute("owner", dataset.owner)
            .add_attribute("commitment", dataset.commitment.to_string()))
    }

    /// The schema is parsed by whoever uses it, who must recompute the
    /// commitment anyway: on chain it is only kept from being something else.
    fn check(&self) -> Result<(), ContractError> {
        let len = self.schema.len();
        if !(1..=MAX_SCHEMA_BYTES).contains(&len) {
            return Err(ContractError::SchemaLength { len });
        }
        if !(self.schema.starts_with('{') && self.schema.ends_with('}')) {
            return Err(ContractError::SchemaNotCanonical);
        }
        if self.rows == 0 {
            return Err(ContractError::NoRows);
        }
        Ok(())
    }
}
