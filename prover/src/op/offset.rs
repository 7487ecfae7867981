//! Sums, element by element, with parameters.

use assay_gadgets::{Error, Signed, System};

use super::multiply::check_broadcast;
use super::{Attributes, Fact, Operator, Problem, Value, one, sum_bounds, tensor};
use crate::cost::Cost;
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::{Tensor, broadcast_places};

/// Every element plus the parameter at its place; parameters of a dimension 1 are repeated.
#[derive(Clone, Debug)]
pub(crate) struct Offset {
    /// The tensor of what is added.
    pub offsets: usize,
}

impl Operator for Offset {
    const NAME: &'static str = "offset";
    const SUMMARY: &'static str = "sum with parameters, element by element";
    const ONNX: &'static [&'static str] = &["Add", "Sub"];

    fn read(attributes: &mut Attributes) -> Result<Self, Problem> {
        let offsets = attributes.small("offsets")? as usize;
        Ok(Self { offsets })
    }

    fn write(&self, attributes: &mut Attributes) {
        attributes.set("offsets", [self.offsets as i64]);
    }

    fn infer(&self, inputs: &[&Fact], tensors: &[Fact]) -> Result<Fact, Problem> {
        let (input, offsets) = (one(inputs)?, tensor(tensors, self.offsets)?);
        check_broadcast(&offsets.shape, &input.shape)?;
        let bounds = sum_bounds((input.lo, input.hi), (offsets.lo, offsets.hi))?;
        let terms = input.terms + offsets.terms;
        Ok(Fact::new(input.shape.clone(), bounds, terms))
    }

    fn cost(&self, _: &[&Fact], _: &Fact, _: &[Fact]) -> Cost {
        Cost::FREE
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], tensors: &[Tensor<i128>]) -> Vec<i128> {
        let (input, offsets) = (inputs[0], &tensors[self.offsets]);
        let places = broadcast_places(offsets.shape(), input.shape());
        let pairs = input.data().iter().zip(places);
        pairs.map(|(x, place)| x + offsets.data()[place]).collect()
    }

    fn synthesize<CS: System>(
        &self,
        _: CS,
        inputs: &[&Tensor<Value>],
        tensors: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error> {
        let (input, offsets) = (inputs[0], &tensors[self.offsets]);
        let places = broadcast_places(offsets.shape(), input.shape());
        let pairs = input.data().iter().zip(places);
        pairs
            .map(|(x, place)| Ok(Value::Int(x.int().add(offsets.data()[place].int())?)))
            .collect()
    }

    fn import(
        node: &TractNode<'_>,
        builder: &mut Builder,
    ) -> Result<Option<Imported>, ImportError> {
        let Some(kind @ ("Add" | "Sub")) = node.binary() else {
            return Ok(None);
        };
        let Some((value, constant, constant_first)) = node.value_and_constant()? else {
            return Ok(None);
        };
        let sum = match (kind, constant_first) {
            ("Add", _) => builder.offset(&value, &constant)?,
            ("Sub", false) => builder.offset(&value, &constant.neg())?,
            _ => {
                let negated = builder.negated(&value)?;
                builder.offset(&negated, &constant)?
            }
        };
        Ok(Some(Imported::from(sum)))
    }
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    vec![Example {
        op: Offset { offsets: 0 }.into(),
        inputs: vec![(vec![2, 2], 5)],
        tensors: vec![(vec![2, 1], 8)],
        constraints: [0; 2],
    }]
}
