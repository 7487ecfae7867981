//! License, price and royalty.

use assay_dataset_registry::ContractError;
use assay_protocol::id::DatasetId;
use assay_protocol::messages::dataset_registry::{ExecuteMsg, MAX_LICENSE_BYTES, MAX_ROYALTY_BPS};
use cosmwasm_std::{Coin, Response, Uint256, coin, coins};

use crate::registry::{Registry, SCHEMA, addr, attribute, register};

pub fn terms(
    dataset: DatasetId,
    license: &str,
    price: Option<Coin>,
    royalty_bps: u16,
) -> ExecuteMsg {
    ExecuteMsg::SetTerms {
        dataset,
        license: license.into(),
        price,
        royalty_bps,
    }
}

/// A registration with these terms.
fn registration(license: &str, price: Option<Coin>, royalty_bps: u16) -> ExecuteMsg {
    let mut message = register(1, 5, SCHEMA);
    if let ExecuteMsg::Register {
        license: l,
        price: p,
        royalty_bps: r,
        ..
    } = &mut message
    {
        (*l, *p, *r) = (license.into(), price, royalty_bps);
    }
    message
}

/// What registering with these terms gives, and what setting them afterwards.
fn both(
    license: &str,
    price: Option<Coin>,
    royalty_bps: u16,
) -> [Result<Response, ContractError>; 2] {
    let message = registration(license, price.clone(), royalty_bps);
    let registered = Registry::new().send(&[], message);
    let message = terms(DatasetId(1), license, price, royalty_bps);
    [registered, Registry::with(1).send(&[], message)]
}

#[test]
fn a_dataset_is_registered_with_its_terms() {
    let mut registry = Registry::new();
    let price = Some(coin(7, "token"));
    let message = registration("CC-BY-4.0", price.clone(), 250);
    let response = registry.send(&[], message).unwrap();
    assert_eq!(attribute(&response, "price"), "7token");
    assert_eq!(attribute(&response, "royalty_bps"), "250");
    let dataset = registry.dataset(1);
    assert_eq!(dataset.license, "CC-BY-4.0");
    assert_eq!((&dataset.price, dataset.royalty_bps), (&price, 250));
    let raw = registry.raw(1).unwrap();
    assert_eq!((raw.price, raw.royalty_bps), (price, 250));
}

#[test]
fn its_owner_changes_a_datasets_terms_and_nothing_else() {
    let mut registry = Registry::new();
    let message = registration("old", Some(coin(7, "token")), 250);
    registry.send(&[], message).unwrap();
    let before = registry.dataset(1);
    let message = terms(DatasetId(1), "new", Some(coin(8, "other")), 300);
    registry.send(&[], message).unwrap();
    let mut expected = before.clone();
    expected.license = "new".into();
    (expected.price, expected.royalty_bps) = (Some(coin(8, "other")), 300);
    assert_eq!(registry.dataset(1), expected);
    let raw = registry.raw(1).unwrap();
    assert_eq!((raw.price, raw.royalty_bps), (expected.price, 300));
    registry
        .send(&[], terms(DatasetId(1), "old", None, 0))
        .unwrap();
    assert_eq!(registry.dataset(1).price, None);
    assert_eq!(registry.raw(1).unwrap().price, None);
}

#[test]
fn nobody_else_changes_a_datasets_terms() {
    let mut registry = Registry::with(1);
    let message = terms(DatasetId(1), "", None, MAX_ROYALTY_BPS);
    let error = registry.send_as("stranger", message).unwrap_err();
    assert!(
        matches!(error, ContractError::NotOwner { owner, .. } if owner == addr("owner").as_str())
    );
    assert_eq!(registry.raw(1).unwrap().royalty_bps, 0);
}

#[test]
fn terms_of_a_dataset_that_there_is_not_are_refused() {
    let error = Registry::with(1).send(&[], terms(DatasetId(2), "", None, 0));
    assert!(matches!(
        error,
        Err(ContractError::UnknownDataset { id: DatasetId(2) })
    ));
}

#[test]
fn a_royalty_is_at_most_half_of_the_reward() {
    for result in both("", None, MAX_ROYALTY_BPS) {
        result.unwrap();
    }
    for bps in [MAX_ROYALTY_BPS + 1, 10_000, u16::MAX] {
        for result in both("", None, bps) {
            assert!(matches!(result, Err(ContractError::Royalty { bps: b }) if b == bps));
        }
    }
}

#[test]
fn a_price_of_zero_is_refused() {
    for result in both("", Some(coin(0, "token")), 0) {
        assert!(matches!(result, Err(ContractError::NoPrice)));
    }
    for amount in [Uint256::one(), Uint256::MAX] {
        for result in both("", Some(Coin::new(amount, "token")), 0) {
            result.unwrap();
        }
    }
}

#[test]
fn a_price_in_what_cannot_be_paid_is_refused() {
    let too_long = "x".repeat(129);
    for denom in ["", "ab", "1token", "to ken", "token\0", &too_long] {
        for result in both("", Some(coin(1, denom)), 0) {
            assert!(matches!(result, Err(ContractError::Denomination { .. })));
        }
    }
}

#[test]
fn a_price_in_a_token_names_it_by_its_address_in_its_one_form() {
    let address = addr("token").into_string();
    for result in both("", Some(coin(1, format!("cw20:{address}"))), 0) {
        result.unwrap();
    }
    for wrong in [
        String::new(),
        "token".into(),
        address.to_uppercase(),
        format!("{address} "),
    ] {
        for result in both("", Some(coin(1, format!("cw20:{wrong}"))), 0) {
            assert!(matches!(result, Err(ContractError::Std(_))), "{wrong}");
        }
    }
}

#[test]
fn a_license_is_short_and_may_be_empty() {
    let longest = "x".repeat(MAX_LICENSE_BYTES);
    for license in ["", &longest] {
        for result in both(license, None, 0) {
            result.unwrap();
        }
    }
    for result in both(&(longest + "x"), None, 0) {
        assert!(matches!(
            result,
            Err(ContractError::LicenseLength { len: 257 })
        ));
    }
}

#[test]
fn no_message_takes_funds() {
    let mut registry = Registry::with(1);
    let dataset = DatasetId(1);
    for message in [
        terms(dataset, "", None, 0),
        ExecuteMsg::OfferTransfer { dataset, to: None },
        ExecuteMsg::AcceptTransfer { dataset },
        ExecuteMsg::Deprecate {
            dataset,
            successor: None,
        },
    ] {
        let error = registry.send(&coins(1, "token"), message);
        assert!(matches!(error, Err(ContractError::Payment(_))));
    }
}
