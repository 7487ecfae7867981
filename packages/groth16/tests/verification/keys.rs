//! Verifying keys that registration must refuse.

use crate::points::*;
use crate::trapdoor::{Trapdoor, g1, g2};
use assay_groth16::{Error, G1Affine, G2Affine, Scalar, VerifyingKey};
use proptest::prelude::*;
use std::ops::Range;

/// alpha, ic0, ic1.
const G1_POINTS: [Range<usize>; 3] = [0..48, 336..384, 384..432];
/// beta, gamma, delta, epsilon.
const G2_POINTS: [Range<usize>; 4] = [48..144, GAMMA, DELTA, EPSILON];
const GAMMA: Range<usize> = 144..240;
const DELTA: Range<usize> = 240..336;
/// Only in a key with challenges.
const EPSILON: Range<usize> = 432..528;

/// One key without and with challenges.
fn valid() -> [Vec<u8>; 2] {
    [Trapdoor::random(1), Trapdoor::challenged(1)].map(|trapdoor| trapdoor.key().to_bytes())
}

fn with(key: &[u8], range: &Range<usize>, bytes: &[u8]) -> Vec<u8> {
    let mut key = key.to_vec();
    key[range.clone()].copy_from_slice(bytes);
    key
}

fn with_first_byte(key: &[u8], range: &Range<usize>, change: impl Fn(u8) -> u8) -> Vec<u8> {
    with(
        key,
        &(range.start..range.start + 1),
        &[change(key[range.start])],
    )
}

/// Those of the points that `key` has.
fn points_in<'a>(key: &[u8], points: &'a [Range<usize>]) -> impl Iterator<Item = &'a Range<usize>> {
    let len = key.len();
    points.iter().filter(move |range| range.end <= len)
}

#[test]
fn a_keys_bytes_come_back() {
    for trapdoor in [Trapdoor::random(1), Trapdoor::challenged(1)] {
        let key = trapdoor.key();
        assert_eq!(VerifyingKey::from_bytes(&key.to_bytes()), Ok(key));
    }
}

#[test]
fn with_challenges_epsilon_follows() {
    let [plain, challenged] = valid();
    let epsilon = g2(Trapdoor::challenged(1).epsilon.unwrap()).to_compressed();
    assert_eq!(challenged, [&plain[..], &epsilon].concat());
    let lengths = [plain.len(), challenged.len()];
    assert_eq!(lengths, [432, 528]);
    assert_eq!(lengths, [VerifyingKey::LEN, VerifyingKey::CHALLENGED_LEN]);
}

#[test]
fn a_malformed_point_is_refused() {
    let bad_g1 = [identity_g1(), off_curve_g1(), outside_subgroup_g1()];
    let bad_g2 = [identity_g2(), off_curve_g2(), outside_subgroup_g2()];
    let refused = |key: &[u8], range: &Range<usize>, bad: &[u8]| {
        let read = VerifyingKey::from_bytes(&with(key, range, bad));
        assert_eq!(read, Err(Error::MalformedKey), "{range:?} of {}", key.len());
    };
    for key in valid() {
        for range in points_in(&key, &G1_POINTS) {
            bad_g1.iter().for_each(|bad| refused(&key, range, bad));
        }
        for range in points_in(&key, &G2_POINTS) {
            bad_g2.iter().for_each(|bad| refused(&key, range, bad));
        }
    }
}

#[test]
fn wrong_flags_are_refused() {
    for key in valid() {
        for range in points_in(&key, &G1_POINTS).chain(points_in(&key, &G2_POINTS)) {
            let unflagged = with_first_byte(&key, range, |byte| byte & 0x7f);
            let flagged = with_first_byte(&key, range, |byte| byte | 0x40);
            for changed in [unflagged, flagged] {
                let read = VerifyingKey::from_bytes(&changed);
                assert_eq!(read, Err(Error::MalformedKey), "{range:?}");
            }
        }
    }
}

#[test]
fn every_other_length_is_refused() {
    let [_, valid] = valid();
    for len in (0..432).chain(433..528).chain(529..1000) {
        let key: Vec<_> = valid.iter().copied().cycle().take(len).collect();
        assert_eq!(
            VerifyingKey::from_bytes(&key),
            Err(Error::KeyLength { len })
        );
    }
}

/// `key` with one of two points in place of the other, and with its negation.
fn equated(key: &[u8], one: &Range<usize>, other: &Range<usize>) -> [Vec<u8>; 2] {
    let equal = with(key, one, &key[other.clone()]);
    let negated = with_first_byte(&equal, one, |byte| byte ^ 0x20);
    [equal, negated]
}

#[test]
fn gamma_equal_to_delta_up_to_sign_is_refused() {
    for key in valid().iter().flat_map(|key| equated(key, &DELTA, &GAMMA)) {
        assert_eq!(VerifyingKey::from_bytes(&key), Err(Error::GammaEqualsDelta));
    }
}

#[test]
fn epsilon_equal_to_gamma_or_delta_up_to_sign_is_refused() {
    let [_, key] = valid();
    for key in [GAMMA, DELTA]
        .iter()
        .flat_map(|other| equated(&key, &EPSILON, other))
    {
        let read = VerifyingKey::from_bytes(&key);
        assert_eq!(read, Err(Error::EpsilonEqualsOther));
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

#[test]
fn a_setups_epsilon_is_checked_like_a_registrations() {
    let Trapdoor { gamma, delta, .. } = Trapdoor::random(1);
    let with_epsilon = |point| Trapdoor::random(1).key().with_epsilon(point);
    let out = G2Affine::from_compressed_unchecked(&outside_subgroup_g2()).unwrap();
    assert!(with_epsilon(g2(Scalar::from(2))).is_ok());
    for bad in [G2Affine::identity(), out] {
        assert_eq!(with_epsilon(bad), Err(Error::MalformedKey));
    }
    for other in [gamma, -gamma, delta, -delta] {
        let error = with_epsilon(g2(other)).unwrap_err();
        assert_eq!(error, Error::EpsilonEqualsOther);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_accepted_is_canonical(
        position in 0..VerifyingKey::CHALLENGED_LEN, mask in 1..=u8::MAX,
    ) {
        let [_, mut bytes] = valid();
        bytes[position] ^= mask;
        if let Ok(key) = VerifyingKey::from_bytes(&bytes) {
            prop_assert_eq!(key.to_bytes(), bytes);
        }
    }
}
