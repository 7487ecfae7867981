use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::int::scalar;
use assay_gadgets::{Error, Int, Signed, packed, range};
use bellman::{ConstraintSystem, SynthesisError};

use crate::builder::{out, scalars};

/// Floor, rectified floor and two's complement of a 12-bit integer, shifted by 4.
fn build(cs: &mut Recorder, value: Option<&i128>) -> Result<Ports, SynthesisError> {
    let signed = Signed::alloc(cs.namespace(|| "input"), value.copied(), 12)?;
    let floor = signed.floor(cs.namespace(|| "floor"), 4)?;
    let relu = signed.relu_floor(cs.namespace(|| "relu"), 4)?;
    assert_eq!((floor.lo(), floor.hi()), (-128, 127));
    assert_eq!((relu.lo(), relu.hi()), (0, 127));
    let bytes = signed.twos_complement(3)?;
    assert_eq!((bytes.lo(), bytes.hi()), (0, 0xff_ffff));
    Ok(Ports {
        inputs: out(&[signed.int()]),
        outputs: out(&[&floor, &relu, &bytes]),
    })
}

#[test]
fn floor_rectifier_and_twos_complement_share_one_decomposition() {
    let signed = Harness::new("signed", build)
        .accept(-2048, scalars(&[-128, 0, 0xff_f800]))
        .accept(2047, scalars(&[127, 127, 0x07ff]))
        .accept(-1, scalars(&[-1, 0, 0xff_ffff]))
        .accept(16, scalars(&[1, 1, 16]))
        .accept(0, scalars(&[0, 0, 0]));
    let signed = signed.refuse(-2049).refuse(2048);
    signed
        .expect_constraints(12 + 1)
        .run()
        .into_result()
        .unwrap();
}

/// The ends, a cut, the same again, one above it, one below it, one between these two.
const SHIFTS: [u32; 8] = [0, 11, 5, 5, 8, 2, 3, 8];

fn floors(cs: &mut Recorder, value: Option<&i128>) -> Result<Ports, SynthesisError> {
    let signed = Signed::alloc(cs.namespace(|| "input"), value.copied(), 12)?;
    let floor = |(i, shift)| signed.floor(cs.namespace(|| format!("floor {i}")), shift);
    let floors = SHIFTS.into_iter().enumerate().map(floor);
    let floors = floors.collect::<Result<Vec<_>, _>>()?;
    for (floor, shift) in floors.iter().zip(SHIFTS) {
        assert_eq!((floor.lo(), floor.hi()), (-2048 >> shift, 2047 >> shift));
    }
    Ok(Ports {
        inputs: out(&[signed.int()]),
        outputs: out(&floors.iter().collect::<Vec<_>>()),
    })
}

#[test]
fn a_floor_is_free_at_every_shift() {
    let floors = [-2048, 2047, -1, 0, 129, -129]
        .into_iter()
        .fold(Harness::new("floors", floors), |harness, value| {
            harness.accept(value, scalars(&SHIFTS.map(|shift| value >> shift)))
        });
    floors
        .refuse(-2049)
        .refuse(2048)
        .expect_constraints(12)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn one_bit_is_a_sign() {
    let signed = Harness::new("one bit", |cs: &mut Recorder, value: Option<&i128>| {
        let signed = Signed::alloc(cs.namespace(|| "input"), value.copied(), 1)?;
        let floor = signed.floor(cs.namespace(|| "floor"), 0)?;
        assert_eq!((floor.lo(), floor.hi()), (-1, 0));
        let byte = signed.twos_complement(1)?;
        let sign = signed.non_negative().linear().clone();
        let outputs = [out(&[&floor, &byte]), vec![sign]].concat();
        Ok(Ports {
            inputs: out(&[signed.int()]),
            outputs,
        })
    });
    let signed = signed
        .accept(-1, scalars(&[-1, 255, 0]))
        .accept(0, scalars(&[0, 0, 1]));
    signed
        .refuse(-2)
        .refuse(1)
        .expect_constraints(1)
        .run()
        .into_result()
        .unwrap();
}

/// A part of a check that takes more than its bits, at the cost of the part above: 1453 is
/// 101|101|011|01 below its sign.
#[test]
fn no_part_of_a_check_that_is_cut_takes_more_than_its_bits() {
    let two = ("two/floor/low 2 bits", 1);
    let five = ("five/floor/low 5 bits", 0b01101);
    let eight = ("eight/floor/low 8 bits", 0b1010_1101);
    let low = ("input/low/integer", 1453);
    let sign = ("input/top bit", 1);
    for (broken, changes) in [
        ("two/floor", vec![(two, 4)]),
        ("five/floor", vec![(five, 32)]),
        ("eight/floor", vec![(eight, 256)]),
        ("input/low", vec![(low, 2048), (sign, -1)]),
    ] {
        let mut cs = Recorder::with_witness();
        let signed = Signed::alloc(cs.namespace(|| "input"), Some(1453), 12).unwrap();
        for (name, shift) in [("five", 5), ("eight", 8), ("two", 2)] {
            signed.floor(cs.namespace(|| name), shift).unwrap();
        }
        assert!(cs.is_satisfied());
        for ((wire, value), change) in changes {
            let wire = cs.find(wire).unwrap();
            assert_eq!(cs.get(wire), Some(scalar(value)));
            cs.set(wire, scalar(value + change));
        }
        assert_eq!(cs.first_unsatisfied().as_deref(), Some(broken));
    }
}

#[test]
fn shifts_and_widths_beyond_the_bits_are_errors() {
    let mut cs = Recorder::shape();
    let signed = Signed::alloc(&mut cs, None, 12).unwrap();
    assert_eq!(signed.floor(&mut cs, 11).unwrap().lo(), -1);
    for shift in [12, u32::MAX] {
        assert!(matches!(
            signed.floor(&mut cs, shift),
            Err(Error::Width { bits }) if bits == shift
        ));
    }
    for bytes in [0, 1, 16] {
        assert!(matches!(
            signed.twos_complement(bytes),
            Err(Error::Width { bits: 12 })
        ));
    }
    assert_eq!(signed.twos_complement(2).unwrap().hi(), 0xffff);
    for bits in [0, 121, u32::MAX] {
        assert!(matches!(
            Signed::alloc(&mut cs, None, bits),
            Err(Error::Width { bits: refused }) if refused == bits
        ));
    }
}

/// `[2, 2]` signed bytes times a vector of two bytes and the constant 3.
fn products(cs: &mut Recorder, witness: Option<&[i128; 6]>) -> Result<Ports, SynthesisError> {
    let value = |i: usize| witness.map(|witness| witness[i]);
    let mut entry = |i: usize| {
        let cs = cs.namespace(|| format!("entry {i}"));
        range::signed(cs, value(i), 8)
    };
    let entries = (0..4).map(&mut entry).collect::<Result<Vec<_>, _>>()?;
    let mut byte = |i: usize| {
        let cs = cs.namespace(|| format!("byte {i}"));
        range::unsigned(cs, value(i), 8)
    };
    let mut vector = (4..6).map(&mut byte).collect::<Result<Vec<_>, _>>()?;
    let inputs: Vec<Int> = entries.iter().chain(&vector).cloned().collect();
    vector.push(Int::constant(3)?);
    let bias = &entries[0];
    let matrix: Vec<Vec<Int>> = entries
        .chunks(2)
        .map(|row| [row, std::slice::from_ref(bias)].concat())
        .collect();
    let sums = packed::products(cs.namespace(|| "products"), &matrix, &vector)?;
    let bound = 128 * 255 * 2 + 128 * 3;
    assert_eq!(sums[1].int().lo(), -bound);
    let ints: Vec<&Int> = sums.iter().map(Signed::int).collect();
    Ok(Ports {
        inputs: out(&inputs.iter().collect::<Vec<_>>()),
        outputs: out(&ints),
    })
}

#[test]
fn allocated_sums_equal_the_products() {
    let native = |w: [i128; 6]| {
        let row = |i: usize| w[i] * w[4] + w[i + 1] * w[5] + 3 * w[0];
        (w, scalars(&[row(0), row(2)]))
    };
    let harness = [
        [-128, -128, -128, -128, 255, 255],
        [127, 127, 127, 127, 255, 255],
        [0, 1, -1, 5, 0, 255],
    ]
    .map(native)
    .into_iter()
    .fold(
        Harness::new("products", products),
        |harness, (w, outputs)| harness.accept(w, outputs),
    );
    // Two sums of 18 bits, one group, a multiplication for each column that is no constant.
    harness
        .expect_constraints(6 * 8 + 2 * 18 + 2)
        .run()
        .into_result()
        .unwrap();
}
