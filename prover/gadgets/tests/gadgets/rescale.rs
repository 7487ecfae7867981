use assay_gadgets::harness::Recorder;
use assay_gadgets::int::scalar;
use assay_gadgets::{Error, range, rescale};
use bellman::ConstraintSystem;

use crate::builder::{alloc, on_ints, out, scalars};

#[test]
fn rescaling_rounds_down() {
    let floor = on_ints("rescale", &[12], |cs, ints| {
        let floor = rescale::floor(cs, &ints[0], 4)?;
        assert_eq!((floor.lo(), floor.hi()), (-128, 127));
        Ok(out(&[&floor]))
    });
    let floor = floor
        .accept(vec![-2048], scalars(&[-128]))
        .accept(vec![2047], scalars(&[127]));
    let floor = floor
        .accept(vec![-1], scalars(&[-1]))
        .accept(vec![15], scalars(&[0]));
    let floor = floor
        .refuse(vec![-2049])
        .refuse(vec![2048])
        .expect_constraints(12 + 4 + 8);
    floor.run().into_result().unwrap();
}

#[test]
fn rescaling_by_nothing_or_by_everything_is_free() {
    let floor = on_ints("rescale", &[12], |cs, ints| {
        let below = ints[0].sub(&assay_gadgets::Int::constant(2048)?)?;
        Ok(out(&[
            &rescale::floor(&mut *cs, &ints[0], 0)?,
            &rescale::floor(cs, &below, 12)?,
        ]))
    });
    floor
        .accept(vec![9], scalars(&[9, -1]))
        .expect_constraints(12)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn a_shifted_remainder_is_refused() {
    let mut cs = Recorder::with_witness();
    let ints = alloc(&mut cs, &[12], Some(&vec![100])).unwrap();
    rescale::floor(cs.namespace(|| "rescale"), &ints[0], 4).unwrap();
    assert!(cs.is_satisfied());
    cs.prove_ranges().unwrap();
    assert!(cs.is_satisfied());
    // 100 = 6 * 16 + 4 = 5 * 16 + 20: all sixteen into the remainder's top bit.
    let remainder = cs.find("rescale/remainder/integer").unwrap();
    let quotient = [
        cs.find("rescale/quotient/bit 0"),
        cs.find("rescale/quotient/bit 1"),
    ];
    cs.set(remainder, scalar(20));
    cs.set(quotient[0].unwrap(), scalar(1));
    cs.set(quotient[1].unwrap(), scalar(0));
    let broken = cs.first_unsatisfied();
    assert_eq!(broken.as_deref(), Some("rescale/remainder/top bit/boolean"));
}

#[test]
fn a_shift_beyond_the_bound_is_an_error() {
    let mut cs = Recorder::shape();
    let ints = alloc(&mut cs, &[12], None).unwrap();
    assert!(matches!(
        rescale::floor(&mut cs, &ints[0], 120),
        Err(Error::Width { bits: 120 })
    ));
    // From -2^120 to 2^120: the quotient by 2 may take 2^120 + 1 values.
    let mut unsigned = |bits| range::unsigned(&mut cs, None, bits).unwrap();
    let [a, b, c, d] = [120, 120, 1, 1].map(&mut unsigned);
    let wide = a.sub(&b).unwrap().add(&c).unwrap().sub(&d).unwrap();
    assert!(matches!(
        rescale::floor(&mut cs, &wide, 1),
        Err(Error::Width { bits: 121 })
    ));
    assert!(rescale::floor(&mut cs, &wide, 2).is_ok());
}
