//! Another shape for the same elements: free.

use assay_gadgets::{Error, Signed, System};

use super::{Attributes, Fact, Operator, Problem, Value, one};
use crate::cost::Cost;
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::{Tensor, product};

/// The same elements in the same order, in another shape.
#[derive(Clone, Debug)]
pub(crate) struct Reshape {
    /// The dimensions.
    pub shape: Vec<usize>,
}

impl Operator for Reshape {
    const NAME: &'static str = "reshape";
    const SUMMARY: &'static str = "the same elements in another shape";
    const ONNX: &'static [&'static str] = &["Reshape", "Flatten", "Squeeze", "Unsqueeze"];

    fn read(attributes: &mut Attributes) -> Result<Self, Problem> {
        let shape = attributes.sizes("shape")?;
        Ok(Self { shape })
    }

    fn write(&self, attributes: &mut Attributes) {
        attributes.set_sizes("shape", &self.shape);
    }

    fn infer(&self, inputs: &[&Fact], _: &[Fact]) -> Result<Fact, Problem> {
        let input = one(inputs)?;
        if product(&self.shape) != Some(input.len()) {
            return Err(format!(
                "shape {:?} doesn't hold the elements of {:?}",
                self.shape, input.shape
            ));
        }
        let shape = self.shape.clone();
        Ok(Fact {
            shape,
            ..input.clone()
        })
    }

    fn cost(&self, _: &[&Fact], _: &Fact, _: &[Fact]) -> Cost {
        Cost::FREE
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], _: &[Tensor<i128>]) -> Vec<i128> {
        inputs[0].data().to_vec()
    }

    fn synthesize<CS: System>(
        &self,
        _: CS,
        inputs: &[&Tensor<Value>],
        _: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error> {
        Ok(inputs[0].data().to_vec())
    }

    fn import(
        node: &TractNode<'_>,
        builder: &mut Builder,
    ) -> Result<Option<Imported>, ImportError> {
        if !node.is_reshape() {
            return Ok(None);
        }
        let reshaped = builder.reshape(&node.input(0)?, &node.output_shape()?)?;
        Ok(Some(Imported::from(reshaped)))
    }
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    vec![Example {
        op: Reshape { shape: vec![3, 2] }.into(),
        inputs: vec![(vec![2, 3], 4)],
        tensors: vec![],
        constraints: [0; 2],
    }]
}
