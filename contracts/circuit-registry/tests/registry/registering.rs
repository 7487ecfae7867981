//! Registering keys.

use assay_circuit_registry::ContractError;
use assay_groth16::{Error, PreparedVerifyingKey, VerifyingKey};
use assay_protocol::circuit::{Kind, SetupRecord};
use assay_protocol::id::Sha256Digest;
use assay_protocol::messages::circuit_registry::{
    CircuitResponse, MAX_SPEC_BYTES, QueryMsg, RegisteredKey, registered_key,
};
use cosmwasm_std::{Attribute, Order, Storage, coins};

use crate::registry::{Circuit, Registry};
use crate::trapdoor::Trapdoor;

#[test]
fn a_circuit_is_named_by_the_hash_of_its_parts() {
    let (mut registry, circuit) = (Registry::new(), Circuit::new(1));
    let response = registry.register(&circuit).unwrap();
    let id = circuit.id();
    let attributes = response.events[0].attributes.iter();
    let attributes: Vec<_> = attributes.map(|a| a.value.clone()).collect();
    assert_eq!(attributes, [&id.to_string(), "true", "true"]);
    let record: CircuitResponse = registry.ask(QueryMsg::Circuit { id }).unwrap();
    assert_eq!((record.id, record.spec), (id, circuit.spec));
    assert_eq!(record.verifying_key.as_slice(), circuit.verifying_key);
}

#[test]
fn the_key_lies_prepared_where_the_escrow_reads_it() {
    let (mut registry, circuit) = (Registry::new(), Circuit::new(1));
    registry.register(&circuit).unwrap();
    let raw = registry.deps.storage.get(&registered_key(&circuit.id()));
    let raw = raw.unwrap();
    let key = RegisteredKey::from_bytes(&raw).unwrap();
    assert_eq!((key.kind, key.development), (Kind::TrainingPublic, true));
    let checked = VerifyingKey::from_bytes(&circuit.verifying_key).unwrap();
    assert_eq!(
        key.prepared,
        PreparedVerifyingKey::from(&checked).to_bytes()
    );
}

#[test]
fn a_ceremony_that_cannot_be_checked_is_refused() {
    let (mut registry, mut circuit) = (Registry::new(), Circuit::new(1));
    let transcript = Sha256Digest([9; 32]);
    circuit.setup = SetupRecord::Ceremony { transcript };
    let error = registry.register(&circuit).unwrap_err();
    assert!(matches!(error, ContractError::UncheckedCeremony));
}

#[test]
fn a_second_registration_succeeds_and_changes_nothing() {
    let (mut registry, circuit) = (Registry::new(), Circuit::new(1));
    let mut register = || {
        let response = registry.register(&circuit).unwrap();
        let stored: Vec<_> = registry
            .deps
            .storage
            .range(None, None, Order::Ascending)
            .collect();
        (response.events[0].attributes.clone(), stored)
    };
    let (first, stored) = register();
    let (second, unchanged) = register();
    assert_eq!(stored, unchanged);
    assert_eq!(first[..2], second[..2]);
    let new = |attributes: &[Attribute]| attributes[2] == ("new", "true");
    assert_eq!((new(&first), new(&second)), (true, false));
}

#[test]
fn one_key_may_be_registered_for_another_specification() {
    let (mut registry, circuit) = (Registry::new(), Circuit::new(1));
    let mut other = circuit.clone();
    other.spec.push(' ');
    registry.register(&circuit).unwrap();
    registry.register(&other).unwrap();
    assert_ne!(circuit.id(), other.id());
}

#[test]
fn a_specification_that_is_empty_or_too_long_is_refused() {
    let (mut registry, mut circuit) = (Registry::new(), Circuit::new(1));
    for len in [0, MAX_SPEC_BYTES + 1] {
        circuit.spec = "x".repeat(len);
        let error = registry.register(&circuit).unwrap_err();
        assert!(matches!(error, ContractError::SpecLength { len: l } if l == len));
    }
    circuit.spec = "x".repeat(MAX_SPEC_BYTES);
    registry.register(&circuit).unwrap();
}

/// The error for the key of circuit 1 after `change`.
fn refused(change: impl FnOnce(&mut Vec<u8>)) -> Error {
    let (mut registry, mut circuit) = (Registry::new(), Circuit::new(1));
    change(&mut circuit.verifying_key);
    match registry.register(&circuit).unwrap_err() {
        ContractError::Groth16(error) => error,
        other => panic!("{other}"),
    }
}

#[test]
fn a_key_of_another_length_is_refused() {
    assert_eq!(
        refused(|key| key.truncate(431)),
        Error::KeyLength { len: 431 }
    );
    assert_eq!(refused(|key| key.push(0)), Error::KeyLength { len: 433 });
    assert_eq!(refused(Vec::clear), Error::KeyLength { len: 0 });
    let with_challenges = Trapdoor::challenged(1).key();
    for len in [527, 529] {
        let key: Vec<u8> = with_challenges.iter().copied().cycle().take(len).collect();
        assert_eq!(refused(|valid| *valid = key), Error::KeyLength { len });
    }
}

#[test]
fn a_key_with_challenges_is_named_kept_and_prepared_with_its_epsilon() {
    let (mut registry, circuit) = (Registry::new(), Circuit::challenged(1));
    registry.register(&circuit).unwrap();
    let id = circuit.id();
    assert_ne!(id, Circuit::new(1).id());
    let record: CircuitResponse = registry.ask(QueryMsg::Circuit { id }).unwrap();
    assert_eq!(record.verifying_key.as_slice(), circuit.verifying_key);
    let raw = registry.deps.storage.get(&registered_key(&id)).unwrap();
    let key = RegisteredKey::from_bytes(&raw).unwrap();
    let checked = VerifyingKey::from_bytes(&circuit.verifying_key).unwrap();
    let expected = PreparedVerifyingKey::from(&checked).to_bytes();
    assert_eq!((key.prepared, key.prepared.len()), (&expected[..], 912));
}

#[test]
fn a_key_with_the_identity_is_refused() {
    let identity = |at: usize, len: usize| {
        refused(|key| {
            key[at..at + len].fill(0);
            key[at] = 0xc0;
        })
    };
    for (at, len) in [
        (0, 48),
        (48, 96),
        (144, 96),
        (240, 96),
        (336, 48),
        (384, 48),
    ] {
        assert_eq!(identity(at, len), Error::MalformedKey);
    }
}

#[test]
fn a_key_with_a_point_off_its_curve_or_subgroup_is_refused() {
    for at in [47, 143, 239, 335, 383, 431] {
        assert_eq!(refused(|key| key[at] ^= 1), Error::MalformedKey);
    }
}

#[test]
fn a_key_whose_gamma_is_its_delta_is_refused() {
    let error = refused(|key| key.copy_within(144..240, 240));
    assert_eq!(error, Error::GammaEqualsDelta);
}

#[test]
fn an_epsilon_with_which_proofs_could_be_forged_is_refused() {
    let refused = |change: &dyn Fn(&mut [u8])| {
        refused(|key| {
            *key = Trapdoor::challenged(1).key();
            change(key);
        })
    };
    let identity = |key: &mut [u8]| {
        key[432..].fill(0);
        key[432] = 0xc0;
    };
    assert_eq!(refused(&identity), Error::MalformedKey);
    assert_eq!(refused(&|key| key[527] ^= 1), Error::MalformedKey);
    for other in [144..240, 240..336] {
        let equal = |key: &mut [u8]| key.copy_within(other.clone(), 432);
        assert_eq!(refused(&equal), Error::EpsilonEqualsOther);
        let negated = |key: &mut [u8]| {
            equal(key);
            key[432] ^= 0x20;
        };
        assert_eq!(refused(&negated), Error::EpsilonEqualsOther);
    }
}

#[test]
fn funds_are_refused() {
    let error = Registry::new().send(&coins(1, "token"), Circuit::new(1).message());
    assert!(matches!(error, Err(ContractError::Payment(_))));
}
