//! Products, element by element, with parameters.

use assay_gadgets::{Error, Signed, System, product};

use super::{Attributes, Fact, Operator, Problem, Value, one, product_bounds, tensor};
use crate::cost::Cost;
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::{Tensor, broadcast_places, broadcasts};

/// Every element times the parameter at its place; parameters of a dimension 1 are repeated.
#[derive(Clone, Debug)]
pub(crate) struct Multiply {
    /// The tensor of the factors.
    pub factors: usize,
}

impl Operator for Multiply {
    const NAME: &'static str = "multiply";
    const SUMMARY: &'static str = "product with parameters, element by element";
    const ONNX: &'static [&'static str] = &["Mul", "Div"];

    fn read(attributes: &mut Attributes) -> Result<Self, Problem> {
        let factors = attributes.small("factors")? as usize;
        Ok(Self { factors })
    }

    fn write(&self, attributes: &mut Attributes) {
        attributes.set("factors", [self.factors as i64]);
    }

    fn infer(&self, inputs: &[&Fact], tensors: &[Fact]) -> Result<Fact, Problem> {
        let (input, factors) = (one(inputs)?, tensor(tensors, self.factors)?);
        check_broadcast(&factors.shape, &input.shape)?;
        let bounds = product_bounds((input.lo, input.hi), (factors.lo, factors.hi))?;
        // A multiple of the parameter where it meets a constant, else a wire.
        Ok(Fact::new(input.shape.clone(), bounds, factors.terms))
    }

    fn cost(&self, inputs: &[&Fact], _: &Fact, tensors: &[Fact]) -> Cost {
        let (input, factors) = (inputs[0], &tensors[self.factors]);
        Cost::product(factors.terms, input.terms).times(input.len() as u64)
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], tensors: &[Tensor<i128>]) -> Vec<i128> {
        let (input, factors) = (inputs[0], &tensors[self.factors]);
        let places = broadcast_places(factors.shape(), input.shape());
        let pairs = input.data().iter().zip(places);
        pairs.map(|(x, place)| x * factors.data()[place]).collect()
    }

    fn synthesize<CS: System>(
        &self,
        mut cs: CS,
        inputs: &[&Tensor<Value>],
        tensors: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error> {
        let (input, factors) = (inputs[0], &tensors[self.factors]);
        let places = broadcast_places(factors.shape(), input.shape());
        let pairs = input.data().iter().zip(places).enumerate();
        pairs
            .map(|(i, (x, place))| {
                let cs = cs.namespace(|| format!("element {i}"));
                let product = product::mul(cs, factors.data()[place].int(), x.int())?;
                Ok(Value::Int(product))
            })
            .collect()
    }

    fn import(
        node: &TractNode<'_>,
        builder: &mut Builder,
    ) -> Result<Option<Imported>, ImportError> {
        let (value, factors) = match node.binary() {
            Some("Mul") => match node.value_and_constant()? {
                Some((value, factors, _)) => (value, factors),
                None => return Err(node.refused(
                    "it multiplies two computed values: only products with constants are supported",
                )),
            },
            Some("Div") => {
                match node.value_and_constant()? {
                    Some((value, divisors, false)) => (value, divisors.recip(node)?),
                    _ => return Err(node.refused(
                        "it divides by a computed value: only division by constants is supported",
                    )),
                }
            }
            _ => return Ok(None),
        };
        let product = builder.multiply(&value, &factors)?;
        Ok(Some(Imported::from(product)))
    }
}

/// Whether parameters can be repeated to the input's shape.
pub(super) fn check_broadcast(parameters: &[usize], input: &[usize]) -> Result<(), Problem> {
    if broadcasts(parameters, input) {
        return Ok(());
    }
    Err(format!(
        "its parameters have shape {parameters:?}, its input has {input:?}"
    ))
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    vec![Example {
        op: Multiply { factors: 0 }.into(),
        inputs: vec![(vec![2, 2], 5)],
        tensors: vec![(vec![1, 2], 4)],
        constraints: [4; 2],
    }]
}
