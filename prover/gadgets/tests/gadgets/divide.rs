use assay_gadgets::harness::Recorder;
use assay_gadgets::{Error, divide};
use bellman::ConstraintSystem;

use crate::builder::{alloc, on_ints, out, scalars};

#[test]
fn division_by_a_constant_rounds_down() {
    let divided = on_ints("divide", &[12], |cs, ints| {
        let floor = divide::floor(cs.namespace(|| "divide"), &ints[0], 10)?;
        assert_eq!((floor.lo(), floor.hi()), (-205, 204));
        Ok(out(&[&floor]))
    });
    let divided = divided
        .accept(vec![-2048], scalars(&[-205]))
        .accept(vec![2047], scalars(&[204]))
        .accept(vec![-1], scalars(&[-1]))
        .accept(vec![-10], scalars(&[-1]))
        .accept(vec![9], scalars(&[0]));
    divided
        .refuse(vec![-2049])
        .refuse(vec![2048])
        .expect_constraints(12 + 9 + 2 * 4)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn division_by_a_power_of_two_checks_the_remainder_once() {
    let divided = on_ints("divide", &[12], |cs, ints| {
        Ok(out(&[&divide::floor(
            cs.namespace(|| "divide"),
            &ints[0],
            8,
        )?]))
    });
    let divided = divided
        .accept(vec![-2048], scalars(&[-256]))
        .accept(vec![2047], scalars(&[255]));
    divided
        .accept(vec![7], scalars(&[0]))
        .expect_constraints(12 + 9 + 3)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn division_by_one_and_by_more_than_the_bound_is_free() {
    let divided = on_ints("divide", &[12], |cs, ints| {
        let positive = ints[0].add(&assay_gadgets::Int::constant(2048)?)?;
        Ok(out(&[
            &divide::floor(&mut *cs, &ints[0], 1)?,
            &divide::floor(cs, &positive, 4096)?,
        ]))
    });
    divided
        .accept(vec![-9], scalars(&[-9, 0]))
        .expect_constraints(12)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn a_divisor_below_one_is_an_error() {
    let mut cs = Recorder::shape();
    let ints = alloc(&mut cs, &[12], None).unwrap();
    for divisor in [0, -1] {
        assert!(matches!(
            divide::floor(&mut cs, &ints[0], divisor),
            Err(Error::OutOfRange { .. })
        ));
    }
}
