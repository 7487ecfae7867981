//! An EinSum of a computed value and a constant, as a product with a matrix.

use tract_onnx::prelude::TVec;
use tract_onnx::tract_core::ops::einsum::EinSum;

use super::{Floats, ImportError, Operand, TractNode};
use crate::tensor::{Tensor, product};

/// `sum over k of data[m..., k...] * constant[n..., k...]`, for every m and n.
pub(crate) struct Contraction {
    /// Which of the two inputs is computed.
    pub data: usize,
    /// The data's axes in the order m..., k....
    pub data_order: Vec<usize>,
    /// Dimensions of m.
    pub rows: Vec<usize>,
    /// Dimensions of n.
    pub columns: Vec<usize>,
    /// The product of the dimensions of k.
    pub depth: usize,
    /// The output's axes, each as its place in m..., n....
    pub output_order: Vec<usize>,
    /// `[n, k]`.
    weights: Vec<f64>,
}

/// The floats of a dense layer.
pub(crate) struct Layer {
    /// `[n, k]`.
    pub weights: Vec<f64>,
    /// `[n]`.
    pub bias: Option<Vec<f64>>,
    /// Dimensions of n.
    pub columns: usize,
    /// Dimensions of k.
    pub depth: usize,
}

impl Contraction {
    /// The contraction that a node computes, if it is an EinSum.
    pub fn of(node: &TractNode<'_>) -> Result<Option<Self>, ImportError> {
        let Some(einsum) = node.op::<EinSum>() else {
            return Ok(None);
        };
        if einsum.q_params.is_some() || node.inputs() != 2 {
            return Err(
                node.refused("only products of one computed value and one constant are supported")
            );
        }
        let (data, constant) =
            match (node.input(0)?, node.input(1)?) {
                (Operand::Constant(_), Operand::Constant(_)) => {
                    return Err(node.refused("it multiplies two constants"));
                }
                (Operand::Constant(constant), _) => (1, constant),
                (_, Operand::Constant(constant)) => (0, constant),
                _ => return Err(node.refused(
                    "it multiplies two computed values: only products with constants are supported",
                )),
            };
        Self::with_axes(node, einsum, data, &constant).map(Some)
    }

    fn with_axes(
        node: &TractNode<'_>,
        einsum: &EinSum,
        data: usize,
        constant: &Floats,
    ) -> Result<Self, ImportError> {
        let data_shape = node.input_shape(data)?;
        let unsupported = || node.refused("this form of product isn't supported");
        let axes = Axes::of(einsum, data, &data_shape, &constant.shape).ok_or_else(unsupported)?;
        let weights = Tensor::new(constant.shape.clone(), constant.data.clone())
            .and_then(|weights| weights.transposed(&axes.weight_order()))
            .ok_or_else(unsupported)?;
        let dimension = |axis: usize| data_shape.get(axis).copied();
        let rows = axes.rows.iter().map(|(d, _)| d.map_or(Some(1), dimension));
        let columns = axes
            .columns
            .iter()
            .map(|&(c, _)| constant.shape.get(c).copied());
        let summed = axes.summed_data.iter().map(|&axis| dimension(axis));
        let summed: Vec<usize> = summed.collect::<Option<_>>().ok_or_else(unsupported)?;
        let contraction = Self {
            data,
            data_order: axes.data_order(),
            rows: rows.collect::<Option<_>>().ok_or_else(unsupported)?,
            columns: columns.collect::<Option<_>>().ok_or_else(unsupported)?,
            depth: product(&summed).ok_or_else(unsupported)?,
            output_order: axes.output_order().ok_or_else(unsupported)?,
            weights: weights.into_data(),
        };
        let width = product(&contraction.columns).and_then(|n| n.checked_mul(contraction.depth));
        match width == Some(contraction.weights.len()) && width != Some(0) {
            true => Ok(contraction),
            false => Err(unsupported()),
        }
    }

    /// The layer's floats, with a bias that follows.
    pub fn layer(&self, bias: Option<&[f64]>) -> Layer {
        Layer {
            weights: self.weights.clone(),
            bias: bias.map(<[f64]>::to_vec),
            columns: self.columns.iter().product(),
            depth: self.depth,
        }
    }

    /// The sum that alone follows a node that is this contraction, and adds a constant to
    /// each of its columns: its number, and the constants.
    pub fn following_bias(&self, node: &TractNode<'_>) -> Option<(usize, Vec<f64>)> {
        let next = node.only_successor()?;
        if next.binary() != Some("Add") || next.output_shape().ok() != node.output_shape().ok() {
            return None;
        }
        let constant = next.constant_beside(node)?;
        // The columns must be the last axes of the output, as they are of the constant.
        let rank = self.output_order.len();
        if !self.output_order.iter().copied().eq(0..rank) {
            return None;
        }
        let constant = constant.padded(rank);
        let rows = std::iter::repeat_n(1, self.rows.len());
        let per_column: Vec<usize> = rows.chain(self.columns.iter().copied()).collect();
        if constant.shape == per_column {
            return Some((next.id(), constant.data));
        }
        // A single constant for all columns.
        match constant.data[..] {
            [uniform] => Some((next.id(), vec![uniform; self.columns.iter().product()])),
            _ => None,
        }
    }
}

impl Layer {
    /// Takes what each of its inputs stands for into weights and bias: `slope x + start` for
    /// `x`.
    pub fn take_in(&mut self, lines: &[(f64, f64)]) {
        let starts = |row: &[f64]| row.iter().zip(lines).map(|(w, (_, start))| w * start).sum();
        let starts: Vec<f64> = self.weights.chunks(self.depth).map(starts).collect();
        for row in self.weights.chunks_mut(self.depth) {
            for (w, (slope, _)) in row.iter_mut().zip(lines) {
                *w *= slope;
            }
        }
        if self.bias.is_some() || lines.iter().any(|&(_, start)| start != 0.0) {
            let bias = self.bias.get_or_insert_with(|| vec![0.0; starts.len()]);
            for (bias, start) in bias.iter_mut().zip(&starts) {
                *bias += start;
            }
        }
    }
}

/// The axes of an EinSum, by what becomes of them.
#[derive(Default)]
struct Axes {
    /// Kept, of the data: their places in data and output. An axis of the output alone has
    /// dimension 1.
    rows: Vec<(Option<usize>, usize)>,
    /// Kept, of the constant: their places in constant and output.
    columns: Vec<(usize, usize)>,
    /// Summed over: their places in the data, those of dimension 1 last.
    summed_data: Vec<usize>,
    /// Summed over: their places in the constant, those of dimension 1 last.
    summed_constant: Vec<usize>,
}

impl Axes {
    /// `None` where an axis occurs twice, or is kept of both, or summed over one alone; a
    /// dimension of 1 is no such axis.
    fn of(
        einsum: &EinSum,
        data: usize,
        data_shape: &[usize],
        constant_shape: &[usize],
    ) -> Option<Self> {
        let mut axes = Self::default();
        let (mut units_of_data, mut units_of_constant) = (Vec::new(), Vec::new());
        for axis in einsum.axes.iter_all_axes() {
            let (d, c) = (place(&axis.inputs, data)?, place(&axis.inputs, 1 - data)?);
            let is_unit = |place: Option<usize>, shape: &[usize]| {
                place.is_some_and(|place| shape.get(place) == Some(&1))
            };
            match (d, c, place(&axis.outputs, 0)?) {
                (d, None, Some(o)) => axes.rows.push((d, o)),
                (None, Some(c), Some(o)) => axes.columns.push((c, o)),
                (Some(d), Some(c), Some(o)) if is_unit(Some(c), constant_shape) => {
                    axes.rows.push((Some(d), o));
                    units_of_constant.push(c);
                }
                (Some(d), Some(c), Some(o)) if is_unit(Some(d), data_shape) => {
                    axes.columns.push((c, o));
                    units_of_data.push(d);
                }
                (Some(d), Some(c), None) if data_shape.get(d) == constant_shape.get(c) => {
                    axes.summed_data.push(d);
                    axes.summed_constant.push(c);
                }
                (Some(d), None, None) if is_unit(Some(d), data_shape) => units_of_data.push(d),
                (None, Some(c), None) if is_unit(Some(c), constant_shape) => {
                    units_of_constant.push(c)
                }
                _ => return None,
            }
        }
        axes.summed_data.extend(units_of_data);
        axes.summed_constant.extend(units_of_constant);
        Some(axes)
    }

    fn data_order(&self) -> Vec<usize> {
        let kept = self.rows.iter().filter_map(|&(d, _)| d);
        kept.chain(self.summed_data.iter().copied()).collect()
    }

    fn weight_order(&self) -> Vec<usize> {
        let kept = self.columns.iter().map(|&(c, _)| c);
        kept.chain(self.summed_constant.iter().copied()).collect()
    }

    /// For each axis of the output its place among rows and columns.
    fn output_order(&self) -> Option<Vec<usize>> {
        let rows = self.rows.iter().map(|&(_, o)| o);
        let kept = rows.chain(self.columns.iter().map(|&(_, o)| o));
        let mut order = vec![0; self.rows.len() + self.columns.len()];
        for (place, axis) in kept.enumerate() {
            *order.get_mut(axis)? = place;
        }
        Some(order)
    }
}

/// The only place of an axis in an input or output; `None` where it has several.
fn place(places: &[TVec<usize>], slot: usize) -> Option<Option<usize>> {
    match places.get(slot).map_or(&[][..], |places| &places[..]) {
        [] => Some(None),
        &[place] => Some(Some(place)),
        _ => None,
    }
}
