use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::int::scalar;
use assay_gadgets::limbs::{pack, pack_bytes, pack_widths};
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

/// Bytes of each integer: the seventh and the last but two lie across two limbs, as 2 | 3
/// and 1 | 2 bytes, another one ends with its limb.
const MIXED: [usize; 24] = [
    5, 5, 5, 5, 5, 3, 5, 1, 3, 5, 5, 5, 5, 3, 5, 5, 5, 5, 5, 3, 1, 3, 1, 5,
];

/// Integers of the widths of `MIXED`, with their number of bytes.
fn mixed(cs: &mut Recorder, values: Option<&Vec<i128>>) -> Result<Vec<(Int, usize)>, Error> {
    let integer = |(i, bytes): (usize, usize)| {
        let value = values.map(|values| values[i]);
        let cs = cs.namespace(|| format!("integer {i}"));
        Ok((range::unsigned(cs, value, 8 * bytes as u32)?, bytes))
    };
    MIXED.into_iter().enumerate().map(integer).collect()
}

/// The integers that a byte string is made of.
fn integers(mut bytes: &[u8]) -> Vec<i128> {
    let integer = |len: usize| {
        let (integer, rest) = bytes.split_at(len);
        bytes = rest;
        integer
            .iter()
            .rev()
            .fold(0, |sum, &byte| sum << 8 | i128::from(byte))
    };
    MIXED.into_iter().map(integer).collect()
}

#[test]
fn integers_of_any_width_pack_as_the_bytes_they_form() {
    let packing = Harness::new("widths", |cs: &mut Recorder, values: Option<&Vec<i128>>| {
        let integers = mixed(cs, values)?;
        Ok(Ports {
            inputs: integers
                .iter()
                .map(|(int, _)| int.linear().clone())
                .collect(),
            outputs: pack_widths(cs.namespace(|| "limbs"), &integers)?,
        })
    });
    let len: usize = MIXED.iter().sum();
    let ascending: Vec<u8> = (1..=len as u8).collect();
    let mixed: Vec<u8> = (0..len).map(|i| (i * i * 7) as u8).collect();
    let packing = [ascending, mixed, vec![0; len], vec![255; len]]
        .into_iter()
        .fold(packing, |packing, bytes| {
            packing.accept(integers(&bytes), limbs(&bytes))
        });
    let beyond = |i: usize| {
        let mut values = vec![0; MIXED.len()];
        values[i] = 1 << (8 * MIXED[i]);
        values
    };
    // The bytes themselves, and the two integers that are cut.
    packing
        .refuse(beyond(6))
        .refuse(beyond(21))
        .expect_constraints(8 * len + 8 * (5 + 3))
        .run()
        .into_result()
        .unwrap();
}

/// 255 = 0 * 2^16 + 255 = -1 * 2^16 + (2^16 + 255) = 1 * 2^16 + (255 - 2^16).
#[test]
fn a_cut_that_spills_over_is_refused() {
    let mut cs = Recorder::with_witness();
    let integers = mixed(&mut cs, Some(&vec![255; MIXED.len()])).unwrap();
    pack_widths(cs.namespace(|| "limbs"), &integers).unwrap();
    assert!(cs.is_satisfied());
    let low = cs.find("limbs/cut 6/remainder/integer").unwrap();
    for spilled in [255 + (1 << 16), 255 - (1 << 16)] {
        cs.set(low, scalar(spilled));
        let broken = cs.first_unsatisfied();
        assert_eq!(broken.as_deref(), Some("limbs/cut 6/remainder"));
    }
}

#[test]
fn an_integer_that_leaves_its_upper_bytes_empty_is_cut_for_free() {
    let packing = Harness::new("empty", |cs: &mut Recorder, bytes: Option<&Vec<u8>>| {
        let ints = bytes_of(cs, bytes, 30);
        let widths = ints
            .iter()
            .cloned()
            .zip([[1; 29].as_slice(), &[3]].concat());
        Ok(Ports {
            inputs: out(&ints.iter().collect::<Vec<_>>()),
            outputs: pack_widths(cs, &widths.collect::<Vec<_>>())?,
        })
    });
    let bytes: Vec<u8> = (200..230).collect();
    let padded = [bytes.as_slice(), &[0, 0]].concat();
    packing
        .accept(bytes, limbs(&padded))
        .expect_constraints(8 * 30)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn integers_are_packed_only_into_bytes_that_hold_them() {
    let mut cs = Recorder::shape();
    let nine = range::unsigned(&mut cs, None, 9).unwrap();
    let signed = alloc(&mut cs, &[8], None).unwrap().remove(0);
    for (wrong, bytes) in [(&nine, 1), (&signed, 1), (&signed, 5)] {
        let packed = pack_widths(&mut cs, &[(nine.clone(), 2), (wrong.clone(), bytes)]);
        assert!(matches!(
            packed,
            Err(Error::NotPackable { index: 1, bytes: b, .. }) if b == bytes
        ));
    }
    for bytes in [0, 16, 31, usize::MAX] {
        let packed = pack_widths(&mut cs, &[(nine.clone(), bytes)]);
        assert!(matches!(packed, Err(Error::Width { .. })), "{bytes}");
    }
    let wide = range::unsigned(&mut cs, None, 120).unwrap();
    let limbs = pack_widths(&mut cs, &[(wide.clone(), 15), (nine, 2), (wide, 15)]);
    assert_eq!(limbs.unwrap().len(), 2);
    assert!(pack_widths(&mut cs, &[]).unwrap().is_empty());
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
