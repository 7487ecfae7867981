use assay_gadgets::harness::{Harness, Ports};
use assay_gadgets::{max, range};

use crate::builder::{on_ints, out, scalars};

#[test]
fn relu_takes_the_width_and_one() {
    let relu = on_ints("relu", &[8], |cs, ints| {
        let relu = max::relu(cs, &ints[0])?;
        assert_eq!((relu.lo(), relu.hi()), (0, 127));
        Ok(out(&[&relu]))
    });
    let relu = relu
        .accept(vec![-128], scalars(&[0]))
        .accept(vec![-1], scalars(&[0]));
    let relu = relu
        .accept(vec![0], scalars(&[0]))
        .accept(vec![127], scalars(&[127]));
    relu.expect_constraints(8 + 9).run().into_result().unwrap();
}

#[test]
fn relu_of_a_fresh_integer_takes_its_bits_and_one() {
    let relu = Harness::new("alloc relu", |cs, value: Option<&i128>| {
        let (int, relu) = max::alloc_relu(cs, value.copied(), 8)?;
        Ok(Ports {
            inputs: out(&[&int]),
            outputs: out(&[&relu]),
        })
    });
    let relu = relu
        .accept(-128, scalars(&[0]))
        .accept(1, scalars(&[1]))
        .accept(127, scalars(&[127]));
    relu.refuse(-129)
        .refuse(128)
        .expect_constraints(9)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn relu_is_free_where_the_bound_decides() {
    let relu = on_ints("decided", &[8], |cs, ints| {
        let positive = range::enforce_non_negative(&mut *cs, &ints[0])?;
        let negative = positive.neg()?;
        Ok(out(&[
            &max::relu(&mut *cs, &positive)?,
            &max::relu(cs, &negative)?,
        ]))
    });
    relu.accept(vec![5], scalars(&[5, 0]))
        .expect_constraints(8 + 7)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn max_is_the_greater() {
    let max = on_ints("max", &[6, 4], |cs, ints| {
        let max = max::max(cs, &ints[0], &ints[1])?;
        assert_eq!((max.lo(), max.hi()), (-8, 31));
        Ok(out(&[&max]))
    });
    let max = max
        .accept(vec![-32, 7], scalars(&[7]))
        .accept(vec![31, -8], scalars(&[31]));
    let max = max
        .accept(vec![3, 3], scalars(&[3]))
        .expect_constraints(6 + 4 + 8);
    max.refuse(vec![32, 0]).run().into_result().unwrap();
}
