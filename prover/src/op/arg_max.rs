//! The position of the greatest element; of equals, the lowest.

use assay_gadgets::{Error, Signed, System, argmax};
use assay_protocol::prediction::MAX_CLASSES;

use super::{Attributes, Fact, Operator, Problem, Value, ints, one};
use crate::cost::{Cost, distance_bits};
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::Tensor;

/// The position of the greatest of all elements; of equals, the lowest.
///
/// As many elements as an answer has classes at most: each is compared with the greatest by
/// a combination of all positions, so the cost grows with their square.
#[derive(Clone, Debug)]
pub(crate) struct ArgMax;

impl Operator for ArgMax {
    const NAME: &'static str = "arg_max";
    const SUMMARY: &'static str = "position of the greatest element, of equals the lowest";
    const ONNX: &'static [&'static str] = &["ArgMax"];

    fn read(_: &mut Attributes) -> Result<Self, Problem> {
        Ok(Self)
    }

    fn write(&self, _: &mut Attributes) {}

    fn infer(&self, inputs: &[&Fact], _: &[Fact]) -> Result<Fact, Problem> {
        let input = one(inputs)?;
        let count = input.len();
        if !(2..=MAX_CLASSES as usize).contains(&count) {
            return Err(format!("it tells 2 to {MAX_CLASSES} classes apart, not {count}"));
        }
        let bounds = (0, count as i128 - 1);
        Ok(Fact::new(vec![1], bounds, count as u64))
    }

    fn cost(&self, inputs: &[&Fact], _: &Fact, _: &[Fact]) -> Cost {
        let (input, count) = (inputs[0], inputs[0].len() as u64);
        let positions = Cost::range(count as u32 - 1) + Cost::constraint(2 * count);
        let choices = Cost::product(1, 2 * input.terms).times(count - 1);
        // The greatest minus an element, and minus whether its position is yet to come.
        let slack = 2 * (input.terms + count);
        let bits = distance_bits(input.lo, input.hi).max(1);
        positions + choices + Cost::check(slack, bits).times(count)
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], _: &[Tensor<i128>]) -> Vec<i128> {
        let mut greatest = (0, i128::MIN);
        for (i, &x) in (0..).zip(inputs[0].data()) {
            if x > greatest.1 {
                greatest = (i, x);
            }
        }
        vec![greatest.0]
    }

    fn synthesize<CS: System>(
        &self,
        cs: CS,
        inputs: &[&Tensor<Value>],
        _: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error> {
        let position = argmax::argmax(cs, &ints(inputs[0].data()))?;
        Ok(vec![Value::Int(position.index()?)])
    }

    fn import(
        node: &TractNode<'_>,
        builder: &mut Builder,
    ) -> Result<Option<Imported>, ImportError> {
        if !node.is_arg_max()? {
            return Ok(None);
        }
        let label = builder.label(&node.input(0)?)?;
        Ok(Some(Imported::from(label)))
    }
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    vec![Example {
        op: ArgMax.into(),
        inputs: vec![(vec![1, 3], 6)],
        tensors: vec![],
        constraints: [3 * (6 + 2) - 1; 2],
    }]
}
