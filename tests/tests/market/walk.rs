//! Every message of every contract, each at least once, with mistakes on the way.

use assay_cli::demo::Contracts;
use assay_protocol::Scalar;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{BlobId, DatasetId, OfferId, RequestId, StatementElement};
use assay_protocol::messages::dataset_registry::{self, QueryMsg};
use assay_protocol::messages::denomination::CW20_PREFIX;
use assay_protocol::messages::jobs::{self, Posting, SlotId};
use assay_protocol::messages::model_store::{self, MAX_ABORT_CHUNKS};
use assay_protocol::messages::predictions::{self, Offering};
use assay_protocol::messages::time::Window;
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use cosmwasm_std::{Coin, coin, coins};
use cw_multi_test::IntoAddr;

use crate::market::{Market, WINDOW, deposit};
use crate::messages::{
    BLOB, DATASET, INPUT, begin, dataset, finalise, job, offer, offering, publish_key, put,
    receive, request, slot, start,
};

/// A dataset with a price and a royalty.
const PRICED: DatasetId = DatasetId(2);
/// A blob of which one message can't delete all.
const LONG: BlobId = BlobId(2);
/// An upload that is given up.
const ABANDONED: BlobId = BlobId(3);

/// What every step came to.
pub fn play(contracts: Contracts) -> Vec<String> {
    let mut market = Market::new(contracts);
    let market = &mut market;
    change_datasets(market);
    upload(market);
    post(market);
    part(market);
    deliver(market);
    deliver_what_somebody_else_pins(market);
    predict(market);
    pay_in_tokens(market);
    market.wait();
    settle(market);
    delete(market);
    deprecate(market);
    std::mem::take(&mut market.transcript)
}

fn address(name: &str) -> String {
    name.into_addr().into()
}

/// The second dataset gets a price, and another owner.
fn change_datasets(market: &mut Market) {
    use dataset_registry::ExecuteMsg;
    market.datasets("provider", &dataset(None, 0));
    let dataset = PRICED;
    let terms = ExecuteMsg::SetTerms {
        dataset,
        license: "CC-BY-4.0".into(),
        price: Some(coin(7, "token")),
        royalty_bps: 1_000,
    };
    let offer = ExecuteMsg::OfferTransfer {
        dataset,
        to: Some(address("rival")),
    };
    for message in [&terms, &offer] {
        market.datasets("stranger", message);
        market.datasets("provider", message);
    }
    let accept = ExecuteMsg::AcceptTransfer { dataset };
    for sender in ["stranger", "rival", "rival"] {
        market.datasets(sender, &accept);
    }
    market.ask_datasets(&QueryMsg::Dataset { id: dataset });
}

/// A blob that is evaluated while it arrives, and one of which the rest never arrives.
fn upload(market: &mut Market) {
    let bytes = vec![7; MAX_ABORT_CHUNKS as usize * CHUNK_BYTES + 6];
    let begin = |length| begin(length, BlobHash::Sha256, None);
    let chunks = MAX_ABORT_CHUNKS + 1;
    market.store("provider", &deposit(1), &begin(bytes.len()));
    market.store("provider", &deposit(chunks.into()), &begin(bytes.len()));
    for index in 0..chunks {
        market.store("provider", &[], &put(LONG, index, &bytes));
        if index == 0 {
            market.store("stranger", &[], &evaluate());
        }
    }
    market.store("provider", &[], &finalise(LONG));
    market.store("provider", &deposit(2), &begin(2 * CHUNK_BYTES));
    market.store("provider", &[], &put(ABANDONED, 0, &bytes));
    let abort = model_store::ExecuteMsg::Abort { blob: ABANDONED };
    for sender in ["stranger", "provider", "provider"] {
        market.store(sender, &[], &abort);
    }
    let registration = market.registration(&"provider".into_addr());
    market.store("provider", &[], &registration);
}

fn evaluate() -> model_store::ExecuteMsg {
    model_store::ExecuteMsg::Evaluate {
        blob: LONG,
        point: StatementElement(Scalar::from(1 << 40).square().square()),
        limit: None,
    }
}

/// A job of four slots, each for 100 and a price of 7.
fn post(market: &mut Market) {
    let posted = jobs::ExecuteMsg::Post(Posting {
        dataset: PRICED,
        price: Some(coin(7, "token")),
        royalty_bps: 1_000,
        slots: 4,
        ..job(Kind::TrainingPublic)
    });
    market.jobs("requester", &coins(400, "token"), &posted);
    market.jobs("requester", &coins(428, "token"), &posted);
    let top_up = jobs::ExecuteMsg::TopUp(slot(1, 0));
    market.jobs("stranger", &coins(20, "other"), &top_up);
    market.jobs("stranger", &coins(20, "token"), &top_up);
    let extend = jobs::ExecuteMsg::Extend {
        job: slot(1, 0).job,
        slot: 0,
        window: Window {
            seconds: 2 * WINDOW.seconds,
            blocks: 2 * WINDOW.blocks,
        },
    };
    for sender in ["stranger", "requester", "requester"] {
        market.jobs(sender, &[], &extend);
    }
}

fn bond() -> Vec<Coin> {
    coins(10, "token")
}

/// A worker that is released, and slots that nobody takes.
fn part(market: &mut Market) {
    let first = slot(1, 0);
    let accept = jobs::ExecuteMsg::Accept(first);
    // As long as a recipient of age.
    let publish = publish_key(first, "age1".to_owned() + &"q".repeat(58));
    market.jobs("rival", &bond(), &accept);
    market.jobs("provider", &bond(), &accept);
    for sender in ["provider", "rival"] {
        market.jobs(sender, &[], &publish);
    }
    let release = jobs::ExecuteMsg::Release(first);
    for sender in ["stranger", "requester"] {
        market.jobs(sender, &[], &release);
    }
    market.jobs("provider", &bond(), &accept);
    let cancel = jobs::ExecuteMsg::Cancel;
    market.jobs("stranger", &[], &cancel(first));
    market.jobs("requester", &[], &cancel(first));
    market.refuse("requester", true);
    market.jobs("requester", &[], &cancel(slot(1, 1)));
    market.refuse("requester", false);
    let withdraw = jobs::ExecuteMsg::Withdraw {
        denom: "token".into(),
        owner: None,
        to: None,
    };
    for sender in ["stranger", "requester", "requester"] {
        market.jobs(sender, &[], &withdraw);
    }
}

/// Takes a slot for "provider", who has the data at once.
fn take(market: &mut Market, slot: SlotId) {
    market.jobs("provider", &bond(), &jobs::ExecuteMsg::Accept(slot));
    let start = start(slot, None);
    for sender in ["stranger", "provider"] {
        market.jobs(sender, &[], &start);
    }
}

/// One slot is delivered, and one isn't.
fn deliver(market: &mut Market) {
    let (delivered, late) = (slot(1, 2), slot(1, 3));
    let delivery = market.delivery(delivered);
    market.jobs("provider", &[], &delivery);
    take(market, delivered);
    market.jobs("stranger", &[], &delivery);
    market.jobs("provider", &[], &delivery);
    take(market, late);
    market.jobs("stranger", &[], &jobs::ExecuteMsg::Expire(late));
}

/// A job whose requester isn't who keeps the blob, until somebody pins it for them.
fn deliver_what_somebody_else_pins(market: &mut Market) {
    let posted = jobs::ExecuteMsg::Post(Posting {
        requester: Some(address("rival")),
        ..job(Kind::TrainingPublic)
    });
    market.jobs("requester", &coins(100, "token"), &posted);
    let slot = slot(2, 0);
    take(market, slot);
    let delivery = market.delivery(slot);
    market.jobs("provider", &[], &delivery);
    let pin = model_store::ExecuteMsg::Pin {
        blob: BLOB,
        holder: Some(address("rival")),
    };
    market.store("provider", &[], &pin);
    market.store("provider", &deposit(1), &pin);
    market.store("provider", &deposit(1), &pin);
    market.jobs("provider", &[], &delivery);
}

/// Three requests, one of which is answered.
fn predict(market: &mut Market) {
    let (price, kind) = (coins(100, "token"), Kind::PredictionPublic);
    let request = |prepaid| request(OfferId(1), &INPUT, prepaid);
    market.predictions("provider", &[], &offer(kind));
    market.predictions("requester", &price, &request(false));
    market.predictions("requester", &price, &request(false));
    let deposit = predictions::ExecuteMsg::Deposit {
        owner: Some(address("requester")),
    };
    market.predictions("rival", &coins(150, "token"), &deposit);
    market.predictions("rival", &[], &request(true));
    market.predictions("requester", &[], &request(true));
    let answer = market.answer(kind, RequestId(1));
    market.predictions("provider", &[], &answer);
    let close = predictions::ExecuteMsg::CloseOffer { offer: OfferId(1) };
    market.predictions("stranger", &[], &close);
    market.predictions("provider", &[], &close);
}

/// The account "token" says what a cw20 token says, and is believed for what is paid in it.
fn pay_in_tokens(market: &mut Market) {
    let price = coin(100, format!("{CW20_PREFIX}{}", address("token")));
    let posted = jobs::ExecuteMsg::Post(Posting {
        dataset: DATASET,
        reward: price.clone(),
        ..job(Kind::TrainingPublic)
    });
    let offer = predictions::ExecuteMsg::Offer(Offering {
        price,
        ..offering(Kind::PredictionPublic, BLOB)
    });
    market.predictions("provider", &[], &offer);
    let asked = request(OfferId(2), &INPUT, false);
    for sender in ["stranger", "token"] {
        let posted = jobs::ExecuteMsg::Receive(receive(&posted));
        market.jobs(sender, &[], &posted);
        let asked = predictions::ExecuteMsg::Receive(receive(&asked));
        market.predictions(sender, &[], &asked);
    }
}

/// What is due when all windows have passed.
fn settle(market: &mut Market) {
    market.jobs("stranger", &[], &jobs::ExecuteMsg::Expire(slot(1, 3)));
    let reclaim = |request| predictions::ExecuteMsg::Reclaim { request };
    market.predictions("stranger", &[], &reclaim(RequestId(2)));
    market.refuse("requester", true);
    market.predictions("stranger", &[], &reclaim(RequestId(3)));
    market.refuse("requester", false);
    let denom = String::from("token");
    let withdraw = predictions::ExecuteMsg::Withdraw {
        denom: denom.clone(),
        owner: None,
        to: None,
    };
    let withdraw_balance = predictions::ExecuteMsg::WithdrawBalance {
        denom,
        amount: None,
        to: None,
    };
    for message in [&withdraw, &withdraw_balance] {
        market.predictions("stranger", &[], message);
        market.predictions("requester", &[], message);
    }
}

/// One of two pins goes, and a blob whose only pin does.
fn delete(market: &mut Market) {
    let release = |blob| model_store::ExecuteMsg::Release { blob };
    let sweep = model_store::ExecuteMsg::Sweep { blob: LONG };
    market.store("stranger", &[], &release(BLOB));
    market.store("requester", &[], &release(BLOB));
    market.store("stranger", &[], &sweep);
    market.store("provider", &[], &release(LONG));
    market.store("stranger", &[], &evaluate());
    market.store("stranger", &[], &sweep);
    market.store("stranger", &[], &sweep);
    for blob in [BLOB, LONG] {
        market.ask_store(&model_store::QueryMsg::Blob { blob });
    }
}

fn deprecate(market: &mut Market) {
    let deprecate = dataset_registry::ExecuteMsg::Deprecate {
        dataset: PRICED,
        successor: Some(DATASET),
    };
    for sender in ["provider", "rival", "rival"] {
        market.datasets(sender, &deprecate);
    }
}
