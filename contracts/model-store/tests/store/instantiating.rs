//! What the store demands of its registries.

use assay_model_store::ContractError;
use assay_protocol::messages::Trusted;
use assay_protocol::messages::model_store::{InstantiateMsg, QueryMsg};
use assay_protocol::messages::time::Window;
use assay_registries::Error as Refusal;
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{Coin, coin};

use crate::registries::Registries;
use crate::store::Store;

type Choose = fn(&mut InstantiateMsg) -> &mut Trusted;

const REGISTRIES: [(&str, Choose); 2] = [
    ("circuit registry", |msg| &mut msg.circuit_registry),
    ("dataset registry", |msg| &mut msg.dataset_registry),
];

#[test]
fn what_was_fixed_can_be_asked() {
    for allowed in [false, true] {
        let mut msg = Registries::store_config();
        msg.allow_development_keys = allowed;
        let mut store = Store::blank();
        store.instantiate(msg.clone()).unwrap();
        let config: InstantiateMsg = store.ask(QueryMsg::Config {}).unwrap();
        assert_eq!(config, msg);
    }
}

#[test]
fn a_store_refuses_a_registry_with_an_admin_by_name() {
    for (registry, _) in REGISTRIES {
        let mut store = Store::blank();
        store.registries.set_admin(registry);
        let error = store.instantiate(Registries::store_config()).unwrap_err();
        assert!(
            matches!(error, ContractError::Registry(Refusal::HasAdmin { name, .. }) if name == registry)
        );
    }
}

#[test]
fn a_store_refuses_a_registry_with_other_code_by_name() {
    for (registry, choose) in REGISTRIES {
        let mut msg = Registries::store_config();
        choose(&mut msg).checksum = [0; 32].into();
        let error = Store::blank().instantiate(msg).unwrap_err();
        assert!(
            matches!(error, ContractError::Registry(Refusal::WrongCode { name, .. }) if name == registry)
        );
    }
}

#[test]
fn a_store_refuses_a_registry_that_is_no_contract_by_name() {
    for (registry, choose) in REGISTRIES {
        let mut msg = Registries::store_config();
        choose(&mut msg).address = MockApi::default().addr_make("wallet").into();
        let error = Store::blank().instantiate(msg).unwrap_err();
        assert!(
            matches!(error, ContractError::Registry(Refusal::NotAContract { name, .. }) if name == registry)
        );
    }
}

#[test]
fn how_blobs_are_kept_is_fixed_and_can_be_asked() {
    let mut msg = Registries::store_config();
    msg.deposit = Some(coin(7, "ibc/0123"));
    msg.upload_window = Window {
        seconds: 60,
        blocks: 10,
    };
    let mut store = Store::blank();
    store.instantiate(msg.clone()).unwrap();
    let config: InstantiateMsg = store.ask(QueryMsg::Config {}).unwrap();
    assert_eq!(config, msg);
}

/// What the error is where this is deposited for each chunk.
fn refused(deposit: Coin) -> ContractError {
    let mut msg = Registries::store_config();
    msg.deposit = Some(deposit);
    Store::blank().instantiate(msg).unwrap_err()
}

#[test]
fn a_deposit_of_nothing_is_refused() {
    let error = refused(coin(0, "token"));
    assert!(matches!(error, ContractError::NoDeposit));
}

#[test]
fn a_deposit_is_of_a_native_coin() {
    let token = format!("cw20:{}", MockApi::default().addr_make("token"));
    for denom in ["", "no", "to ken", "cw20:", &token] {
        let error = refused(coin(1, denom));
        assert!(matches!(error, ContractError::Denomination { .. }));
    }
}

#[test]
fn the_windows_of_a_store_fit_a_chain() {
    let windows: [fn(&mut InstantiateMsg) -> &mut Window; 2] =
        [|msg| &mut msg.upload_window, |msg| &mut msg.hold];
    for choose in windows {
        for (seconds, blocks) in [(0, 1), (1, 0), (61, 1), (1, 5), (u64::MAX, u64::MAX)] {
            let mut msg = Registries::store_config();
            *choose(&mut msg) = Window { seconds, blocks };
            let error = Store::blank().instantiate(msg);
            assert!(matches!(error, Err(ContractError::Deadline(_))));
        }
    }
}
