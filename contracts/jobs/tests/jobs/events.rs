//! What each message tells those who listen: exactly one event, whose attributes are fixed.

use assay_jobs::contract::reply;
use assay_protocol::messages::jobs::ExecuteMsg;
use cosmwasm_std::{Event, Reply, Response, SubMsgResult, coin, coins};

use crate::escrow::withdraw;
use crate::escrow::{CIRCUIT, DATASET, Escrow, address, commitment, cw20, event, instantiation};
use crate::job::{accept, cancel, deliver, expire, extend, publish_key, release, start, top_up};
use crate::registries::Registries;
use crate::terms::Job;

const SLOT: [&str; 2] = ["job_id", "slot"];

/// What a response tells: the event's type and its attributes' names.
fn told(event: &Event) -> (String, Vec<String>) {
    let names = event.attributes.iter().map(|a| a.key.clone());
    assert!(event.attributes.iter().all(|a| !a.value.is_empty()));
    (event.ty.clone(), names.collect())
}

fn assert_tells(response: &Response, name: &str, attributes: &[&[&str]]) {
    let names: Vec<String> = attributes.concat().into_iter().map(String::from).collect();
    assert_eq!(told(event(response)), (format!("assay-{name}"), names));
}

/// A job of two slots on a dataset with a price and a royalty.
fn job() -> Job {
    let mut job = Job::new(CIRCUIT);
    job.slots = 2;
    job.buy(DATASET, coin(7, "token"), 1_000);
    job
}

fn posted() -> (Escrow, Response) {
    let mut escrow = Escrow::new();
    let mut dataset = Registries::dataset(commitment());
    (dataset.price, dataset.royalty_bps) = (job().price, job().royalty_bps);
    escrow.registries.put_dataset(DATASET, &dataset);
    let response = escrow.send("poster", &job().funds(), job().message());
    (escrow, response.unwrap())
}

#[test]
fn every_message_answers_with_one_event_of_its_name() {
    let (mut escrow, response) = posted();
    let post = [
        "job_id",
        "dataset_id",
        "circuit_id",
        "payer",
        "requester",
        "refund_to",
        "dataset_owner",
        "worker",
        "slots",
        "reward",
        "bond",
        "price",
        "royalty_bps",
    ];
    assert_tells(&response, "post", &[&post]);
    let bond = coins(10, "token");
    let mut tells = |sender: &str, funds: &[_], message: ExecuteMsg, name: &str, with: &[&str]| {
        let response = escrow.send(sender, funds, message).unwrap();
        assert_tells(&response, name, &[&SLOT, with]);
    };
    let parties = ["worker", "bond"];
    tells(
        "stranger",
        &bond,
        top_up(0),
        "top-up",
        &["payer", "amount", "reward"],
    );
    tells(
        "poster",
        &[],
        extend(0, 5_000),
        "extend",
        &["requester", "time", "height"],
    );
    tells("worker", &bond, accept(0), "accept", &parties);
    tells("worker", &[], release(0), "release", &parties);
    tells("rival", &bond, accept(0), "accept", &parties);
    let publish = publish_key(0, "age1key");
    tells("rival", &[], publish, "publish-key", &["worker", "key"]);
    tells("rival", &[], start(0), "start", &["worker", "payee"]);
    tells(
        "poster",
        &[],
        cancel(1),
        "cancel",
        &["refund_to", "reward", "price"],
    );
    escrow.go_to_deadline(0, 0);
    let response = escrow.send("stranger", &[], expire(0)).unwrap();
    let expired = ["worker", "refund_to", "reward", "bond", "price"];
    assert_tells(&response, "expire", &[&SLOT, &expired]);
}

#[test]
fn a_delivery_a_credit_and_a_withdrawal_tell_who_gets_what() {
    let mut escrow = Escrow::started();
    let proof = deliver(escrow.proof());
    let response = escrow.send("worker", &[], proof).unwrap();
    let delivered = [
        "blob_id",
        "parameters",
        "worker",
        "payee",
        "requester",
        "dataset_owner",
        "reward",
        "bond",
        "royalty",
        "price",
    ];
    assert_tells(&response, "deliver", &[&SLOT, &delivered]);
    let transfer = &response.messages[0];
    let failed = Reply {
        id: transfer.id,
        payload: transfer.payload.clone(),
        gas_used: 0,
        result: SubMsgResult::Err("refused".into()),
    };
    let env = escrow.env.clone();
    let credited = reply(escrow.deps.as_mut(), env, failed).unwrap();
    assert_tells(&credited, "credit", &[&["recipient", "amount"]]);
    let response = escrow.send("worker", &[], withdraw("token")).unwrap();
    assert_tells(&response, "withdraw", &[&["owner", "recipient", "amount"]]);
}

#[test]
fn an_instantiation_tells_what_it_relies_on() {
    let response = Escrow::blank().instantiate(instantiation()).unwrap();
    let registries = ["circuit_registry", "dataset_registry", "model_store"];
    assert_tells(&response, "instantiate", &[&registries]);
}

/// Whoever listens for jobs need not know what they are paid in.
#[test]
fn a_message_that_a_token_brings_tells_the_same() {
    let (_, plain) = posted();
    let mut job = Job::new(CIRCUIT);
    job.reward.denom = cw20(&address("token"));
    let mut escrow = Escrow::new();
    let response = escrow.receive("token", "poster", 100, &job.message());
    let (ours, theirs) = (response.unwrap(), plain);
    assert_eq!(told(event(&ours)), told(event(&theirs)));
}
