//! Random messages by everybody, in any order, with a bank that refuses at
//! random: what the escrow holds is always exactly what it owes, and after the
//! deadlines a stranger can bring every slot to an end and the escrow to zero.

use assay_protocol::id::JobId;
use assay_protocol::messages::escrow::{
    ExecuteMsg, JobResponse, MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS, SlotState,
};
use cosmwasm_std::{Coin, Uint256};
use cw_multi_test::IntoAddr;
use proptest::prelude::*;

use crate::chain::{ACTORS, Chain, DENOMS, FUNDS};
use crate::escrow::deliver_blob;
use crate::terms::{BLOB, Job};

#[derive(Clone, Debug)]
enum Step {
    Post {
        slots: u32,
        bond: u128,
        denom: usize,
        named: bool,
    },
    Accept {
        sender: usize,
        job: JobId,
        slot: u32,
    },
    Release {
        sender: usize,
        job: JobId,
        slot: u32,
    },
    Start {
        job: JobId,
        slot: u32,
    },
    Deliver {
        sender: usize,
        job: JobId,
        slot: u32,
        honest: bool,
    },
    Cancel {
        sender: usize,
        job: JobId,
        slot: u32,
    },
    Expire {
        sender: usize,
        job: JobId,
        slot: u32,
    },
    Withdraw {
        sender: usize,
        denom: usize,
    },
    Wait {
        seconds: u64,
        blocks: u64,
    },
    Refuse {
        actor: usize,
    },
    Allow {
        actor: usize,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let actor = || 0..ACTORS.len();
    let place = || (actor(), (1u64..=2).prop_map(JobId), 0u32..2);
    let step = prop_oneof![
        3 => (1u32..=2, prop_oneof![Just(0u128), Just(10)], 0..DENOMS.len(), any::<bool>())
            .prop_map(|(slots, bond, denom, named)| Step::Post { slots, bond, denom, named }),
        8 => place().prop_map(|(sender, job, slot)| Step::Accept { sender, job, slot }),
        2 => place().prop_map(|(sender, job, slot)| Step::Release { sender, job, slot }),
        8 => place().prop_map(|(_, job, slot)| Step::Start { job, slot }),
        5 => (place(), any::<bool>())
            .prop_map(|((sender, job, slot), honest)| Step::Deliver { sender, job, slot, honest }),
        1 => place().prop_map(|(sender, job, slot)| Step::Cancel { sender, job, slot }),
        5 => place().prop_map(|(sender, job, slot)| Step::Expire { sender, job, slot }),
        2 => (actor(), 0..DENOMS.len())
            .prop_map(|(sender, denom)| Step::Withdraw { sender, denom }),
        4 => (0u64..150, 0u64..15).prop_map(|(seconds, blocks)| Step::Wait { seconds, blocks }),
        2 => actor().prop_map(|actor| Step::Refuse { actor }),
        2 => actor().prop_map(|actor| Step::Allow { actor }),
    ];
    prop::collection::vec(step, 20..60)
}

/// The worker of a slot, if it has one.
fn worker(chain: &Chain, job: JobId, slot: u32) -> Option<String> {
    let jobs = chain.jobs();
    let job = jobs.iter().find(|j| j.job == job)?;
    match job.slots.get(slot as usize)? {
        SlotState::Accepted { worker, .. } | SlotState::Started { worker, .. } => {
            Some(worker.clone())
        }
        _ => None,
    }
}

/// Takes a step; whether the escrow accepts it is not this test's business.
fn take(chain: &mut Chain, step: Step) {
    let mut send = |sender: usize, funds: &[Coin], msg: ExecuteMsg| {
        let _ = chain.send(ACTORS[sender], funds, &msg);
    };
    match step {
        Step::Post {
            slots,
            bond,
            denom,
            named,
        } => {
            let mut job = Job::new(chain.circuit);
            job.slots = slots;
            job.bond = Coin::new(bond, DENOMS[denom]);
            job.worker = named.then(|| "worker".into_addr());
            chain.post(&job).unwrap();
        }
        Step::Accept { sender, job, slot } => {
            let bond = chain.jobs().into_iter().find(|j| j.job == job);
            let bond = bond.map(|j| j.terms.bond).filter(|b| !b.amount.is_zero());
            let funds = Vec::from_iter(bond);
            let _ = chain.send(ACTORS[sender], &funds, &ExecuteMsg::Accept { job, slot });
        }
        Step::Start { job, slot } => {
            let worker = worker(chain, job, slot);
            let sender = ACTORS
                .iter()
                .find(|a| Some(a.into_addr().into_string()) == worker);
            let sender = sender.unwrap_or(&"stranger");
            let _ = chain.send(sender, &[], &ExecuteMsg::Start { job, slot });
        }
        Step::Deliver {
            sender,
            job,
            slot,
            honest,
        } => {
            let payee = worker(chain, job, slot).filter(|_| honest);
            let payee = payee.map_or("thief".into_addr(), cosmwasm_std::Addr::unchecked);
            let proof = chain.proof(job, slot, &payee);
            let _ = chain.send(ACTORS[sender], &[], &deliver_blob(job, slot, BLOB, proof));
        }
        Step::Release { sender, job, slot } => send(sender, &[], ExecuteMsg::Release { job, slot }),
        Step::Cancel { sender, job, slot } => send(sender, &[], ExecuteMsg::Cancel { job, slot }),
        Step::Expire { sender, job, slot } => send(sender, &[], ExecuteMsg::Expire { job, slot }),
        Step::Withdraw { sender, denom } => {
            let denom = DENOMS[denom].into();
            send(sender, &[], ExecuteMsg::Withdraw { denom, owner: None });
        }
        Step::Wait { seconds, blocks } => chain.advance(seconds, blocks),
        Step::Refuse { actor } => chain.bank.refuse(ACTORS[actor].into_addr().as_str()),
        Step::Allow { actor } => chain.bank.allow(ACTORS[actor].into_addr().as_str()),
    }
}

/// What the escrow owes of a token: rewards and bonds of slots that have not
/// ended, and credits.
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
    coins.extend(ACTORS.iter().flat_map(|actor| chain.credits(actor)));
    let of_denom = coins.into_iter().filter(|coin| coin.denom == denom);
    of_denom.map(|coin| coin.amount).sum()
}

fn assert_solvent(chain: &Chain) {
    for denom in DENOMS {
        assert_eq!(chain.balance(&chain.escrow, denom), owed(chain, denom));
    }
}

/// Brings every slot to its end, as a stranger.
fn end_every_slot(chain: &mut Chain) {
    chain.advance(MAX_WINDOW_SECONDS, MAX_WINDOW_BLOCKS);
    for JobResponse { job, slots, .. } in chain.jobs() {
        for (slot, state) in (0..).zip(slots) {
            let exits = match state {
                SlotState::Open {} => vec![ExecuteMsg::Cancel { job, slot }],
                SlotState::Accepted { .. } => {
                    vec![
                        ExecuteMsg::Release { job, slot },
                        ExecuteMsg::Cancel { job, slot },
                    ]
                }
                SlotState::Started { .. } => vec![ExecuteMsg::Expire { job, slot }],
                SlotState::Paid { .. } | SlotState::Cancelled {} | SlotState::Refunded { .. } => {
                    vec![]
                }
            };
            for exit in exits {
                chain.send("stranger", &[], &exit).unwrap();
            }
        }
    }
}

fn withdraw_everything(chain: &mut Chain) {
    chain.bank.allow_all();
    for actor in ACTORS {
        for credit in chain.credits(actor) {
            let denom = credit.denom;
            chain
                .send(actor, &[], &ExecuteMsg::Withdraw { denom, owner: None })
                .unwrap();
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
        end_every_slot(&mut chain);
        assert_solvent(&chain);
        withdraw_everything(&mut chain);
        assert_solvent(&chain);
        for denom in DENOMS {
            prop_assert!(chain.balance(&chain.escrow, denom).is_zero());
            let all = ACTORS.iter().map(|actor| chain.balance(&actor.into_addr(), denom));
            let minted = Uint256::from(FUNDS * ACTORS.len() as u128);
            prop_assert_eq!(all.sum::<Uint256>(), minted);
        }
    }
}
