//! Verifying keys that registration must refuse.

use crate::points::*;
use crate::trapdoor::{Trapdoor, g1, g2};
use assay_groth16::{Error, G1Affine, G2Affine, Scalar, VerifyingKey};
use proptest::prelude::*;
use std::ops::Range;

/// alpha, ic0, ic1.
const G1_POINTS: [Range<usize>; 3] = [0..48, 336..384, 384..432];
/// beta, gamma, delta.
const G2_POINTS: [Range<usize>; 3] = [48..144, 144..240, 240..336];

fn valid() -> Vec<u8> {
    Trapdoor::random(1).key().to_bytes()
}

fn with(range: &Range<usize>, bytes: &[u8]) -> Vec<u8> {
    let mut key = valid();
    key[range.clone()].copy_from_slice(bytes);
    key
}

fn with_first_byte(range: &Range<usize>, change: impl Fn(u8) -> u8) -> Vec<u8> {
    let mut key = valid();
    key[range.start] = change(key[range.start]);
    key
}

#[test]
fn a_keys_bytes_come_back() {
    let key = Trapdoor::random(1).key();
    assert_eq!(VerifyingKey::from_bytes(&key.to_bytes()), Ok(key));
}

#[test]
fn a_malformed_point_is_refused() {
    let bad_g1 = [identity_g1(), off_curve_g1(), outside_subgroup_g1()];
    let bad_g2 = [identity_g2(), off_curve_g2(), outside_subgroup_g2()];
    let g1 = G1_POINTS
        .iter()
        .flat_map(|range| bad_g1.iter().map(move |bad| with(range, bad)));
    let g2 = G2_POINTS
        .iter()
        .flat_map(|range| bad_g2.iter().map(move |bad| with(range, bad)));
    for (i, key) in g1.chain(g2).enumerate() {
        assert_eq!(
            VerifyingKey::from_bytes(&key),
            Err(Error::MalformedKey),
            "case {i}"
        );
    }
}

#[test]
fn wrong_flags_are_refused() {
    for range in G1_POINTS.iter().chain(&G2_POINTS) {
        for key in [
            with_first_byte(range, |b| b & 0x7f),
            with_first_byte(range, |b| b | 0x40),
        ] {
            assert_eq!(
                VerifyingKey::from_bytes(&key),
                Err(Error::MalformedKey),
                "{range:?}"
            );
        }
    }
}

#[test]
fn every_other_length_is_refused() {
    for len in (0..432).chain(433..1000) {
        let key: Vec<_> = valid().into_iter().cycle().take(len).collect();
        assert_eq!(
            VerifyingKey::from_bytes(&key),
            Err(Error::KeyLength { len })
        );
    }
}

#[test]
fn gamma_equal_to_delta_up_to_sign_is_refused() {
    let key = valid();
    let equal = with(&G2_POINTS[2], &key[G2_POINTS[1].clone()]);
    let mut negated = equal.clone();
    negated[G2_POINTS[2].start] ^= 0x20;
    for key in [equal, negated] {
        assert_eq!(VerifyingKey::from_bytes(&key), Err(Error::GammaEqualsDelta));
    }
}

#[test]
fn a_setups_points_are_checked_like_a_registrations() {
    let [p, q] = [g1(Scalar::from(2)), g1(Scalar::from(3))];
    let [x, y, z] = [
        g2(Scalar::from(2)),
        g2(Scalar::from(3)),
        g2(Scalar::from(4)),
    ];
    let (zero_1, zero_2) = (G1Affine::identity(), G2Affine::identity());
    let out_1 = G1Affine::from_compressed_unchecked(&outside_subgroup_g1()).unwrap();
    let out_2 = G2Affine::from_compressed_unchecked(&outside_subgroup_g2()).unwrap();
    assert!(VerifyingKey::new(p, x, y, z, [p, q]).is_ok());
    for bad in [zero_1, out_1] {
        assert_eq!(
            VerifyingKey::new(bad, x, y, z, [p, q]),
            Err(Error::MalformedKey)
        );
        assert_eq!(
            VerifyingKey::new(p, x, y, z, [bad, q]),
            Err(Error::MalformedKey)
        );
        assert_eq!(
            VerifyingKey::new(p, x, y, z, [p, bad]),
            Err(Error::MalformedKey)
        );
    }
    for bad in [zero_2, out_2] {
        assert_eq!(
            VerifyingKey::new(p, bad, y, z, [p, q]),
            Err(Error::MalformedKey)
        );
        assert_eq!(
            VerifyingKey::new(p, x, bad, z, [p, q]),
            Err(Error::MalformedKey)
        );
        assert_eq!(
            VerifyingKey::new(p, x, y, bad, [p, q]),
            Err(Error::MalformedKey)
        );
    }
    assert_eq!(
        VerifyingKey::new(p, x, y, y, [p, q]),
        Err(Error::GammaEqualsDelta)
    );
    assert_eq!(
        VerifyingKey::new(p, x, y, -y, [p, q]),
        Err(Error::GammaEqualsDelta)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_accepted_is_canonical(position in 0..VerifyingKey::LEN, mask in 1..=u8::MAX) {
        let mut bytes = valid();
        bytes[position] ^= mask;
        if let Ok(key) = VerifyingKey::from_bytes(&bytes) {
            prop_assert_eq!(key.to_bytes(), bytes);
        }
    }
}
