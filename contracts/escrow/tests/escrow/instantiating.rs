//! What the escrow demands of its registries.

use assay_escrow::ContractError;
use assay_protocol::messages::escrow::{InstantiateMsg, QueryMsg, Trusted};

use crate::escrow::{Escrow, address, instantiation};

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
        assert!(matches!(error, ContractError::HasAdmin { name, .. } if name == registry));
    }
}

#[test]
fn a_registry_with_other_code_is_refused_by_name() {
    for (registry, choose) in REGISTRIES {
        let mut msg = instantiation();
        choose(&mut msg).checksum = [0; 32].into();
        let error = Escrow::blank().instantiate(msg).unwrap_err();
        assert!(matches!(error, ContractError::WrongCode { name, .. } if name == registry));
    }
}

#[test]
fn a_registry_that_is_no_contract_is_refused_by_name() {
    for (registry, choose) in REGISTRIES {
        let mut msg = instantiation();
        choose(&mut msg).address = address("wallet").into();
        let error = Escrow::blank().instantiate(msg).unwrap_err();
        assert!(matches!(error, ContractError::NotAContract { name, .. } if name == registry));
    }
}

#[test]
fn a_malformed_address_is_refused() {
    let mut msg = instantiation();
    msg.model_store.address = "nonsense".into();
    let error = Escrow::blank().instantiate(msg).unwrap_err();
    assert!(matches!(error, ContractError::Std(_)));
}

#[test]
fn the_contract_names_itself_and_its_version() {
    let mut escrow = Escrow::blank();
    escrow.instantiate(instantiation()).unwrap();
    let named = cw2::get_contract_version(&escrow.deps.storage).unwrap();
    assert_eq!(named.contract, "assay-escrow");
    assert_eq!(named.version, env!("CARGO_PKG_VERSION"));
}
