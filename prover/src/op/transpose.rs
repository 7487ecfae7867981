//! Another order of the axes: free.

use assay_gadgets::{Error, Signed, System};

use super::{Attributes, Fact, Operator, Problem, Value, one};
use crate::cost::Cost;
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::{Tensor, transposed_shape};

/// The input with axis `permutation[i]` in place `i`.
#[derive(Clone, Debug)]
pub(crate) struct Transpose {
    /// The axes in their new order.
    pub permutation: Vec<usize>,
}

impl Operator for Transpose {
    const NAME: &'static str = "transpose";
    const SUMMARY: &'static str = "the same elements with the axes in another order";
    const ONNX: &'static [&'static str] = &["Transpose"];

    fn read(attributes: &mut Attributes) -> Result<Self, Problem> {
        let permutation = attributes.sizes("permutation")?;
        Ok(Self { permutation })
    }

    fn write(&self, attributes: &mut Attributes) {
        attributes.set_sizes("permutation", &self.permutation);
    }

    fn infer(&self, inputs: &[&Fact], _: &[Fact]) -> Result<Fact, Problem> {
        let input = one(inputs)?;
        let shape = transposed_shape(&input.shape, &self.permutation).ok_or_else(|| {
            format!(
                "{:?} isn't an order of {} axes",
                self.permutation,
                input.shape.len()
            )
        })?;
        Ok(Fact {
            shape,
            ..input.clone()
        })
    }

    fn cost(&self, _: &[&Fact], _: &Fact, _: &[Fact]) -> Cost {
        Cost::FREE
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], _: &[Tensor<i128>]) -> Vec<i128> {
        transposed(inputs[0], &self.permutation)
    }

    fn synthesize<CS: System>(
        &self,
        _: CS,
        inputs: &[&Tensor<Value>],
        _: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error> {
        Ok(transposed(inputs[0], &self.permutation))
    }

    fn import(
        node: &TractNode<'_>,
        builder: &mut Builder,
    ) -> Result<Option<Imported>, ImportError> {
        let Some(permutation) = node.permutation()? else {
            return Ok(None);
        };
        let transposed = builder.transpose(&node.input(0)?, &permutation)?;
        Ok(Some(Imported::from(transposed)))
    }
}

/// The elements in their new order; `infer` has checked the permutation.
fn transposed<T: Clone>(input: &Tensor<T>, permutation: &[usize]) -> Vec<T> {
    input
        .transposed(permutation)
        .map(Tensor::into_data)
        .unwrap_or_default()
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    let permutation = vec![2, 0, 1];
    vec![Example {
        op: Transpose { permutation }.into(),
        inputs: vec![(vec![1, 2, 3], 4)],
        tensors: vec![],
        constraints: [0; 2],
    }]
}
