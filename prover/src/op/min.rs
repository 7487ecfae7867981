//! The lesser of a value and a constant: the upper half of a Clip.

use assay_gadgets::{Error, Int, Signed, System, max};

use super::{Attributes, Fact, Operator, Problem, Value, one};
use crate::cost::Cost;
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::Tensor;

/// `min(x, constant)`.
#[derive(Clone, Debug)]
pub(crate) struct Min {
    /// No element of the result is greater.
    pub constant: i64,
}

impl Operator for Min {
    const NAME: &'static str = "min";
    const SUMMARY: &'static str = "the lesser of the value and a constant";
    const ONNX: &'static [&'static str] = &["Min", "Clip"];

    fn read(attributes: &mut Attributes) -> Result<Self, Problem> {
        let constant = attributes.integer("constant")?;
        Ok(Self { constant })
    }

    fn write(&self, attributes: &mut Attributes) {
        attributes.set("constant", [self.constant]);
    }

    fn infer(&self, inputs: &[&Fact], _: &[Fact]) -> Result<Fact, Problem> {
        let input = one(inputs)?;
        let constant = self.constant.into();
        let bounds = (input.lo.min(constant), input.hi.min(constant));
        Ok(Fact::new(input.shape.clone(), bounds, input.terms.max(2)))
    }

    fn cost(&self, inputs: &[&Fact], _: &Fact, _: &[Fact]) -> Cost {
        let (input, constant) = (inputs[0], i128::from(self.constant));
        let above = (constant - input.hi, constant - input.lo);
        Cost::relu(input.terms, above).times(input.len() as u64)
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], _: &[Tensor<i128>]) -> Vec<i128> {
        let lesser = |x: &i128| (*x).min(self.constant.into());
        inputs[0].data().iter().map(lesser).collect()
    }

    fn synthesize<CS: System>(
        &self,
        mut cs: CS,
        inputs: &[&Tensor<Value>],
        _: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error> {
        let constant = Int::constant(self.constant.into())?.neg()?;
        let elements = inputs[0].data().iter().enumerate();
        elements
            .map(|(i, x)| {
                // min(x, c) = -max(-x, -c)
                let cs = cs.namespace(|| format!("element {i}"));
                let greater = max::max(cs, &x.int().neg()?, &constant)?;
                Ok(Value::Int(greater.neg()?))
            })
            .collect()
    }

    fn import(
        node: &TractNode<'_>,
        builder: &mut Builder,
    ) -> Result<Option<Imported>, ImportError> {
        let Some((value, constant)) = node.with_uniform_constant("Min")? else {
            return Ok(None);
        };
        let value = builder.scaled(&value)?;
        let result = builder.at_most(&value, constant, |constant| Min { constant }.into())?;
        Ok(Some(Imported::from(result)))
    }
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    vec![Example {
        op: Min { constant: 6 }.into(),
        inputs: vec![(vec![2], 8)],
        tensors: vec![],
        constraints: [2 * 10; 2],
    }]
}
