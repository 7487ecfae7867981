//! What a contract that holds money demands of its registries.

use assay_escrow::Error;
use assay_protocol::messages::escrow::InstantiateMsg;
use assay_protocol::messages::{Trusted, model_store};
use assay_registries::Error as Refusal;

use crate::contract::{ContractError, NAME, QueryMsg};
use crate::escrow::{Escrow, address, instantiation};
use crate::registries::Registries;

type Choose = fn(&mut InstantiateMsg) -> &mut Trusted;

const REGISTRIES: [(&str, Choose); 3] = [
    ("circuit registry", |msg| &mut msg.circuit_registry),
    ("dataset registry", |msg| &mut msg.dataset_registry),
    ("model store", |msg| &mut msg.model_store),
];

#[test]
fn what_was_fixed_can_be_asked() {
    let mut escrow = Escrow::blank();
    escrow.instantiate(instantiation()).unwrap();
    let config: InstantiateMsg = escrow.ask(QueryMsg::Config {}).unwrap();
    assert_eq!(config, instantiation());
}

#[test]
fn a_registry_with_an_admin_is_refused_by_name() {
    for (registry, _) in REGISTRIES {
        let mut escrow = Escrow::blank();
        escrow.registries.set_admin(registry);
        let error = escrow.instantiate(instantiation()).unwrap_err();
        assert!(
            matches!(error, ContractError::Escrow(Error::Registry(Refusal::HasAdmin { name, .. })) if name == registry)
        );
    }
}

#[test]
fn a_registry_with_other_code_is_refused_by_name() {
    for (registry, choose) in REGISTRIES {
        let mut msg = instantiation();
        choose(&mut msg).checksum = [0; 32].into();
        let error = Escrow::blank().instantiate(msg).unwrap_err();
        assert!(
            matches!(error, ContractError::Escrow(Error::Registry(Refusal::WrongCode { name, .. })) if name == registry)
        );
    }
}

#[test]
fn a_registry_that_is_no_contract_is_refused_by_name() {
    for (registry, choose) in REGISTRIES {
        let mut msg = instantiation();
        choose(&mut msg).address = address("wallet").into();
        let error = Escrow::blank().instantiate(msg).unwrap_err();
        assert!(
            matches!(error, ContractError::Escrow(Error::Registry(Refusal::NotAContract { name, .. })) if name == registry)
        );
    }
}

#[test]
fn a_model_store_that_reads_other_registries_is_refused_by_name() {
    type Change = fn(&mut model_store::InstantiateMsg) -> &mut Trusted;
    let changes: [(&str, Change); 2] = [
        ("circuit registry", |config| &mut config.circuit_registry),
        ("dataset registry", |config| &mut config.dataset_registry),
    ];
    for (registry, choose) in changes {
        let other_address = |one: &mut Trusted| one.address = address("another").into();
        let other_code = |one: &mut Trusted| one.checksum = [0; 32].into();
        for change in [other_address, other_code] {
            let mut escrow = Escrow::blank();
            let mut config = Registries::store_config();
            change(choose(&mut config));
            escrow.registries.set_store_config(config);
            let error = escrow.instantiate(instantiation()).unwrap_err();
            assert!(
                matches!(error, ContractError::Escrow(Error::StoreReadsAnother { name, .. }) if name == registry)
            );
        }
    }
}

#[test]
fn a_model_store_allows_development_keys_only_where_the_escrow_does() {
    for (store, escrow, fits) in [
        (false, false, true),
        (false, true, true),
        (true, true, true),
        (true, false, false),
    ] {
        let (mut msg, mut config) = (instantiation(), Registries::store_config());
        (config.allow_development_keys, msg.allow_development_keys) = (store, escrow);
        let mut escrow = Escrow::blank();
        escrow.registries.set_store_config(config);
        match escrow.instantiate(msg) {
            Ok(_) => assert!(fits),
            Err(ContractError::Escrow(Error::StoreAllowsDevelopmentKeys { .. })) => assert!(!fits),
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_malformed_address_is_refused() {
    let mut msg = instantiation();
    msg.model_store.address = "nonsense".into();
    let error = Escrow::blank().instantiate(msg).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Escrow(Error::Registry(Refusal::Std(_)))
    ));
}

#[test]
fn the_contract_names_itself_and_its_version() {
    let mut escrow = Escrow::blank();
    escrow.instantiate(instantiation()).unwrap();
    let named = cw2::get_contract_version(&escrow.deps.storage).unwrap();
    assert_eq!(named.contract, NAME);
    assert_eq!(named.version, env!("CARGO_PKG_VERSION"));
}
