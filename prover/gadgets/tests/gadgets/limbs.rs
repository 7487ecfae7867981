use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::limbs::{pack, pack_bytes};
use assay_gadgets::{Error, Int, Signed, range};
use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::builder::{alloc, out};

/// The limbs of a byte string, by its definition.
fn limbs(bytes: &[u8]) -> Vec<Scalar> {
    let limb = |limb: &[u8]| {
        let add = |sum: Scalar, &byte: &u8| sum * Scalar::from(256) + Scalar::from(u64::from(byte));
        limb.iter().rev().fold(Scalar::zero(), add)
    };
    bytes.chunks(30).map(limb).collect()
}

fn bytes_of(cs: &mut Recorder, bytes: Option<&Vec<u8>>, len: usize) -> Vec<Int> {
    let byte = |i: usize| {
        let value = bytes.map(|bytes| i128::from(bytes[i]));
        range::unsigned(cs.namespace(|| format!("byte {i}")), value, 8).unwrap()
    };
    (0..len).map(byte).collect()
}

#[test]
fn bytes_pack_thirty_to_a_limb_for_free() {
    let packing = Harness::new("bytes", |cs: &mut Recorder, bytes: Option<&Vec<u8>>| {
        let ints = bytes_of(cs, bytes, 61);
        let outputs = pack_bytes(&ints)?;
        Ok(Ports {
            inputs: out(&ints.iter().collect::<Vec<_>>()),
            outputs,
        })
    });
    let bytes: Vec<u8> = (0..61).map(|i| i * 4 + 3).collect();
    let packing = packing
        .accept(bytes.clone(), limbs(&bytes))
        .accept(vec![255; 61], limbs(&[255; 61]));
    packing
        .expect_constraints(61 * 8)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn signed_integers_pack_as_their_twos_complement_bytes() {
    let weights: [i32; 12] = [
        0, 1, -1, 8388607, -8388608, 5, -5, 65536, -65536, 255, -256, 77,
    ];
    let packing = Harness::new(
        "weights",
        |cs: &mut Recorder, weights: Option<&[i32; 12]>| {
            let (mut ints, mut unsigned) = (Vec::new(), Vec::new());
            for i in 0..12 {
                let value = weights.map(|weights| i128::from(weights[i]));
                let weight = Signed::alloc(cs.namespace(|| format!("weight {i}")), value, 24)?;
                ints.push(weight.int().linear().clone());
                unsigned.push(weight.twos_complement(3)?);
            }
            Ok(Ports {
                inputs: ints,
                outputs: pack(&unsigned, 3)?,
            })
        },
    );
    let bytes: Vec<u8> = weights
        .iter()
        .flat_map(|w| w.to_le_bytes()[..3].to_vec())
        .collect();
    let packing = packing
        .accept(weights, limbs(&bytes))
        .expect_constraints(12 * 24);
    packing.run().into_result().unwrap();
}

#[test]
fn what_is_not_proved_to_fit_is_not_packed() {
    let mut cs = Recorder::shape();
    let nine = range::unsigned(&mut cs, None, 9).unwrap();
    let signed = alloc(&mut cs, &[8], None).unwrap().remove(0);
    let byte = range::unsigned(&mut cs, None, 8).unwrap();
    for wrong in [&nine, &signed] {
        let packed = pack_bytes(&[byte.clone(), wrong.clone()]);
        assert!(matches!(
            packed,
            Err(Error::NotPackable {
                index: 1,
                bytes: 1,
                ..
            })
        ));
    }
    assert!(pack(std::slice::from_ref(&nine), 2).is_ok());
    assert!(matches!(
        pack(&[nine], 4),
        Err(Error::ElementBytes { bytes: 4 })
    ));
}
