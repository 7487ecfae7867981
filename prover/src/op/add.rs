//! Weighted sums of computed values.

use assay_gadgets::{Error, Int, Signed, System};

use super::{Attributes, Fact, Operator, Problem, Value, product_bounds, sum_bounds};
use crate::cost::Cost;
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::Tensor;

/// The sum of its inputs, all of one shape, each times a public integer: a sign, or what
/// brings them to a common scale.
#[derive(Clone, Debug)]
pub(crate) struct Add {
    /// A factor for each input.
    pub multipliers: Vec<i64>,
}

impl Operator for Add {
    const NAME: &'static str = "add";
    const SUMMARY: &'static str = "sum of values, each times a public integer";
    const ONNX: &'static [&'static str] = &["Add", "Sub", "Neg"];

    fn read(attributes: &mut Attributes) -> Result<Self, Problem> {
        let multipliers = attributes.list("multipliers")?;
        Ok(Self { multipliers })
    }

    fn write(&self, attributes: &mut Attributes) {
        attributes.set("multipliers", self.multipliers.iter().copied());
    }

    fn infer(&self, inputs: &[&Fact], _: &[Fact]) -> Result<Fact, Problem> {
        let [first, ..] = inputs else {
            return Err("it takes at least 1 input".into());
        };
        if inputs.len() != self.multipliers.len() {
            let (factors, inputs) = (self.multipliers.len(), inputs.len());
            return Err(format!("it has {factors} multipliers for {inputs} inputs"));
        }
        if let Some(other) = inputs.iter().find(|input| input.shape != first.shape) {
            return Err(format!(
                "its inputs have shapes {:?} and {:?}",
                first.shape, other.shape
            ));
        }
        let (mut bounds, mut terms) = ((0, 0), 0);
        for (input, &factor) in inputs.iter().zip(&self.multipliers) {
            let factor = i128::from(factor);
            let term = product_bounds((input.lo, input.hi), (factor, factor))?;
            bounds = sum_bounds(bounds, term)?;
            terms += input.terms;
        }
        Ok(Fact::new(first.shape.clone(), bounds, terms))
    }

    fn cost(&self, _: &[&Fact], _: &Fact, _: &[Fact]) -> Cost {
        Cost::FREE
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], _: &[Tensor<i128>]) -> Vec<i128> {
        let element = |i: usize| {
            let terms = inputs.iter().zip(&self.multipliers);
            terms
                .map(|(input, &factor)| input.data()[i] * i128::from(factor))
                .sum()
        };
        (0..inputs[0].data().len()).map(element).collect()
    }

    fn synthesize<CS: System>(
        &self,
        _: CS,
        inputs: &[&Tensor<Value>],
        _: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error> {
        let element = |i: usize| {
            let terms = inputs.iter().zip(&self.multipliers);
            let terms = terms
                .map(|(input, &factor)| input.data()[i].int().scale(factor.into()))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(Value::Int(Int::sum(&terms)?))
        };
        (0..inputs[0].data().len()).map(element).collect()
    }

    fn import(
        node: &TractNode<'_>,
        builder: &mut Builder,
    ) -> Result<Option<Imported>, ImportError> {
        let is_difference = match (node.binary(), node.element_wise().as_deref()) {
            (Some("Add"), _) => false,
            (Some("Sub"), _) => true,
            (_, Some("Neg")) => {
                let negated = builder.negated(&node.input(0)?)?;
                return Ok(Some(Imported::from(negated)));
            }
            _ => return Ok(None),
        };
        let sum = builder.add(&node.input(0)?, &node.input(1)?, is_difference)?;
        Ok(Some(Imported::from(sum)))
    }
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    let multipliers = vec![1, -4];
    vec![Example {
        op: Add { multipliers }.into(),
        inputs: vec![(vec![3], 5), (vec![3], 4)],
        tensors: vec![],
        constraints: [0; 2],
    }]
}
