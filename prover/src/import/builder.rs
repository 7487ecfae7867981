//! The graph under construction: values with their scales, and parameters.

mod dense;
mod elementwise;
mod output;
mod rescaling;

use std::collections::BTreeMap;

use assay_protocol::prediction::{Graph, Node, Tensor};

use super::columns::{Columns, Scale};
use super::floats::magnitude;
use super::operand::{Bytes, Operand, Scaled};
use super::{ImportError, NodeOrigin};
use crate::graph::{input_fact, tensor_fact};
use crate::op::{Affine, Fact, Op, Reshape, Transpose};
use crate::tensor::{product, transposed_shape};

/// Bits of the largest integers of a parameter tensor.
const PARAMETER_BITS: u32 = 40;

/// Where what is added comes from.
enum Place {
    Input,
    Node { name: String, operator: String },
    Output,
}

/// The graph under construction.
pub(crate) struct Builder {
    columns: Columns,
    opset: i64,
    nodes: Vec<Node>,
    origins: Vec<NodeOrigin>,
    facts: Vec<Fact>,
    tensors: Vec<Tensor>,
    tensor_facts: Vec<Fact>,
    integers: Vec<Vec<i64>>,
    /// The bytes that were brought to one scale, by their value.
    brought: BTreeMap<usize, Scaled>,
    place: Place,
}

/// A parameter tensor: its number, and the floats that its integers stand for.
struct Parameters {
    index: usize,
    used: Vec<f64>,
}

impl Builder {
    /// An empty graph over rows of these columns.
    pub(super) fn new(columns: Columns, opset: i64) -> Self {
        let row = input_fact(columns.0.len());
        Self {
            columns,
            opset,
            nodes: Vec::new(),
            origins: Vec::new(),
            facts: vec![row],
            tensors: Vec::new(),
            tensor_facts: Vec::new(),
            integers: Vec::new(),
            brought: BTreeMap::new(),
            place: Place::Input,
        }
    }

    /// The row's bytes in the shape of the model's input.
    pub(super) fn input(&mut self, shape: &[usize]) -> Result<Operand, ImportError> {
        let bytes = Operand::Bytes(Bytes::of(&self.columns));
        self.reshape(&bytes, shape)
    }

    /// Names the node that what is added next comes from.
    pub(super) fn begin(&mut self, name: String, operator: String) {
        self.place = Place::Node { name, operator };
    }

    /// The graph, the integers of its tensors, and where its nodes come from.
    pub(super) fn into_graph(self) -> (Graph, Vec<Vec<i64>>, Vec<NodeOrigin>) {
        let (tensors, nodes) = (self.tensors, self.nodes);
        (Graph { tensors, nodes }, self.integers, self.origins)
    }

    fn refused(&self, problem: impl Into<String>) -> ImportError {
        let problem = problem.into();
        match &self.place {
            Place::Input => ImportError::Input(problem),
            Place::Output => ImportError::Form(problem),
            Place::Node { name, operator } => ImportError::Node {
                node: name.clone(),
                operator: operator.clone(),
                opset: self.opset,
                problem,
            },
        }
    }

    fn origin(&self) -> NodeOrigin {
        let name = match &self.place {
            Place::Input => "input",
            Place::Output => "output",
            Place::Node { name, .. } => name,
        };
        NodeOrigin { name: name.into() }
    }

    /// Adds a node; the number of its value.
    fn push(&mut self, op: impl Into<Op>, inputs: &[usize]) -> Result<usize, ImportError> {
        let op = op.into();
        let facts: Vec<&Fact> = inputs.iter().map(|&input| &self.facts[input]).collect();
        let inferred = op.infer(&facts, &self.tensor_facts);
        let fact = inferred.map_err(|problem| self.refused(problem))?;
        let inputs = inputs.iter().map(|&input| input as u32).collect();
        self.nodes.push(op.to_node(inputs));
        self.facts.push(fact);
        self.origins.push(self.origin());
        Ok(self.facts.len() - 1)
    }

    /// Adds a node whose result stands for floats.
    fn scaled_node(
        &mut self,
        op: impl Into<Op>,
        inputs: &[usize],
        like: Scaled,
    ) -> Result<Scaled, ImportError> {
        let value = self.push(op, inputs)?;
        Ok(Scaled { value, ..like })
    }

    /// Adds a tensor of floats, rounded to units of `2^-fraction_bits`, in as few bytes as
    /// hold them.
    fn parameters(
        &mut self,
        shape: Vec<usize>,
        floats: &[f64],
        fraction_bits: i32,
    ) -> Result<Parameters, ImportError> {
        let per_unit = 2f64.powi(fraction_bits);
        let integers: Vec<f64> = floats.iter().map(|x| (x * per_unit).round()).collect();
        let greatest = magnitude(&integers);
        let bytes = [1u8, 2, 3, 5]
            .into_iter()
            .find(|&bytes| greatest < 2f64.powi(8 * i32::from(bytes) - 1))
            .ok_or_else(|| {
                self.refused("its constants are too large beside the values they meet")
            })?;
        let dimension = |&d: &usize| u32::try_from(d).unwrap_or(u32::MAX);
        let tensor = Tensor {
            shape: shape.iter().map(dimension).collect(),
            bytes,
        };
        self.tensor_facts.push(tensor_fact(&tensor));
        self.tensors.push(tensor);
        let used = integers.iter().map(|x| x / per_unit).collect();
        self.integers
            .push(integers.into_iter().map(|x| x as i64).collect());
        let index = self.tensors.len() - 1;
        Ok(Parameters { index, used })
    }

    /// The operand as a value of one scale: a row's bytes, whose columns have a scale each,
    /// are brought to one.
    pub fn scaled(&mut self, operand: &Operand) -> Result<Scaled, ImportError> {
        let bytes = match operand {
            Operand::Value(value) if value.is_label => {
                return Err(self.refused("it computes with the number of a class"));
            }
            Operand::Value(value) => return Ok(value.clone()),
            Operand::Constant(_) => return Err(self.refused_constants()),
            Operand::Bytes(bytes) => bytes,
        };
        if let Some(lines) = &bytes.changed {
            return self.computed(bytes, lines);
        }
        let brought = match self.brought.get(&bytes.value) {
            Some(brought) => brought.clone(),
            None => self.brought_to_finest(bytes)?,
        };
        self.brought.insert(bytes.value, brought.clone());
        let shape = bytes.shape.clone();
        Ok(Scaled { shape, ..brought })
    }

    /// The bytes at the finest of their columns' scales, which are public: free.
    fn brought_to_finest(&mut self, bytes: &Bytes) -> Result<Scaled, ImportError> {
        let bits = bytes.scales.iter().map(|scale| scale.fraction_bits);
        let fraction_bits = bits.max().unwrap_or(0);
        let up = |scale: &Scale| self.power(fraction_bits - scale.fraction_bits);
        let multipliers = bytes.scales.iter().map(up).collect::<Result<Vec<_>, _>>()?;
        let scales = bytes.scales.iter().zip(&multipliers);
        let offsets: Option<Vec<i64>> = scales
            .map(|(scale, &up)| scale.offset.checked_mul(up))
            .collect();
        let offsets =
            offsets.ok_or_else(|| self.refused("the scales of its inputs differ too much"))?;
        let affine = Affine {
            multipliers: uniform_or_all(multipliers),
            offsets: uniform_or_all(offsets),
        };
        let value = self.push(affine, &[bytes.value])?;
        Ok(Scaled {
            value,
            shape: bytes.shape.clone(),
            fraction_bits,
            elements: bytes.elements.clone(),
            greatest: largest(&bytes.elements),
            is_label: false,
        })
    }

    /// An operand's elements in another shape, which the graph is spared. A class has only
    /// one element.
    pub fn reshape(&self, operand: &Operand, shape: &[usize]) -> Result<Operand, ImportError> {
        let own = operand.shape().ok_or_else(|| self.refused_constants())?;
        if operand.is_label() || own == shape {
            return Ok(operand.clone());
        }
        if product(own) != product(shape) {
            return Err(self.refused("its shape doesn't hold the elements of its input"));
        }
        Ok(operand.clone().with_shape(shape.to_vec()))
    }

    /// An operand with its axes in another order.
    pub fn transpose(
        &mut self,
        operand: &Operand,
        permutation: &[usize],
    ) -> Result<Operand, ImportError> {
        let own = operand.shape().ok_or_else(|| self.refused_constants())?;
        if operand.is_label() {
            return Ok(operand.clone());
        }
        let no_order = || self.refused("it puts axes into an order that there isn't");
        let shape = transposed_shape(own, permutation).ok_or_else(no_order)?;
        // Axes of dimension 1 may go anywhere.
        let moved = permutation.iter().filter(|&&axis| own[axis] != 1);
        if moved.is_sorted() {
            return Ok(operand.clone().with_shape(shape));
        }
        let input = self.arranged(operand.value().unwrap_or(0), own)?;
        let op = Transpose {
            permutation: permutation.to_vec(),
        };
        let value = self.push(op, &[input])?;
        let transposed = match operand {
            Operand::Bytes(bytes) => bytes.transposed(value, permutation).map(Operand::Bytes),
            Operand::Value(scaled) => scaled.transposed(value, permutation).map(Operand::Value),
            Operand::Constant(_) => None,
        };
        transposed.ok_or_else(|| self.refused_constants())
    }

    /// A value in this shape.
    fn arranged(&mut self, value: usize, shape: &[usize]) -> Result<usize, ImportError> {
        if self.facts[value].shape == shape {
            return Ok(value);
        }
        let shape = shape.to_vec();
        self.push(Reshape { shape }, &[value])
    }

    fn refused_constants(&self) -> ImportError {
        self.refused("it computes on constants only")
    }
}

/// The list, or its only element where all are equal.
fn uniform_or_all(list: Vec<i64>) -> Vec<i64> {
    match list.split_first() {
        Some((&first, rest)) if rest.iter().all(|&x| x == first) => vec![first],
        _ => list,
    }
}

/// The greatest magnitude of all elements.
fn largest(elements: &[super::element::Element]) -> f64 {
    elements.iter().map(|x| x.magnitude()).fold(0.0, f64::max)
}
