//! Random messages by everybody, in any order, with a bank and a token that refuse at
//! random: what the contract holds is always exactly what it owes. After the deadlines a
//! stranger can bring every slot to an end and have every credit paid, and nothing is left.

use assay_protocol::messages::jobs::{ExecuteMsg, SlotId, SlotState};
use assay_protocol::messages::time::{MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS};
use cosmwasm_std::Uint256;
use cw_multi_test::IntoAddr;
use proptest::prelude::*;

use crate::chain::{ACTORS, Chain, FUNDS};
use crate::steps::{Step, steps, take};

/// What the contract owes of a token: rewards, prices and bonds of slots that have not
/// ended, and credits.
fn owed(chain: &Chain, denom: &str) -> Uint256 {
    let mut coins = Vec::new();
    for job in chain.jobs() {
        for slot in job.slots {
            let locked = [Some(slot.reward), job.terms.price.clone()];
            match slot.state {
                SlotState::Open {} => coins.extend(locked),
                SlotState::Accepted { .. } | SlotState::Started { .. } => {
                    coins.extend(locked);
                    coins.push(Some(job.terms.bond.clone()));
                }
                SlotState::Paid { .. } | SlotState::Cancelled {} | SlotState::Refunded { .. } => {}
            }
        }
    }
    let credits = ACTORS.iter().flat_map(|actor| chain.credits(actor));
    let coins = coins.into_iter().flatten().chain(credits);
    let of_denom = coins.filter(|coin| coin.denom == denom);
    of_denom.map(|coin| coin.amount).sum()
}

fn assert_solvent(chain: &Chain) {
    for denom in chain.denoms() {
        assert_eq!(chain.balance(&chain.escrow, &denom), owed(chain, &denom));
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

/// Brings every slot to its end, as a stranger.
fn end_everything(chain: &mut Chain) {
    chain.advance(MAX_WINDOW_SECONDS, MAX_WINDOW_BLOCKS);
    for job in chain.jobs() {
        for (slot, found) in (0..).zip(&job.slots) {
            let job = job.job;
            for message in exits(SlotId { job, slot }, &found.state) {
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
    paid: bool,
    refunded: bool,
    cancelled: bool,
    topped_up: bool,
    extended: bool,
    credit: bool,
    credit_in_cw20: bool,
    royalty_in_cw20: bool,
}

impl Seen {
    fn look(&mut self, chain: &Chain, accepted: bool, step: &Step) {
        self.topped_up |= accepted && matches!(step, Step::TopUp { .. });
        self.extended |= accepted && matches!(step, Step::Extend { .. });
        for credit in ACTORS.iter().flat_map(|actor| chain.credits(actor)) {
            self.credit |= !credit.denom.starts_with("cw20:");
            self.credit_in_cw20 |= credit.denom.starts_with("cw20:");
        }
        for job in chain.jobs() {
            for slot in &job.slots {
                let is_paid = matches!(slot.state, SlotState::Paid { .. });
                let in_cw20 = slot.reward.denom.starts_with("cw20:");
                self.paid |= is_paid;
                self.royalty_in_cw20 |= is_paid && in_cw20 && job.terms.royalty_bps > 0;
                self.refunded |= matches!(slot.state, SlotState::Refunded { .. });
                self.cancelled |= matches!(slot.state, SlotState::Cancelled {});
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
            let accepted = take(&mut chain, step.clone());
            seen.look(&chain, accepted, &step);
        }
    }
    let all = Seen {
        paid: true,
        refunded: true,
        cancelled: true,
        topped_up: true,
        extended: true,
        credit: true,
        credit_in_cw20: true,
        royalty_in_cw20: true,
    };
    assert_eq!(seen, all);
}
