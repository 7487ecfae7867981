//! Gadgets with holes that published systems had. Each must turn the harness red, at the
//! check that was made for it.

use assay_gadgets::harness::{Check, Harness, Ports, Recorder};
use assay_gadgets::int::scalar;
use assay_gadgets::{Bit, Error, Int, Linear, argmax, range};
use bellman::ConstraintSystem;
use bls12_381::Scalar;

use crate::builder::{on_ints, out, scalars};

/// `max(0, z)` with a selector that is Boolean and nothing else.
fn relu_with_a_free_selector(cs: &mut Recorder, z: &Int) -> Result<Linear, Error> {
    let selector = Bit::alloc(&mut *cs, z.value().map(|z| z > 0))?;
    let relu = Linear::alloc(&mut *cs, || "relu", z.value().map(|z| scalar(z.max(0))))?;
    cs.enforce(
        || "relu",
        |_| selector.linear().lc(),
        |_| z.linear().lc(),
        |_| relu.lc(),
    );
    Ok(relu)
}

#[test]
fn a_relu_whose_selector_is_free_fails_the_flip_check() {
    let relu = on_ints("relu", &[8], |cs, ints| {
        Ok(vec![relu_with_a_free_selector(cs, &ints[0])?])
    });
    let relu = relu
        .accept(vec![-100], scalars(&[0]))
        .accept(vec![100], scalars(&[100]));
    let report = relu.expect_constraints(8 + 2).run();
    assert_eq!(report.of(Check::Flip).count(), 2, "{report}");
    assert!(report.of(Check::Flip).all(|failure| failure.wire == "bit"));
    assert!(
        !report.fails(Check::Tamper) && !report.fails(Check::Rank),
        "{report}"
    );
}

/// `floor(z / 2^shift)` whose remainder only the witness generator keeps small.
fn rescale_with_an_asserted_remainder(
    cs: &mut Recorder,
    z: &Int,
    shift: u32,
) -> Result<Linear, Error> {
    let remainder = z.value().map(|z| z & ((1 << shift) - 1));
    assert!(remainder.is_none_or(|remainder| (0..1 << shift).contains(&remainder)));
    let quotient = z.value().map(|z| scalar(z >> shift));
    let remainder = Linear::alloc(&mut *cs, || "remainder", remainder.map(scalar))?;
    let quotient = Linear::alloc(&mut *cs, || "quotient", quotient)?;
    let sum = quotient.scale(scalar(1 << shift)) + &remainder;
    sum.enforce_equal(cs, || "z = q 2^s + r", z.linear());
    Ok(quotient)
}

#[test]
fn a_rescale_whose_remainder_is_unchecked_fails_the_rank_check() {
    let rescale = on_ints("rescale", &[8], |cs, ints| {
        Ok(vec![rescale_with_an_asserted_remainder(cs, &ints[0], 4)?])
    });
    let report = rescale
        .accept(vec![100], scalars(&[6]))
        .expect_constraints(8 + 1)
        .run();
    let wires: Vec<&str> = report
        .of(Check::Rank)
        .map(|failure| failure.wire.as_str())
        .collect();
    assert_eq!(wires, ["remainder", "quotient"], "{report}");
    assert!(
        !report.fails(Check::Tamper) && !report.fails(Check::Flip),
        "{report}"
    );
}

/// A sign that nothing ties to its integer, as what is below it may be anything.
#[test]
fn a_sign_above_an_unchecked_rest_fails_the_flip_check() {
    let signed = Harness::new("sign", |cs: &mut Recorder, value: Option<&i128>| {
        let top = value.map(|value| *value >= 0);
        let top = Bit::alloc(cs.namespace(|| "sign"), top)?;
        let rest = value.map(|value| scalar(value & 7));
        let rest = Linear::alloc(&mut *cs, || "rest", rest)?;
        let eight = Scalar::from(8);
        let int = rest + &top.linear().scale(eight) - Linear::constant(eight);
        Ok(Ports {
            inputs: vec![int],
            outputs: vec![top.linear().clone()],
        })
    });
    let report = signed.accept(5, scalars(&[1])).expect_constraints(1).run();
    assert!(report.fails(Check::Flip), "{report}");
}

/// An argmax over copies of its inputs that nothing ties to them.
fn argmax_over_copies(cs: &mut Recorder, values: &[Int]) -> Result<Int, Error> {
    let copies = values
        .iter()
        .map(|value| range::signed(cs.namespace(|| "copy"), value.value(), 5))
        .collect::<Result<Vec<_>, _>>()?;
    argmax::argmax(cs.namespace(|| "argmax"), &copies)?.index()
}

#[test]
fn an_argmax_over_reallocated_inputs_fails_the_flip_check() {
    let argmax = on_ints("argmax", &[5, 5, 5], |cs, ints| {
        Ok(out(&[&argmax_over_copies(cs, ints)?]))
    });
    let report = argmax
        .accept(vec![3, 9, -16], scalars(&[1]))
        .expect_constraints(50)
        .run();
    assert!(
        report
            .of(Check::Flip)
            .any(|failure| failure.wire.starts_with("copy")),
        "{report}"
    );
    let others = [Check::Examples, Check::Native, Check::Shape, Check::Count];
    assert!(!others.iter().any(|&check| report.fails(check)), "{report}");
}

#[test]
fn a_wire_that_nothing_constrains_fails_the_tamper_check() {
    let hint = |cs: &mut Recorder, ints: &[Int]| {
        Linear::alloc(&mut *cs, || "hint", ints[0].value().map(scalar))?;
        Ok(out(&[&ints[0]]))
    };
    let free = on_ints("hint", &[4], hint)
        .accept(vec![1], scalars(&[1]))
        .expect_constraints(4);
    let report = free.run();
    assert_eq!(report.of(Check::Tamper).count(), 1);
    assert_eq!(report.of(Check::Rank).count(), 1);
    free.free_hint("hint").run().into_result().unwrap();
}

#[test]
fn a_refusal_that_only_the_witness_generator_makes_is_no_refusal() {
    let assert_only = |_: &mut Recorder, ints: &[Int]| match ints[0].value() {
        Some(3) => Err(Error::ValueOverflow {
            operation: "an assertion",
        }),
        _ => Ok(out(&[&ints[0]])),
    };
    let asserted = on_ints("asserted", &[4], assert_only)
        .refuse(vec![3])
        .refuse(vec![4]);
    let report = asserted.expect_constraints(4).run();
    assert_eq!(report.of(Check::Examples).count(), 2, "{report}");
}

#[test]
fn another_output_shape_or_count_is_noticed() {
    let double = on_ints("double", &[4], |cs, ints| {
        if ints[0].value().is_some() {
            Bit::enforce(
                &mut *cs,
                Linear::constant(scalar(2)).scale(scalar(3)) - Linear::constant(scalar(5)),
            );
            cs.enforce(|| "only with a witness", |lc| lc, |lc| lc, |lc| lc);
        }
        Ok(out(&[&ints[0].scale(2)?]))
    });
    let report = double
        .accept(vec![3], scalars(&[7]))
        .expect_constraints(5)
        .run();
    for check in [Check::Native, Check::Shape, Check::Count] {
        assert!(report.fails(check), "{check:?}: {report}");
    }
}

#[test]
fn a_decomposition_that_wraps_around_the_field_fails_the_flip_check() {
    let wrapping = on_ints("wrapping", &[4], |cs, ints| {
        let value = ints[0].value().unwrap_or(0);
        let mut sum = Linear::zero();
        for i in 0..255_u32 {
            let bit = ints[0].value().map(|_| i < 100 && value >> i & 1 == 1);
            let bit = Bit::alloc(cs.namespace(|| format!("{i}")), bit)?;
            sum.add_scaled(
                Scalar::from(2).pow_vartime(&[i.into(), 0, 0, 0]),
                bit.linear(),
            );
        }
        sum.enforce_equal(cs, || "sum", ints[0].linear());
        Ok(vec![sum])
    });
    let report = wrapping
        .accept(vec![5], scalars(&[5]))
        .expect_constraints(4 + 256)
        .run();
    assert!(report.fails(Check::Flip), "{report}");
    assert!(
        !report.fails(Check::Rank) && !report.fails(Check::Tamper),
        "{report}"
    );
}

/// An integer of two bits that is 0 or 2: its top bit, which has no wire, may be either.
#[test]
fn a_free_top_bit_without_a_wire_fails_the_flip_check() {
    let root = on_ints("root", &[4], |cs, ints| {
        let value = ints[0].value().map(|value| value & 2);
        let root = range::unsigned(cs.namespace(|| "root"), value, 2)?;
        let other = root.sub(&Int::constant(2)?)?;
        cs.enforce(
            || "root of x (x - 2)",
            |_| root.linear().lc(),
            |_| other.linear().lc(),
            |zero| zero,
        );
        Ok(out(&[&root]))
    });
    let root = root.accept(vec![5], scalars(&[0]));
    let report = root.expect_constraints(4 + 2 + 1).run();
    let flipped: Vec<&str> = report
        .of(Check::Flip)
        .map(|failure| failure.wire.as_str())
        .collect();
    assert_eq!(flipped, ["root/top bit/boolean"], "{report}");
    assert!(
        !report.fails(Check::Rank) && !report.fails(Check::Tamper),
        "{report}"
    );
}

/// `x + y = 1st input` and `factor * x + 2 y = 2nd input`: no constraint has one unknown.
fn two_equations(cs: &mut Recorder, ints: &[Int], factor: i128) -> Result<Vec<Linear>, Error> {
    let known = ints[0].value().zip(ints[1].value());
    let x = Linear::alloc(&mut *cs, || "x", known.map(|(a, b)| scalar(2 * a - b)))?;
    let y = Linear::alloc(&mut *cs, || "y", known.map(|(a, b)| scalar(b - a)))?;
    (&x + &y).enforce_equal(&mut *cs, || "first", ints[0].linear());
    let second = x.scale(scalar(factor)) + y.scale(scalar(2));
    second.enforce_equal(cs, || "second", ints[1].linear());
    Ok(vec![x, y])
}

#[test]
fn equations_that_repeat_each_other_fail_the_rank_check() {
    let independent = on_ints("independent", &[8, 8], |cs, ints| {
        two_equations(cs, ints, 1)
    });
    let independent = independent.accept(vec![10, 13], scalars(&[7, 3]));
    let independent = independent.expect_constraints(16 + 2);
    independent.run().into_result().unwrap();
    let dependent = on_ints("dependent", &[8, 8], |cs, ints| two_equations(cs, ints, 2));
    let dependent = dependent
        .accept(vec![10, 20], scalars(&[0, 10]))
        .expect_constraints(16 + 2);
    assert_eq!(dependent.run().of(Check::Rank).count(), 2);
}
