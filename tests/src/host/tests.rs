//! Every access of the VM, answered and priced.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::mpsc;
use std::thread;

use cosmwasm_std::testing::{MockQuerier, MockStorage};
use cosmwasm_std::{Order, QuerierResult, SystemError, WasmQuery, to_json_vec};
use cosmwasm_vm::Querier as _;
use cosmwasm_vm::Storage as _;

use super::*;
use crate::relay::Relay;

/// Three records, whose keys and values have 1 + 1, 1 + 2 and 1 + 3 bytes.
fn storage() -> MockStorage {
    let mut storage = MockStorage::new();
    for (key, value) in [(b"a", "1"), (b"b", "22"), (b"c", "333")] {
        storage.set(key, value.as_bytes());
    }
    storage
}

/// What `vm` returns when it runs against `storage`, and what that cost.
fn serve<T: Send>(storage: &mut MockStorage, vm: impl FnOnce(Relay) -> T + Send) -> (T, Gas) {
    let mut querier = MockQuerier::<Empty>::default();
    querier.update_wasm(answer_raw_queries);
    let (sender, requests) = mpsc::channel();
    let host = Host::new(
        Lent::Writable(storage),
        QuerierWrapper::new(&querier),
        GasLog::default(),
    );
    thread::scope(|scope| {
        let vm = scope.spawn(move || vm(Relay(sender)));
        let gas = host.serve(requests);
        (vm.join().unwrap(), gas)
    })
}

fn answer_raw_queries(query: &WasmQuery) -> QuerierResult {
    match query {
        WasmQuery::Raw { .. } => SystemResult::Ok(ContractResult::Ok(Binary::new(vec![7; 10]))),
        _ => SystemResult::Err(SystemError::UnsupportedRequest {
            kind: "smart".to_owned(),
        }),
    }
}

#[test]
fn a_read_costs_1000_and_3_a_byte_of_prefix_key_and_value() {
    let (value, gas) = serve(&mut storage(), |vm| vm.get(b"c").0.unwrap());
    assert_eq!(value, Some(b"333".to_vec()));
    assert_eq!(
        gas,
        Gas {
            storage: 1_000 + 3 * (33 + 1 + 3),
            ..Gas::default()
        }
    );
}

#[test]
fn a_missing_key_is_none_and_is_paid_for() {
    let (value, gas) = serve(&mut storage(), |vm| vm.get(b"zz").0.unwrap());
    assert_eq!(value, None);
    assert_eq!(gas.total(), 1_000 + 3 * (33 + 2));
}

#[test]
fn a_write_reaches_the_storage_and_costs_2000_and_30_a_byte() {
    let mut storage = storage();
    let (written, gas) = serve(&mut storage, |mut vm| vm.set(b"dd", b"4444").0);
    assert_eq!(written, Ok(()));
    assert_eq!(storage.get(b"dd"), Some(b"4444".to_vec()));
    assert_eq!(gas.total(), 2_000 + 30 * (33 + 2 + 4));
}

#[test]
fn a_removal_reaches_the_storage_and_costs_1000() {
    let mut storage = storage();
    let (removed, gas) = serve(&mut storage, |mut vm| vm.remove(b"a").0);
    assert_eq!(removed, Ok(()));
    assert_eq!(storage.get(b"a"), None);
    assert_eq!(gas.total(), 1_000);
}

#[test]
fn a_range_is_read_in_order_and_its_first_record_paid_twice() {
    let (records, gas) = serve(&mut storage(), |mut vm| {
        let id = vm.scan(Some(b"b"), None, Order::Descending).0.unwrap();
        [
            vm.next(id).0.unwrap(),
            vm.next(id).0.unwrap(),
            vm.next(id).0.unwrap(),
        ]
    });
    let record =
        |key: &str, value: &str| Some((key.as_bytes().to_vec(), value.as_bytes().to_vec()));
    assert_eq!(records, [record("c", "333"), record("b", "22"), None]);
    assert_eq!(gas.total(), 3 * 30 + 3 * (2 * (33 + 4) + (33 + 3)));
}

#[test]
fn an_end_bound_is_exclusive_and_iterators_are_independent() {
    let (keys, _) = serve(&mut storage(), |mut vm| {
        let first = vm.scan(None, Some(b"c"), Order::Ascending).0.unwrap();
        let second = vm.scan(None, Some(b"c"), Order::Ascending).0.unwrap();
        [first, second, first, second, first].map(|id| vm.next_key(id).0.unwrap())
    });
    let [a, b] = [Some(b"a".to_vec()), Some(b"b".to_vec())];
    assert_eq!(keys, [a.clone(), a, b.clone(), b, None]);
}

#[test]
fn an_unknown_iterator_is_refused() {
    let (error, _) = serve(&mut storage(), |mut vm| vm.next(3).0.unwrap_err());
    assert_eq!(error, BackendError::iterator_does_not_exist(3));
}

#[test]
fn a_raw_query_is_priced_as_a_read_of_the_other_contracts_key() {
    let raw = WasmQuery::Raw {
        contract_addr: "other".to_owned(),
        key: Binary::from(b"key"),
    };
    let request = to_json_vec(&QueryRequest::<Empty>::Wasm(raw)).unwrap();
    let (answer, gas) = serve(&mut storage(), |vm| {
        vm.query_raw(&request, u64::MAX).0.unwrap()
    });
    assert_eq!(answer.unwrap().unwrap().len(), 10);
    assert_eq!(
        gas,
        Gas {
            queries: 1_000 + 3 * (33 + 3 + 10),
            ..Gas::default()
        }
    );
}

#[test]
fn a_query_over_its_limit_is_out_of_gas() {
    let raw = WasmQuery::Raw {
        contract_addr: "other".to_owned(),
        key: Binary::from(b"key"),
    };
    let request = to_json_vec(&QueryRequest::<Empty>::Wasm(raw)).unwrap();
    let (answer, _) = serve(&mut storage(), |vm| vm.query_raw(&request, 1_000).0);
    assert_eq!(answer, Err(BackendError::out_of_gas()));
}

#[test]
fn a_query_cannot_write() {
    let (storage, querier) = (storage(), MockQuerier::<Empty>::default());
    let mut host = Host::new(
        Lent::ReadOnly(&storage),
        QuerierWrapper::new(&querier),
        GasLog::default(),
    );
    assert!(host.set(b"a", b"other").result.is_err());
    assert!(host.remove(b"a").result.is_err());
}
