//! Registering a dataset.

use assay_protocol::id::{DatasetCommitment, DatasetId, Sha256Digest};
use assay_protocol::messages::dataset_registry::{
    MAX_PARENTS, MAX_SCHEMA_BYTES, RegisteredDataset,
};
use cosmwasm_std::{DepsMut, Empty, Event, MessageInfo, Response, Storage};

use crate::error::ContractError;
use crate::state::{CHILDREN, DETAILS, Details, LAST_ID, OWNED, save, save_schema};
use crate::terms::Terms;

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
    /// What its owner asks of those who use it.
    pub terms: Terms,
    /// The datasets that it derives from.
    pub parents: Vec<DatasetId>,
}

impl Registration {
    /// Stores the dataset under the next id; the sender owns it.
    pub fn execute(self, deps: DepsMut, info: MessageInfo) -> Result<Response, ContractError> {
        self.check()?;
        self.terms.check(deps.api)?;
        let last = LAST_ID.may_load(deps.storage)?.unwrap_or(0);
        check_parents(&self.parents, last)?;
        let next = last.checked_add(1).ok_or(ContractError::IdsExhausted)?;
        LAST_ID.save(deps.storage, &next)?;
        OWNED.save(deps.storage, (&info.sender, next), &Empty {})?;
        for parent in &self.parents {
            CHILDREN.save(deps.storage, (parent.0, next), &Empty {})?;
        }
        let id = DatasetId(next);
        let event = Event::new("assay-register")
            .add_attribute("dataset_id", id.to_string())
            .add_attribute("owner", &info.sender)
            .add_attribute("commitment", self.commitment.to_string());
        let event = self.terms.describe(event);
        self.save(deps.storage, id, info.sender.into_string())?;
        Ok(Response::new().add_event(event))
    }

    fn save(
        self,
        storage: &mut dyn Storage,
        id: DatasetId,
        owner: String,
    ) -> Result<(), ContractError> {
        let dataset = RegisteredDataset {
            commitment: self.commitment,
            deprecated: false,
            royalty_bps: self.terms.royalty_bps,
            price: self.terms.price,
            owner,
        };
        save(storage, id, &dataset);
        save_schema(storage, id, &self.schema);
        let details = Details {
            rows: self.rows,
            file_sha256: self.file_sha256,
            license: self.terms.license,
            parents: self.parents,
            offered_to: None,
            successor: None,
        };
        Ok(DETAILS.save(storage, id.0, &details)?)
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

/// Datasets are never removed, so those that there are have the ids from 1 to the last.
fn check_parents(parents: &[DatasetId], last: u64) -> Result<(), ContractError> {
    let len = parents.len();
    if len > MAX_PARENTS {
        return Err(ContractError::TooManyParents { len });
    }
    if !parents.is_sorted_by(|one, next| one < next) {
        return Err(ContractError::ParentOrder);
    }
    match parents.iter().find(|id| !(1..=last).contains(&id.0)) {
        Some(&id) => Err(ContractError::UnknownDataset { id }),
        None => Ok(()),
    }
}
