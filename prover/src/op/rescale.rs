//! Division by a power of two, rounding down: the importer puts it where a scale has grown
//! beyond what the next product needs.

use assay_gadgets::{Error, Signed, System, rescale};

use super::{Attributes, Fact, Operator, Problem, Value, one};
use crate::cost::{Cost, distance_bits};
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::Tensor;

/// `floor(x / 2^shift)`.
#[derive(Clone, Debug)]
pub(crate) struct Rescale {
    /// Bits that are dropped.
    pub shift: u32,
}

impl Operator for Rescale {
    const NAME: &'static str = "rescale";
    const SUMMARY: &'static str = "the value divided by a power of two, rounded down";
    const ONNX: &'static [&'static str] = &[];

    fn read(attributes: &mut Attributes) -> Result<Self, Problem> {
        let shift = attributes.small("shift")?;
        Ok(Self { shift })
    }

    fn write(&self, attributes: &mut Attributes) {
        attributes.set("shift", [self.shift.into()]);
    }

    fn infer(&self, inputs: &[&Fact], _: &[Fact]) -> Result<Fact, Problem> {
        let input = one(inputs)?;
        check_shift(self.shift)?;
        let bounds = (input.lo >> self.shift, input.hi >> self.shift);
        let terms = floor_terms(input, self.shift);
        Ok(Fact::new(input.shape.clone(), bounds, terms))
    }

    fn cost(&self, inputs: &[&Fact], _: &Fact, _: &[Fact]) -> Cost {
        floor_cost(inputs[0], self.shift).times(inputs[0].len() as u64)
    }

    fn evaluate(&self, inputs: &[&Tensor<i128>], _: &[Tensor<i128>]) -> Vec<i128> {
        inputs[0].data().iter().map(|x| x >> self.shift).collect()
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
                let mut cs = cs.namespace(|| format!("element {i}"));
                let floor = match x {
                    Value::Signed(x) if self.shift < x.bits() => x.floor(&mut cs, self.shift)?,
                    x => rescale::floor(cs, x.int(), self.shift)?,
                };
                Ok(Value::Int(floor))
            })
            .collect()
    }

    fn import(_: &TractNode<'_>, _: &mut Builder) -> Result<Option<Imported>, ImportError> {
        Ok(None)
    }
}

/// Terms of `rescale::floor` of an element: the remainder joins it.
pub(super) fn floor_terms(input: &Fact, shift: u32) -> u64 {
    input.terms + u64::from(shift > 0)
}

/// What cutting a range check brings in at most: no constraint, a few terms, a check more.
pub(super) const CUT: Cost = Cost {
    constraints: 0,
    terms: 8,
    checked: 8,
};

/// `rescale::floor` of an element. A range check that can be split makes it cheaper.
pub(super) fn floor_cost(input: &Fact, shift: u32) -> Cost {
    let quotient = distance_bits(input.lo >> shift, input.hi >> shift);
    if shift == 0 || quotient == 0 {
        return Cost::FREE;
    }
    Cost::range(shift) + Cost::check(floor_terms(input, shift) + 1, quotient) + CUT
}

/// No value has as many bits.
pub(super) fn check_shift(shift: u32) -> Result<(), Problem> {
    if shift < 120 {
        return Ok(());
    }
    Err(format!("it can't drop {shift} bits"))
}

#[cfg(test)]
pub(super) fn examples() -> Vec<super::tests::Example> {
    use super::tests::Example;
    let example = |shift, constraints| Example {
        op: Rescale { shift }.into(),
        inputs: vec![(vec![2], 8)],
        tensors: vec![],
        constraints,
    };
    vec![example(3, [2 * 8, 0]), example(0, [0, 0]), example(8, [2 * (8 + 1), 2 * (8 + 1)])]
}
