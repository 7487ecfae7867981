//! Random messages by everybody, in any order, with a bank and a token that refuse at
//! random: what the contract holds is always exactly what it owes. After the deadlines a
//! stranger can bring every request to an end and have every credit paid; what is left is
//! prepaid, and its owners can withdraw it.

use assay_protocol::messages::predictions::{ExecuteMsg, RequestState};
use assay_protocol::messages::time::{MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS};
use cosmwasm_std::{Coin, Uint256};
use cw_multi_test::IntoAddr;
use proptest::prelude::*;

use crate::chain::{ACTORS, Chain, FUNDS};
use crate::prepaid;
use crate::steps::{Step, steps, take};

/// What the contract owes of a token: prices of open requests, prepaid balances and credits.
fn owed(chain: &Chain, denom: &str) -> Uint256 {
    let mut coins = Vec::new();
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
    for denom in chain.denoms() {
        assert_eq!(chain.balance(&chain.escrow, &denom), owed(chain, &denom));
    }
}

/// Brings every request to its end, as a stranger.
fn end_everything(chain: &mut Chain) {
    chain.advance(MAX_WINDOW_SECONDS, MAX_WINDOW_BLOCKS);
    for offer in chain.offers() {
        for entry in chain.requests(offer.offer) {
            if entry.state == (RequestState::Open {}) {
                let request = entry.request;
                let message = ExecuteMsg::Reclaim { request };
                chain.send("stranger", &[], &message).unwrap();
            }
        }
    }
}

/// Has every credit paid, as a stranger.
fn pay_every_credit(chain: &mut Chain) {
    for actor in ACTORS {
        chain.refuse(actor, false);
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
        let coins = chain.prepaid(actor).into_iter();
        coins.map(move |coin| (actor, coin))
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
        for denom in chain.denoms() {
            let prepaid = left.iter().filter(|(_, coin)| coin.denom == denom);
            let prepaid: Uint256 = prepaid.map(|(_, coin)| coin.amount).sum();
            prop_assert_eq!(chain.balance(&chain.escrow, &denom), prepaid);
        }
        for (owner, coin) in left {
            chain.send(owner, &[], &prepaid::withdraw(&coin.denom, None)).unwrap();
        }
        for denom in chain.denoms() {
            prop_assert!(chain.balance(&chain.escrow, &denom).is_zero());
            let all = ACTORS.iter().map(|actor| chain.balance(&actor.into_addr(), &denom));
            let minted = Uint256::from(FUNDS * ACTORS.len() as u128);
            prop_assert_eq!(all.sum::<Uint256>(), minted);
        }
    }
}

/// What a run has come to.
#[derive(Default, Debug, PartialEq)]
struct Seen {
    answered: bool,
    answered_in_cw20: bool,
    reclaimed: bool,
    prepaid: bool,
    prepaid_in_cw20: bool,
    credit: bool,
    credit_in_cw20: bool,
}

impl Seen {
    fn look(&mut self, chain: &Chain) {
        let is_cw20 = |coin: &Coin| coin.denom.starts_with("cw20:");
        for (_, coin) in prepaid(chain) {
            self.prepaid = true;
            self.prepaid_in_cw20 |= is_cw20(&coin);
        }
        for coin in ACTORS.iter().flat_map(|actor| chain.credits(actor)) {
            self.credit = true;
            self.credit_in_cw20 |= is_cw20(&coin);
        }
        for offer in chain.offers() {
            for request in chain.requests(offer.offer) {
                let is_answered = request.state == (RequestState::Answered {});
                self.answered |= is_answered;
                self.answered_in_cw20 |= is_answered && is_cw20(&offer.terms.price);
                self.reclaimed |= request.state == (RequestState::Reclaimed {});
            }
        }
    }
}

/// The property says little if the steps are mostly refused.
#[test]
fn random_steps_reach_every_end() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen = Seen::default();
    for _ in 0..48 {
        let mut chain = Chain::new();
        let steps: Vec<Step> = steps().new_tree(&mut runner).unwrap().current();
        for step in steps {
            take(&mut chain, step);
            seen.look(&chain);
        }
    }
    let all = Seen {
        answered: true,
        answered_in_cw20: true,
        reclaimed: true,
        prepaid: true,
        prepaid_in_cw20: true,
        credit: true,
        credit_in_cw20: true,
    };
    assert_eq!(seen, all);
}
