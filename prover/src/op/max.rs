//! The greater of a value and a constant, and rescaling with it: what tract makes of Relu.

use assay_gadgets::{Error, Int, Signed, System, max, rescale};

use super::rescale::{CUT, check_shift, floor_cost, floor_terms};
use super::{Attributes, Fact, Operator, Problem, Value, one};
use crate::cost::Cost;
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::Tensor;

/// `max(floor(x / 2^shift), constant)`.
///
/// With constant 0 on the result of [`Dense`](super::Dense) it costs one constraint: floor
/// and sign are read off the bits that proved the product's range.
#[derive(Clone, Debug)]
pub(crate) struct Max {
    /// No element of the result is less.
    pub constant: i64,
    /// Bits that are dropped first.
    pub shift: u32,
}

impl Operator for Max {
    const NAME: &'static str = "max";
    const SUMMARY: &'static str =
        "the greater of a constant and the value divided by a power of two";
    const ONNX: &'static [&'static str] = &["Relu", "Max", "Clip"];

    fn read(attributes: &mut Attributes) -> Result<Self, Problem> {
        let (constant, shift) = (attributes.integer("constant")?, attributes.small("shift")?);
        Ok(Self { constant, shift })
    }

    fn write(&self, attributes: &mut Attributes) {
        attributes.set("constant", [self.constant]);
        attributes.set("shift", [self.shift.into()]);
    }

    fn infer(&self, inputs: &[&Fact], _: &[Fact]) -> Result<Fact, Problem> {
        let input = one(inputs)?;
        check_shift(self.shift)?;
        let constant = self.constant.into();
        let (lo, hi) = (input.lo >> self.shift, input.hi >> self.shift);
        let bounds = (lo.max(constant), hi.max(constant));
        let terms = floor_terms(input, self.shift).max(2);
        Ok(Fact::new(input.shape.clone(), bounds, terms))
    }

    fn cost(&self, inputs: &[&Fact], _: &Fact, _: &[Fact]) -> Cost {
        let (input, constant) = (inputs[0], i128::from(self.constant));
        let terms = floor_terms(input, self.shift);
        let element = match (self.constant, input.bits) {
            (0, 1..) => Cost::product(1, terms) + CUT,
            _ => {
                let (lo, hi) = (input.lo >> self.shift, input.hi >> self.shift);
                floor_cost(input, self.shift) + Cost::relu(terms, (lo - constant, hi - constant))
            }
        };
        element.times(input.len() as u64)
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], _: &[Tensor<i128>]) -> Vec<i128> {
        let greater = |x: &i128| (x >> self.shift).max(self.constant.into());
        inputs[0].data().iter().map(greater).collect()
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
                Ok(Value::Int(self.element(cs, x)?))
            })
            .collect()
    }

    fn import(
        node: &TractNode<'_>,
        builder: &mut Builder,
    ) -> Result<Option<Imported>, ImportError> {
        let Some((value, constant)) = node.with_uniform_constant("Max")? else {
            return Ok(None);
        };
        let value = builder.scaled(&value)?;
        let shift = builder.narrowing_shift(&value, node.greatest());
        let result = builder.at_least(&value, shift, constant, |constant| {
            Max { constant, shift }.into()
        })?;
        Ok(Some(Imported::from(result)))
    }
}

impl Max {
    fn element<CS: System>(&self, mut cs: CS, x: &Value) -> Result<Int, Error> {
        match x {
            Value::Signed(x) if self.constant == 0 => match self.shift < x.bits() {
                true => x.relu_floor(cs, self.shift),
                false => Int::constant(0),
            },
            _ => {
                let floor = match x {
                    Value::Signed(x) if self.shift < x.bits() => x.floor(&mut cs, self.shift)?,
                    x => rescale::floor(cs.namespace(|| "floor"), x.int(), self.shift)?,
                };
                max::max(cs, &floor, &Int::constant(self.constant.into())?)
            }
        }
    }
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    let example = |constant, shift, constraints| Example {
        op: Max { constant, shift }.into(),
        inputs: vec![(vec![2], 8)],
        tensors: vec![],
        constraints,
    };
    vec![
        // Sign and product; with the bits at hand the product alone.
        example(0, 0, [2 * 9, 2]),
        // Floor, sign and product; with the bits at hand the product alone.
        example(0, 3, [2 * (8 + 6), 2]),
        // The comparison with another constant needs bits of its own.
        example(5, 3, [2 * (8 + 6 + 1), 2 * 7]),
        // All bits are dropped.
        example(0, 8, [2 * 9, 0]),
    ]
}
