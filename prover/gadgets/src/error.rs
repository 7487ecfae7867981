use bellman::SynthesisError;
use thiserror::Error;

/// Why a gadget can't be built. No variant carries a witness value.
#[derive(Debug, Error)]
pub enum Error {
    /// The interval of an integer leaves ±2^[`MAX_BITS`](crate::int::MAX_BITS).
    #[error(
        "{operation}: the result's bound leaves ±2^{max}: range-check or rescale the operands first",
        max = crate::int::MAX_BITS
    )]
    BoundTooLarge {
        /// What was computed.
        operation: &'static str,
    },
    /// A witness value is so far outside its proved bound that arithmetic overflows.
    #[error("{operation}: a witness value is far outside its bound: the instance is invalid")]
    ValueOverflow {
        /// What was computed.
        operation: &'static str,
    },
    /// A bit width that no range check supports.
    #[error("a range check of {bits} bits: use 1 to {max}", max = crate::int::MAX_BITS)]
    Width {
        /// The width asked for.
        bits: u32,
    },
    /// An interval without integers.
    #[error("no integer lies between {lo} and {hi}: swap the bounds")]
    EmptyInterval {
        /// Lower end.
        lo: i128,
        /// Upper end.
        hi: i128,
    },
    /// An interval that the operand's proved bound rules out.
    #[error("an integer proved to be {lo}..={hi} never meets the interval asked for")]
    DisjointInterval {
        /// Proved lower bound.
        lo: i128,
        /// Proved upper bound.
        hi: i128,
    },
    /// Operands whose lengths don't belong together.
    #[error("{operation}: {found} elements where {expected} belong")]
    Length {
        /// The gadget.
        operation: &'static str,
        /// Elements expected.
        expected: usize,
        /// Elements found.
        found: usize,
    },
    /// One row's products and its sum may differ by too much for a field element.
    #[error(
        "row {row} of a packed product differs from its sum by up to 2^{bits}: narrow the ranges"
    )]
    PackingTooWide {
        /// The row.
        row: usize,
        /// Bits of the greatest difference.
        bits: u32,
    },
    /// An integer without a proof that it fits its place in a limb.
    #[error(
        "element {index} is only proved to be {lo}..={hi}: range-check it to {bytes} bytes before packing"
    )]
    NotPackable {
        /// The element.
        index: usize,
        /// Proved lower bound.
        lo: i128,
        /// Proved upper bound.
        hi: i128,
        /// Bytes of an element.
        bytes: usize,
    },
    /// Integers of this many bytes don't fill a limb.
    #[error("integers of {bytes} bytes don't fill a 30-byte limb: use 1, 2, 3 or 5")]
    ElementBytes {
        /// Bytes of an element.
        bytes: usize,
    },
    /// More leaves than a tree has.
    #[error("{leaves} leaves in a tree of {capacity}: use a deeper tree")]
    TreeFull {
        /// Leaves given.
        leaves: usize,
        /// Leaves the tree has.
        capacity: usize,
    },
    /// A witness that no wire can carry, such as a position past the end.
    #[error("{operation}: the witness is outside its range: the instance is invalid")]
    OutOfRange {
        /// What was to be allocated.
        operation: &'static str,
    },
    /// The constraint system refused.
    #[error(transparent)]
    Synthesis(#[from] SynthesisError),
}

impl From<Error> for SynthesisError {
    fn from(error: Error) -> Self {
        match error {
            Error::Synthesis(error) => error,
            error => Self::IoError(std::io::Error::other(error)),
        }
    }
}
