//! The position of the greatest element; of equals, the lowest.

use assay_gadgets::{Error, Signed, argmax};
use assay_protocol::Scalar;
use bellman::ConstraintSystem;

use super::{Attributes, Fact, Operator, Problem, Value, ints, one};
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::Tensor;

/// The position of the greatest of all elements; of equals, the lowest.
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
        if input.len() < 2 {
            return Err("it takes at least 2 elements".into());
        }
        let shape = vec![1];
        Ok(Fact {
            shape,
            lo: 0,
            hi: input.len() as i128 - 1,
        })
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

    fn synthesize<CS: ConstraintSystem<Scalar>>(
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
