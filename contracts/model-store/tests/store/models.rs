//! Hidden models without provenance, and how models are asked for.

use assay_model_store::ContractError;
use assay_protocol::Scalar;
use assay_protocol::id::{ModelCommitment, ModelId, SchemaDigest};
use assay_protocol::messages::dataset_registry::MAX_SCHEMA_BYTES;
use assay_protocol::messages::model_store::{
    ExecuteMsg, ModelEntry, ModelResponse, ModelsResponse, Provenance, QueryMsg, RegisteredModel,
    registered_model,
};
use assay_protocol::schema::{Column, LabelColumn, Schema, SchemaError};
use cosmwasm_std::{Addr, Response, Storage, coins};

use crate::store::{Store, attribute, stranger, uploader};

pub fn commitment(seed: u64) -> ModelCommitment {
    ModelCommitment(Scalar::from(seed))
}

/// A schema of one column.
pub fn schema() -> Schema {
    let [name, lower, upper] = ["x", "0", "1"].map(String::from);
    let classes = ["no", "yes"].map(String::from).to_vec();
    Schema {
        columns: vec![Column { name, lower, upper }],
        label: LabelColumn {
            name: "y".into(),
            classes,
        },
    }
}

pub fn schema_digest() -> SchemaDigest {
    SchemaDigest(schema().digest().unwrap())
}

impl Store {
    pub fn register(
        &mut self,
        sender: &Addr,
        provenance: Option<Provenance>,
    ) -> Result<Response, ContractError> {
        self.register_with(sender, &schema().to_canonical(), provenance)
    }

    pub fn register_with(
        &mut self,
        sender: &Addr,
        schema: &str,
        provenance: Option<Provenance>,
    ) -> Result<Response, ContractError> {
        let message = ExecuteMsg::RegisterModel {
            commitment: commitment(5),
            schema: schema.into(),
            provenance,
        };
        self.send(sender, &[], message)
    }

    pub fn model(&self, model: ModelId) -> Result<ModelResponse, ContractError> {
        self.ask(QueryMsg::Model { model })
    }
}

#[test]
fn a_hidden_model_belongs_to_who_registers_it() {
    let mut store = Store::new();
    let response = store.register(&uploader(), None).unwrap();
    assert_eq!(attribute(&response, "model_id"), "1");
    assert_eq!(attribute(&response, "provenance"), "false");
    let expected = ModelResponse {
        model: ModelId(1),
        owner: uploader().into(),
        commitment: commitment(5),
        schema: schema().to_canonical(),
        origin: None,
    };
    assert_eq!(store.model(ModelId(1)).unwrap(), expected);
}

#[test]
fn the_escrow_can_read_a_hidden_model_raw() {
    let mut store = Store::new();
    store.register(&uploader(), None).unwrap();
    let raw = store
        .deps
        .storage
        .get(&registered_model(ModelId(1)))
        .unwrap();
    let owner = uploader();
    let expected = RegisteredModel {
        commitment: commitment(5),
        schema: schema_digest(),
        owner: owner.as_str(),
    };
    assert_eq!(raw, expected.to_bytes());
}

#[test]
fn a_copied_commitment_keeps_nobody_out() {
    let mut store = Store::new();
    store.register(&stranger(), None).unwrap();
    let response = store.register(&uploader(), None).unwrap();
    assert_eq!(attribute(&response, "model_id"), "2");
    let owner = |id| store.model(ModelId(id)).unwrap().owner;
    assert_eq!(owner(1), stranger().as_str());
    assert_eq!(owner(2), uploader().as_str());
}

#[test]
fn a_schema_of_no_bytes_or_too_many_is_refused() {
    for len in [0, MAX_SCHEMA_BYTES + 1] {
        let schema = "x".repeat(len);
        let error = Store::new().register_with(&uploader(), &schema, None);
        assert!(matches!(error, Err(ContractError::SchemaLength { len: l }) if l == len));
    }
}

#[test]
fn the_longest_schema_can_be_registered_and_asked_for() {
    let mut long = schema();
    let rest = MAX_SCHEMA_BYTES - long.to_canonical().len();
    long.columns[0].name.push_str(&"x".repeat(rest));
    let text = long.to_canonical();
    assert_eq!(text.len(), MAX_SCHEMA_BYTES);
    let mut store = Store::new();
    store.register_with(&uploader(), &text, None).unwrap();
    assert_eq!(store.model(ModelId(1)).unwrap().schema, text);
}

#[test]
fn text_that_is_not_a_schemas_canonical_one_is_refused() {
    let text = schema().to_canonical();
    let spaced = text.replace(':', ": ");
    let reordered = r#"{"label":{"name":"y","classes":["no","yes"]},"columns":[{"name":"x","lower":"0","upper":"1"}]}"#;
    let escaped = text.replace("yes", "y\\u0065s");
    let more = text.replace(r#"{"columns""#, r#"{"more":1,"columns""#);
    for text in ["{}", "[]", "nonsense", &spaced, reordered, &escaped, &more] {
        let error = Store::new().register_with(&uploader(), text, None);
        assert!(
            matches!(error, Err(ContractError::SchemaNotCanonical)),
            "{text}"
        );
    }
}

#[test]
fn a_schema_that_cannot_be_used_is_refused() {
    let mut schema = schema();
    schema.columns[0].upper = "-1".into();
    let error = Store::new().register_with(&uploader(), &schema.to_canonical(), None);
    assert!(matches!(
        error,
        Err(ContractError::Schema(SchemaError::Bounds { .. }))
    ));
}

#[test]
fn a_registration_takes_no_funds() {
    let message = ExecuteMsg::RegisterModel {
        commitment: commitment(5),
        schema: schema().to_canonical(),
        provenance: None,
    };
    let error = Store::new().send(&uploader(), &coins(1, "token"), message);
    assert!(matches!(error, Err(ContractError::Payment(_))));
}

#[test]
fn models_come_in_pages_without_their_schemas() {
    let mut store = Store::new();
    for _ in 0..3 {
        store.register(&uploader(), None).unwrap();
    }
    let page = |start_after: Option<u64>| -> ModelsResponse {
        let (start_after, limit) = (start_after.map(ModelId), Some(2));
        store.ask(QueryMsg::Models { start_after, limit }).unwrap()
    };
    let entry = |id| ModelEntry {
        model: ModelId(id),
        owner: uploader().into(),
        commitment: commitment(5),
        origin: None,
    };
    let first = page(None);
    assert_eq!(
        (first.models, first.next),
        (vec![entry(1), entry(2)], Some(ModelId(2)))
    );
    let second = page(Some(2));
    assert_eq!((second.models, second.next), (vec![entry(3)], None));
    assert_eq!(page(Some(u64::MAX)).models, []);
}

#[test]
fn a_model_that_was_never_registered_is_unknown() {
    let error = Store::new().model(ModelId(1));
    assert!(matches!(
        error,
        Err(ContractError::UnknownModel { model: ModelId(1) })
    ));
}

#[test]
fn model_ids_never_wrap() {
    let mut store = Store::new();
    let last = u64::MAX.to_string();
    store.deps.storage.set(b"last_model", last.as_bytes());
    let error = store.register(&uploader(), None);
    assert!(matches!(
        error,
        Err(ContractError::IdsExhausted { of: "model" })
    ));
}
