//! Whatever bytes come in, a decoder answers; and what it takes, it writes as it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::LazyLock;

use assay_groth16::{
    CompressedG1, CompressedG2, G1Affine, G2Affine, PreparedVerifyingKey, Proof, Scalar,
    VerifyingKey, scalar_from_bytes, verify_native,
};
use proptest::prelude::*;

fn g1(exponent: u64) -> G1Affine {
    (G1Affine::generator() * Scalar::from(exponent)).into()
}

fn g2(exponent: u64) -> G2Affine {
    (G2Affine::generator() * Scalar::from(exponent)).into()
}

/// Valid proofs and keys of either length, a scalar, and points.
static VALID: LazyLock<Vec<Vec<u8>>> = LazyLock::new(valid);

fn valid() -> Vec<Vec<u8>> {
    let key = VerifyingKey::new(g1(2), g2(3), g2(4), g2(5), [g1(6), g1(7)]).unwrap();
    let prepared = PreparedVerifyingKey::from(&key).to_bytes();
    let proof = Proof::new(&g1(8), &g2(9), &g1(10)).unwrap();
    let challenged = key.clone().with_epsilon(g2(11)).unwrap();
    let d = CompressedG1::encode(&g1(12)).unwrap();
    vec![
        proof.to_bytes(),
        proof.with_commitment(d).to_bytes(),
        key.to_bytes(),
        challenged.to_bytes(),
        prepared,
        PreparedVerifyingKey::from(&challenged).to_bytes(),
        Scalar::from(7).to_bytes().to_vec(),
        d.as_bytes().to_vec(),
        CompressedG2::encode(&g2(13)).unwrap().as_bytes().to_vec(),
    ]
}

/// Reads bytes as everything that they could be.
fn read(bytes: &[u8]) {
    if let Ok(proof) = Proof::from_bytes(bytes) {
        assert_eq!(proof.to_bytes(), bytes);
        let key = PreparedVerifyingKey::from_trusted_bytes(&VALID[4]).unwrap();
        assert!(verify_native(&key, &Scalar::from(1), &proof).is_err());
    }
    if let Ok(key) = VerifyingKey::from_bytes(bytes) {
        assert_eq!(key.to_bytes(), bytes);
        let prepared = PreparedVerifyingKey::from(&key).to_bytes();
        assert!(PreparedVerifyingKey::from_trusted_bytes(&prepared).is_ok());
    }
    // What a registry doesn't write is no key that anything holds for: it is only read.
    if let Ok(key) = PreparedVerifyingKey::from_trusted_bytes(bytes) {
        assert_eq!(key.to_bytes(), bytes);
        let proof = Proof::from_bytes(&VALID[0]).unwrap();
        let _ = verify_native(&key, &Scalar::from(1), &proof);
    }
    if let Ok(scalar) = scalar_from_bytes(bytes) {
        assert_eq!(scalar.to_bytes(), bytes);
    }
    if let Ok(bytes) = <&[u8; 48]>::try_from(bytes)
        && let Some(point) = CompressedG1::from_bytes(bytes)
    {
        assert_eq!(point.as_bytes(), bytes);
        let _ = point.decode();
    }
    if let Ok(bytes) = <&[u8; 96]>::try_from(bytes)
        && let Some(point) = CompressedG2::from_bytes(bytes)
    {
        assert_eq!(point.as_bytes(), bytes);
        let _ = point.decode();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn whatever_bytes_come_are_read_or_not(
        which in 0..9usize,
        flips in prop::collection::vec((any::<usize>(), any::<u8>()), 0..4),
        longer in prop_oneof![8 => Just(0isize), 1 => -60..60isize],
    ) {
        let mut bytes = VALID[which].clone();
        bytes.resize(bytes.len().saturating_add_signed(longer), 0xc0);
        let len = bytes.len().max(1);
        for (at, mask) in flips {
            bytes.iter_mut().skip(at % len).take(1).for_each(|byte| *byte ^= mask);
        }
        read(&bytes);
    }

    #[test]
    fn noise_is_read_or_not(
        len in prop::sample::select(vec![0usize, 31, 32, 48, 96, 192, 240, 432, 528, 816, 912]),
        seed in any::<u64>(),
    ) {
        let mut state = seed;
        let noise = core::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as u8
        });
        read(&noise.take(len).collect::<Vec<u8>>());
    }
}
