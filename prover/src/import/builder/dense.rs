//! Dense layers: weights of eight bits, and biases at the scale of the products.

use super::{Builder, PARAMETER_BITS};
use crate::import::ImportError;
use crate::import::contraction::{Contraction, Layer};
use crate::import::element::{Constants, Element, drift, products};
use crate::import::floats::{fraction_bits, magnitude};
use crate::import::operand::{Operand, Scaled};
use crate::op::Dense;

/// Bits of a weight.
const WEIGHT_BITS: u32 = 8;

/// What the weights meet in the graph.
struct Carriers {
    value: usize,
    fraction_bits: i32,
    /// The interval of each, `[rows, depth]`.
    intervals: Vec<(f64, f64)>,
    greatest: f64,
}

impl Builder {
    /// A dense layer, of bytes or of a value; in the shape of the contraction's output.
    pub fn dense(
        &mut self,
        data: &Operand,
        contraction: &Contraction,
        bias: Option<&[f64]>,
    ) -> Result<Operand, ImportError> {
        let rows: usize = contraction.rows.iter().product();
        let mut layer = contraction.layer(bias);
        let data = match data {
            // Rows would share weights that each of their columns changes in its own way.
            Operand::Bytes(_) if rows == 1 => data.clone(),
            other => Operand::Value(self.narrowed(other)?),
        };
        let data = self.transpose(&data, &contraction.data_order)?;
        let (mut carriers, drift) = self.carriers(&data, &mut layer)?;
        if self.facts[carriers.value].shape.last() != Some(&layer.depth) {
            carriers.value = self.arranged(carriers.value, &[rows, layer.depth])?;
        }
        let product = self.product(&carriers, &drift, layer)?;
        let shape = [&contraction.rows[..], &contraction.columns].concat();
        let product = Scaled { shape, ..product };
        self.transpose(&product.into(), &contraction.output_order)
    }

    /// What the layer's weights meet, and what becomes of its error. Bytes are met as they
    /// are, their slopes and starts taken into weights and bias:
    /// `w (slope b + start) = (w slope) b + w start`.
    fn carriers(
        &self,
        data: &Operand,
        layer: &mut Layer,
    ) -> Result<(Carriers, Vec<f64>), ImportError> {
        let drift_of = |elements: &[Element], layer: &Layer| {
            drift(elements, layer.depth, &layer.weights, layer.bias.as_deref())
        };
        match data {
            Operand::Bytes(bytes) => {
                let drift = drift_of(&bytes.elements, layer);
                layer.take_in(&bytes.lines());
                let carriers = Carriers {
                    value: bytes.value,
                    fraction_bits: 0,
                    intervals: vec![(0.0, 255.0); bytes.elements.len()],
                    greatest: 255.0,
                };
                Ok((carriers, drift))
            }
            Operand::Value(value) => {
                let carriers = Carriers {
                    value: value.value,
                    fraction_bits: value.fraction_bits,
                    intervals: value.elements.iter().map(|x| (x.lo, x.hi)).collect(),
                    greatest: value.greatest,
                };
                Ok((carriers, drift_of(&value.elements, layer)))
            }
            Operand::Constant(_) => Err(self.refused_constants()),
        }
    }

    /// `[rows, depth]` times the layer: `[rows, columns]`.
    fn product(
        &mut self,
        carriers: &Carriers,
        drift: &[f64],
        layer: Layer,
    ) -> Result<Scaled, ImportError> {
        let Layer {
            weights,
            bias,
            columns,
            depth,
        } = layer;
        let mut weight_bits = fraction_bits(magnitude(&weights), WEIGHT_BITS);
        if let Some(bias) = bias.as_ref().filter(|bias| magnitude(bias) > 0.0) {
            // Weights that are nothing beside the bias are rounded away, lest it not fit.
            let most = fraction_bits(magnitude(bias), PARAMETER_BITS);
            weight_bits = weight_bits.min(most - carriers.fraction_bits);
        }
        let bits = carriers.fraction_bits + weight_bits;
        let used = self.parameters(vec![columns, depth], &weights, weight_bits)?;
        let weights = Constants {
            floats: &weights,
            used: &used.used,
        };
        let op = |bias| Dense {
            weights: used.index,
            bias,
        };
        let (op, elements) = match &bias {
            Some(floats) => {
                let used = self.parameters(vec![columns], floats, bits)?;
                let bias = Constants {
                    floats,
                    used: &used.used,
                };
                let elements = products(&carriers.intervals, drift, depth, &weights, &bias);
                (op(Some(used.index)), elements)
            }
            None => {
                let zeros = vec![0.0; columns];
                let bias = Constants {
                    floats: &zeros,
                    used: &zeros,
                };
                (
                    op(None),
                    products(&carriers.intervals, drift, depth, &weights, &bias),
                )
            }
        };
        let like = Scaled {
            value: carriers.value,
            shape: Vec::new(),
            fraction_bits: bits,
            elements: elements.into(),
            greatest: carriers.greatest,
            is_label: false,
        };
        self.scaled_node(op, &[carriers.value], like)
    }
}
