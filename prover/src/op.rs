//! The operators of a prediction's graph: one file each, one line each in the list below.
//!
//! An operator's file holds all that the system knows of it: its import from tract, the
//! shape and the bound of its result, its native evaluation, its circuit and what that costs
//! at most, and examples that drive its tests. From `Operator::infer` on everything is exact integers.

mod attributes;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use std::fmt;

use assay_gadgets::{Error, Int, Signed, System};
use assay_protocol::prediction::Node;

pub(crate) use attributes::Attributes;

use crate::cost::{Cost, MAX_TERMS};
use crate::import::{Builder, ImportError, Imported, TractNode};
use crate::tensor::Tensor;

/// Why a node of a graph makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("node {node} ({operator}): {problem}")]
pub struct GraphError {
    /// The node, from 0.
    pub node: usize,
    /// Its operator.
    pub operator: String,
    /// What is wrong.
    pub problem: String,
}

/// What is wrong with a node.
pub(crate) type Problem = String;

/// What is known of a value before any row is: its shape, and the interval of its elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its dimensions.
    pub shape: Vec<usize>,
    /// No element is less.
    pub lo: i128,
    /// No element is greater.
    pub hi: i128,
    /// No element's combination has more terms in a circuit, the constant among them.
    pub terms: u64,
    /// No element comes with a range check of more bits that can still be split; 0 where
    /// none does. Else only constants come without.
    pub bits: u32,
}

impl Fact {
    /// Elements that come without such a check.
    pub(crate) fn new(shape: Vec<usize>, (lo, hi): (i128, i128), terms: u64) -> Self {
        let bits = 0;
        Self {
            shape,
            lo,
            hi,
            terms,
            bits,
        }
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Terms of all elements, those of their parts included.
    pub(crate) fn kept(&self) -> u64 {
        // Sign and what is below it, beside the element itself.
        let parts = if self.bits == 0 { 0 } else { 2 };
        (self.terms + parts).saturating_mul(self.len() as u64)
    }

    /// Bits of the greatest magnitude.
    pub(crate) fn magnitude_bits(&self) -> u32 {
        let magnitude = self.lo.unsigned_abs().max(self.hi.unsigned_abs());
        u128::BITS - magnitude.leading_zeros()
    }
}

/// A value's element in a circuit. What computed it may have left its sign.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// An integer with its bound.
    Int(Int),
    /// An integer with its sign and a range check that can still be split.
    Signed(Box<Signed>),
}

impl Value {
    /// The integer.
    pub fn int(&self) -> &Int {
        match self {
            Self::Int(int) => int,
            Self::Signed(signed) => signed.int(),
        }
    }
}

/// Terms of a [`Signed`] integer: its sign, what is below it, and a constant.
pub(crate) const SIGNED_TERMS: u64 = 3;

/// Integers of several values.
pub(crate) fn ints(values: &[Value]) -> Vec<Int> {
    values.iter().map(|value| value.int().clone()).collect()
}

/// What the system knows of an operator.
pub(crate) trait Operator: Clone + fmt::Debug + Sized {
    /// Its name in specifications.
    const NAME: &'static str;
    /// What it computes, in a line.
    const SUMMARY: &'static str;
    /// The ONNX operators that become it, empty where only the importer makes it.
    const ONNX: &'static [&'static str];

    /// Reads its attributes; whatever is left in them is refused.
    fn read(attributes: &mut Attributes) -> Result<Self, Problem>;

    /// Its attributes, as [`read`](Self::read) reads them.
    fn write(&self, attributes: &mut Attributes);

    /// The shape and the bound of its result. Refuses inputs that it isn't defined on, so
    /// that the other methods may rely on it.
    fn infer(&self, inputs: &[&Fact], tensors: &[Fact]) -> Result<Fact, Problem>;

    /// What its circuit costs at most beyond the terms of its result, for inputs and a
    /// result of these facts.
    fn cost(&self, inputs: &[&Fact], result: &Fact, tensors: &[Fact]) -> Cost;

    /// Its result on integers within their facts, exactly.
    fn evaluate(&self, inputs: &[&Tensor<i128>], tensors: &[Tensor<i128>]) -> Vec<i128>;

    /// Its result in a circuit: the same integers, in the same order.
    fn synthesize<CS: System>(
        &self,
        cs: CS,
        inputs: &[&Tensor<Value>],
        tensors: &[Tensor<Signed>],
    ) -> Result<Vec<Value>, Error>;

    /// Adds a node of a float model to the graph, if this operator is what it computes.
    fn import(node: &TractNode<'_>, builder: &mut Builder)
    -> Result<Option<Imported>, ImportError>;
}

/// An operator as `assay ops` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperatorInfo {
    /// Its name in specifications.
    pub name: &'static str,
    /// What it computes.
    pub summary: &'static str,
    /// The ONNX operators that become it.
    pub onnx: &'static [&'static str],
}

macro_rules! operators {
    ($($file:ident :: $operator:ident),* $(,)?) => {
        $(mod $file;)*
        $(pub(crate) use $file::$operator;)*

        /// Any operator.
        #[derive(Clone, Debug)]
        pub(crate) enum Op {
            $($operator($operator),)*
        }

        $(impl From<$operator> for Op {
            fn from(operator: $operator) -> Self {
                Self::$operator(operator)
            }
        })*

        #[cfg(test)]
        fn examples() -> Vec<(&'static str, Vec<tests::Example>)> {
            vec![$(($operator::NAME, $file::examples()),)*]
        }

        /// Every operator, in the order in which import tries them.
        pub const OPERATORS: &[OperatorInfo] = &[$(OperatorInfo {
            name: $operator::NAME,
            summary: $operator::SUMMARY,
            onnx: $operator::ONNX,
        },)*];

        impl Op {
            /// Reads a node of a specification.
            pub fn read(node: &Node) -> Result<Self, Problem> {
                let mut attributes = Attributes::from(node);
                let operator = match node.operator.as_str() {
                    $($operator::NAME => Self::$operator($operator::read(&mut attributes)?),)*
                    _ => return Err("there is no such operator: see `assay ops`".into()),
                };
                attributes.finish()?;
                Ok(operator)
            }

            /// The node that [`read`](Self::read) reads.
            pub fn to_node(&self, inputs: Vec<u32>) -> Node {
                let mut attributes = Attributes::default();
                let operator = match self {
                    $(Self::$operator(operator) => {
                        operator.write(&mut attributes);
                        $operator::NAME
                    })*
                };
                attributes.into_node(operator, inputs)
            }

            /// [`Operator::infer`], and that the result isn't too large.
            pub fn infer(&self, inputs: &[&Fact], tensors: &[Fact]) -> Result<Fact, Problem> {
                let fact = match self {
                    $(Self::$operator(operator) => operator.infer(inputs, tensors)?,)*
                };
                check_size(&fact)?;
                Ok(fact)
            }

            /// [`Operator::cost`], and the terms of the result.
            pub fn cost(&self, inputs: &[&Fact], result: &Fact, tensors: &[Fact]) -> Cost {
                let own = match self {
                    $(Self::$operator(operator) => operator.cost(inputs, result, tensors),)*
                };
                own + Cost::terms(result.kept())
            }

            /// [`Operator::evaluate`].
            pub fn evaluate(
                &self,
                inputs: &[&Tensor<i128>],
                tensors: &[Tensor<i128>],
            ) -> Vec<i128> {
                match self {
                    $(Self::$operator(operator) => operator.evaluate(inputs, tensors),)*
                }
            }

            /// [`Operator::synthesize`].
            pub fn synthesize<CS: System>(
                &self,
                cs: CS,
                inputs: &[&Tensor<Value>],
                tensors: &[Tensor<Signed>],
            ) -> Result<Vec<Value>, Error> {
                match self {
                    $(Self::$operator(operator) => operator.synthesize(cs, inputs, tensors),)*
                }
            }

            /// Adds a node of a float model to the graph by the first operator that knows it.
            pub fn import(
                node: &TractNode<'_>,
                builder: &mut Builder,
            ) -> Result<Option<Imported>, ImportError> {
                $(if let Some(imported) = $operator::import(node, builder)? {
                    return Ok(Some(imported));
                })*
                Ok(None)
            }
        }
    };
}

operators! {
    dense::Dense,
    multiply::Multiply,
    offset::Offset,
    add::Add,
    max::Max,
    min::Min,
    reshape::Reshape,
    transpose::Transpose,
    rescale::Rescale,
    affine::Affine,
    extend::Extend,
    arg_max::ArgMax,
    positive::Positive,
    bucket::Bucket,
}

/// The most elements of a value.
pub(crate) const MAX_ELEMENTS: usize = 1 << 20;
/// Bits of the greatest magnitude of a value, and of every product and sum on the way to it:
/// well below the 120 that gadgets allow, whose own steps double a bound a few times.
const MAX_MAGNITUDE_BITS: u32 = 100;

fn check_size(fact: &Fact) -> Result<(), Problem> {
    let len = crate::tensor::product(&fact.shape);
    if !len.is_some_and(|len| (1..=MAX_ELEMENTS).contains(&len)) {
        let shape = &fact.shape;
        return Err(format!(
            "its result has shape {shape:?}; a value has 1 to {MAX_ELEMENTS} elements"
        ));
    }
    if fact.terms > MAX_TERMS {
        return Err(format!(
            "an element of its result may be a sum of more than {MAX_TERMS} terms"
        ));
    }
    bounded((fact.lo, fact.hi)).map(|_| ())
}

/// The interval, if it is one that a circuit may hold.
fn bounded((lo, hi): (i128, i128)) -> Result<(i128, i128), Problem> {
    let greatest = 1 << MAX_MAGNITUDE_BITS;
    match -greatest < lo && hi < greatest {
        true => Ok((lo, hi)),
        false => Err(too_large()),
    }
}

/// The only input, or what is wrong.
pub(crate) fn one<'a, T: ?Sized>(inputs: &[&'a T]) -> Result<&'a T, Problem> {
    match inputs {
        [input] => Ok(input),
        _ => Err(format!("it takes 1 input, not {}", inputs.len())),
    }
}

/// The tensor that an attribute names, or what is wrong.
pub(crate) fn tensor<T>(tensors: &[T], index: usize) -> Result<&T, Problem> {
    let missing = || {
        format!(
            "there is no parameter tensor {index}: there are {}",
            tensors.len()
        )
    };
    tensors.get(index).ok_or_else(missing)
}

/// The interval of products of two intervals' elements, if a circuit may hold it.
pub(crate) fn product_bounds(a: (i128, i128), b: (i128, i128)) -> Result<(i128, i128), Problem> {
    let corners = [(a.0, b.0), (a.0, b.1), (a.1, b.0), (a.1, b.1)];
    let mut bounds = (i128::MAX, i128::MIN);
    for (x, y) in corners {
        let corner = x.checked_mul(y).ok_or_else(too_large)?;
        bounds = (bounds.0.min(corner), bounds.1.max(corner));
    }
    bounded(bounds)
}

/// The sum of two intervals, if a circuit may hold it.
pub(crate) fn sum_bounds(a: (i128, i128), b: (i128, i128)) -> Result<(i128, i128), Problem> {
    let lo = a.0.checked_add(b.0).ok_or_else(too_large)?;
    bounded((lo, a.1.checked_add(b.1).ok_or_else(too_large)?))
}

fn too_large() -> Problem {
    format!("its integers may have more than {MAX_MAGNITUDE_BITS} bits: rescale before")
}
