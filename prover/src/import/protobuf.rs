//! What a file would become in memory, counted before it is decoded.
//!
//! A message of two bytes becomes a structure of a thousand, so a small file could fill the
//! memory. Fields are counted here without keeping any of them.

use super::ImportError;

/// The most fields of all messages together. A model of a thousand nodes has half as many.
const MAX_FIELDS: usize = 1 << 16;
/// Messages within messages: a model without subgraphs needs six levels.
const MAX_DEPTH: usize = 32;

/// The kinds of message whose fields are counted.
#[derive(Clone, Copy)]
enum Message {
    Model,
    Training,
    Function,
    Graph,
    Node,
    Attribute,
    Tensor,
    SparseTensor,
    Value,
    Type,
    TensorType,
    Shape,
    Annotation,
    /// One without messages in it.
    Leaf,
}

impl Message {
    /// The message that a field holds, if it holds one.
    fn within(self, field: u64) -> Option<Self> {
        Some(match (self, field) {
            (Self::Model, 7) => Self::Graph,
            (Self::Model, 20) => Self::Training,
            (Self::Model, 25) => Self::Function,
            (Self::Training, 1 | 2) => Self::Graph,
            (Self::Function, 7) => Self::Node,
            (Self::Graph, 1) => Self::Node,
            (Self::Graph, 5) => Self::Tensor,
            (Self::Graph, 11..=13) => Self::Value,
            (Self::Graph, 14) => Self::Annotation,
            (Self::Graph, 15) => Self::SparseTensor,
            (Self::Node, 5) => Self::Attribute,
            (Self::Attribute, 5 | 10) => Self::Tensor,
            (Self::Attribute, 6 | 11) => Self::Graph,
            (Self::Attribute, 15) => Self::Type,
            (Self::Attribute, 22 | 23) => Self::SparseTensor,
            (Self::SparseTensor, 1 | 2) => Self::Tensor,
            (Self::Value, 2) => Self::Type,
            (Self::Type, 1) => Self::TensorType,
            (Self::TensorType, 2) => Self::Shape,
            (Self::Model, 8 | 14)
            | (Self::Training, 3 | 4)
            | (Self::Function, 9)
            | (Self::Tensor, 3 | 13)
            | (Self::Shape, 1)
            | (Self::Annotation, 2) => Self::Leaf,
            _ => return None,
        })
    }

    /// Whether a field is a list of integers of one byte or more, packed.
    fn is_packed(self, field: u64) -> bool {
        matches!(
            (self, field),
            (Self::Tensor, 1 | 5 | 7 | 11) | (Self::Attribute, 8) | (Self::SparseTensor, 3)
        )
    }
}

/// Checks that decoding costs no more than a few times the file's length.
pub(super) fn check(file: &[u8]) -> Result<(), ImportError> {
    let mut left = MAX_FIELDS;
    match count(Message::Model, file, MAX_DEPTH, &mut left) {
        Some(()) => Ok(()),
        None if left == 0 => Err(ImportError::unreadable(&format!(
            "it has more than {MAX_FIELDS} fields, or lists of integers as long: store weights \
             as float32, and leave out what isn't needed to run it"
        ))),
        None => Err(ImportError::unreadable(
            "the file is damaged, or isn't an ONNX file",
        )),
    }
}

/// Takes the fields of a message off those that are `left`; `None` where too few are, or
/// the bytes are no message.
fn count(message: Message, bytes: &[u8], depth: usize, left: &mut usize) -> Option<()> {
    let mut rest = Bytes(bytes);
    while !rest.0.is_empty() {
        take(left, 1)?;
        let key = rest.varint()?;
        let field = key >> 3;
        match key & 7 {
            0 => drop(rest.varint()?),
            1 => drop(rest.take(8)?),
            5 => drop(rest.take(4)?),
            2 => {
                let len = usize::try_from(rest.varint()?).ok()?;
                let bytes = rest.take(len)?;
                if let Some(inner) = message.within(field) {
                    count(inner, bytes, depth.checked_sub(1)?, left)?;
                } else if message.is_packed(field) {
                    take(left, len)?;
                }
            }
            _ => return None,
        }
    }
    Some(())
}

/// Takes `count` off, or all where fewer are left.
fn take(left: &mut usize, count: usize) -> Option<()> {
    let (less, is_short) = left.overflowing_sub(count);
    *left = if is_short { 0 } else { less };
    (!is_short).then_some(())
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (own, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(own)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A field that holds bytes; they are short.
    fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
        let mut field = vec![number << 3 | 2];
        let mut len = bytes.len();
        while len >= 0x80 {
            field.push(len as u8 | 0x80);
            len >>= 7;
        }
        field.push(len as u8);
        field.extend_from_slice(bytes);
        field
    }

    fn graph(field: Vec<u8>) -> Vec<u8> {
        self::field(7, &field)
    }

    #[test]
    fn fields_are_counted_wherever_they_are() {
        let nodes = |count: usize| graph(field(1, &[]).repeat(count));
        assert_eq!(check(&nodes(MAX_FIELDS - 1)), Ok(()));
        assert!(check(&nodes(MAX_FIELDS)).is_err());
        let dimensions = field(1, &field(2, &field(1, &[]).repeat(MAX_FIELDS)));
        assert!(check(&graph(field(11, &field(2, &dimensions)))).is_err());
        let integers = graph(field(5, &field(7, &vec![1; MAX_FIELDS])));
        assert!(check(&integers).is_err());
        let floats = graph(field(5, &field(9, &vec![1; 4 * MAX_FIELDS])));
        assert_eq!(check(&floats), Ok(()));
    }

    #[test]
    fn a_message_that_ends_too_early_is_refused() {
        let file = graph(field(1, &field(4, b"Relu")));
        assert_eq!(check(&file), Ok(()));
        for len in 1..file.len() {
            assert!(check(&file[..len]).is_err(), "{len} bytes");
        }
        assert!(check(&[0xff; 32]).is_err());
    }

    #[test]
    fn nesting_ends() {
        let nest = |levels: usize| {
            let deeper = |inner: Vec<u8>, _| field(1, &field(5, &field(6, &inner)));
            graph((0..levels).fold(vec![], deeper))
        };
        assert_eq!(check(&nest(10)), Ok(()));
        assert!(check(&nest(11)).is_err());
    }
}
