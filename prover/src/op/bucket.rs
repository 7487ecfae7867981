//! Which bucket of stated width a score falls into: less than the score itself gives away.

use assay_gadgets::{Error, Signed, System, divide};

use super::{Attributes, Fact, Operator, Problem, Value, one};
use crate::cost::{Cost, distance_bits};
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
        let (lo, hi) = (input.lo.div_euclid(width), input.hi.div_euclid(width));
        let terms = match self.width {
            1 => input.terms,
            _ => 2,
        };
        Ok(Fact::new(input.shape.clone(), (lo, hi), terms))
    }

    fn cost(&self, inputs: &[&Fact], result: &Fact, _: &[Fact]) -> Cost {
        let (input, quotient) = (inputs[0], distance_bits(result.lo, result.hi));
        if self.width == 1 || quotient == 0 {
            return Cost::FREE;
        }
        let remainder = distance_bits(0, i128::from(self.width) - 1);
        // One decomposition proves both ends where they are a power of two apart.
        let ends = if self.width.count_ones() == 1 { 1 } else { 2 };
        let end = Cost::check(input.terms + 2, remainder);
        (Cost::range(quotient) + end.times(ends)).times(input.len() as u64)
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], _: &[Tensor<i128>]) -> Vec<i128> {
        let width = self.width.into();
        inputs[0].data().iter().map(|x| x.div_euclid(width)).collect()
    }

    fn synthesize<CS: System>(
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
