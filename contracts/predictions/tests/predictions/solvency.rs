//! Random messages by everybody, in any order, with a bank that refuses at
//! random: what the escrow holds is always exactly what it owes. After the
//! deadlines a stranger can bring every slot and every request to an end and have
//! every credit paid; what is left is prepaid, and its owners can withdraw it.

use assay_protocol::messages::predictions::{
    ExecuteMsg, MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS, RequestState, SlotId, SlotState,
};
use cosmwasm_std::{Coin, Uint256};
use cw_multi_test::IntoAddr;
use proptest::prelude::*;

use crate::chain::{ACTORS, Chain, DENOMS, FUNDS};
use crate::prepaid;
use crate::steps::{Step, steps, take};

/// What the escrow owes of a token: rewards and bonds of slots that have not
/// ended, prices of open requests, prepaid balances and credits.
fn owed(chain: &Chain, denom: &str) -> Uint256 {
    let mut coins = Vec::new();
    for job in chain.jobs() {
        for slot in &job.slots {
            match slot {
                SlotState::Open {} => coins.push(job.terms.reward.clone()),
                SlotState::Accepted { .. } | SlotState::Started { .. } => {
                    coins.extend([job.terms.reward.clone(), job.terms.bond.clone()]);
                }
                SlotState::Paid { .. } | SlotState::Cancelled {} | SlotState::Refunded { .. } => {}
            }
        }
    }
    for offer in chain.offers() {
        let open = chain.requests(offer.offer).into_iter();
        let open = open.filter(|request| request.state == RequestState::Open {});
        coins.extend(open.map(|_| offer.terms.price.clone()));
    }
    coins.extend(ACTORS.iter().flat_map(|actor| chain.prepaid(actor)));
    coins.extend(ACTORS.iter().flat_map(|actor| chain.credits(actor)));
    let of_denom = coins.into_iter().filter(|coin| coin.denom == denom);
    of_denom.map(|coin| coin.amount).sum()
}

fn assert_solvent(chain: &Chain) {
    for denom in DENOMS {
        assert_eq!(chain.balance(&chain.escrow, denom), owed(chain, denom));
    }
}

/// The messages by which a stranger brings a slot to its end.
fn exits(slot: SlotId, state: &SlotState) -> Vec<ExecuteMsg> {
    match state {
        SlotState::Open {} => vec![ExecuteMsg::Cancel(slot)],
        SlotState::Accepted { .. } => vec![ExecuteMsg::Release(slot), ExecuteMsg::Cancel(slot)],
        SlotState::Started { .. } => vec![ExecuteMsg::Expire(slot)],
        SlotState::Paid { .. } | SlotState::Cancelled {} | SlotState::Refunded { .. } => vec![],
    }
}

/// Brings every slot and every request to its end, as a stranger.
fn end_everything(chain: &mut Chain) {
    chain.advance(MAX_WINDOW_SECONDS, MAX_WINDOW_BLOCKS);
    let mut messages = Vec::new();
    for job in chain.jobs() {
        for (slot, state) in (0..).zip(&job.slots) {
            let job = job.job;
            messages.extend(exits(SlotId { job, slot }, state));
        }
    }
    for offer in chain.offers() {
        for entry in chain.requests(offer.offer) {
            if entry.state == (RequestState::Open {}) {
                let request = entry.request;
                messages.push(ExecuteMsg::Reclaim { request });
            }
        }
    }
    for message in messages {
        chain.send("stranger", &[], &message).unwrap();
    }
}

/// Has every credit paid, as a stranger.
fn pay_every_credit(chain: &mut Chain) {
    chain.bank.allow_all();
    for actor in ACTORS {
        for credit in chain.credits(actor) {
            let message = ExecuteMsg::Withdraw {
                denom: credit.denom,
                owner: Some(actor.into_addr().into()),
                to: None,
            };
            chain.send("stranger", &[], &message).unwrap();
        }
    }
}

fn prepaid(chain: &Chain) -> Vec<(&'static str, Coin)> {
    let of_actor = |actor: &&'static str| {
        let actor = *actor;
        chain
            .prepaid(actor)
            .into_iter()
            .map(move |coin| (actor, coin))
    };
    ACTORS.iter().flat_map(of_actor).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_escrow_holds_what_it_owes_and_can_always_be_emptied(steps in steps()) {
        let mut chain = Chain::new();
        for step in steps {
            take(&mut chain, step);
            assert_solvent(&chain);
        }
        end_everything(&mut chain);
        assert_solvent(&chain);
        pay_every_credit(&mut chain);
        assert_solvent(&chain);
        let left = prepaid(&chain);
        for denom in DENOMS {
            let prepaid = left.iter().filter(|(_, coin)| coin.denom == denom);
            let prepaid: Uint256 = prepaid.map(|(_, coin)| coin.amount).sum();
            prop_assert_eq!(chain.balance(&chain.escrow, denom), prepaid);
        }
        for (owner, coin) in left {
            chain.send(owner, &[], &prepaid::withdraw(&coin.denom, None)).unwrap();
        }
        for denom in DENOMS {
            prop_assert!(chain.balance(&chain.escrow, denom).is_zero());
            let all = ACTORS.iter().map(|actor| chain.balance(&actor.into_addr(), denom));
            let minted = Uint256::from(FUNDS * ACTORS.len() as u128);
            prop_assert_eq!(all.sum::<Uint256>(), minted);
        }
    }
}

/// The property says little if the steps are mostly refused.
#[test]
fn random_steps_reach_every_end() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut ended, mut prepaid_seen, mut credits_seen) = ([false; 5], false, false);
    for _ in 0..48 {
        let mut chain = Chain::new();
        let steps: Vec<Step> = steps().new_tree(&mut runner).unwrap().current();
        for step in steps {
            take(&mut chain, step);
            prepaid_seen |= !prepaid(&chain).is_empty();
            credits_seen |= ACTORS.iter().any(|actor| !chain.credits(actor).is_empty());
        }
        for state in chain.jobs().iter().flat_map(|job| &job.slots) {
            ended[0] |= matches!(state, SlotState::Paid { .. });
            ended[1] |= matches!(state, SlotState::Refunded { .. });
            ended[2] |= matches!(state, SlotState::Cancelled {});
        }
        for offer in chain.offers() {
            for request in chain.requests(offer.offer) {
                ended[3] |= request.state == (RequestState::Answered {});
                ended[4] |= request.state == (RequestState::Reclaimed {});
            }
        }
    }
    assert_eq!((ended, prepaid_seen, credits_seen), ([true; 5], true, true));
}
