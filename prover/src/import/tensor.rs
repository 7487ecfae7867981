//! Whether a tensor of a file holds what its dimensions say.

use tract_onnx::pb::TensorProto;
use tract_onnx::pb::tensor_proto::{DataLocation, DataType};

use super::ImportError;
use super::error::shown;
use crate::tensor::{MAX_RANK, product};

/// Checks that a tensor's data lies in the file, is as long as its dimensions say, and is
/// finite; the number of its elements.
pub(super) fn check(tensor: &TensorProto) -> Result<usize, ImportError> {
    let refuse = |problem: &str| {
        let name = shown(&tensor.name);
        ImportError::unreadable(&format!("tensor {name:?}: {problem}"))
    };
    let is_external = tensor.data_location == Some(DataLocation::External as i32);
    if is_external || !tensor.external_data.is_empty() {
        return Err(refuse(
            "its data lies in another file: store it in the model",
        ));
    }
    if tensor.segment.is_some() || !tensor.string_data.is_empty() {
        return Err(refuse("it is no tensor of numbers"));
    }
    let dimension = |&dimension: &i64| usize::try_from(dimension).ok();
    let dimensions: Option<Vec<usize>> = tensor.dims.iter().map(dimension).collect();
    let elements = dimensions
        .filter(|dimensions| dimensions.len() <= MAX_RANK)
        .and_then(|dimensions| product(&dimensions))
        .ok_or_else(|| refuse("its dimensions make no sense"))?;
    let kind = Kind::of(tensor).ok_or_else(|| refuse("its type isn't supported: use float32"))?;
    if !kind.is_integer() && elements == 0 {
        return Err(refuse("it has no elements"));
    }
    if kind.stored(tensor) != Some(elements) {
        return Err(refuse("its data isn't as long as its dimensions say"));
    }
    match kind.is_finite(tensor) {
        true => Ok(elements),
        false => Err(refuse("it holds a number that isn't finite")),
    }
}

/// The integers of a short list, such as a shape; `None` of anything else. The tensor was
/// checked.
pub(super) fn short_list(tensor: &TensorProto) -> Option<Vec<i64>> {
    let raw = &tensor.raw_data[..];
    let list: Vec<i64> = match (Kind::of(tensor)?, tensor.dims.len()) {
        (Kind::Int64, 0 | 1) => {
            let raw = raw.as_chunks().0.iter().take(MAX_RANK + 1);
            let raw = raw.map(|&bytes| i64::from_le_bytes(bytes));
            raw.chain(tensor.int64_data.iter().copied()).collect()
        }
        (Kind::Int32, 0 | 1) => {
            let raw = raw.as_chunks().0.iter().take(MAX_RANK + 1);
            let raw = raw.map(|&bytes| i32::from_le_bytes(bytes).into());
            raw.chain(tensor.int32_data.iter().map(|&x| x.into()))
                .collect()
        }
        _ => return None,
    };
    (list.len() <= MAX_RANK).then_some(list)
}

/// The types of tensors that are read.
#[derive(Clone, Copy)]
enum Kind {
    Float,
    Double,
    Half,
    Int32,
    Int64,
    Bool,
}

impl Kind {
    fn of(tensor: &TensorProto) -> Option<Self> {
        Some(match DataType::try_from(tensor.data_type).ok()? {
            DataType::Float => Self::Float,
            DataType::Double => Self::Double,
            DataType::Float16 => Self::Half,
            DataType::Int32 => Self::Int32,
            DataType::Int64 => Self::Int64,
            DataType::Bool => Self::Bool,
            _ => return None,
        })
    }

    fn is_integer(self) -> bool {
        matches!(self, Self::Int32 | Self::Int64 | Self::Bool)
    }

    /// Bytes of an element in the tensor's raw data.
    fn width(self) -> usize {
        match self {
            Self::Double | Self::Int64 => 8,
            Self::Float | Self::Int32 => 4,
            Self::Half => 2,
            Self::Bool => 1,
        }
    }

    /// Elements that the tensor has data for, unless it has some of another type.
    fn stored(self, tensor: &TensorProto) -> Option<usize> {
        let lists = [
            tensor.float_data.len(),
            tensor.double_data.len(),
            tensor.int32_data.len(),
            tensor.int64_data.len(),
            tensor.uint64_data.len(),
        ];
        let own = match self {
            Self::Float => 0,
            Self::Double => 1,
            Self::Half | Self::Int32 | Self::Bool => 2,
            Self::Int64 => 3,
        };
        let listed: usize = lists.iter().sum();
        if tensor.raw_data.is_empty() {
            return (lists[own] == listed).then_some(listed);
        }
        let is_whole = listed == 0 && tensor.raw_data.len().is_multiple_of(self.width());
        is_whole.then_some(tensor.raw_data.len() / self.width())
    }

    fn is_finite(self, tensor: &TensorProto) -> bool {
        let raw = &tensor.raw_data[..];
        // All ones in the exponent: infinite, or not a number.
        let half = |bits: u16| bits & 0x7c00 != 0x7c00;
        match self {
            Self::Float => {
                let (chunks, _) = raw.as_chunks();
                let mut raw = chunks.iter().map(|&bytes| f32::from_le_bytes(bytes));
                raw.all(f32::is_finite) && tensor.float_data.iter().all(|x| x.is_finite())
            }
            Self::Double => {
                let (chunks, _) = raw.as_chunks();
                let mut raw = chunks.iter().map(|&bytes| f64::from_le_bytes(bytes));
                raw.all(f64::is_finite) && tensor.double_data.iter().all(|x| x.is_finite())
            }
            Self::Half => {
                let (chunks, _) = raw.as_chunks();
                let mut raw = chunks.iter().map(|&bytes| u16::from_le_bytes(bytes));
                raw.all(half) && tensor.int32_data.iter().all(|&bits| half(bits as u16))
            }
            Self::Int32 | Self::Int64 | Self::Bool => true,
        }
    }
}
