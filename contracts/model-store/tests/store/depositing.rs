//! What is sent along.

use assay_model_store::ContractError;
use assay_protocol::Scalar;
use assay_protocol::id::{BlobId, StatementElement};
use assay_protocol::messages::model_store::ExecuteMsg;
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES};
use cosmwasm_std::{Coin, Uint256, coin, coins};

use crate::models::{commitment, schema};
use crate::registries::Registries;
use crate::store::{Store, addr, paid, uploader};

fn begin(length: usize) -> ExecuteMsg {
    ExecuteMsg::Begin {
        length: length as u32,
        hash: BlobHash::Sha256,
        holder: None,
    }
}

fn pin(blob: BlobId) -> ExecuteMsg {
    ExecuteMsg::Pin { blob, holder: None }
}

/// Funds that aren't exactly the deposit of three chunks.
fn wrong() -> Vec<Vec<Coin>> {
    vec![
        vec![],
        coins(29, "token"),
        coins(31, "token"),
        coins(10, "token"),
        coins(30, "other"),
        vec![coin(30, "token"), coin(1, "other")],
        vec![coin(1, "other"), coin(30, "token")],
        vec![coin(30, "token"), coin(30, "token")],
        vec![coin(15, "token"), coin(15, "token")],
    ]
}

#[test]
fn only_exactly_the_deposit_of_every_chunk_begins_an_upload() {
    let mut store = Store::with_deposit();
    let length = 2 * CHUNK_BYTES + 1;
    for funds in wrong() {
        let error = store.send(&uploader(), &funds, begin(length)).unwrap_err();
        assert!(
            matches!(error, ContractError::WrongFunds { expected, .. } if expected == "30token")
        );
    }
    let response = store.send(&uploader(), &coins(30, "token"), begin(length));
    assert_eq!(paid(&response.unwrap()), []);
}

#[test]
fn only_exactly_the_deposit_of_every_chunk_pins_a_blob() {
    let mut store = Store::with_deposit();
    let blob = store.finalised(&vec![1; 2 * CHUNK_BYTES + 1], BlobHash::Sha256);
    for funds in wrong() {
        let error = store.send(&addr("other"), &funds, pin(blob)).unwrap_err();
        assert!(
            matches!(error, ContractError::WrongFunds { expected, .. } if expected == "30token")
        );
    }
    let response = store.send(&addr("other"), &coins(30, "token"), pin(blob));
    assert_eq!(paid(&response.unwrap()), []);
}

#[test]
fn a_store_without_a_deposit_takes_none() {
    let mut store = Store::new();
    let blob = store.finalised(&[1], BlobHash::Sha256);
    for message in [begin(1), pin(blob)] {
        let error = store.send(&addr("other"), &coins(1, "token"), message.clone());
        assert!(matches!(error, Err(ContractError::Payment(_))));
        store.send(&addr("other"), &[], message).unwrap();
    }
}

#[test]
fn only_beginning_and_pinning_take_funds() {
    let blob = BlobId(1);
    let messages = [
        ExecuteMsg::PutChunk {
            blob,
            index: 0,
            data: [1].into(),
        },
        ExecuteMsg::Finalise { blob },
        ExecuteMsg::Abort { blob },
        ExecuteMsg::Release { blob },
        ExecuteMsg::Sweep { blob },
        ExecuteMsg::Evaluate {
            blob,
            point: StatementElement(Scalar::one()),
            limit: None,
        },
        ExecuteMsg::RegisterModel {
            commitment: commitment(5),
            schema: schema().to_canonical(),
            provenance: None,
        },
    ];
    for mut store in [Store::new(), Store::with_deposit()] {
        store.fill(&[1]);
        for message in messages.clone() {
            let error = store.send(&uploader(), &coins(10, "token"), message);
            assert!(matches!(error, Err(ContractError::Payment(_))));
        }
    }
}

#[test]
fn a_deposit_that_no_number_holds_is_refused() {
    let mut store = Store::blank();
    let mut msg = Registries::store_config();
    let largest = Coin::new(Uint256::MAX, "token");
    msg.deposit = Some(largest.clone());
    store.instantiate(msg).unwrap();
    let error = store.send(
        &uploader(),
        std::slice::from_ref(&largest),
        begin(CHUNK_BYTES + 1),
    );
    assert!(matches!(error, Err(ContractError::Std(_))));
    store.send(&uploader(), &[largest], begin(1)).unwrap();
}

#[test]
fn a_deposit_stays_through_finalising_and_goes_to_who_releases() {
    let mut store = Store::with_deposit();
    let blob = store.begin_for(Some("holder"), 3, BlobHash::Poseidon);
    assert_eq!(paid(&store.put(blob, 0, &[1; 3]).unwrap()), []);
    assert_eq!(paid(&store.finalise(blob).unwrap()), []);
    store.wait();
    let response = store.release("holder", blob).unwrap();
    assert_eq!(paid(&response), [(addr("holder"), 10)]);
}
