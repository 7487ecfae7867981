use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::{Error, Int, range};
use bellman::ConstraintSystem;
use proptest::prelude::*;

use crate::builder::{on_ints, out, satisfied, scalars};

#[test]
fn an_unsigned_integer_has_its_bits() {
    let bits = Harness::new("unsigned", |cs: &mut Recorder, value: Option<&i128>| {
        let int = range::unsigned(cs, value.copied(), 8)?;
        Ok(Ports {
            inputs: out(&[&int]),
            outputs: out(&[&int]),
        })
    });
    let bits = bits
        .accept(0, scalars(&[0]))
        .accept(255, scalars(&[255]))
        .expect_constraints(8);
    bits.refuse(-1)
        .refuse(256)
        .refuse(i128::MAX)
        .refuse(i128::MIN)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn a_signed_integer_lies_within_its_twos_complement() {
    let identity = on_ints("signed", &[8], |_, ints| Ok(out(&[&ints[0]])));
    let identity = identity
        .accept(vec![-128], scalars(&[-128]))
        .accept(vec![0], scalars(&[0]));
    let identity = identity
        .accept(vec![127], scalars(&[127]))
        .expect_constraints(8);
    identity
        .refuse(vec![-129])
        .refuse(vec![128])
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn an_interval_is_enforced_at_both_ends() {
    let between = on_ints("between", &[12], |cs, ints| {
        let int = range::enforce_between(cs, &ints[0], -100, 777)?;
        assert_eq!((int.lo(), int.hi()), (-100, 777));
        Ok(out(&[&int]))
    });
    let between = between
        .accept(vec![-100], scalars(&[-100]))
        .accept(vec![777], scalars(&[777]));
    let between = between
        .refuse(vec![-101])
        .refuse(vec![778])
        .expect_constraints(12 + 2 * 10);
    between.run().into_result().unwrap();
}

#[test]
fn an_interval_of_a_power_of_two_takes_one_decomposition() {
    let between = on_ints("power", &[12], |cs, ints| {
        Ok(out(&[&range::enforce_between(cs, &ints[0], -3, 60)?]))
    });
    let between = between
        .accept(vec![-3], scalars(&[-3]))
        .accept(vec![60], scalars(&[60]));
    let between = between
        .refuse(vec![-4])
        .refuse(vec![61])
        .expect_constraints(12 + 6);
    between.run().into_result().unwrap();
}

#[test]
fn one_value_takes_one_constraint() {
    let between = on_ints("equal", &[12], |cs, ints| {
        Ok(out(&[&range::enforce_between(cs, &ints[0], 5, 5)?]))
    });
    let between = between
        .accept(vec![5], scalars(&[5]))
        .expect_constraints(13);
    between
        .refuse(vec![4])
        .refuse(vec![6])
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn a_proved_side_is_free() {
    let upper = on_ints("upper", &[8], |cs, ints| {
        Ok(out(&[&range::enforce_between(cs, &ints[0], -500, 99)?]))
    });
    let upper = upper
        .accept(vec![-128], scalars(&[-128]))
        .accept(vec![99], scalars(&[99]));
    upper
        .refuse(vec![100])
        .refuse(vec![127])
        .expect_constraints(8 + 8)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn non_negative_takes_the_bits_of_the_upper_bound() {
    let non_negative = on_ints("non-negative", &[8], |cs, ints| {
        Ok(out(&[&range::enforce_non_negative(cs, &ints[0])?]))
    });
    let non_negative = non_negative
        .accept(vec![0], scalars(&[0]))
        .accept(vec![127], scalars(&[127]));
    let non_negative = non_negative
        .refuse(vec![-1])
        .refuse(vec![-128])
        .expect_constraints(8 + 7);
    non_negative.run().into_result().unwrap();
}

#[test]
fn widths_and_intervals_that_make_no_sense_are_errors() {
    let mut cs = Recorder::with_witness();
    for bits in [0, 121, u32::MAX] {
        assert!(matches!(
            range::unsigned(&mut cs, Some(0), bits),
            Err(Error::Width { .. })
        ));
        assert!(matches!(
            range::signed(&mut cs, Some(0), bits),
            Err(Error::Width { .. })
        ));
    }
    let int = range::unsigned(&mut cs, Some(7), 8).unwrap();
    let between = |cs: &mut Recorder, lo, hi| range::enforce_between(cs, &int, lo, hi);
    assert!(matches!(
        between(&mut cs, 9, 8),
        Err(Error::EmptyInterval { .. })
    ));
    assert!(matches!(
        between(&mut cs, 256, 300),
        Err(Error::DisjointInterval { .. })
    ));
    assert!(matches!(
        between(&mut cs, -9, -1),
        Err(Error::DisjointInterval { .. })
    ));
    assert!(between(&mut cs, i128::MIN, i128::MAX).is_ok());
}

#[test]
fn a_bound_beyond_120_bits_is_an_error() {
    let limit = 1_i128 << 120;
    assert!(Int::constant(limit).is_ok());
    assert!(matches!(
        Int::constant(limit + 1),
        Err(Error::BoundTooLarge { .. })
    ));
    let mut cs = Recorder::shape();
    let wide = range::unsigned(&mut cs, None, 120).unwrap();
    assert!(matches!(wide.scale(2), Err(Error::BoundTooLarge { .. })));
    assert!(matches!(
        wide.scale(i128::MIN),
        Err(Error::BoundTooLarge { .. })
    ));
    let sum = wide.add(&Int::constant(1).unwrap()).unwrap();
    assert!(matches!(sum.add(&wide), Err(Error::BoundTooLarge { .. })));
    assert!(matches!(
        Int::sum([&wide, &wide]),
        Err(Error::BoundTooLarge { .. })
    ));
}

#[test]
fn a_value_far_out_of_range_overflows_into_an_error() {
    let mut cs = Recorder::with_witness();
    let int = range::unsigned(&mut cs, Some(i128::MAX), 8).unwrap();
    assert!(matches!(int.add(&int), Err(Error::ValueOverflow { .. })));
    assert!(matches!(
        range::signed(&mut cs, Some(i128::MAX), 8),
        Err(Error::ValueOverflow { .. })
    ));
}

#[test]
fn neither_integers_nor_errors_show_values() {
    let mut cs = Recorder::with_witness();
    let int = range::unsigned(&mut cs, Some(173), 8).unwrap();
    let top = range::top_bit(&mut cs, &int, 0, 8).unwrap();
    assert_eq!(format!("{int:?}"), "Int(0..=255)");
    assert_eq!(format!("{top:?}"), "Bit { linear: Linear(1 wires) }");
}

proptest! {
    #[test]
    fn constraints_refuse_what_the_interval_excludes(
        value in -600_i128..600, lo in -512_i128..512, len in 0_i128..512,
    ) {
        let (lo, hi) = (lo.min(511), (lo + len).min(511));
        let accepted = satisfied(&[10], &vec![value], |cs, ints| {
            range::enforce_between(cs.namespace(|| "gadget"), &ints[0], lo, hi).map(drop)
        });
        prop_assert_eq!(accepted, (-512..512).contains(&value) && (lo..=hi).contains(&value));
    }
}
