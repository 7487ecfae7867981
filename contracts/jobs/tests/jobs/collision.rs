//! Other bytes with the same fingerprint at a point that is known.

use assay_groth16::Scalar;
use num_bigint::{BigInt, BigUint, Sign};

/// The lattice of all `(a, b)` with `a + b point = 0` has vectors of some 128 bits, which the
/// extended Euclidean algorithm finds: added to two limbs, they change a blob and not its
/// value at that point.
pub fn collision(blob: &[u8], point: Scalar) -> Vec<u8> {
    let last = BigInt::from_bytes_le(Sign::Plus, &(-Scalar::one()).to_bytes());
    let modulus: BigInt = last + 1;
    let (mut r0, mut r1) = (
        modulus.clone(),
        BigInt::from_bytes_le(Sign::Plus, &point.to_bytes()),
    );
    let (mut t0, mut t1) = (BigInt::from(0), BigInt::from(1));
    while r1.bits() > 128 {
        let quotient = &r0 / &r1;
        (r0, r1) = (r1.clone(), &r0 - &quotient * &r1);
        (t0, t1) = (t1.clone(), &t0 - &quotient * &t1);
    }
    // r1 = t1 point modulo the order: t1 goes to the limb before, -r1 to the limb itself.
    let mut limbs: Vec<BigInt> = blob
        .chunks(30)
        .map(|limb| BigInt::from_bytes_le(Sign::Plus, limb))
        .collect();
    limbs[1] += &t1;
    limbs[2] -= &r1;
    let bytes = limbs.iter().zip(blob.chunks(30)).map(|(limb, old)| {
        let mut bytes = BigUint::try_from(limb.clone()).unwrap().to_bytes_le();
        assert!(bytes.len() <= old.len());
        bytes.resize(old.len(), 0);
        bytes
    });
    bytes.flatten().collect()
}
