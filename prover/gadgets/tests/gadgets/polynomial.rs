use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::{Linear, polynomial};
use bellman::SynthesisError;
use bls12_381::Scalar;
use ff::Field;

/// A polynomial with a constant leading coefficient: the point, then the others.
fn polynomial(
    leading: u64,
    len: usize,
) -> impl Fn(&mut Recorder, Option<&Vec<Scalar>>) -> Result<Ports, SynthesisError> {
    move |cs: &mut Recorder, values: Option<&Vec<Scalar>>| {
        let inputs = (0..=len).map(|i| {
            let value = values.map(|values| values[i]);
            Linear::alloc(&mut *cs, || format!("input {i}"), value)
        });
        let inputs = inputs.collect::<Result<Vec<_>, _>>()?;
        let leading = Linear::constant(Scalar::from(leading));
        let coefficients = [&[leading], &inputs[1..]].concat();
        let value = polynomial::evaluate(cs, &coefficients, &inputs[0])?;
        Ok(Ports {
            inputs,
            outputs: vec![value],
        })
    }
}

fn value(leading: u64, values: &[Scalar]) -> Scalar {
    let step = |sum: Scalar, coefficient: &Scalar| sum * values[0] + coefficient;
    values[1..].iter().fold(Scalar::from(leading), step)
}

#[test]
fn a_coefficient_takes_a_constraint() {
    let mut harness = Harness::new("polynomial", polynomial(7, 4)).bound_inputs();
    let large = Scalar::from(3).invert().unwrap();
    for values in [
        [1, 2, 3, 4, 5].map(Scalar::from),
        [large, large.square(), Scalar::ZERO, -Scalar::ONE, large],
        // At 0 all but the last would be free.
        [1, 0, 0, 0, 0].map(Scalar::from),
    ] {
        harness = harness.accept(values.to_vec(), [value(7, &values)]);
    }
    harness.expect_constraints(3).run().into_result().unwrap();
}

#[test]
fn a_line_is_free() {
    let values = [Scalar::from(5), Scalar::from(6)];
    let harness = Harness::new("line", polynomial(7, 1));
    let harness = harness.accept(values.to_vec(), [Scalar::from(41)]);
    harness.expect_constraints(0).run().into_result().unwrap();
}
