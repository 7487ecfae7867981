//! What the nodes of a float model have become.

use std::rc::Rc;

use super::Floats;
use super::columns::{Columns, Scale};
use super::element::Element;
use crate::tensor::{Tensor, broadcast_places};

/// A value of the graph that stands for floats: integers times `2^-fraction_bits`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scaled {
    /// Its number in the graph.
    pub value: usize,
    /// Its dimensions in the float model. In the graph it may have others, with the
    /// elements in the same order.
    pub shape: Vec<usize>,
    /// The negative logarithm of a unit.
    pub fraction_bits: i32,
    /// What is known of each element.
    pub elements: Rc<[Element]>,
    /// How large it gets in the calibration rows.
    pub greatest: f64,
    /// Whether it is the number of a class.
    pub is_label: bool,
}

impl Scaled {
    /// The number that the integer 1 stands for.
    pub fn unit(&self) -> f64 {
        2f64.powi(-self.fraction_bits)
    }

    /// By how much an element may be off.
    pub fn error(&self) -> f64 {
        let errors = self.elements.iter().map(|element| element.error);
        errors.fold(0.0, f64::max)
    }

    /// The same numbers with the axes in another order, as `value`; `None` unless that is
    /// an order.
    pub fn transposed(&self, value: usize, permutation: &[usize]) -> Option<Self> {
        let elements = Tensor::new(self.shape.clone(), self.elements.to_vec())?;
        let elements = elements.transposed(permutation)?;
        Some(Self {
            value,
            shape: elements.shape().to_vec(),
            elements: elements.into_data().into(),
            ..self.clone()
        })
    }

    /// The elements, each mapped.
    pub fn map(&self, map: impl FnMut(&Element) -> Element) -> Rc<[Element]> {
        self.elements.iter().map(map).collect()
    }
}

/// A row's bytes `b`, each of which stands for `slope * b + start`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bytes {
    /// Their number in the graph.
    pub value: usize,
    /// Their dimensions in the float model.
    pub shape: Vec<usize>,
    /// The scale of the column that each is of.
    pub scales: Vec<Scale>,
    /// Slope and start of each, where the model's constants have changed what the scales
    /// say. They are parameters, which may be hidden, while scales are public.
    pub changed: Option<Vec<(f64, f64)>>,
    /// What is known of each.
    pub elements: Rc<[Element]>,
}

impl Bytes {
    /// The bytes of a row of these columns.
    pub fn of(columns: &Columns) -> Self {
        let element = |scale: &Scale| {
            let (lo, hi) = (scale.lower(), scale.lower() + 255.0 * scale.step());
            let error = scale.step() / 2.0;
            Element { lo, hi, error }.rounded()
        };
        Self {
            value: 0,
            shape: vec![columns.0.len()],
            scales: columns.0.clone(),
            changed: None,
            elements: columns.0.iter().map(element).collect(),
        }
    }

    /// Slope and start of each.
    pub fn lines(&self) -> Vec<(f64, f64)> {
        let scales = || {
            self.scales
                .iter()
                .map(|scale| (scale.step(), scale.lower()))
        };
        self.changed.clone().unwrap_or_else(|| scales().collect())
    }

    /// Each times a constant.
    pub fn times(&self, factors: &[f64]) -> Self {
        let lines = self.lines().into_iter().zip(factors);
        let changed = lines.map(|((slope, start), factor)| (slope * factor, start * factor));
        let elements = self.elements.iter().zip(factors);
        Self {
            changed: Some(changed.collect()),
            elements: elements
                .map(|(x, &factor)| x.times(factor, factor))
                .collect(),
            ..self.clone()
        }
    }

    /// Each plus a constant.
    pub fn plus(&self, constants: &[f64]) -> Self {
        let lines = self.lines().into_iter().zip(constants);
        let changed = lines.map(|((slope, start), constant)| (slope, start + constant));
        let elements = self.elements.iter().zip(constants);
        Self {
            changed: Some(changed.collect()),
            elements: elements
                .map(|(x, &constant)| x.plus(constant, constant))
                .collect(),
            ..self.clone()
        }
    }

    /// The same numbers with the axes in another order, as `value`; `None` unless that is
    /// an order.
    pub fn transposed(&self, value: usize, permutation: &[usize]) -> Option<Self> {
        let places = Tensor::new(self.shape.clone(), (0..self.scales.len()).collect())?;
        let places = places.transposed(permutation)?;
        let shape = places.shape().to_vec();
        let places = places.into_data();
        let changed = self.changed.as_ref();
        Some(Self {
            value,
            shape,
            scales: places.iter().map(|&place| self.scales[place]).collect(),
            changed: changed.map(|lines| places.iter().map(|&place| lines[place]).collect()),
            elements: places.iter().map(|&place| self.elements[place]).collect(),
        })
    }
}

/// What a node of the float model has become.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    /// The row's bytes.
    Bytes(Bytes),
    /// A value of one scale.
    Value(Scaled),
    /// A constant.
    Constant(Floats),
}

impl Operand {
    /// The same, with how large it gets in the calibration rows.
    pub fn with_greatest(self, greatest: f64) -> Self {
        match self {
            Self::Value(value) => Self::Value(Scaled { greatest, ..value }),
            other => other,
        }
    }

    /// Its number in the graph, if it is computed.
    pub fn value(&self) -> Option<usize> {
        match self {
            Self::Bytes(bytes) => Some(bytes.value),
            Self::Value(value) => Some(value.value),
            Self::Constant(_) => None,
        }
    }

    /// Its dimensions in the float model, if it is computed.
    pub fn shape(&self) -> Option<&[usize]> {
        match self {
            Self::Bytes(bytes) => Some(&bytes.shape),
            Self::Value(value) => Some(&value.shape),
            Self::Constant(_) => None,
        }
    }

    /// The same elements with other dimensions.
    pub fn with_shape(self, shape: Vec<usize>) -> Self {
        match self {
            Self::Bytes(bytes) => Self::Bytes(Bytes { shape, ..bytes }),
            Self::Value(value) => Self::Value(Scaled { shape, ..value }),
            constant => constant,
        }
    }

    /// Whether it is the number of a class.
    pub fn is_label(&self) -> bool {
        matches!(self, Self::Value(value) if value.is_label)
    }
}

impl From<Scaled> for Operand {
    fn from(value: Scaled) -> Self {
        Self::Value(value)
    }
}

/// What an operator made of a node.
pub(crate) struct Imported {
    /// The result.
    pub operand: Operand,
    /// The node whose value it is, where another one was taken in.
    pub instead_of: Option<usize>,
}

impl<T: Into<Operand>> From<T> for Imported {
    fn from(operand: T) -> Self {
        Self {
            operand: operand.into(),
            instead_of: None,
        }
    }
}

/// The dimensions that aren't 1.
pub(super) fn squeezed(shape: &[usize]) -> Vec<usize> {
    shape
        .iter()
        .copied()
        .filter(|&dimension| dimension != 1)
        .collect()
}

/// A constant for each element of `shape`, to which the constants can be repeated.
pub(super) fn repeated(constants: &Floats, shape: &[usize]) -> Vec<f64> {
    let places = broadcast_places(&constants.shape, shape);
    places
        .into_iter()
        .map(|place| constants.data[place])
        .collect()
}
