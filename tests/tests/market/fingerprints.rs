//! Parameters that a fingerprint binds, from the upload to the payment: in one chunk that is as
//! long as may be, and in several, evaluated while they still arrive.

use assay_protocol::Scalar;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{BlobId, JobId, OfferId, RequestId, StatementElement};
use assay_protocol::messages::escrow::{ExecuteMsg, SlotId};
use assay_protocol::messages::model_store;
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use assay_tests::{EntryPoint, GasLog};
use cosmwasm_std::coins;

use assay_cli::demo::Contracts;

use crate::market::{INPUT, Market, job, offer_of};

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

fn begin(market: &mut Market, bytes: &[u8]) {
    let (length, hash) = (bytes.len() as u32, BlobHash::Sha256);
    market.store("provider", &model_store::ExecuteMsg::Begin { length, hash });
}

fn put(market: &mut Market, blob: BlobId, bytes: &[u8], index: u32) {
    let data = bytes
        .chunks(CHUNK_BYTES)
        .nth(index as usize)
        .unwrap()
        .into();
    let put = model_store::ExecuteMsg::PutChunk { blob, index, data };
    market.store("provider", &put);
}

fn evaluate(market: &mut Market, blob: BlobId, point: Scalar) {
    let evaluate = model_store::ExecuteMsg::Evaluate {
        blob,
        point: StatementElement(point),
        limit: None,
    };
    market.store("stranger", &evaluate);
}

/// An answer, then a delivery, each refused before it is paid.
fn play(contracts: Contracts) -> Vec<String> {
    let mut market = Market::new(contracts);
    let (short, long) = (short(), long());
    begin(&mut market, &short);
    put(&mut market, SHORT, &short, 0);
    let offer = offer_of(Kind::PredictionFingerprint, SHORT);
    market.send("provider", &[], &offer);
    market.store(
        "provider",
        &model_store::ExecuteMsg::Finalise { blob: SHORT },
    );
    market.send("provider", &[], &offer);
    let request = ExecuteMsg::Request {
        offer: OfferId(1),
        input: INPUT.into(),
        prepaid: false,
    };
    market.send("requester", &coins(100, "token"), &request);
    let mut other = short.clone();
    other[CHUNK_BYTES - 1] ^= 1;
    for bytes in [&other, &short] {
        let answer = market.hashed_answer(RequestId(1), bytes);
        market.send("provider", &[], &answer);
    }

    let posted = job(Kind::TrainingFingerprint);
    market.send("requester", &coins(100, "token"), &posted);
    let slot = SlotId {
        job: JobId(1),
        slot: 0,
    };
    market.send("provider", &coins(10, "token"), &ExecuteMsg::Accept(slot));
    market.send("provider", &[], &ExecuteMsg::Start(slot));
    let (deliver, point) = market.hashed_delivery(JobId(1), LONG, &long);
    begin(&mut market, &long);
    put(&mut market, LONG, &long, 0);
    put(&mut market, LONG, &long, 1);
    evaluate(&mut market, LONG, point);
    put(&mut market, LONG, &long, 2);
    market.send("provider", &[], &deliver);
    market.store(
        "provider",
        &model_store::ExecuteMsg::Finalise { blob: LONG },
    );
    market.send("provider", &[], &deliver);
    evaluate(&mut market, LONG, point);
    market.send("provider", &[], &deliver);
    market.send("provider", &[], &deliver);
    market.transcript
}

#[test]
fn native_contracts_and_artifacts_agree_on_every_step_with_a_fingerprint() {
    let native = play(Contracts::native());
    let log = GasLog::default();
    let artifacts = play(crate::artifacts(&log));
    for (step, (ours, native)) in artifacts.iter().zip(&native).enumerate() {
        assert_eq!(ours, native, "step {step}");
    }
    assert_eq!(artifacts.len(), native.len());
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
    // Not finalised, not evaluated, paid, and paid already.
    assert_eq!(accepted("deliver"), [false, false, true, false]);
    // The escrow reads the longest chunk: three gas a byte.
    let (_, answer) = executed("fulfil")[1];
    println!("an answer with a fingerprint of {CHUNK_BYTES} bytes: {answer} gas");
    assert!(answer <= 200_000, "{answer}");
    let (_, delivery) = executed("deliver")[2];
    println!("a delivery whose fingerprint is there: {delivery} gas");
    assert!(delivery <= 90_000, "{delivery}");
}
