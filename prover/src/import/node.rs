//! A node of tract's typed model, as operators see it.

mod label;

use tract_onnx::prelude::{TypedNode, TypedOp};
use tract_onnx::tract_core::ops::binary::TypedBinOp;
use tract_onnx::tract_core::ops::change_axes::AxisOp;
use tract_onnx::tract_core::ops::element_wise::ElementWiseOp;
use tract_onnx::tract_core::ops::konst::Const;

use super::load::{Loaded, floats};
use super::{Floats, ImportError, Operand};
use crate::tensor::broadcasts;

/// A node, with what its inputs have become.
#[derive(Clone, Copy)]
pub(crate) struct TractNode<'a> {
    loaded: &'a Loaded,
    node: &'a TypedNode,
    done: &'a [Option<Operand>],
    greatest: &'a [f64],
}

impl<'a> TractNode<'a> {
    /// The node with this number. `done` holds what the nodes before it have become,
    /// `greatest` how large each node's value gets.
    pub fn new(
        loaded: &'a Loaded,
        id: usize,
        done: &'a [Option<Operand>],
        greatest: &'a [f64],
    ) -> Self {
        let node = loaded.model().node(id);
        Self {
            loaded,
            node,
            done,
            greatest,
        }
    }

    fn with(&self, id: usize) -> Self {
        let node = self.loaded.model().node(id);
        Self { node, ..*self }
    }

    /// Its number.
    pub fn id(&self) -> usize {
        self.node.id
    }

    /// The error that refuses this node.
    pub fn refused(&self, problem: &str) -> ImportError {
        let (node, operator) = self.loaded.origin(self.node.id);
        ImportError::Node {
            node,
            operator,
            opset: self.loaded.opset(),
            problem: problem.into(),
        }
    }

    /// Its operation, if it is of this type.
    pub fn op<T: TypedOp>(&self) -> Option<&'a T> {
        self.node.op_as::<T>()
    }

    /// The number of its inputs.
    pub fn inputs(&self) -> usize {
        self.node.inputs.len()
    }

    /// What an input has become.
    pub fn input(&self, index: usize) -> Result<Operand, ImportError> {
        let outlet = self.node.inputs.get(index);
        let done = outlet
            .filter(|outlet| outlet.slot == 0)
            .and_then(|outlet| self.done.get(outlet.node));
        done.cloned()
            .flatten()
            .ok_or_else(|| self.refused("it has an input that nothing computes"))
    }

    /// An input's dimensions.
    pub fn input_shape(&self, index: usize) -> Result<Vec<usize>, ImportError> {
        let outlet = self.node.inputs.get(index);
        let fact = outlet.and_then(|&outlet| self.loaded.model().outlet_fact(outlet).ok());
        let shape = fact.and_then(|fact| fact.shape.as_concrete());
        shape
            .map(<[usize]>::to_vec)
            .ok_or_else(|| self.refused("its shape isn't fixed"))
    }

    /// Its own dimensions.
    pub fn output_shape(&self) -> Result<Vec<usize>, ImportError> {
        let outlet = self.node.outputs.first();
        let shape = outlet.and_then(|outlet| outlet.fact.shape.as_concrete());
        shape
            .map(<[usize]>::to_vec)
            .ok_or_else(|| self.refused("its shape isn't fixed"))
    }

    /// How large its value gets in the calibration rows.
    pub fn greatest(&self) -> f64 {
        self.greatest[self.node.id]
    }

    /// Its value, if it is a constant.
    pub fn constant(&self) -> Result<Option<Floats>, ImportError> {
        let outlet = self.node.outputs.first();
        let known = outlet.and_then(|outlet| outlet.fact.konst.as_ref());
        let Some(tensor) = self.op::<Const>().map(Const::val).or(known) else {
            return Ok(None);
        };
        let data = floats(tensor)?;
        if data.iter().any(|x| !x.is_finite()) {
            return Err(self.refused("it holds a number that isn't finite"));
        }
        let shape = tensor.shape().to_vec();
        Ok(Some(Floats { shape, data }))
    }

    /// The only node that uses this one, unless it is the model's output.
    pub fn only_successor(&self) -> Option<Self> {
        let [inlet] = self.node.outputs.first()?.successors[..] else {
            return None;
        };
        (self.node.id != self.loaded.output()).then(|| self.with(inlet.node))
    }

    /// The constant that this node, which uses `value`, uses beside it.
    pub fn constant_beside(&self, value: &Self) -> Option<Floats> {
        let [a, b] = self.node.inputs[..] else {
            return None;
        };
        let other = if a.node == value.node.id { b } else { a };
        self.with(other.node).constant().ok()?
    }

    /// The name of its operation on two tensors.
    pub fn binary(&self) -> Option<&'static str> {
        self.op::<TypedBinOp>().map(|op| op.0.name())
    }

    /// The name of its operation on each element.
    pub fn element_wise(&self) -> Option<String> {
        self.op::<ElementWiseOp>().map(|op| op.0.name())
    }

    /// A computed and a constant input, and whether the constant comes first; `None` where
    /// both are computed.
    pub fn value_and_constant(&self) -> Result<Option<(Operand, Floats, bool)>, ImportError> {
        let (value, constant, is_first) = match (self.input(0)?, self.input(1)?) {
            (Operand::Constant(_), Operand::Constant(_)) => {
                return Err(self.refused("it computes on constants only"));
            }
            (Operand::Constant(constant), value) => (value, constant, true),
            (value, Operand::Constant(constant)) => (value, constant, false),
            _ => return Ok(None),
        };
        let shape = self.output_shape()?;
        let constant = constant.padded(shape.len());
        let value_shape = self.input_shape(usize::from(is_first))?;
        if value_shape != shape || !broadcasts(&constant.shape, &shape) {
            let problem = "it repeats a computed value: only constants are repeated";
            return Err(self.refused(problem));
        }
        Ok(Some((value, constant, is_first)))
    }

    /// The computed input and the constant of an operation on two tensors with this name,
    /// where the constant is one number for all elements.
    pub fn with_uniform_constant(&self, name: &str) -> Result<Option<(Operand, f64)>, ImportError> {
        if self.binary() != Some(name) {
            return Ok(None);
        }
        let Some((value, constant, _)) = self.value_and_constant()? else {
            let problem = "it compares two computed values: only a constant is supported";
            return Err(self.refused(problem));
        };
        match constant.uniform() {
            Some(uniform) => Ok(Some((value, uniform))),
            None => Err(self.refused("only one constant for all elements is supported")),
        }
    }

    /// Whether it gives its input another shape, elements in the same order.
    pub fn is_reshape(&self) -> bool {
        matches!(
            self.op(),
            Some(AxisOp::Add(_) | AxisOp::Rm(_) | AxisOp::Reshape(..))
        )
    }

    /// The order of its input's axes, if that is what it changes.
    pub fn permutation(&self) -> Result<Option<Vec<usize>>, ImportError> {
        let Some(&AxisOp::Move(from, to)) = self.op() else {
            return Ok(None);
        };
        let mut permutation: Vec<usize> = (0..self.input_shape(0)?.len()).collect();
        if from >= permutation.len() || to >= permutation.len() {
            return Err(self.refused("it moves an axis that isn't there"));
        }
        let axis = permutation.remove(from);
        permutation.insert(to, axis);
        Ok(Some(permutation))
    }
}
