//! What became of a transaction.

use cosmrs::tendermint::abci::types::ExecTxResult;
use serde::Serialize;

use crate::Error;

/// A transaction that is in a block, and did what it should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Executed {
    /// Its hash.
    pub hash: String,
    /// The block's height.
    pub height: u64,
    /// Gas used.
    pub gas_used: u64,
    /// Its events.
    #[serde(skip)]
    pub events: Vec<Event>,
    /// Whether it had been sent by an earlier run of the same command.
    #[serde(skip)]
    pub earlier: bool,
}

/// An event of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its type, `wasm-assay-post` say.
    pub kind: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
}

impl Executed {
    /// The value of `key` in the first event of type `kind`, whoever made it: for events of the
    /// chain's own.
    ///
    /// # Errors
    /// [`Error::NoAttribute`].
    pub fn attribute(&self, kind: &str, key: &str) -> Result<&str, Error> {
        self.value(kind, key, |_| true)
    }

    /// The value of `key` in the first event of type `kind` that `contract` made: others can
    /// make events of that type too.
    ///
    /// # Errors
    /// [`Error::NoAttribute`].
    pub fn of_contract(&self, contract: &str, kind: &str, key: &str) -> Result<&str, Error> {
        let own = ("_contract_address".to_owned(), contract.to_owned());
        self.value(kind, key, |event| event.attributes.contains(&own))
    }

    /// The values of `key` in all events that `contract` made, in their order.
    pub fn every_of_contract(&self, contract: &str, key: &str) -> impl Iterator<Item = &str> {
        let own = ("_contract_address".to_owned(), contract.to_owned());
        let events = self.events.iter();
        let events = events.filter(move |event| event.attributes.contains(&own));
        let attributes = events.flat_map(|event| &event.attributes);
        attributes
            .filter(move |(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    fn value(
        &self,
        kind: &str,
        key: &str,
        is_wanted: impl Fn(&Event) -> bool,
    ) -> Result<&str, Error> {
        let mut events = self.events.iter();
        let event = events.find(|event| event.kind == kind && is_wanted(event));
        let found = event.and_then(|event| event.attributes.iter().find(|(name, _)| name == key));
        let value = found.map(|(_, value)| value.as_str());
        value.ok_or_else(|| Error::NoAttribute {
            hash: self.hash.clone(),
            what: format!("{kind}.{key}"),
        })
    }

    /// As [`of_contract`](Self::of_contract), as what it stands for.
    ///
    /// # Errors
    /// [`Error::NoAttribute`] also if it stands for nothing of that type.
    pub fn parsed<T: std::str::FromStr>(
        &self,
        contract: &str,
        kind: &str,
        key: &str,
    ) -> Result<T, Error> {
        self.of_contract(contract, kind, key)?
            .parse()
            .map_err(|_| Error::NoAttribute {
                hash: self.hash.clone(),
                what: format!("{kind}.{key} that can be read"),
            })
    }

    pub(crate) fn from_result(hash: String, height: u64, result: ExecTxResult) -> Self {
        let events = result.events.into_iter().map(|event| Event {
            attributes: event
                .attributes
                .iter()
                .filter_map(|a| Some((a.key_str().ok()?.into(), a.value_str().ok()?.into())))
                .collect(),
            kind: event.kind,
        });
        Self {
            hash,
            height,
            gas_used: u64::try_from(result.gas_used).unwrap_or(0),
            events: events.collect(),
            earlier: false,
        }
    }
}
