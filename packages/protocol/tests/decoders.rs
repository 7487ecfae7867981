//! Whatever bytes come in, a decoder answers; and what it takes, it writes as it was.
#![cfg(feature = "messages")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Debug;

use assay_protocol::Scalar;
use assay_protocol::circuit::{CircuitSpec, Kind};
use assay_protocol::id::{
    BlobDigest, CircuitId, DatasetCommitment, ModelCommitment, SchemaDigest, Sha256Digest,
    StatementElement,
};
use assay_protocol::messages::circuit_registry::{self, RegisteredKey};
use assay_protocol::messages::dataset_registry::{self, RegisteredDataset};
use assay_protocol::messages::denomination::Denomination;
use assay_protocol::messages::model_store::{self, HashedBlob, RegisteredModel, RegisteredPin};
use assay_protocol::messages::time::Deadline;
use assay_protocol::messages::{Message, escrow, jobs, predictions};
use assay_protocol::parameters;
use assay_protocol::schema::Schema;
use cosmwasm_std::{Timestamp, coin, from_json, to_json_vec};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Messages of every contract, each variant with everything that it can have.
const MESSAGES: [&str; 34] = [
    r#"{"post":{"dataset":1,"circuit":"HEX","slots":2,"reward":{"denom":"token","amount":"5"},"bond":{"denom":"token","amount":"0"},"price":{"denom":"cw20:x","amount":"7"},"royalty_bps":250,"worker":"w","windows":{"acceptance":{"seconds":1,"blocks":1},"hand_over":{"seconds":1,"blocks":1},"delivery":{"seconds":1,"blocks":1}},"requester":"r","refund_to":null}}"#,
    r#"{"accept":{"job":1,"slot":0}}"#,
    r#"{"publish_key":{"job":1,"slot":0,"key":"age1x"}}"#,
    r#"{"start":{"job":1,"slot":0,"payee":"p"}}"#,
    r#"{"release":{"job":1,"slot":0}}"#,
    r#"{"deliver":{"job":1,"slot":0,"blob":3,"proof":"AAEC"}}"#,
    r#"{"extend":{"job":1,"slot":0,"window":{"seconds":1,"blocks":2}}}"#,
    r#"{"withdraw":{"denom":"token","owner":null,"to":"t"}}"#,
    r#"{"receive":{"sender":"s","amount":"5","msg":"e30="}}"#,
    r#"{"offer":{"model":{"public":{"blob":1,"schema":"{}"}},"circuit":"HEX","price":{"denom":"token","amount":"5"},"window":{"seconds":3,"blocks":2},"input_bytes":1,"output_bytes":2}}"#,
    r#"{"offer":{"model":{"hidden":{"model":1}},"circuit":"HEX","price":{"denom":"token","amount":"5"},"window":{"seconds":3,"blocks":2},"input_bytes":1,"output_bytes":2}}"#,
    r#"{"request":{"offer":1,"input":"AAEC","prepaid":true,"requester":"r"}}"#,
    r#"{"fulfil":{"request":1,"output":"AAEC","proof":"AAEC"}}"#,
    r#"{"withdraw_balance":{"denom":"token","amount":"5","to":null}}"#,
    r#"{"begin":{"length":6,"hash":"poseidon","holder":"h"}}"#,
    r#"{"put_chunk":{"blob":1,"index":0,"data":"AAEC"}}"#,
    r#"{"evaluate":{"blob":1,"point":"HEX","limit":7}}"#,
    r#"{"register_model":{"commitment":"HEX","schema":"{}","provenance":{"dataset":1,"circuit":"HEX","minimum_rows":5,"proof":"AAEC"}}}"#,
    r#"{"register":{"commitment":"HEX","rows":5,"schema":"{}","file_sha256":"HEX","license":"","price":{"denom":"token","amount":"5"},"royalty_bps":100,"parents":[1,2]}}"#,
    r#"{"set_terms":{"dataset":1,"license":"l","price":null,"royalty_bps":0}}"#,
    r#"{"deprecate":{"dataset":1,"successor":2}}"#,
    r#"{"register":{"kind":"training_public","spec":"{}","constraint_system":"HEX","verifying_key":"AAEC","setup":{"development":{}}}}"#,
    r#"{"register":{"kind":"training_public","spec":"{}","constraint_system":"HEX","verifying_key":"AAEC","setup":{"ceremony":{"transcript":"HEX"}}}}"#,
    r#"{"verify":{"id":"HEX","elements":["HEX"],"parameters":"AAEC","proof":"AAEC"}}"#,
    r#"{"credits":{"address":"a","start_after":"token","limit":3}}"#,
    r#"{"jobs":{"start_after":1,"limit":3}}"#,
    r#"{"by_parameters":{"parameters":{"poseidon":"HEX"}}}"#,
    r#"{"missing_chunks":{"blob":1,"start_after":3,"limit":3}}"#,
    r#"{"requests":{"offer":1,"start_after":null,"limit":null}}"#,
    r#"{"datasets_by_owner":{"owner":"o","start_after":1,"limit":2}}"#,
    r#"{"circuit_registry":{"address":"c","checksum":"AAEC"},"dataset_registry":{"address":"d","checksum":"AAEC"},"model_store":{"address":"m","checksum":"AAEC"},"allow_development_keys":true}"#,
    r#"{"circuit_registry":{"address":"c","checksum":"AAEC"},"dataset_registry":{"address":"d","checksum":"AAEC"},"allow_development_keys":true,"deposit":{"denom":"token","amount":"5"},"upload_window":{"seconds":1,"blocks":1},"hold":{"seconds":1,"blocks":1}}"#,
    r#"{"columns":[{"name":"x","lower":"0","upper":"1"}],"label":{"name":"y","classes":["no","yes"]}}"#,
    r#"{"squared_hinge":{"rows":5,"columns":2}}"#,
];

/// What is put in, in place of something or beside it.
const BITS: [&str; 20] = [
    "null",
    "true",
    "-1",
    "1e999",
    "0.5",
    "18446744073709551616",
    "\"\"",
    "\"\\ud800\"",
    "\"5\"",
    "{}",
    "[]",
    "[[[[[[[[",
    "{\"a\":",
    "}",
    "]",
    "\"",
    ",",
    ":",
    "\u{0}",
    "ä",
];

/// A change to bytes.
#[derive(Clone, Debug)]
enum Change {
    Flip(usize, u8),
    Cut(usize, usize),
    Insert(usize, usize),
    Repeat(usize, usize, usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let place = || 0..4_096usize;
    let change = prop_oneof![
        (place(), 1..=u8::MAX).prop_map(|(at, mask)| Change::Flip(at, mask)),
        (place(), 1..40usize).prop_map(|(at, count)| Change::Cut(at, count)),
        (place(), 0..BITS.len()).prop_map(|(at, bit)| Change::Insert(at, bit)),
        (place(), 1..40usize, 1..200usize).prop_map(|(at, n, times)| Change::Repeat(at, n, times)),
    ];
    prop::collection::vec(change, 0..5)
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let len = bytes.len().max(1);
        match *change {
            Change::Flip(at, mask) => bytes
                .iter_mut()
                .skip(at % len)
                .take(1)
                .for_each(|b| *b ^= mask),
            Change::Cut(at, count) => {
                let start = (at % len).min(bytes.len());
                let end = (start + count).min(bytes.len());
                bytes.drain(start..end);
            }
            Change::Insert(at, bit) => {
                let start = (at % len).min(bytes.len());
                bytes.splice(start..start, BITS[bit].bytes());
            }
            Change::Repeat(at, count, times) => {
                let start = (at % len).min(bytes.len());
                let end = (start + count).min(bytes.len());
                let part = bytes[start..end].repeat(times);
                bytes.splice(start..start, part);
            }
        }
    }
    bytes
}

/// A message that is read is written and read as the same.
fn reads<T: DeserializeOwned + Serialize + PartialEq + Debug>(bytes: &[u8]) -> bool {
    let Ok(Message(message)) = from_json::<Message<T>>(bytes) else {
        return false;
    };
    let message: T = message;
    let written = to_json_vec(&message).unwrap();
    let Message(again) = from_json::<Message<T>>(&written).unwrap();
    assert_eq!(again, message);
    true
}

/// How many of all messages' types take these bytes.
fn read_as_everything(bytes: &[u8]) -> usize {
    let taken = [
        reads::<jobs::ExecuteMsg>(bytes),
        reads::<jobs::QueryMsg>(bytes),
        reads::<predictions::ExecuteMsg>(bytes),
        reads::<predictions::QueryMsg>(bytes),
        reads::<escrow::InstantiateMsg>(bytes),
        reads::<model_store::ExecuteMsg>(bytes),
        reads::<model_store::QueryMsg>(bytes),
        reads::<model_store::InstantiateMsg>(bytes),
        reads::<dataset_registry::ExecuteMsg>(bytes),
        reads::<dataset_registry::QueryMsg>(bytes),
        reads::<circuit_registry::ExecuteMsg>(bytes),
        reads::<circuit_registry::QueryMsg>(bytes),
    ];
    taken.into_iter().filter(|taken| *taken).count()
}

fn message(place: usize) -> Vec<u8> {
    let hex = "07".repeat(31) + "00";
    MESSAGES[place].replace("HEX", &hex).into_bytes()
}

#[test]
fn every_message_here_is_one() {
    for place in 0..30 {
        let text = String::from_utf8(message(place)).unwrap();
        assert!(read_as_everything(text.as_bytes()) > 0, "{text}");
    }
}

#[test]
fn a_message_that_is_nested_without_end_is_refused() {
    for open in ["[", "{\"a\":", "{\"post\":", "{\"offer\":{\"model\":"] {
        for depth in [1, 100, 10_000, 1_000_000] {
            assert_eq!(read_as_everything(open.repeat(depth).as_bytes()), 0);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6_000))]

    #[test]
    fn whatever_message_comes_is_answered(place in 0..MESSAGES.len(), changes in changes()) {
        let bytes = changed(message(place), &changes);
        read_as_everything(&bytes);
        if let Ok(text) = core::str::from_utf8(&bytes) {
            if let Ok(schema) = from_json::<Schema>(text) {
                let _ = (schema.digest(), schema.to_canonical());
            }
            if let Ok(spec) = CircuitSpec::from_canonical(text) {
                prop_assert_eq!(spec.to_canonical().unwrap(), text);
            }
        }
    }
}

/// Every record that other contracts read, and a blob's bytes.
fn records() -> Vec<Vec<u8>> {
    let scalar = Scalar::from(7);
    let dataset = RegisteredDataset {
        commitment: DatasetCommitment(scalar),
        deprecated: false,
        royalty_bps: 100,
        price: Some(coin(5, "token")),
        owner: "owner".into(),
    };
    let model = RegisteredModel {
        commitment: ModelCommitment(scalar),
        schema: SchemaDigest(scalar),
        owner: "owner",
    };
    let key = RegisteredKey {
        kind: Kind::TrainingPublic,
        development: true,
        prepared: &[5; 816],
    };
    let releasable = Deadline {
        time: Timestamp::from_nanos(5),
        height: 6,
    };
    let digest = BlobDigest(scalar);
    vec![
        dataset.to_bytes(),
        model.to_bytes(),
        key.to_bytes(),
        RegisteredPin { releasable }.to_bytes().to_vec(),
        HashedBlob { digest, length: 9 }.to_bytes().to_vec(),
        vec![],
    ]
}

/// A record that is read is written as it was.
fn read_as_every_record(bytes: &[u8]) {
    if let Some(dataset) = RegisteredDataset::from_bytes(bytes) {
        assert_eq!(dataset.to_bytes(), bytes);
    }
    if let Some(model) = RegisteredModel::from_bytes(bytes) {
        assert_eq!(model.to_bytes(), bytes);
    }
    if let Some(key) = RegisteredKey::from_bytes(bytes) {
        assert_eq!(key.to_bytes(), bytes);
    }
    if let Some(pin) = RegisteredPin::from_bytes(bytes) {
        assert_eq!(pin.to_bytes(), bytes);
    }
    if let Some(blob) = HashedBlob::from_bytes(bytes) {
        assert_eq!(blob.to_bytes(), bytes);
    }
    if let Ok(values) = parameters::from_bytes(bytes) {
        assert_eq!(parameters::to_bytes(&values).unwrap(), bytes);
    }
    if let Ok(bytes) = <&[u8; 32]>::try_from(bytes)
        && let Some(element) = StatementElement::from_bytes(bytes)
    {
        assert_eq!(element.to_bytes(), *bytes);
    }
}

/// A text that is an identifier is written as it was, but for capitals.
fn read_as_every_text(text: &str) {
    let lower = text.to_lowercase();
    if let Ok(id) = text.parse::<CircuitId>() {
        assert_eq!(id.to_string(), lower);
    }
    if let Ok(digest) = text.parse::<Sha256Digest>() {
        assert_eq!(digest.to_string(), lower);
    }
    if let Ok(element) = text.parse::<StatementElement>() {
        assert_eq!(element.to_string(), lower);
    }
    if let Some(Denomination::Cw20(address)) = Denomination::parse(text) {
        assert_eq!(text, format!("cw20:{address}"));
    }
    let _ = assay_protocol::schema::decimal(text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn whatever_record_lies_there_is_read_or_not(
        place in 0..6usize,
        changes in changes(),
        noise in prop::collection::vec(any::<u8>(), 0..120),
    ) {
        let record = records().swap_remove(place);
        let bytes = if record.is_empty() { noise } else { record };
        read_as_every_record(&changed(bytes, &changes));
    }

    #[test]
    fn whatever_text_comes_is_an_identifier_or_not(
        text in "[0-9a-fA-F]{60,66}|[0-9a-f]{62}00|cw20:.{0,8}|[-+.0-9eE]{0,40}|.{0,20}",
    ) {
        read_as_every_text(&text);
    }
}
