//! Public integers after a row's own: the constant feature of a linear model's bias.

use assay_gadgets::{Error, Int, Signed, System};

use super::{Attributes, Fact, Operator, Problem, Value, one};
use crate::cost::Cost;
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::Tensor;

/// A vector with public integers after its last element.
#[derive(Clone, Debug)]
pub(crate) struct Extend {
    /// The integers.
    pub constants: Vec<i64>,
}

impl Operator for Extend {
    const NAME: &'static str = "extend";
    const SUMMARY: &'static str = "a vector with public integers after its last element";
    const ONNX: &'static [&'static str] = &[];

    fn read(attributes: &mut Attributes) -> Result<Self, Problem> {
        let constants = attributes.list("constants")?;
        Ok(Self { constants })
    }

    fn write(&self, attributes: &mut Attributes) {
        attributes.set("constants", self.constants.iter().copied());
    }

    fn infer(&self, inputs: &[&Fact], _: &[Fact]) -> Result<Fact, Problem> {
        let input = one(inputs)?;
        let [len] = input.shape[..] else {
            return Err("it takes a vector".into());
        };
        let constants = || self.constants.iter().map(|&constant| i128::from(constant));
        Ok(Fact {
            shape: vec![len + self.constants.len()],
            lo: constants().fold(input.lo, i128::min),
            hi: constants().fold(input.hi, i128::max),
            ..input.clone()
        })
    }

    fn cost(&self, _: &[&Fact], _: &Fact, _: &[Fact]) -> Cost {
        Cost::FREE
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], _: &[Tensor<i128>]) -> Vec<i128> {
        let constants = self.constants.iter().map(|&constant| i128::from(constant));
        inputs[0].data().iter().copied().chain(constants).collect()
    }

    fn synthesize<CS: System>(
        &self,
        _: CS,
        inputs: &[&Tensor<Value>],
        _: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error> {
        let constant = |&constant: &i64| Ok(Value::Int(Int::constant(constant.into())?));
        let constants = self.constants.iter().map(constant);
        inputs[0].data().iter().cloned().map(Ok).chain(constants).collect()
    }

    fn import(_: &TractNode<'_>, _: &mut Builder) -> Result<Option<Imported>, ImportError> {
        Ok(None)
    }
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    let constants = vec![255, -300];
    vec![Example {
        op: Extend { constants }.into(),
        inputs: vec![(vec![2], 4)],
        tensors: vec![],
        constraints: [0; 2],
    }]
}
