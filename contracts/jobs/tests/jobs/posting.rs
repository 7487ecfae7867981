//! Posting jobs.

use assay_escrow::Error as EscrowError;
use assay_groth16::Scalar;
use assay_jobs::ContractError;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{CircuitId, DatasetCommitment, DatasetId};
use assay_protocol::messages::jobs::{MAX_SLOTS, SlotState};
use assay_registries::Error as Refusal;
use cosmwasm_std::{Coin, Storage, Uint256, coin, coins};

use crate::escrow::{CIRCUIT, DATASET, Escrow, address, attribute, commitment, instantiation};
use crate::registries::Registries;
use crate::terms::{Job, WINDOWS};
use crate::trapdoor::Trapdoor;

pub fn post(job: &Job, funds: &[Coin]) -> Result<Escrow, ContractError> {
    let mut escrow = Escrow::new();
    escrow.send("poster", funds, job.message())?;
    Ok(escrow)
}

/// The error for a job after `change`, posted with the right funds.
pub fn refused(change: impl FnOnce(&mut Job)) -> ContractError {
    let mut job = Job::new(CIRCUIT);
    change(&mut job);
    match post(&job, &job.funds()) {
        Err(error) => error,
        Ok(_) => panic!("{job:?} was posted"),
    }
}

#[test]
fn the_terms_are_fixed_at_posting() {
    let mut job = Job::new(CIRCUIT);
    job.slots = 2;
    job.worker = Some(address("worker"));
    let posted = post(&job, &coins(200, "token")).unwrap().job();
    assert_eq!(posted.slots.len(), 2);
    for slot in posted.slots {
        assert_eq!(
            (slot.state, slot.reward),
            (SlotState::Open {}, job.reward.clone())
        );
    }
    let terms = posted.terms;
    assert_eq!(terms.payer, address("poster").as_str());
    assert_eq!(terms.worker, Some(address("worker").into_string()));
    assert_eq!((terms.reward, terms.bond), (job.reward, job.bond));
    assert_eq!((terms.circuit, terms.commitment), (CIRCUIT, commitment()));
    assert_eq!(terms.windows, WINDOWS);
}

#[test]
fn a_commitment_is_fixed_even_if_a_registry_changed() {
    let escrow = Escrow::with(&Job::new(CIRCUIT));
    let before = escrow.job();
    let mut other = Registries::dataset(DatasetCommitment(Scalar::from(1)));
    (other.royalty_bps, other.price) = (1, Some(coin(1, "token")));
    (other.owner, other.deprecated) = ("another".into(), true);
    escrow.registries.put_dataset(DATASET, &other);
    assert_eq!(escrow.job(), before);
    assert_eq!(before.terms.commitment, commitment());
}

#[test]
fn only_exactly_the_rewards_can_be_sent() {
    let mut job = Job::new(CIRCUIT);
    job.slots = 2;
    let wrong: [&[Coin]; 7] = [
        &[],
        &[coin(199, "token")],
        &[coin(201, "token")],
        &[coin(200, "other")],
        &[coin(200, "token"), coin(1, "other")],
        &[coin(100, "token"), coin(100, "token")],
        &[coin(0, "other"), coin(200, "token")],
    ];
    for funds in wrong {
        let error = post(&job, funds).err().unwrap();
        assert!(
            matches!(error, ContractError::Escrow(EscrowError::WrongFunds { .. })),
            "{funds:?}"
        );
    }
    post(&job, &coins(200, "token")).unwrap();
}

#[test]
fn a_job_has_one_slot_to_the_most() {
    for slots in [0, MAX_SLOTS + 1, u32::MAX] {
        let error = refused(|job| job.slots = slots);
        assert!(matches!(error, ContractError::Slots { slots: s } if s == slots));
    }
    let mut job = Job::new(CIRCUIT);
    job.slots = MAX_SLOTS;
    post(&job, &job.funds()).unwrap();
}

#[test]
fn a_reward_of_nothing_is_refused() {
    let error = refused(|job| job.reward.amount = Uint256::zero());
    assert!(matches!(
        error,
        ContractError::Escrow(EscrowError::ZeroAmount { name: "reward", .. })
    ));
}

#[test]
fn rewards_that_overflow_are_refused() {
    let mut job = Job::new(CIRCUIT);
    (job.slots, job.reward.amount) = (2, Uint256::MAX);
    let error = post(&job, &coins(1, "token")).err().unwrap();
    assert!(matches!(
        error,
        ContractError::RewardOverflow { slots: 2, .. }
    ));
}

#[test]
fn a_bond_may_be_zero_but_not_in_a_denomination_that_cannot_be() {
    let mut job = Job::new(CIRCUIT);
    job.bond.amount = Uint256::zero();
    post(&job, &job.funds()).unwrap();
    let long = "x".repeat(129);
    for bad in ["", "xy", &long, "1abc", "a b c", "\u{1b}[2J", "größe"] {
        let error = refused(|job| job.bond.denom = bad.into());
        assert!(
            matches!(
                error,
                ContractError::Escrow(EscrowError::Denomination { name: "bond", .. })
            ),
            "{bad:?}"
        );
    }
    job.bond.denom = "ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2".into();
    post(&job, &job.funds()).unwrap();
}

#[test]
fn an_unregistered_dataset_or_circuit_is_refused() {
    let dataset = DatasetId(2);
    let error = refused(|job| job.dataset = dataset);
    assert!(
        matches!(error, ContractError::Escrow(EscrowError::Registry(Refusal::UnknownDataset { dataset: d })) if d == dataset)
    );
    let circuit = CircuitId([6; 32]);
    let error = refused(|job| job.circuit = circuit);
    assert!(
        matches!(error, ContractError::Escrow(EscrowError::Registry(Refusal::UnknownCircuit { circuit: c })) if c == circuit)
    );
}

#[test]
fn a_key_that_no_registry_writes_is_refused() {
    let key = assay_protocol::messages::circuit_registry::registered_key(&CIRCUIT);
    let mut zeros = vec![1, 0];
    zeros.extend([0; 816]);
    for value in [vec![1], vec![9, 0, 1, 2], vec![1, 7, 1, 2]] {
        let mut escrow = Escrow::new();
        escrow
            .registries
            .write("circuit registry", key.clone(), value);
        let job = Job::new(CIRCUIT);
        let error = escrow.send("poster", &job.funds(), job.message());
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::Registry(
                Refusal::CorruptKey { .. }
            )))
        ));
    }
    let mut escrow = Escrow::new();
    escrow.registries.write("circuit registry", key, zeros);
    let job = Job::new(CIRCUIT);
    let error = escrow.send("poster", &job.funds(), job.message());
    assert!(matches!(
        error,
        Err(ContractError::Escrow(EscrowError::Registry(
            Refusal::Groth16(_)
        )))
    ));
}

fn is_training(kind: Kind) -> bool {
    matches!(kind, Kind::TrainingPublic | Kind::TrainingFingerprint)
}

#[test]
fn a_circuit_that_does_not_prove_training_is_refused() {
    for kind in Kind::ALL {
        let mut escrow = Escrow::new();
        let key = Trapdoor::new(1);
        escrow.registries.add_circuit(CIRCUIT, kind, &key, false);
        let job = Job::new(CIRCUIT);
        match escrow.send("poster", &job.funds(), job.message()) {
            Ok(_) => assert!(is_training(kind)),
            Err(ContractError::Escrow(EscrowError::Registry(Refusal::WrongKind {
                circuit,
                ..
            }))) => {
                assert!(!is_training(kind) && circuit == CIRCUIT);
            }
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn development_keys_need_an_escrow_that_allows_them() {
    for allowed in [false, true] {
        let mut escrow = Escrow::blank();
        let mut msg = instantiation();
        msg.allow_development_keys = allowed;
        escrow.instantiate(msg).unwrap();
        escrow.registries.add_dataset(DATASET, commitment());
        let trapdoor = Trapdoor::new(1);
        let kind = Kind::TrainingPublic;
        escrow
            .registries
            .add_circuit(CIRCUIT, kind, &trapdoor, true);
        let job = Job::new(CIRCUIT);
        match escrow.send("poster", &job.funds(), job.message()) {
            Ok(_) => assert!(allowed),
            Err(ContractError::Escrow(EscrowError::Registry(Refusal::DevelopmentKey {
                circuit,
            }))) => {
                assert!(!allowed && circuit == CIRCUIT)
            }
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_worker_is_named_by_a_valid_address() {
    let error = refused(|job| job.worker = Some(cosmwasm_std::Addr::unchecked("nonsense")));
    assert!(matches!(error, ContractError::Escrow(EscrowError::Std(_))));
}

#[test]
fn job_ids_are_given_in_order() {
    let mut escrow = Escrow::new();
    let job = Job::new(CIRCUIT);
    for expected in 1..=3 {
        let response = escrow.send("poster", &job.funds(), job.message()).unwrap();
        assert_eq!(attribute(&response, "job_id"), expected.to_string());
    }
}

#[test]
fn job_ids_never_wrap() {
    let mut escrow = Escrow::new();
    let last = u64::MAX.to_string();
    escrow.deps.storage.set(b"last_job", last.as_bytes());
    let job = Job::new(CIRCUIT);
    let error = escrow.send("poster", &job.funds(), job.message());
    assert!(matches!(
        error,
        Err(ContractError::Escrow(EscrowError::IdsExhausted {
            of: "job"
        }))
    ));
}

#[test]
fn an_escrow_with_an_admin_takes_no_jobs() {
    let job = Job::new(CIRCUIT);
    let mut escrow = Escrow::new();
    escrow.registries.set_admin_of(&escrow.env.contract.address);
    let error = escrow.send("poster", &job.funds(), job.message());
    assert!(matches!(
        error,
        Err(ContractError::Escrow(EscrowError::Registry(
            Refusal::HasAdmin { name: "escrow", .. }
        )))
    ));
}
