use assay_gadgets::harness::{Harness, Ports, Recorder};
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
