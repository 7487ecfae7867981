//! What a dataset's owner is paid: royalty and price.

use assay_escrow::Error as EscrowError;
use assay_jobs::ContractError;
use assay_protocol::messages::dataset_registry::RegisteredDataset;
use assay_protocol::messages::jobs::ExecuteMsg;
use cosmwasm_std::{Coin, Uint256, coin, coins};
use cw_multi_test::IntoAddr;

use crate::chain::{Chain, PRICED};
use crate::escrow::{CIRCUIT, DATASET, Escrow, address, commitment, transfers};
use crate::job::{accept, cancel, deliver, expire, start, start_for};
use crate::registries::Registries;
use crate::terms::{JOB, Job};

/// A dataset of "dataset owner" with these terms.
fn dataset(price: Option<Coin>, royalty_bps: u16) -> RegisteredDataset {
    RegisteredDataset {
        price,
        royalty_bps,
        ..Registries::dataset(commitment())
    }
}

/// An escrow whose dataset is this one.
fn with(dataset: &RegisteredDataset) -> Escrow {
    let escrow = Escrow::new();
    escrow.registries.put_dataset(DATASET, dataset);
    escrow
}

/// What is paid when a slot of `job` is delivered on this dataset, whose terms it agrees to.
fn paid(dataset: &RegisteredDataset, job: Job) -> Vec<(String, Coin)> {
    paid_to(dataset, job, None)
}

fn paid_to(dataset: &RegisteredDataset, mut job: Job, payee: Option<&str>) -> Vec<(String, Coin)> {
    let mut escrow = with(dataset);
    (job.price, job.royalty_bps) = (dataset.price.clone(), dataset.royalty_bps);
    escrow.send("poster", &job.funds(), job.message()).unwrap();
    let start = start_for(0, payee.map(address).as_ref());
    let bond = Some(job.bond).filter(|bond| !bond.amount.is_zero());
    escrow
        .send("worker", &Vec::from_iter(bond), accept(0))
        .unwrap();
    escrow.send("worker", &[], start).unwrap();
    let proof = deliver(escrow.proof());
    transfers(&escrow.send("worker", &[], proof).unwrap())
}

fn named(name: &str, coin: Coin) -> (String, Coin) {
    (address(name).into(), coin)
}

#[test]
fn a_royalty_is_a_share_of_the_reward_rounded_down() {
    let half = Uint256::MAX / Uint256::from(2u128);
    for (reward, bps, royalty) in [
        (Uint256::from(100u128), 250, Uint256::from(2u128)),
        (Uint256::from(10_000u128), 1, Uint256::one()),
        (Uint256::from(19_999u128), 1, Uint256::one()),
        (Uint256::from(20_001u128), 4_999, Uint256::from(9_998u128)),
        (Uint256::from(3u128), 5_000, Uint256::one()),
        (Uint256::MAX, 5_000, half),
    ] {
        let mut job = Job::new(CIRCUIT);
        (job.reward.amount, job.bond.amount) = (reward, Uint256::zero());
        let expected = [
            named("worker", Coin::new(reward - royalty, "token")),
            named("dataset owner", Coin::new(royalty, "token")),
        ];
        assert_eq!(paid(&dataset(None, bps), job), expected, "{reward} {bps}");
    }
}

#[test]
fn a_royalty_of_less_than_one_is_none() {
    for (reward, bps) in [(9_999u128, 1), (1, 5_000), (100, 0)] {
        let mut job = Job::new(CIRCUIT);
        job.reward.amount = reward.into();
        let expected = [named("worker", coin(reward + 10, "token"))];
        assert_eq!(paid(&dataset(None, bps), job), expected);
    }
}

#[test]
fn a_price_is_paid_to_the_datasets_owner_on_top_of_the_reward() {
    let terms = dataset(Some(coin(7, "other")), 0);
    let expected = [
        named("worker", coin(110, "token")),
        named("dataset owner", coin(7, "other")),
    ];
    assert_eq!(paid(&terms, Job::new(CIRCUIT)), expected);
}

#[test]
fn royalty_and_price_in_one_coin_are_one_transfer() {
    let terms = dataset(Some(coin(7, "token")), 1_000);
    let expected = [
        named("worker", coin(100, "token")),
        named("dataset owner", coin(17, "token")),
    ];
    assert_eq!(paid(&terms, Job::new(CIRCUIT)), expected);
}

#[test]
fn a_payee_who_owns_the_dataset_is_paid_everything_at_once() {
    let terms = dataset(Some(coin(7, "token")), 1_000);
    let all = [named("dataset owner", coin(117, "token"))];
    let job = Job::new(CIRCUIT);
    assert_eq!(paid_to(&terms, job, Some("dataset owner")), all);
}

#[test]
fn royalty_and_price_are_fixed_at_posting() {
    let mut escrow = with(&dataset(Some(coin(7, "other")), 1_000));
    let mut job = Job::new(CIRCUIT);
    job.buy(DATASET, coin(7, "other"), 1_000);
    escrow.send("poster", &job.funds(), job.message()).unwrap();
    let mut later = dataset(Some(coin(1_000, "token")), 5_000);
    (later.owner, later.deprecated) = ("another".into(), true);
    escrow.registries.put_dataset(DATASET, &later);
    escrow.send("worker", &[job.bond], accept(0)).unwrap();
    escrow.send("worker", &[], start(0)).unwrap();
    let proof = deliver(escrow.proof());
    let response = escrow.send("worker", &[], proof).unwrap();
    let expected = [
        named("worker", coin(100, "token")),
        named("dataset owner", coin(10, "token")),
        named("dataset owner", coin(7, "other")),
    ];
    assert_eq!(transfers(&response), expected);
}

/// Price and royalty.
type Cost = (Option<Coin>, u16);

/// The error for a job that agrees to `agreed` on a dataset that costs `asked`.
fn refused((price, royalty_bps): Cost, agreed: Cost) -> ContractError {
    let mut job = Job::new(CIRCUIT);
    (job.price, job.royalty_bps) = agreed;
    let posted = with(&dataset(price, royalty_bps)).send("poster", &job.funds(), job.message());
    posted.unwrap_err()
}

#[test]
fn a_job_agrees_to_exactly_the_datasets_price_and_royalty() {
    let price = || Some(coin(7, "other"));
    for (asked, agreed) in [
        ((price(), 0), (None, 0)),
        ((None, 0), (price(), 0)),
        ((price(), 0), (Some(coin(6, "other")), 0)),
        ((price(), 0), (Some(coin(8, "other")), 0)),
        ((price(), 0), (Some(coin(7, "token")), 0)),
        ((price(), 250), (price(), 249)),
        ((price(), 250), (price(), 251)),
        ((None, 5_000), (None, 0)),
        ((None, 0), (None, 5_000)),
    ] {
        let error = refused(asked, agreed);
        assert!(
            matches!(
                error,
                ContractError::Price {
                    dataset: DATASET,
                    ..
                }
            ),
            "{error}"
        );
    }
}

#[test]
fn a_deprecated_dataset_takes_no_jobs() {
    let mut terms = dataset(None, 0);
    terms.deprecated = true;
    let job = Job::new(CIRCUIT);
    let error = with(&terms).send("poster", &job.funds(), job.message());
    assert!(matches!(
        error,
        Err(ContractError::Deprecated { dataset: DATASET })
    ));
}

/// Posts a job of two slots, each for 100 of a token and a price of 7, with these funds.
fn post_with(price: &str, funds: &[Coin]) -> Result<(), ContractError> {
    let mut job = Job::new(CIRCUIT);
    (job.slots, job.price) = (2, Some(coin(7, price)));
    let mut escrow = with(&dataset(job.price.clone(), 0));
    escrow.send("poster", funds, job.message()).map(|_| ())
}

#[track_caller]
fn assert_wrong_funds(posted: Result<(), ContractError>) {
    assert!(matches!(
        posted,
        Err(ContractError::Escrow(EscrowError::WrongFunds { .. }))
    ));
}

#[test]
fn only_exactly_rewards_and_prices_can_be_sent() {
    post_with("token", &coins(214, "token")).unwrap();
    for wrong in [200, 207, 213, 215] {
        assert_wrong_funds(post_with("token", &coins(wrong, "token")));
    }
    post_with("other", &[coin(14, "other"), coin(200, "token")]).unwrap();
    for (other, token) in [(7, 200), (14, 100), (13, 200), (15, 200), (14, 201)] {
        let funds = [coin(other, "other"), coin(token, "token")];
        assert_wrong_funds(post_with("other", &funds));
    }
    assert_wrong_funds(post_with("other", &coins(200, "token")));
    let more = [coin(14, "other"), coin(1, "third"), coin(200, "token")];
    assert_wrong_funds(post_with("other", &more));
}

#[test]
fn rewards_and_prices_that_overflow_are_refused() {
    for (slots, reward) in [(1, Uint256::MAX), (2, Uint256::MAX / Uint256::from(2u128))] {
        let price = Some(coin(7, "token"));
        let mut job = Job::new(CIRCUIT);
        (job.slots, job.price, job.reward.amount) = (slots, price.clone(), reward);
        let error = with(&dataset(price, 0)).send("poster", &[], job.message());
        assert!(matches!(error, Err(ContractError::RewardOverflow { .. })));
    }
}

/// A job on the chain whose dataset costs 7 and a tenth of the reward, for "rival".
fn priced() -> Chain {
    Chain::started(|_, job| job.buy(PRICED, coin(7, "token"), 1_000))
}

const PARTIES: [&str; 3] = ["poster", "worker", "rival"];

fn deliver_to(chain: &mut Chain) {
    let proof = chain.proof(JOB, 0, &"worker".into_addr());
    chain.send("stranger", &[], &deliver(proof)).unwrap();
}

#[test]
fn a_delivery_moves_reward_royalty_and_price_to_their_owners() {
    let mut chain = priced();
    assert_eq!(chain.gains(&PARTIES, "token"), [-107, -10, 0, 117]);
    deliver_to(&mut chain);
    assert_eq!(chain.gains(&PARTIES, "token"), [-107, 90, 17, 0]);
}

#[test]
fn silence_moves_the_price_back_to_the_payer() {
    let mut chain = priced();
    chain.advance(300, 30);
    chain.send("stranger", &[], &expire(0)).unwrap();
    assert_eq!(chain.gains(&PARTIES, "token"), [10, -10, 0, 0]);
}

#[test]
fn a_cancelled_slot_pays_its_price_back() {
    let mut chain = Chain::new();
    let mut job = Job::new(chain.circuit);
    job.slots = 2;
    job.buy(PRICED, coin(7, "token"), 1_000);
    chain.post(&job).unwrap();
    chain.send("poster", &[], &cancel(1)).unwrap();
    assert_eq!(chain.gains(&PARTIES, "token"), [-107, 0, 0, 107]);
}

#[test]
fn a_dataset_owner_who_cannot_be_paid_blocks_no_delivery_and_keeps_a_credit() {
    let mut chain = priced();
    chain.refuse("rival", true);
    deliver_to(&mut chain);
    assert_eq!(chain.credits("rival"), coins(17, "token"));
    assert_eq!(chain.gains(&PARTIES, "token"), [-107, 90, 0, 17]);
    chain.refuse("rival", false);
    let collect = ExecuteMsg::Withdraw {
        denom: "token".into(),
        owner: Some("rival".into_addr().into()),
        to: None,
    };
    chain.send("stranger", &[], &collect).unwrap();
    assert_eq!(chain.gains(&PARTIES, "token"), [-107, 90, 17, 0]);
}

#[test]
fn a_poster_who_is_worker_and_dataset_owner_gains_nothing() {
    let mut chain = Chain::new();
    let mut job = Job::new(chain.circuit);
    job.buy(PRICED, coin(7, "token"), 1_000);
    chain.send("rival", &job.funds(), &job.message()).unwrap();
    chain.send("rival", &[job.bond], &accept(0)).unwrap();
    chain.send("rival", &[], &start(0)).unwrap();
    let proof = chain.proof(JOB, 0, &"rival".into_addr());
    chain.send("rival", &[], &deliver(proof)).unwrap();
    assert_eq!(chain.gains(&PARTIES, "token"), [0, 0, 0, 0]);
}
