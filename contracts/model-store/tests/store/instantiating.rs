//! What the store demands of its registries.

use assay_model_store::ContractError;
use assay_protocol::messages::Trusted;
use assay_protocol::messages::model_store::{InstantiateMsg, QueryMsg};
use assay_registries::Error as Refusal;
use cosmwasm_std::testing::MockApi;

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
