use assay_gadgets::harness::Recorder;
use assay_gadgets::{Bit, Error, Int, dot, product, range};

use crate::builder::{on_ints, out, scalars};

#[test]
fn a_product_takes_one_constraint() {
    let mul = on_ints("mul", &[8, 6], |cs, ints| {
        let product = product::mul(cs, &ints[0], &ints[1])?;
        assert_eq!((product.lo(), product.hi()), (127 * -32, -128 * -32));
        Ok(out(&[&product]))
    });
    let mul = mul
        .accept(vec![-128, -32], scalars(&[4096]))
        .accept(vec![127, -32], scalars(&[-4064]));
    let mul = mul
        .accept(vec![0, 31], scalars(&[0]))
        .expect_constraints(8 + 6 + 1);
    mul.refuse(vec![128, 0])
        .refuse(vec![0, -33])
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn constants_multiply_for_free() {
    let mul = on_ints("constant", &[8], |cs, ints| {
        Ok(out(&[&product::mul(
            &mut *cs,
            &Int::constant(-3)?,
            &ints[0],
        )?]))
    });
    let mul = mul
        .accept(vec![-128], scalars(&[384]))
        .accept(vec![127], scalars(&[-381]));
    mul.expect_constraints(8).run().into_result().unwrap();
}

#[test]
fn a_difference_that_cancels_has_the_same_shape_at_setup() {
    let cancelled = on_ints("cancelled", &[8, 8], |cs, ints| {
        let zero = ints[0].sub(&ints[0])?;
        Ok(out(&[&product::mul(cs, &zero, &ints[1])?]))
    });
    let cancelled = cancelled
        .accept(vec![7, 9], scalars(&[0]))
        .expect_constraints(16);
    cancelled.run().into_result().unwrap();
}

#[test]
fn a_bit_masks_an_integer() {
    let mask = on_ints("mask", &[8, 2], |cs, ints| {
        let bit = Bit::enforce(&mut *cs, ints[1].linear().clone());
        Ok(out(&[&product::mul_bit(cs, &bit, &ints[0])?]))
    });
    let mask = mask
        .accept(vec![-128, 1], scalars(&[-128]))
        .accept(vec![127, 0], scalars(&[0]));
    let mask = mask.expect_constraints(8 + 2 + 1 + 1);
    mask.refuse(vec![1, -1])
        .refuse(vec![1, -2])
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn a_dot_product_takes_a_constraint_for_each_product_of_wires() {
    let dot = on_ints("dot", &[8, 8, 8, 8], |cs, ints| {
        let constant = Int::constant(255)?;
        let left = [ints[0].clone(), ints[1].clone(), constant];
        let right = [ints[2].clone(), ints[3].clone(), ints[0].clone()];
        Ok(out(&[&dot(cs, &left, &right)?]))
    });
    let dot = dot.accept(
        vec![-128, 127, -128, 127],
        scalars(&[16384 + 16129 - 255 * 128]),
    );
    dot.expect_constraints(32 + 2).run().into_result().unwrap();
}

#[test]
fn products_whose_bound_or_length_does_not_fit_are_errors() {
    let mut cs = Recorder::shape();
    let wide = range::unsigned(&mut cs, None, 61).unwrap();
    let operation = product::mul(&mut cs, &wide, &wide);
    assert!(matches!(operation, Err(Error::BoundTooLarge { .. })));
    let lengths = dot(&mut cs, &[wide.clone(), wide.clone()], &[wide]);
    assert!(matches!(
        lengths,
        Err(Error::Length {
            expected: 2,
            found: 1,
            ..
        })
    ));
    let mut cs = Recorder::with_witness();
    let far = range::unsigned(&mut cs, Some(i128::MAX), 8).unwrap();
    assert!(matches!(
        product::mul(&mut cs, &far, &far),
        Err(Error::ValueOverflow { .. })
    ));
}
