//! Hidden models, offers and requests: what can go right and wrong with predictions.

use std::sync::LazyLock;

use assay_cli::demo::Contracts;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{ModelId, OfferId, RequestId};
use assay_protocol::messages::model_store;
use assay_protocol::messages::predictions::{ExecuteMsg, QueryMsg};
use assay_tests::{Call, EntryPoint, GasLog};
use cosmwasm_std::coins;
use cw_multi_test::IntoAddr;

use crate::market::Market;
use crate::messages::{INPUT, offer, request};
use crate::{artifacts, assert_agree};

/// SDK gas that an answer may cost: 260,000 with a transaction's base of 96,000.
const MOST_GAS_OF_AN_ANSWER: u64 = 164_000;

/// One run on the artifacts, for all tests: what every step came to, and every call.
static ON_ARTIFACTS: LazyLock<(Vec<String>, Vec<Call>)> = LazyLock::new(|| {
    let log = GasLog::default();
    let transcript = play(artifacts(&log));
    (transcript, log.calls())
});

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
    market.store("stranger", &[], &proved);
    market.store("provider", &[], &proved);
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
    market.store("stranger", &[], &plain(schema.replace("\"16\"", "\"17\"")));
    market.store("stranger", &[], &plain(schema.replace(':', ": ")));
    market.store("stranger", &[], &plain(schema.replace("\"0\"", "\"99\"")));
    let model = ModelId(1);
    market.ask_store(&model_store::QueryMsg::Model { model });
    let (start_after, limit) = (None, Some(1));
    market.ask_store(&model_store::QueryMsg::Models { start_after, limit });
}

fn make_offers(market: &mut Market) {
    for kind in [Kind::PredictionPublic, Kind::PredictionHidden] {
        market.predictions("stranger", &[], &offer(kind));
        market.predictions("provider", &coins(1, "token"), &offer(kind));
        market.predictions("provider", &[], &offer(kind));
    }
    let (start_after, limit) = (None, Some(2));
    market.ask_predictions(&QueryMsg::Offers { start_after, limit });
    market.ask_predictions(&QueryMsg::Offer { offer: PUBLIC });
}

/// What "stranger" offers comes first.
const PUBLIC: OfferId = OfferId(2);
const HIDDEN: OfferId = OfferId(3);

/// Requests 1 and 3 are for the public model, 2 and 4 for the hidden one.
fn ask(market: &mut Market) {
    let price = coins(100, "token");
    market.predictions("requester", &price, &request(PUBLIC, &INPUT[1..], false));
    market.predictions("requester", &[], &request(PUBLIC, &INPUT, true));
    market.predictions(
        "requester",
        &coins(150, "token"),
        &ExecuteMsg::Deposit { owner: None },
    );
    market.predictions("requester", &price, &request(PUBLIC, &INPUT, false));
    market.predictions("requester", &[], &request(HIDDEN, &INPUT, true));
    market.predictions("requester", &[], &request(HIDDEN, &INPUT, true));
    market.predictions("rival", &price, &request(PUBLIC, &INPUT, false));
    market.predictions("rival", &price, &request(HIDDEN, &INPUT, false));
    let (start_after, limit) = (None, None);
    market.ask_predictions(&QueryMsg::Requests {
        offer: HIDDEN,
        start_after,
        limit,
    });
    let address = "requester".into_addr().into_string();
    market.ask_predictions(&QueryMsg::Balances {
        address,
        start_after: None,
        limit,
    });
    let request = RequestId(2);
    market.ask_predictions(&QueryMsg::Input { request });
}

fn answer(market: &mut Market) {
    let public = market.answer(Kind::PredictionPublic, RequestId(1));
    let hidden = market.answer(Kind::PredictionHidden, RequestId(2));
    let of_another_kind = market.answer(Kind::PredictionHidden, RequestId(1));
    market.predictions("provider", &[], &of_another_kind);
    market.predictions("provider", &[], &replayed(&public, RequestId(3)));
    market.predictions("provider", &[], &replayed(&hidden, RequestId(4)));
    market.predictions("provider", &[], &public);
    market.predictions("stranger", &[], &hidden);
    market.predictions("provider", &[], &public);
    for request in [RequestId(2), RequestId(3)] {
        market.ask_predictions(&QueryMsg::Request { request });
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
    market.predictions("stranger", &[], &ExecuteMsg::CloseOffer { offer });
    market.predictions("provider", &[], &ExecuteMsg::CloseOffer { offer });
    let price = coins(100, "token");
    market.predictions("rival", &price, &request(PUBLIC, &INPUT, false));
    let reclaim = |request: u64| ExecuteMsg::Reclaim {
        request: RequestId(request),
    };
    market.predictions("rival", &[], &reclaim(3));
    market.wait();
    let late = market.answer(Kind::PredictionPublic, RequestId(3));
    market.predictions("provider", &[], &late);
    for request in 1..=4 {
        market.predictions("stranger", &[], &reclaim(request));
    }
    for sender in ["stranger", "requester"] {
        let (denom, amount, to) = ("token".into(), None, None);
        let message = ExecuteMsg::WithdrawBalance { denom, amount, to };
        market.predictions(sender, &[], &message);
    }
}

#[test]
fn native_contracts_and_artifacts_agree_on_every_step_of_a_prediction() {
    let native = play(Contracts::native());
    assert_agree(&ON_ARTIFACTS.0, &native);
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
