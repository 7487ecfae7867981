//! Random messages by everybody, in any order: what the store holds is always exactly the
//! deposits of its uploads, its pins and what is being deleted. In the end strangers and
//! holders can empty it.

use assay_protocol::messages::model_store::{BlobResponse, BlobState, ExecuteMsg};
use assay_protocol::messages::time::{MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS};
use cosmwasm_std::Addr;
use cw_multi_test::IntoAddr;
use proptest::prelude::*;

use crate::market::{ACTORS, DEPOSIT, FUNDS, Market};
use crate::steps::{Step, steps, take};

/// For how many chunks the store owes the deposit of a blob.
fn owed(market: &Market, blob: &BlobResponse) -> u32 {
    let holders = market.holders(blob.blob).len() as u32;
    match blob.state {
        BlobState::Uploading { .. } => blob.chunks,
        BlobState::Aborting { .. } | BlobState::Dead {} => blob.received,
        BlobState::Finalised { pins } => {
            assert_eq!(pins, u64::from(holders));
            assert!(pins > 0 && blob.received == blob.chunks);
            holders * blob.chunks
        }
    }
}

fn assert_solvent(market: &Market) {
    let blobs = market.blobs();
    let owed: u32 = blobs.iter().map(|blob| owed(market, blob)).sum();
    let held = market.balance(&market.store.address);
    assert_eq!(held, u128::from(owed) * DEPOSIT);
    for blob in blobs {
        let is_finalised = matches!(blob.state, BlobState::Finalised { .. });
        assert_eq!(blob.parameters.is_some(), is_finalised);
        assert_eq!(!market.holders(blob.blob).is_empty(), is_finalised);
    }
}

/// The message by which a blob comes nearer to its end, and who sends it.
fn exit(market: &Market, blob: &BlobResponse) -> (&'static str, ExecuteMsg) {
    let id = blob.blob;
    match blob.state {
        BlobState::Uploading { .. } | BlobState::Aborting { .. } => {
            ("stranger", ExecuteMsg::Abort { blob: id })
        }
        BlobState::Finalised { .. } => (market.holders(id)[0], ExecuteMsg::Release { blob: id }),
        BlobState::Dead {} => ("stranger", ExecuteMsg::Sweep { blob: id }),
    }
}

/// How many things the store keeps.
fn kept(market: &Market) -> usize {
    let store = Addr::unchecked(&market.store.address);
    market.app.dump_wasm_raw(&store).len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn the_store_holds_the_deposits_of_uploads_and_pins_and_can_always_be_emptied(steps in steps()) {
        let mut market = Market::new();
        let fixed = kept(&market);
        for step in steps {
            take(&mut market, step);
            assert_solvent(&market);
        }
        market.wait(MAX_WINDOW_SECONDS, MAX_WINDOW_BLOCKS);
        while let Some(blob) = market.blobs().first() {
            let (sender, message) = exit(&market, blob);
            prop_assert!(market.send(sender, 0, &message));
            assert_solvent(&market);
        }
        prop_assert_eq!(market.balance(&market.store.address), 0);
        // The last id is all that is left.
        prop_assert!(kept(&market) <= fixed + 1);
        let all = ACTORS.map(|actor| market.balance(actor.into_addr().as_str()));
        prop_assert_eq!(all.iter().sum::<u128>(), FUNDS * ACTORS.len() as u128);
    }
}

/// The property says little if the steps are mostly refused.
#[test]
fn random_steps_reach_every_state() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut states, mut taken) = ([false; 5], [false; 4]);
    for _ in 0..32 {
        let mut market = Market::new();
        let steps: Vec<Step> = steps().new_tree(&mut runner).unwrap().current();
        for step in steps {
            let place = match &step {
                Step::Abort(..) => Some(0),
                Step::Pin { .. } => Some(1),
                Step::Release(..) | Step::Part(_) => Some(2),
                Step::Sweep(..) => Some(3),
                _ => None,
            };
            if take(&mut market, step)
                && let Some(place) = place
            {
                taken[place] = true;
            }
            for blob in market.blobs() {
                let state = match blob.state {
                    BlobState::Uploading { .. } => 0,
                    BlobState::Aborting { .. } => 1,
                    BlobState::Finalised { pins: 1 } => 2,
                    BlobState::Finalised { .. } => 3,
                    BlobState::Dead {} => 4,
                };
                states[state] = true;
            }
        }
    }
    assert_eq!((states, taken), ([true; 5], [true; 4]));
}
