use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::{Signed, compare, range, sign};
use bellman::ConstraintSystem;

use crate::builder::{on_ints, out, scalars};

#[test]
fn the_top_bit_of_a_fresh_integer_is_its_sign() {
    let fresh = Harness::new("fresh sign", |cs: &mut Recorder, value: Option<&i128>| {
        let fresh = Signed::alloc(cs, value.copied(), 8)?;
        let outputs = vec![fresh.non_negative().linear().clone()];
        Ok(Ports {
            inputs: out(&[fresh.int()]),
            outputs,
        })
    });
    let fresh = fresh.accept(-128, scalars(&[0])).accept(-1, scalars(&[0]));
    let fresh = fresh.accept(0, scalars(&[1])).accept(127, scalars(&[1]));
    let fresh = fresh.refuse(-129).refuse(128).expect_constraints(8);
    fresh.run().into_result().unwrap();
}

#[test]
fn the_sign_of_an_integer_takes_its_width() {
    let of = on_ints("sign", &[8], |cs, ints| {
        Ok(vec![sign::of(cs, &ints[0])?.linear().clone()])
    });
    let of = of
        .accept(vec![-128], scalars(&[0]))
        .accept(vec![-1], scalars(&[0]));
    let of = of
        .accept(vec![0], scalars(&[1]))
        .accept(vec![127], scalars(&[1]));
    let of = of
        .refuse(vec![-129])
        .refuse(vec![128])
        .expect_constraints(8 + 8);
    of.run().into_result().unwrap();
}

/// The top bit is all there is: nothing below it ties it to the integer.
#[test]
fn the_sign_of_one_bit_is_the_bit() {
    let of = on_ints("sign", &[1, 1], |cs, ints| {
        let of = sign::of(cs.namespace(|| "of"), &ints[0])?;
        let not_less = compare::less(cs.namespace(|| "less"), &ints[1], &ints[0])?.not();
        Ok(vec![of.linear().clone(), not_less.linear().clone()])
    });
    let of = of
        .accept(vec![-1, 0], scalars(&[0, 1]))
        .accept(vec![-1, -1], scalars(&[0, 1]))
        .accept(vec![0, 0], scalars(&[1, 1]))
        .accept(vec![0, -1], scalars(&[1, 0]));
    of.refuse(vec![1, 0])
        .refuse(vec![-2, 0])
        .expect_constraints(1 + 1 + 1 + 2)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn a_sign_that_the_bound_decides_is_free() {
    let of = on_ints("decided", &[8], |cs, ints| {
        let positive = range::enforce_non_negative(&mut *cs, &ints[0])?;
        Ok(vec![sign::of(cs, &positive)?.linear().clone()])
    });
    of.accept(vec![0], scalars(&[1]))
        .expect_constraints(8 + 7)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn less_is_strict() {
    let less = on_ints("less", &[6, 6], |cs, ints| {
        Ok(vec![
            compare::less(cs, &ints[0], &ints[1])?.linear().clone(),
        ])
    });
    let less = less
        .accept(vec![-32, 31], scalars(&[1]))
        .accept(vec![31, -32], scalars(&[0]));
    let less = less
        .accept(vec![5, 5], scalars(&[0]))
        .accept(vec![5, 6], scalars(&[1]));
    less.expect_constraints(6 + 6 + 7)
        .run()
        .into_result()
        .unwrap();
}
