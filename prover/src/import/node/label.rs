//! What may come after a model's scores, and what has no part in the value that comes out.

use tract_onnx::prelude::DatumType;
use tract_onnx::tract_core::ops::cast::Cast;
use tract_onnx::tract_core::ops::change_axes::AxisOp;
use tract_onnx::tract_core::ops::identity::Identity;
use tract_onnx::tract_core::ops::nn::{Reduce, Reducer, Softmax};

use super::TractNode;
use crate::import::{Form, ImportError};

impl TractNode<'_> {
    /// Whether its value is its input's: an identity, another type for what the type holds
    /// exactly, or, where only the order of scores counts, what keeps that order until the
    /// end.
    pub fn is_passed_through(&self, form: Form) -> bool {
        if self.op::<Identity>().is_some() {
            return true;
        }
        if let Some(cast) = self.op::<Cast>() {
            let is_label = self.input(0).is_ok_and(|operand| operand.is_label());
            return holds_floats(cast.to) || is_label && holds_labels(cast.to);
        }
        form == Form::Label && self.keeps_order() && self.is_last_but_order()
    }

    /// Whether it is what only the order of scores survives: Sigmoid of each, which is more
    /// than 1/2 where the score is positive; Softmax over all, and its logarithm.
    pub fn keeps_order(&self) -> bool {
        if let Some(softmax) = self.op::<Softmax>() {
            return self.output_shape().is_ok_and(|shape| {
                let over = |axis: &usize| shape.get(*axis).copied().unwrap_or(1);
                let all: usize = shape.iter().product();
                all > 1 && softmax.axes.iter().map(over).product::<usize>() == all
            });
        }
        match self.element_wise().as_deref() {
            Some("Sigmoid") => true,
            Some("Ln") => self
                .predecessor()
                .is_some_and(|node| node.op::<Softmax>().is_some()),
            _ => false,
        }
    }

    /// Whether nothing but what keeps the order, and ArgMax, comes after it.
    fn is_last_but_order(&self) -> bool {
        let mut node = *self;
        while node.id() != node.loaded.output() {
            let Some(next) = node.only_successor() else {
                return false;
            };
            let is_shape = next.op::<AxisOp>().is_some() || next.op::<Reduce>().is_some();
            let is_cast = next.op::<Cast>().is_some_and(|cast| holds_labels(cast.to));
            let is_logarithm = next.element_wise().as_deref() == Some("Ln");
            if !(is_shape || is_cast || is_logarithm && next.keeps_order()) {
                return false;
            }
            node = next;
        }
        true
    }

    fn predecessor(&self) -> Option<Self> {
        Some(self.with(self.node.inputs.first()?.node))
    }

    /// Whether it is the position of the greatest of all elements, of equals the first.
    pub fn is_arg_max(&self) -> Result<bool, ImportError> {
        let Some(reduce) = self.op::<Reduce>() else {
            return Ok(false);
        };
        match reduce.reducer {
            Reducer::ArgMax(false) => {}
            Reducer::ArgMax(true) => {
                return Err(self.refused("of equal scores only the first can be chosen"));
            }
            _ => return Ok(false),
        }
        let shape = self.input_shape(0)?;
        let over = reduce.axes.iter().filter_map(|&axis| shape.get(axis));
        let over: usize = over.product();
        if over != shape.iter().product::<usize>() || over < 2 {
            return Err(self.refused("only the greatest of all scores of a row is supported"));
        }
        Ok(true)
    }
}

/// Whether a type holds what single precision does.
fn holds_floats(to: DatumType) -> bool {
    matches!(to, DatumType::F32 | DatumType::F64)
}

/// Whether a type holds every class.
fn holds_labels(to: DatumType) -> bool {
    let is_small = matches!(to, DatumType::I8 | DatumType::Bool | DatumType::String);
    !is_small && (to.is_float() || to.is_integer() || to == DatumType::TDim)
}
