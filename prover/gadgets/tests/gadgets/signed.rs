use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::{Error, Int, Signed, packed, range};
use bellman::{ConstraintSystem, SynthesisError};

use crate::builder::{out, scalars};

/// Floor, rectified floor and the bytes of a 12-bit integer, shifted by 4.
fn build(cs: &mut Recorder, value: Option<&i128>) -> Result<Ports, SynthesisError> {
    let signed = Signed::alloc(cs.namespace(|| "input"), value.copied(), 12)?;
    let floor = signed.floor(4)?;
    let relu = signed.relu_floor(cs.namespace(|| "relu"), 4)?;
    assert_eq!((floor.lo(), floor.hi()), (-128, 127));
    assert_eq!((relu.lo(), relu.hi()), (0, 127));
    let bytes = signed.to_bytes(3)?;
    let outputs = [&floor, &relu].into_iter().chain(&bytes);
    Ok(Ports {
        inputs: out(&[signed.int()]),
        outputs: out(&outputs.collect::<Vec<_>>()),
    })
}

#[test]
fn floor_rectifier_and_bytes_share_one_decomposition() {
    let signed = Harness::new("signed", build)
        .accept(-2048, scalars(&[-128, 0, 0, 0xf8, 0xff]))
        .accept(2047, scalars(&[127, 127, 0xff, 0x07, 0]))
        .accept(-1, scalars(&[-1, 0, 0xff, 0xff, 0xff]))
        .accept(16, scalars(&[1, 1, 16, 0, 0]))
        .accept(0, scalars(&[0, 0, 0, 0, 0]));
    let signed = signed.refuse(-2049).refuse(2048);
    signed
        .expect_constraints(12 + 1)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn shifts_and_widths_beyond_the_bits_are_errors() {
    let signed = Signed::alloc(Recorder::shape(), None, 12).unwrap();
    assert_eq!(signed.floor(11).unwrap().lo(), -1);
    assert!(matches!(signed.floor(12), Err(Error::Width { bits: 12 })));
    assert!(matches!(signed.to_bytes(1), Err(Error::Width { bits: 12 })));
    assert_eq!(signed.to_bytes(2).unwrap().len(), 2);
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
