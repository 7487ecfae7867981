//! What a node answers: the longest registrations within a query's gas, and lists of them.

use assay_protocol::circuit::{Kind, SetupRecord};
use assay_protocol::id::{BlobId, JobId, OfferId, RequestId, Sha256Digest};
use assay_protocol::messages::MAX_PAGE;
use assay_protocol::messages::circuit_registry::{self, MAX_SPEC_BYTES};
use assay_protocol::messages::dataset_registry::MAX_SCHEMA_BYTES;
use assay_protocol::messages::escrow::{ExecuteMsg, MAX_SLOTS, OfferedModel, QueryMsg, SlotId};
use assay_protocol::prediction::{MAX_INPUT_BYTES, MAX_OUTPUT_BYTES};
use assay_tests::{EntryPoint, GasLog};
use cosmwasm_std::{coin, coins};

use crate::market::{Market, WINDOW, circuit_id, longest_job, trapdoor};

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
    assert!(call.accepted);
    println!("{}: {} gas", call.message, call.gas.total());
    call.gas.total()
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
fn the_longest_jobs_can_be_listed() {
    let (mut market, log) = market();
    for _ in 0..51 {
        market.send(
            "requester",
            &coins(MAX_SLOTS.into(), "token"),
            &longest_job(),
        );
    }
    let (job, slot) = (JobId(1), 0);
    let slot = SlotId { job, slot };
    market.send("provider", &[], &ExecuteMsg::Accept(slot));
    market.send("provider", &[], &ExecuteMsg::Start(slot));
    let delivery = market.delivery(job);
    market.send("provider", &[], &delivery);
    market.repeat_the_first_slot(51);
    let (start_after, limit) = (None, Some(MAX_PAGE));
    market.ask(&QueryMsg::Jobs { start_after, limit });
    assert!(last_query(&log) <= QUERY_GAS);
    let page = market.transcript.last().unwrap();
    assert_eq!(
        page.matches("paid").count(),
        (MAX_PAGE * MAX_SLOTS) as usize
    );
}

#[test]
fn the_longest_schema_input_and_output_can_be_asked_for() {
    let (mut market, log) = market();
    let offer = ExecuteMsg::Offer {
        model: OfferedModel::Public {
            blob: BlobId(1),
            schema: quotes(MAX_SCHEMA_BYTES),
        },
        circuit: circuit_id(Kind::PredictionPublic),
        price: coin(100, "token"),
        window: WINDOW,
        input_bytes: MAX_INPUT_BYTES as u32,
        output_bytes: MAX_OUTPUT_BYTES as u32,
    };
    market.send("provider", &[], &offer);
    let (input, output) = (vec![255; MAX_INPUT_BYTES], vec![255; MAX_OUTPUT_BYTES]);
    let (offer, request) = (OfferId(1), RequestId(1));
    let message = ExecuteMsg::Request {
        offer,
        input: input.clone().into(),
        prepaid: false,
    };
    market.send("requester", &coins(100, "token"), &message);
    let schema = quotes(MAX_SCHEMA_BYTES);
    let answer = market.long_answer(request, &schema, &input, &output);
    market.send("provider", &[], &answer);
    for query in [
        QueryMsg::Offer { offer },
        QueryMsg::Input { request },
        QueryMsg::Request { request },
    ] {
        market.ask(&query);
        assert!(last_query(&log) <= QUERY_GAS);
    }
    assert!(market.transcript.last().unwrap().contains("answered"));
}
