//! Whether the chain is as the model says.

use std::collections::BTreeMap;
use std::fmt::Debug;

use assay_protocol::id::{BlobId, DatasetId, JobId, OfferId, RequestId};
use assay_protocol::messages::dataset_registry::{self, DatasetResponse};
use assay_protocol::messages::escrow::CreditsResponse;
use assay_protocol::messages::jobs::{self, JobResponse};
use assay_protocol::messages::model_store::{
    self, BlobResponse, ByParametersResponse, EvaluationResponse, PinResponse,
};
use assay_protocol::messages::predictions::{self, OfferResponse, RequestResponse};
use assay_reference::Model;
use assay_reference::money::{Amount, Coin, Denom, Ledger, Who};
use assay_reference::proof::Hash;
use cosmwasm_std::{Order, StdResult, Uint128, Uint256};
use cw_storage_plus::Map;
use cw_utils::NativeBalance;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::accounts::{ACCOUNTS, CONTRACTS, to_amount};
use crate::chain::Chain;
use crate::coverage::Subject;
use crate::wire;

/// Where cw-multi-test's bank, the test's token and the contracts keep what everybody has.
const BANK: Map<&cosmwasm_std::Addr, NativeBalance> = Map::new("balances");
const TOKEN: Map<&str, Uint128> = Map::new("balance");
const CREDITS: Map<(&str, &str), Uint256> = Map::new("credit");
const PREPAID: Map<(&str, &str), Uint256> = Map::new("balance");

type Found = BTreeMap<(Who, Denom), Amount>;

/// Equal, or an error with both.
pub fn same<T: PartialEq + Debug>(what: impl Debug, chain: T, model: T) -> Result<(), String> {
    match chain == model {
        true => Ok(()),
        false => Err(format!(
            "{what:?} is\n  {chain:?}\nand should be\n  {model:?}"
        )),
    }
}

fn entries(ledger: &Ledger) -> Found {
    let entries = ledger.entries();
    entries
        .map(|(who, coin)| ((who, coin.denom), coin.amount))
        .collect()
}

impl Chain {
    /// Compares what everybody has, what is owed to everybody, and what the subject of the last
    /// message is; and checks that every contract holds what it owes.
    pub fn compare(&self, model: &Model, subject: Subject) -> Result<(), String> {
        same(
            "what everybody has",
            self.balances(),
            entries(&model.world.balances),
        )?;
        let credits = self.ledger(CONTRACTS.jobs, &CREDITS);
        same("credits of jobs", credits, entries(&model.jobs.credits))?;
        let predictions = &model.predictions;
        let credits = self.ledger(CONTRACTS.predictions, &CREDITS);
        same(
            "credits of predictions",
            credits,
            entries(&predictions.credits),
        )?;
        let prepaid = self.ledger(CONTRACTS.predictions, &PREPAID);
        same("prepaid balances", prepaid, entries(&predictions.balances))?;
        self.compare_subject(model, subject)
    }

    fn balances(&self) -> Found {
        let mut found = Found::new();
        let bank = self.app.prefixed_storage(b"bank");
        for who in (0..ACCOUNTS).map(Who) {
            let coins = BANK.may_load(&*bank, self.address(who)).unwrap();
            for coin in coins.unwrap_or_default().into_vec() {
                // A coin of the bank's that is named like a token is no token.
                let denom = match coin.denom.starts_with("cw20:") {
                    true => Denom(6),
                    false => self.denom_of(&coin.denom),
                };
                found.insert((who, denom), to_amount(coin.amount));
            }
        }
        for denom in [3, 4].map(Denom) {
            let storage = self.app.contract_storage(&self.token(denom).unwrap());
            let all = TOKEN.range(&*storage, None, None, Order::Ascending);
            for (address, amount) in all.map(Result::unwrap) {
                if !amount.is_zero() {
                    let who = self.who(&address).unwrap_or(Who(u8::MAX));
                    found.insert((who, denom), amount.u128().into());
                }
            }
        }
        found
    }

    fn denom_of(&self, name: &str) -> Denom {
        let place = (0..6).find(|&place| self.denom(Denom(place)) == name);
        Denom(place.unwrap_or(u8::MAX))
    }

    fn ledger(&self, contract: Who, map: &Map<(&str, &str), Uint256>) -> Found {
        let storage = self.app.contract_storage(self.address(contract));
        let all = map.range(&*storage, None, None, Order::Ascending);
        let entry = |entry: StdResult<((String, String), Uint256)>| {
            let ((address, denom), amount) = entry.unwrap();
            let who = self.who(&address).unwrap_or(Who(u8::MAX));
            ((who, self.denom_of(&denom)), to_amount(amount))
        };
        all.map(entry).collect()
    }

    /// The answer to a query.
    pub fn ask<T: DeserializeOwned>(&self, contract: Who, query: &impl Serialize) -> Option<T> {
        let address = self.address(contract);
        self.app.wrap().query_wasm_smart(address, query).ok()
    }

    /// Compares what there is to know of something.
    pub fn compare_subject(&self, model: &Model, subject: Subject) -> Result<(), String> {
        match subject {
            Subject::Nothing => Ok(()),
            Subject::Job(id) => {
                let query = jobs::QueryMsg::Job { job: JobId(id) };
                let found: Option<JobResponse> = self.ask(CONTRACTS.jobs, &query);
                let job = model.jobs.jobs.get(&id);
                same(subject, found, job.map(|job| self.job_view(id, job)))
            }
            Subject::Offer(id) => self.compare_offer(model, id),
            Subject::Request(id) => {
                let request = RequestId(id);
                let query = predictions::QueryMsg::Request { request };
                let found: Option<RequestResponse> = self.ask(CONTRACTS.predictions, &query);
                let request = model.predictions.requests.get(&id);
                same(subject, found, request.map(|r| self.request_view(id, r)))
            }
            Subject::Blob(id) => self.compare_blob(model, id),
            Subject::Dataset(id) => self.compare_dataset(model, id),
        }
    }

    fn compare_offer(&self, model: &Model, id: u64) -> Result<(), String> {
        let query = predictions::QueryMsg::Offer { offer: OfferId(id) };
        let found: Option<OfferResponse> = self.ask(CONTRACTS.predictions, &query);
        let offer = model.predictions.offers.get(&id);
        let expected = offer.map(|offer| {
            let entry = self.offer_view(id, offer);
            OfferResponse {
                offer: entry.offer,
                terms: entry.terms,
                closed: entry.closed,
                schema: Some(offer.schema.clone()).filter(|schema| !schema.is_empty()),
            }
        });
        same(Subject::Offer(id), found, expected)
    }

    fn compare_blob(&self, model: &Model, id: u64) -> Result<(), String> {
        let (subject, store, blob) = (Subject::Blob(id), &model.store, BlobId(id));
        let query = model_store::QueryMsg::Blob { blob };
        let found: Option<BlobResponse> = self.ask(CONTRACTS.store, &query);
        let row = store.blobs.get(&id);
        same(
            subject,
            found,
            row.map(|row| self.blob_view(store, id, row)),
        )?;
        for who in (0..ACCOUNTS).map(Who) {
            let holder = self.address(who).to_string();
            let query = model_store::QueryMsg::Pin { blob, holder };
            let found: PinResponse = self.ask(CONTRACTS.store, &query).unwrap();
            let pin = row.and_then(|row| row.pins.get(&who)).copied();
            same((subject, who), found.releasable, pin.map(wire::deadline))?;
        }
        if let Some(parameters) = row.and_then(|row| row.parameters()) {
            let name = self.parameters(&parameters);
            let query = model_store::QueryMsg::ByParameters { parameters: name };
            let found: ByParametersResponse = self.ask(CONTRACTS.store, &query).unwrap();
            let expected = store.named.get(&parameters).map(|&id| BlobId(id));
            same((subject, "by its name"), found.blob, expected)?;
        }
        if row.is_some_and(|row| row.hash == Hash::Sha256) {
            let point = assay_protocol::id::StatementElement(1u64.into());
            let query = model_store::QueryMsg::Evaluation { blob, point };
            let found: EvaluationResponse = self.ask(CONTRACTS.store, &query).unwrap();
            same(
                (subject, "evaluated"),
                found.evaluated,
                store.progress(id, 1),
            )?;
        }
        Ok(())
    }

    fn compare_dataset(&self, model: &Model, id: u64) -> Result<(), String> {
        let query = dataset_registry::QueryMsg::Dataset { id: DatasetId(id) };
        let found: Option<DatasetResponse> = self.ask(CONTRACTS.datasets, &query);
        let found = found.map(|found| {
            let offered_to = found.offered_to;
            let successor = found.successor.map(|id| id.0);
            let terms = (found.price, found.royalty_bps);
            (found.owner, offered_to, terms, found.deprecated, successor)
        });
        let expected = model.datasets.get(id).map(|dataset| {
            let name = |who| self.address(who).to_string();
            let price = dataset.price.as_ref().map(|price: &Coin| self.coin(price));
            let terms = (price, dataset.royalty_bps);
            let offered_to = dataset.offered_to.map(name);
            let (owner, deprecated) = (name(dataset.owner), dataset.deprecated);
            (owner, offered_to, terms, deprecated, dataset.successor)
        });
        same(Subject::Dataset(id), found, expected)
    }
}

impl Chain {
    /// Compares the lists, page by page.
    pub fn compare_lists(&self, model: &Model) -> Result<(), String> {
        let mut found = Vec::new();
        let mut start_after = None;
        loop {
            let limit = Some(7);
            let query = jobs::QueryMsg::Jobs { start_after, limit };
            let page: jobs::JobsResponse = self.ask(CONTRACTS.jobs, &query).unwrap();
            found.extend(page.jobs);
            start_after = page.next;
            if start_after.is_none() {
                break;
            }
        }
        let jobs = model.jobs.jobs.iter();
        let expected = jobs.map(|(&id, job)| self.job_view(id, job)).collect();
        same("all jobs", found, expected)?;
        for who in (0..ACCOUNTS).map(Who) {
            self.compare_ledgers(model, who)?;
        }
        Ok(())
    }

    /// Compares what is owed to somebody with what the contracts answer.
    fn compare_ledgers(&self, model: &Model, who: Who) -> Result<(), String> {
        let of = |ledger: &Ledger| {
            let coins = ledger.entries().filter(|(owner, _)| *owner == who);
            let mut coins: Vec<cosmwasm_std::Coin> =
                coins.map(|(_, coin)| self.coin(&coin)).collect();
            coins.sort_by(|one, other| one.denom.cmp(&other.denom));
            coins
        };
        let (address, start_after, limit) = (self.address(who).to_string(), None, None);
        let query = jobs::QueryMsg::Credits {
            address: address.clone(),
            start_after: start_after.clone(),
            limit,
        };
        let page: CreditsResponse = self.ask(CONTRACTS.jobs, &query).unwrap();
        same(("credits", who), page.credits, of(&model.jobs.credits))?;
        let query = predictions::QueryMsg::Balances {
            address,
            start_after,
            limit,
        };
        let page: predictions::BalancesResponse = self.ask(CONTRACTS.predictions, &query).unwrap();
        let balances = of(&model.predictions.balances);
        same(("balances", who), page.balances, balances)
    }
}
