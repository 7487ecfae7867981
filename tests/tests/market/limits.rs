//! What a node answers: the longest registrations within a query's gas, and lists of them.

use assay_protocol::circuit::{Kind, SetupRecord};
use assay_protocol::id::{DatasetId, OfferId, RequestId, Sha256Digest};
use assay_protocol::messages::MAX_PAGE;
use assay_protocol::messages::circuit_registry::{self, MAX_SPEC_BYTES};
use assay_protocol::messages::dataset_registry::{
    self, MAX_LICENSE_BYTES, MAX_PARENTS, MAX_SCHEMA_BYTES,
};
use assay_protocol::messages::jobs::{self, MAX_HAND_OVER_KEY_BYTES, MAX_JOBS_PAGE, MAX_SLOTS};
use assay_protocol::messages::predictions::{self, OfferedModel, Offering, QueryMsg};
use assay_protocol::prediction::{MAX_INPUT_BYTES, MAX_OUTPUT_BYTES};
use assay_tests::{EntryPoint, GasLog};
use cosmwasm_std::{coin, coins};
use cw_multi_test::IntoAddr;

use crate::market::Market;
use crate::messages::{
    BLOB, LARGE, dataset, longest_coin, longest_dataset, longest_denomination, longest_job,
    offering, publish_key, request, slot, start,
};
use crate::proofs::{dataset_commitment, trapdoor};

/// SDK gas that a node spends on a query (wasmd's default).
const QUERY_GAS: u64 = 3_000_000;

/// A market on artifacts, and the log of what its calls cost.
fn market() -> (Market, GasLog) {
    let log = GasLog::default();
    (Market::new(crate::artifacts(&log)), log)
}

/// The last query's gas.
fn last_query(log: &GasLog) -> u64 {
    let calls = log.calls();
    let call = calls.last().unwrap();
    assert_eq!(call.entry_point, EntryPoint::Query);
    assert!(call.accepted, "{call:?}");
    println!("{}: {} gas", call.message, call.gas.total());
    call.gas.total()
}

/// How often a text is in what was asked for last.
fn times(market: &Market, text: &str) -> usize {
    market.transcript.last().unwrap().matches(text).count()
}

/// Quotation marks take two bytes in JSON: the worst that canonical texts hold.
fn quotes(len: usize) -> String {
    format!("{{{}}}", "\"".repeat(len - 2))
}

#[test]
fn the_longest_specification_can_be_asked_for_and_listed() {
    let (mut market, log) = market();
    for seed in 0..51 {
        let message = circuit_registry::ExecuteMsg::Register {
            kind: Kind::PredictionPublic,
            spec: quotes(MAX_SPEC_BYTES),
            constraint_system: Sha256Digest([seed; 32]),
            verifying_key: trapdoor(Kind::PredictionPublic).key().into(),
            setup: SetupRecord::Development {},
        };
        market.register_circuit(&message);
    }
    let list = circuit_registry::QueryMsg::Circuits {
        start_after: None,
        limit: Some(50),
    };
    let id = market.first_circuit(&list);
    assert!(last_query(&log) <= QUERY_GAS);
    market.ask_circuits(&circuit_registry::QueryMsg::Circuit { id });
    assert!(last_query(&log) <= QUERY_GAS);
}

#[test]
fn the_longest_dataset_can_be_asked_for_and_listed() {
    let (mut market, log) = market();
    let parents = MAX_PARENTS as u64;
    for _ in 1..parents {
        market.datasets("provider", &dataset(None, 0));
    }
    let longest = dataset_registry::ExecuteMsg::Register {
        commitment: dataset_commitment(),
        rows: u64::MAX,
        schema: quotes(MAX_SCHEMA_BYTES),
        file_sha256: Some(Sha256Digest([1; 32])),
        license: "\"".repeat(MAX_LICENSE_BYTES),
        price: Some(longest_coin()),
        royalty_bps: 1,
        parents: (1..=parents).map(DatasetId).collect(),
    };
    for _ in 0..51 {
        market.datasets("provider", &longest);
    }
    let (start_after, limit) = (Some(DatasetId(parents)), Some(MAX_PAGE));
    market.ask_datasets(&dataset_registry::QueryMsg::Datasets { start_after, limit });
    assert!(last_query(&log) <= QUERY_GAS);
    assert_eq!(times(&market, "royalty_bps"), MAX_PAGE as usize);
    let id = DatasetId(parents + 1);
    market.ask_datasets(&dataset_registry::QueryMsg::Dataset { id });
    assert!(last_query(&log) <= QUERY_GAS);
}

/// Posts one job more than a page holds, and starts the first slot.
fn start_the_longest_job(market: &mut Market) {
    let dataset = DatasetId(2);
    market.datasets("provider", &longest_dataset());
    // Reward and price of every slot.
    let funds = [coin(
        2 * u128::from(MAX_SLOTS) * LARGE,
        longest_denomination(),
    )];
    for _ in 0..51 {
        let posted = jobs::ExecuteMsg::Post(longest_job(dataset));
        market.jobs("requester", &funds, &posted);
    }
    let slot = slot(1, 0);
    market.jobs(
        "provider",
        &[longest_coin()],
        &jobs::ExecuteMsg::Accept(slot),
    );
    let key = "\"".repeat(MAX_HAND_OVER_KEY_BYTES);
    market.jobs("provider", &[], &publish_key(slot, key));
    let payee = Some("rival".into_addr().into());
    market.jobs("provider", &[], &start(slot, payee));
}

/// Lists as many jobs as there may be, of which every slot is in this state.
fn list(market: &mut Market, log: &GasLog, state: &str) {
    market.repeat_the_first_slot(51);
    let (start_after, limit) = (None, Some(MAX_JOBS_PAGE));
    market.ask_jobs(&jobs::QueryMsg::Jobs { start_after, limit });
    assert!(last_query(log) <= QUERY_GAS);
    let slots = (MAX_JOBS_PAGE * MAX_SLOTS) as usize;
    assert_eq!(times(market, &format!("\"{state}\"")), slots);
}

#[test]
fn the_longest_jobs_can_be_listed() {
    let (mut market, log) = market();
    start_the_longest_job(&mut market);
    // A started slot has a payee and the worker's key besides.
    list(&mut market, &log, "started");
    let delivery = market.delivery(slot(1, 0));
    market.jobs("provider", &[], &delivery);
    list(&mut market, &log, "paid");
}

#[test]
fn the_longest_schema_input_and_output_can_be_asked_for() {
    let (mut market, log) = market();
    let offer = predictions::ExecuteMsg::Offer(Offering {
        model: OfferedModel::Public {
            blob: BLOB,
            schema: quotes(MAX_SCHEMA_BYTES),
        },
        input_bytes: MAX_INPUT_BYTES as u32,
        output_bytes: MAX_OUTPUT_BYTES as u32,
        ..offering(Kind::PredictionPublic, BLOB)
    });
    market.predictions("provider", &[], &offer);
    let (input, output) = (vec![255; MAX_INPUT_BYTES], vec![255; MAX_OUTPUT_BYTES]);
    let message = request(OfferId(1), &input, false);
    market.predictions("requester", &coins(100, "token"), &message);
    let (offer, request) = (OfferId(1), RequestId(1));
    let schema = quotes(MAX_SCHEMA_BYTES);
    let answer = market.long_answer(request, &schema, &input, &output);
    market.predictions("provider", &[], &answer);
    for query in [
        QueryMsg::Offer { offer },
        QueryMsg::Input { request },
        QueryMsg::Request { request },
    ] {
        market.ask_predictions(&query);
        assert!(last_query(&log) <= QUERY_GAS);
    }
    assert_eq!(times(&market, "\"answered\""), 1);
}
