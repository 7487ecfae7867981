//! The form of a key that registries store.

use crate::trapdoor::{Trapdoor, g1, g2};
use assay_groth16::{Error, PreparedVerifyingKey, Scalar};
use proptest::prelude::*;

#[test]
fn the_layout_is_the_documented_one() {
    let trapdoor = Trapdoor::random(1);
    let two_to_the_64 = Scalar::from(u64::MAX) + Scalar::one();
    let mut expected = trapdoor.key().to_bytes()[..336].to_vec();
    expected.extend(g1(trapdoor.ic[0]).to_uncompressed());
    let mut shifted = trapdoor.ic[1];
    for _ in 0..4 {
        expected.extend(g1(shifted).to_uncompressed());
        shifted *= two_to_the_64;
    }
    assert_eq!(trapdoor.prepared().to_bytes(), expected);
    assert_eq!(expected.len(), PreparedVerifyingKey::LEN);
    assert_eq!(&expected[48..144], g2(trapdoor.beta).to_compressed());
}

#[test]
fn with_challenges_epsilon_follows() {
    let trapdoor = Trapdoor::challenged(1);
    let plain = Trapdoor::random(1).prepared().to_bytes();
    let epsilon = g2(trapdoor.epsilon.unwrap()).to_compressed();
    let expected = [&plain[..], &epsilon].concat();
    assert_eq!(trapdoor.prepared().to_bytes(), expected);
    assert_eq!(expected.len(), 912);
    assert_eq!(PreparedVerifyingKey::CHALLENGED_LEN, 912);
}

#[test]
fn the_bytes_come_back() {
    for trapdoor in [Trapdoor::random(1), Trapdoor::challenged(1)] {
        let key = trapdoor.prepared();
        let read = PreparedVerifyingKey::from_trusted_bytes(&key.to_bytes());
        assert_eq!(read, Ok(key));
    }
}

#[test]
fn every_other_length_is_refused() {
    let valid = Trapdoor::random(1).prepared().to_bytes();
    for len in (0..816).chain(817..912).chain(913..1700) {
        let key: Vec<_> = valid.iter().copied().cycle().take(len).collect();
        let expected = Err(Error::PreparedKeyLength { len });
        assert_eq!(PreparedVerifyingKey::from_trusted_bytes(&key), expected);
    }
}

#[test]
fn bytes_that_no_registry_wrote_are_refused_where_it_is_free() {
    let valid = Trapdoor::challenged(1).prepared().to_bytes();
    for first_byte_of_point in [0, 48, 144, 240, 336, 432, 528, 624, 720, 816] {
        let mut key = valid.clone();
        key[first_byte_of_point] ^= 0x80;
        assert_eq!(
            PreparedVerifyingKey::from_trusted_bytes(&key),
            Err(Error::MalformedKey)
        );
    }
}

proptest! {
    #[test]
    fn random_bytes_never_panic(
        bytes in proptest::collection::vec(any::<u8>(), 912), challenged: bool,
    ) {
        let mut bytes = bytes;
        bytes.truncate(if challenged { 912 } else { 816 });
        _ = PreparedVerifyingKey::from_trusted_bytes(&bytes);
        let coordinates = [0, 48, 96, 144, 192, 240, 288].into_iter().chain((336..912).step_by(48));
        for coordinate in coordinates.filter(|&at| at < bytes.len()).collect::<Vec<_>>() {
            bytes[coordinate] &= 0x0f;
        }
        for point in [0, 48, 144, 240, 816].into_iter().take(if challenged { 5 } else { 4 }) {
            bytes[point] |= 0x80;
        }
        let key = PreparedVerifyingKey::from_trusted_bytes(&bytes).expect("the shape is right");
        prop_assert_eq!(key.to_bytes(), bytes);
    }
}
