//! Public multiples and shifts: what brings the bytes of a row's columns to one scale. Free.

use assay_gadgets::{Error, Int, Signed, System};

use super::{Attributes, Fact, Operator, Problem, Value, one, product_bounds, sum_bounds};
use crate::cost::Cost;
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::Tensor;

/// Every element times a public integer, plus a public integer.
#[derive(Clone, Debug)]
pub(crate) struct Affine {
    /// A factor for each element, or one for all.
    pub multipliers: Vec<i64>,
    /// What is added to each element, or to all.
    pub offsets: Vec<i64>,
}

impl Operator for Affine {
    const NAME: &'static str = "affine";
    const SUMMARY: &'static str = "each element times a public integer, plus a public integer";
    const ONNX: &'static [&'static str] = &[];

    fn read(attributes: &mut Attributes) -> Result<Self, Problem> {
        let multipliers = attributes.list("multipliers")?;
        let offsets = attributes.list("offsets")?;
        Ok(Self {
            multipliers,
            offsets,
        })
    }

    fn write(&self, attributes: &mut Attributes) {
        attributes.set("multipliers", self.multipliers.iter().copied());
        attributes.set("offsets", self.offsets.iter().copied());
    }

    fn infer(&self, inputs: &[&Fact], _: &[Fact]) -> Result<Fact, Problem> {
        let input = one(inputs)?;
        for list in [&self.multipliers, &self.offsets] {
            if list.len() != 1 && list.len() != input.len() {
                let (found, expected) = (list.len(), input.len());
                return Err(format!("it has {found} public integers for {expected} elements"));
            }
        }
        let (mut lo, mut hi) = (i128::MAX, i128::MIN);
        for i in 0..self.multipliers.len().max(self.offsets.len()) {
            let (factor, offset) = self.at(i);
            let bounds = product_bounds((input.lo, input.hi), (factor, factor))?;
            let bounds = sum_bounds(bounds, (offset, offset))?;
            (lo, hi) = (lo.min(bounds.0), hi.max(bounds.1));
        }
        Ok(Fact::new(input.shape.clone(), (lo, hi), input.terms))
    }

    fn cost(&self, _: &[&Fact], _: &Fact, _: &[Fact]) -> Cost {
        Cost::FREE
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], _: &[Tensor<i128>]) -> Vec<i128> {
        let element = |(i, x): (usize, &i128)| {
            let (factor, offset) = self.at(i);
            x * factor + offset
        };
        inputs[0].data().iter().enumerate().map(element).collect()
    }

    fn synthesize<CS: System>(
        &self,
        _: CS,
        inputs: &[&Tensor<Value>],
        _: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error> {
        let element = |(i, x): (usize, &Value)| {
            let (factor, offset) = self.at(i);
            let shifted = x.int().scale(factor)?.add(&Int::constant(offset)?)?;
            Ok(Value::Int(shifted))
        };
        inputs[0].data().iter().enumerate().map(element).collect()
    }

    fn import(_: &TractNode<'_>, _: &mut Builder) -> Result<Option<Imported>, ImportError> {
        Ok(None)
    }
}

impl Affine {
    /// Factor and offset of an element.
    fn at(&self, index: usize) -> (i128, i128) {
        let of = |list: &[i64]| i128::from(*list.get(index).unwrap_or(&list[0]));
        (of(&self.multipliers), of(&self.offsets))
    }
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    let example = |multipliers: &[i64], offsets: &[i64]| Example {
        op: Affine {
            multipliers: multipliers.to_vec(),
            offsets: offsets.to_vec(),
        }
        .into(),
        inputs: vec![(vec![2], 8)],
        tensors: vec![],
        constraints: [0; 2],
    };
    vec![example(&[1, 8], &[-5]), example(&[2], &[0, 7])]
}
