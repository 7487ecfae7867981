//! Hidden models, offers and requests on the Wasm artifacts: the real VM does what the
//! native contracts do, at the promised price.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fingerprints;
mod limits;
mod market;
#[allow(dead_code)]
#[path = "../../../contracts/escrow/tests/escrow/trapdoor.rs"]
mod trapdoor;

use std::sync::{Arc, LazyLock};

use assay_cli::demo::Contracts;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{ModelId, OfferId, RequestId};
use assay_protocol::messages::escrow::{ExecuteMsg, QueryMsg};
use assay_protocol::messages::model_store;
use assay_tests::{Artifact, Call, EntryPoint, GasLog, VmContract};
use cosmwasm_std::{Empty, coins};
use cw_multi_test::{Contract, IntoAddr};

use market::{INPUT, Market, offer};

/// SDK gas that an answer may cost: 260,000 with a transaction's base of 96,000.
const MOST_GAS_OF_AN_ANSWER: u64 = 164_000;

/// One run on the artifacts, for all tests: what every step came to, and every call.
static ON_ARTIFACTS: LazyLock<(Vec<String>, Vec<Call>)> = LazyLock::new(|| {
    let log = GasLog::default();
    let transcript = play(artifacts(&log));
    (transcript, log.calls())
});

fn artifacts(log: &GasLog) -> Contracts {
    let load = |name: &str| -> Box<dyn Contract<Empty>> {
        let artifact = Artifact::load(name).unwrap_or_else(|error| panic!("{error}"));
        Box::new(VmContract::new(Arc::new(artifact), log.clone()))
    };
    Contracts {
        circuit_registry: load("assay_circuit_registry"),
        dataset_registry: load("assay_dataset_registry"),
        model_store: load("assay_model_store"),
        escrow: load("assay_escrow"),
    }
}

/// Offers of both kinds from registration to payment, with mistakes on the way.
fn play(contracts: Contracts) -> Vec<String> {
    let mut market = Market::new(contracts);
    register(&mut market);
    make_offers(&mut market);
    ask(&mut market);
    answer(&mut market);
    end(&mut market);
    market.transcript
}

fn register(market: &mut Market) {
    let proved = market.registration(&"provider".into_addr());
    market.store("stranger", &proved);
    market.store("provider", &proved);
    let model_store::ExecuteMsg::RegisterModel {
        commitment, schema, ..
    } = proved
    else {
        panic!("{proved:?}");
    };
    let plain = |schema: String| model_store::ExecuteMsg::RegisterModel {
        commitment,
        schema,
        provenance: None,
    };
    market.store("stranger", &plain(schema.replace("\"16\"", "\"17\"")));
    market.store("stranger", &plain(schema.replace(':', ": ")));
    market.store("stranger", &plain(schema.replace("\"0\"", "\"99\"")));
    let model = ModelId(1);
    market.ask_store(&model_store::QueryMsg::Model { model });
    let (start_after, limit) = (None, Some(1));
    market.ask_store(&model_store::QueryMsg::Models { start_after, limit });
}

fn make_offers(market: &mut Market) {
    for kind in [Kind::PredictionPublic, Kind::PredictionHidden] {
        market.send("stranger", &[], &offer(kind));
        market.send("provider", &coins(1, "token"), &offer(kind));
        market.send("provider", &[], &offer(kind));
    }
    let (start_after, limit) = (None, Some(2));
    market.ask(&QueryMsg::Offers { start_after, limit });
    market.ask(&QueryMsg::Offer { offer: PUBLIC });
}

/// What "stranger" offers comes first.
const PUBLIC: OfferId = OfferId(2);
const HIDDEN: OfferId = OfferId(3);

fn request(offer: OfferId, input: &[u8], prepaid: bool) -> ExecuteMsg {
    ExecuteMsg::Request {
        offer,
        input: input.into(),
        prepaid,
    }
}

/// Requests 1 and 3 are for the public model, 2 and 4 for the hidden one.
fn ask(market: &mut Market) {
    let price = coins(100, "token");
    market.send("requester", &price, &request(PUBLIC, &INPUT[1..], false));
    market.send("requester", &[], &request(PUBLIC, &INPUT, true));
    market.send("requester", &coins(150, "token"), &ExecuteMsg::Deposit {});
    market.send("requester", &price, &request(PUBLIC, &INPUT, false));
    market.send("requester", &[], &request(HIDDEN, &INPUT, true));
    market.send("requester", &[], &request(HIDDEN, &INPUT, true));
    market.send("rival", &price, &request(PUBLIC, &INPUT, false));
    market.send("rival", &price, &request(HIDDEN, &INPUT, false));
    let (start_after, limit) = (None, None);
    market.ask(&QueryMsg::Requests {
        offer: HIDDEN,
        start_after,
        limit,
    });
    let address = "requester".into_addr().into_string();
    market.ask(&QueryMsg::Balances {
        address,
        start_after: None,
        limit,
    });
    let request = RequestId(2);
    market.ask(&QueryMsg::Input { request });
}

fn answer(market: &mut Market) {
    let public = market.answer(Kind::PredictionPublic, RequestId(1));
    let hidden = market.answer(Kind::PredictionHidden, RequestId(2));
    let of_another_kind = market.answer(Kind::PredictionHidden, RequestId(1));
    market.send("provider", &[], &of_another_kind);
    market.send("provider", &[], &replayed(&public, RequestId(3)));
    market.send("provider", &[], &replayed(&hidden, RequestId(4)));
    market.send("provider", &[], &public);
    market.send("stranger", &[], &hidden);
    market.send("provider", &[], &public);
    for request in [RequestId(2), RequestId(3)] {
        market.ask(&QueryMsg::Request { request });
    }
}

/// The same output and proof for another request.
fn replayed(answer: &ExecuteMsg, request: RequestId) -> ExecuteMsg {
    let ExecuteMsg::Fulfil { output, proof, .. } = answer.clone() else {
        panic!("{answer:?}");
    };
    ExecuteMsg::Fulfil {
        request,
        output,
        proof,
    }
}

fn end(market: &mut Market) {
    let offer = PUBLIC;
    market.send("stranger", &[], &ExecuteMsg::CloseOffer { offer });
    market.send("provider", &[], &ExecuteMsg::CloseOffer { offer });
    let price = coins(100, "token");
    market.send("rival", &price, &request(PUBLIC, &INPUT, false));
    let reclaim = |request: u64| ExecuteMsg::Reclaim {
        request: RequestId(request),
    };
    market.send("rival", &[], &reclaim(3));
    market.wait();
    let late = market.answer(Kind::PredictionPublic, RequestId(3));
    market.send("provider", &[], &late);
    for request in 1..=4 {
        market.send("stranger", &[], &reclaim(request));
    }
    for sender in ["stranger", "requester"] {
        let (denom, amount, to) = ("token".into(), None, None);
        let message = ExecuteMsg::WithdrawBalance { denom, amount, to };
        market.send(sender, &[], &message);
    }
}

#[test]
fn native_contracts_and_artifacts_agree_on_every_step_of_a_prediction() {
    let native = play(Contracts::native());
    for (step, (ours, native)) in ON_ARTIFACTS.0.iter().zip(&native).enumerate() {
        assert_eq!(ours, native, "step {step}");
    }
    assert_eq!(ON_ARTIFACTS.0.len(), native.len());
}

/// The gas of every message of this name that was accepted, its bytes included.
fn gas(message: &str) -> Vec<u64> {
    let calls = ON_ARTIFACTS.1.iter();
    let accepted = calls.filter(|call| {
        call.entry_point == EntryPoint::Execute && call.accepted && call.message == message
    });
    accepted
        .map(|call| call.gas.total() + call.tx_bytes_gas())
        .collect()
}

#[test]
fn an_answer_costs_at_most_164_000_gas() {
    let answers = gas("fulfil");
    assert_eq!(answers.len(), 2);
    for gas in answers {
        assert!(gas <= MOST_GAS_OF_AN_ANSWER, "{gas}");
    }
}

#[test]
fn every_message_of_a_prediction_is_accepted_as_often_as_it_should() {
    let expected = [
        ("register_model", 2),
        ("offer", 3),
        ("deposit", 1),
        ("request", 4),
        ("fulfil", 2),
        ("close_offer", 1),
        ("reclaim", 2),
        ("withdraw_balance", 1),
    ];
    for (message, times) in expected {
        let gas = gas(message);
        assert_eq!(gas.len(), times, "{message}: {:#?}", ON_ARTIFACTS.0);
        println!("{message}: {gas:?} gas");
    }
}
