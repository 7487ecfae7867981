//! Who controls a job, who is refunded, and who is paid.

use assay_escrow::Error as EscrowError;
use assay_groth16::Error;
use assay_jobs::ContractError;
use assay_protocol::messages::jobs::{ExecuteMsg, SlotState};
use cosmwasm_std::{Addr, Coin, coin, coins};

use crate::escrow::{BLOB, CIRCUIT, Escrow, address, transfers};
use crate::job::{accept, cancel, deliver, expire, extend, release, start, start_for, top_up};
use crate::terms::{Claim, Job};
use crate::trapdoor::Trapdoor;

/// A job that "poster" pays for, "requester" controls, and "beneficiary" is refunded for.
fn parted() -> Job {
    let mut job = Job::new(CIRCUIT);
    job.requester = Some(address("requester"));
    job.refund_to = Some(address("beneficiary"));
    job
}

/// Such a job with a slot that "worker" has accepted.
fn accepted() -> Escrow {
    let mut escrow = Escrow::with(&parted());
    escrow
        .send("worker", &coins(10, "token"), accept(0))
        .unwrap();
    escrow
}

/// And started for "payee".
fn started() -> Escrow {
    let mut escrow = accepted();
    let start = start_for(0, Some(&address("payee")));
    escrow.send("worker", &[], start).unwrap();
    escrow.registries.pin(BLOB, "requester", true);
    escrow
}

/// What a message moves.
fn moved(escrow: &mut Escrow, sender: &str, message: ExecuteMsg) -> Vec<(String, Coin)> {
    transfers(&escrow.send(sender, &[], message).unwrap())
}

fn to(name: &str, amount: u128) -> (String, Coin) {
    (address(name).into(), coin(amount, "token"))
}

#[test]
fn whoever_is_not_named_is_the_payer() {
    let terms = Escrow::with(&Job::new(CIRCUIT)).job().terms;
    let poster = address("poster").into_string();
    assert_eq!(
        [terms.payer, terms.requester, terms.refund_to],
        [&*poster; 3]
    );
    let terms = Escrow::with(&parted()).job().terms;
    let [payer, requester, beneficiary] =
        ["poster", "requester", "beneficiary"].map(|name| address(name).into_string());
    assert_eq!(
        [terms.payer, terms.requester, terms.refund_to],
        [payer, requester, beneficiary]
    );
}

#[test]
fn only_the_requester_controls_a_job() {
    for sender in ["poster", "beneficiary", "payee", "stranger"] {
        let attempts = [
            (Escrow::with(&parted()), cancel(0)),
            (Escrow::with(&parted()), extend(0, 10_000)),
            (accepted(), release(0)),
        ];
        for (mut escrow, message) in attempts {
            let error = escrow.send(sender, &[], message.clone()).unwrap_err();
            assert!(matches!(error, ContractError::Unauthorised { .. }));
            escrow.send("requester", &[], message).unwrap();
        }
    }
}

#[test]
fn every_refund_and_every_forfeited_bond_goes_to_the_beneficiary() {
    let mut open = Escrow::with(&parted());
    assert_eq!(
        moved(&mut open, "requester", cancel(0)),
        [to("beneficiary", 100)]
    );
    let mut late = Escrow::with(&parted());
    late.go_to_deadline(0, 0);
    assert_eq!(
        moved(&mut late, "stranger", cancel(0)),
        [to("beneficiary", 100)]
    );
    let mut silent = started();
    silent.go_to_deadline(0, 0);
    assert_eq!(
        moved(&mut silent, "worker", expire(0)),
        [to("beneficiary", 110)]
    );
}

#[test]
fn a_payee_is_paid_the_reward_and_the_bond() {
    let mut escrow = started();
    let proof = escrow.proof();
    assert_eq!(
        moved(&mut escrow, "stranger", deliver(proof)),
        [to("payee", 110)]
    );
    let mut escrow = accepted();
    assert_eq!(moved(&mut escrow, "worker", release(0)), [to("worker", 10)]);
}

#[test]
fn a_worker_works_for_itself_where_it_names_no_payee() {
    let escrow = Escrow::started();
    let worker = address("worker").into_string();
    assert!(matches!(escrow.state(0), SlotState::Started { payee, .. } if payee == worker));
}

#[test]
fn a_payee_is_neither_worker_nor_whom_the_proof_is_made_for() {
    let mut escrow = accepted();
    for message in [start(0), release(0)] {
        let error = escrow.send("payee", &[], message).unwrap_err();
        assert!(matches!(error, ContractError::Unauthorised { .. }));
    }
    let mut escrow = started();
    let (env, payee) = (escrow.env.clone(), address("payee"));
    let claim = Claim::new(&env, &payee, CIRCUIT, crate::escrow::root());
    let proof = Trapdoor::new(1).prove(claim.digest(None), 0);
    let error = escrow.send("payee", &[], deliver(proof)).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Groth16(Error::EquationFails)
    ));
}

#[test]
fn only_the_requesters_pin_counts() {
    let mut escrow = started();
    let proof = deliver(escrow.proof());
    escrow.registries.pin(BLOB, "requester", false);
    for other in ["poster", "beneficiary", "worker", "payee"] {
        escrow.registries.pin(BLOB, other, true);
    }
    let error = escrow.send("worker", &[], proof).unwrap_err();
    let named = address("requester").into_string();
    assert!(matches!(error, ContractError::NotPinned { requester, .. } if requester == named));
}

/// The error for a job after `change`.
fn refused(change: impl FnOnce(&mut Job, Addr), name: Addr) -> ContractError {
    let mut job = Job::new(CIRCUIT);
    change(&mut job, name);
    let posted = Escrow::new().send("poster", &job.funds(), job.message());
    posted.unwrap_err()
}

#[test]
fn requester_beneficiary_and_payee_are_addresses() {
    let nonsense = || Addr::unchecked("nonsense");
    let errors = [
        refused(|job, name| job.requester = Some(name), nonsense()),
        refused(|job, name| job.refund_to = Some(name), nonsense()),
        accepted()
            .send("worker", &[], start_for(0, Some(&nonsense())))
            .unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, ContractError::Escrow(EscrowError::Std(_))));
    }
}

#[test]
fn the_contract_itself_is_nobodys_requester_beneficiary_or_payee() {
    let itself = || Escrow::new().env.contract.address;
    let errors = [
        refused(|job, name| job.requester = Some(name), itself()),
        refused(|job, name| job.refund_to = Some(name), itself()),
        accepted()
            .send("worker", &[], start_for(0, Some(&itself())))
            .unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(
            error,
            ContractError::Escrow(EscrowError::PaidToItself)
        ));
    }
}

#[test]
fn a_top_up_is_refunded_to_the_beneficiary_and_not_to_whom_it_came_from() {
    let mut escrow = Escrow::with(&parted());
    escrow
        .send("stranger", &coins(5, "token"), top_up(0))
        .unwrap();
    assert_eq!(
        moved(&mut escrow, "requester", cancel(0)),
        [to("beneficiary", 105)]
    );
}
