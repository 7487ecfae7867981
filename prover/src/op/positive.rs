//! Whether a single score is positive: the label of a model with one output.

use assay_gadgets::{Error, Int, Signed, System, sign};

use super::{Attributes, Fact, Operator, Problem, Value, one};
use crate::cost::Cost;
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::Tensor;

/// 1 if the only element is greater than 0, else 0.
#[derive(Clone, Debug)]
pub(crate) struct Positive;

impl Operator for Positive {
    const NAME: &'static str = "positive";
    const SUMMARY: &'static str = "1 if the only element is greater than 0, else 0";
    const ONNX: &'static [&'static str] = &[];

    fn read(_: &mut Attributes) -> Result<Self, Problem> {
        Ok(Self)
    }

    fn write(&self, _: &mut Attributes) {}

    fn infer(&self, inputs: &[&Fact], _: &[Fact]) -> Result<Fact, Problem> {
        let input = one(inputs)?;
        if input.len() != 1 {
            return Err("it takes a single element".into());
        }
        // A wire, or of an integer of one bit what it is made of.
        Ok(Fact::new(vec![1], (0, 1), input.terms.max(2)))
    }

    fn cost(&self, inputs: &[&Fact], _: &Fact, _: &[Fact]) -> Cost {
        let input = inputs[0];
        Cost::sign(input.terms, (input.lo - 1, input.hi - 1))
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], _: &[Tensor<i128>]) -> Vec<i128> {
        inputs[0].data().iter().map(|&x| i128::from(x > 0)).collect()
    }

    fn synthesize<CS: System>(
        &self,
        mut cs: CS,
        inputs: &[&Tensor<Value>],
        _: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error> {
        let one = Int::constant(1)?;
        let elements = inputs[0].data().iter();
        elements
            .map(|x| {
                let positive = sign::of(cs.namespace(|| "sign"), &x.int().sub(&one)?)?;
                Ok(Value::Int(Int::from_bit(&positive)))
            })
            .collect()
    }

    fn import(_: &TractNode<'_>, _: &mut Builder) -> Result<Option<Imported>, ImportError> {
        Ok(None)
    }
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    vec![Example {
        op: Positive.into(),
        inputs: vec![(vec![1, 1], 6)],
        tensors: vec![],
        constraints: [7; 2],
    }]
}
