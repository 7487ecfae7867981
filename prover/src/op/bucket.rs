//! Which bucket of stated width a score falls into: less than the score itself gives away.

use assay_gadgets::{Error, Signed, divide};
use assay_protocol::Scalar;
use bellman::ConstraintSystem;

use super::{Attributes, Fact, Operator, Problem, Value, one};
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::Tensor;

/// `floor(x / width)`.
#[derive(Clone, Debug)]
pub(crate) struct Bucket {
    /// At least 1.
    pub width: i64,
}

impl Operator for Bucket {
    const NAME: &'static str = "bucket";
    const SUMMARY: &'static str = "the value divided by a constant, rounded down";
    const ONNX: &'static [&'static str] = &[];

    fn read(attributes: &mut Attributes) -> Result<Self, Problem> {
        let width = attributes.integer("width")?;
        Ok(Self { width })
    }

    fn write(&self, attributes: &mut Attributes) {
        attributes.set("width", [self.width]);
    }

    fn infer(&self, inputs: &[&Fact], _: &[Fact]) -> Result<Fact, Problem> {
        let input = one(inputs)?;
        if self.width < 1 {
            return Err("its width must be at least 1".into());
        }
        let width = self.width.into();
        Ok(Fact {
            shape: input.shape.clone(),
            lo: input.lo.div_euclid(width),
            hi: input.hi.div_euclid(width),
        })
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], _: &[Tensor<i128>]) -> Vec<i128> {
        let width = self.width.into();
        inputs[0].data().iter().map(|x| x.div_euclid(width)).collect()
    }

    fn synthesize<CS: ConstraintSystem<Scalar>>(
        &self,
        mut cs: CS,
        inputs: &[&Tensor<Value>],
        _: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error> {
        let elements = inputs[0].data().iter().enumerate();
        elements
            .map(|(i, x)| {
                let cs = cs.namespace(|| format!("element {i}"));
                Ok(Value::Int(divide::floor(cs, x.int(), self.width.into())?))
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
    let example = |width, constraints| Example {
        op: Bucket { width }.into(),
        inputs: vec![(vec![1], 8)],
        tensors: vec![],
        constraints,
    };
    vec![example(10, [5 + 2 * 4; 2]), example(16, [4 + 4; 2]), example(1, [0; 2])]
}
