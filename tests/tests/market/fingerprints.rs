//! Parameters that a fingerprint binds, from the upload to the payment: in one chunk that is as
//! long as may be, and in several, evaluated while they still arrive.

use assay_protocol::Scalar;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{BlobId, OfferId, RequestId, StatementElement};
use assay_protocol::messages::{jobs, model_store};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use assay_tests::{EntryPoint, GasLog};
use cosmwasm_std::coins;
use cw_multi_test::IntoAddr;

use assay_cli::demo::Contracts;

use crate::market::{Market, deposit};
use crate::messages::{INPUT, begin, finalise, job, offer_of, put, request, slot, start};
use crate::{artifacts, assert_agree};

/// What the market's chain begins with is blob 1.
const SHORT: BlobId = BlobId(2);
const LONG: BlobId = BlobId(3);

fn bytes(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i * 31 % 251) as u8).collect()
}

fn short() -> Vec<u8> {
    bytes(CHUNK_BYTES)
}

fn long() -> Vec<u8> {
    bytes(2 * CHUNK_BYTES + 1_000)
}

fn evaluate(market: &mut Market, blob: BlobId, point: Scalar) {
    let evaluate = model_store::ExecuteMsg::Evaluate {
        blob,
        point: StatementElement(point),
        limit: None,
    };
    market.store("stranger", &[], &evaluate);
}

/// An answer, then a delivery, each refused before it is paid.
fn play(contracts: Contracts) -> Vec<String> {
    let mut market = Market::new(contracts);
    answer(&mut market, &short());
    deliver(&mut market, &long());
    market.transcript
}

fn answer(market: &mut Market, short: &[u8]) {
    let begin = begin(short.len(), BlobHash::Sha256, None);
    market.store("provider", &deposit(1), &begin);
    market.store("provider", &[], &put(SHORT, 0, short));
    let offer = offer_of(Kind::PredictionFingerprint, SHORT);
    market.predictions("provider", &[], &offer);
    market.store("provider", &[], &finalise(SHORT));
    market.predictions("provider", &[], &offer);
    let request = request(OfferId(1), &INPUT, false);
    market.predictions("requester", &coins(100, "token"), &request);
    let mut other = short.to_vec();
    other[CHUNK_BYTES - 1] ^= 1;
    for bytes in [other.as_slice(), short] {
        let answer = market.hashed_answer(RequestId(1), bytes);
        market.predictions("provider", &[], &answer);
    }
}

/// The requester holds no pin until the worker pays for one.
fn deliver(market: &mut Market, long: &[u8]) {
    let posted = jobs::ExecuteMsg::Post(job(Kind::TrainingFingerprint));
    market.jobs("requester", &coins(100, "token"), &posted);
    let slot = slot(1, 0);
    market.jobs(
        "provider",
        &coins(10, "token"),
        &jobs::ExecuteMsg::Accept(slot),
    );
    market.jobs("provider", &[], &start(slot, None));
    let (deliver, point) = market.hashed_delivery(slot, LONG, long);
    let begin = begin(long.len(), BlobHash::Sha256, None);
    market.store("provider", &deposit(3), &begin);
    for index in [0, 1] {
        market.store("provider", &[], &put(LONG, index, long));
    }
    evaluate(market, LONG, point);
    market.store("provider", &[], &put(LONG, 2, long));
    market.jobs("provider", &[], &deliver);
    market.store("provider", &[], &finalise(LONG));
    market.jobs("provider", &[], &deliver);
    let pin = model_store::ExecuteMsg::Pin {
        blob: LONG,
        holder: Some("requester".into_addr().into()),
    };
    market.store("provider", &deposit(3), &pin);
    market.jobs("provider", &[], &deliver);
    evaluate(market, LONG, point);
    market.jobs("provider", &[], &deliver);
    market.jobs("provider", &[], &deliver);
}

#[test]
fn native_contracts_and_artifacts_agree_on_every_step_with_a_fingerprint() {
    let native = play(Contracts::native());
    let log = GasLog::default();
    assert_agree(&play(artifacts(&log)), &native);
    let calls = log.calls();
    let executed = |message: &str| -> Vec<(bool, u64)> {
        calls
            .iter()
            .filter(|call| call.entry_point == EntryPoint::Execute && call.message == message)
            .map(|call| (call.accepted, call.gas.total() + call.tx_bytes_gas()))
            .collect()
    };
    let accepted = |message| -> Vec<bool> { executed(message).iter().map(|(a, _)| *a).collect() };
    assert_eq!(accepted("offer"), [false, true]);
    assert_eq!(accepted("fulfil"), [false, true]);
    assert_eq!(accepted("evaluate"), [true, true]);
    // Not finalised, not pinned, not evaluated, paid, and paid already.
    assert_eq!(accepted("deliver"), [false, false, false, true, false]);
    // The contract reads the longest chunk: three gas a byte.
    let (_, answer) = executed("fulfil")[1];
    println!("an answer with a fingerprint of {CHUNK_BYTES} bytes: {answer} gas");
    assert!(answer <= 200_000, "{answer}");
    let (_, delivery) = executed("deliver")[3];
    println!("a delivery whose fingerprint is there: {delivery} gas");
    assert!(delivery <= 90_000, "{delivery}");
}
