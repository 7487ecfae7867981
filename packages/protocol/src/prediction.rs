//! Predictions: what their circuits are parametrised by, how inputs, parameters and outputs
//! become bytes, and the commitment to a hidden model.
//!
//! A prediction maps rows of bytes, quantised by a public [schema](crate::schema), to
//! outputs by a [`Graph`] of operators on exact integers. What an operator means is the
//! prover's business: here it is a name with attributes.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::Scalar;
use crate::hash::{Tag, hash_bytes, hash_elements};
use crate::id::{InputDigest, ModelCommitment, OutputDigest, ParametersRoot, SchemaDigest};
use crate::parameters::MAX_BLOB_BYTES;

/// The most rows in one proof.
pub const MAX_ROWS: u32 = 1024;
/// The most bytes of inputs in one proof, all rows together.
pub const MAX_INPUT_BYTES: usize = 65_536;
/// The most bytes of outputs in one proof, all rows together.
pub const MAX_OUTPUT_BYTES: usize = 65_536;
/// The most classes: a label is a byte.
pub const MAX_CLASSES: u32 = 256;
/// The most nodes in a graph.
pub const MAX_NODES: usize = 256;
/// Bytes of an output that isn't a label.
pub const NUMBER_BYTES: usize = 5;
/// Added to an output that isn't a label, so that its bytes are of an unsigned integer.
pub const NUMBER_OFFSET: i64 = 1 << (8 * NUMBER_BYTES - 1);
/// The most fraction bits of an output.
pub const MAX_FRACTION_BITS: u32 = 39;
/// The least width of a hidden model's bucket: one unit wide it would be the exact score.
/// What else a bucket gives away depends on the score's bounds: [`MAX_HIDDEN_BUCKETS`].
pub const MIN_HIDDEN_BUCKET_WIDTH: u64 = 2;
/// The most buckets between the proved bounds of a hidden model's score, so that an answer
/// tells no more than a label could: a byte a row. More of them come near the score itself,
/// or hide several scores in one integer.
pub const MAX_HIDDEN_BUCKETS: u32 = MAX_CLASSES;

/// Why a prediction's specification or data is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PredictionError {
    /// No row, or too many.
    #[error("{0} rows in a proof; it holds 1 to {MAX_ROWS}")]
    Rows(u32),
    /// No input, or too much.
    #[error(
        "{rows} rows of {features} features; a proof holds 1 to {MAX_INPUT_BYTES} bytes of inputs"
    )]
    Input {
        /// Rows in a proof.
        rows: u32,
        /// Features in a row.
        features: u32,
    },
    /// Too few or too many classes or scores, or too many bytes of them in all rows.
    #[error(
        "{count} {form} a row, {rows} rows; labels have 2 to {MAX_CLASSES} classes, and a proof \
         holds 1 to {MAX_OUTPUT_BYTES} bytes of outputs"
    )]
    Output {
        /// What is counted.
        form: &'static str,
        /// How many.
        count: u32,
        /// Rows in a proof.
        rows: u32,
    },
    /// A bucket without width.
    #[error("a bucket must be at least one unit wide: choose a wider one")]
    BucketWidth,
    /// A bucket that is all but the score of a hidden model.
    #[error(
        "a bucket {0} unit wide gives a hidden model's scores away: make it at least \
         {MIN_HIDDEN_BUCKET_WIDTH} units wide"
    )]
    HiddenBucketWidth(u64),
    /// More fraction bits than an output has bits.
    #[error("{0} fraction bits in an output; it has at most {MAX_FRACTION_BITS}")]
    FractionBits(u32),
    /// Scores of a hidden model, which give it away.
    #[error(
        "exact scores give a hidden model away: answer with the label, or with a bucket of stated width"
    )]
    HiddenScores,
    /// No node, or too many.
    #[error("{0} nodes in a graph; it has 1 to {MAX_NODES}")]
    Nodes(usize),
    /// A node that uses what comes after it.
    #[error("node {node} ({operator}) uses value {input}, which doesn't come before it")]
    Order {
        /// The node, from 0.
        node: usize,
        /// Its operator.
        operator: String,
        /// The value it names.
        input: u32,
    },
    /// A parameter tensor that no blob holds.
    #[error(
        "parameter tensor {tensor} has shape {shape:?} of {bytes}-byte integers: dimensions \
         must not be 0, integers have 1, 2, 3 or 5 bytes, all tensors together at most {MAX_BLOB_BYTES}"
    )]
    Tensor {
        /// The tensor, from 0.
        tensor: usize,
        /// Its shape.
        shape: Vec<u32>,
        /// Bytes of its integers.
        bytes: u8,
    },
    /// Integers that aren't the tensors', or outputs that aren't the rows'.
    #[error("{found} integers where {expected} belong")]
    Count {
        /// How many belong there.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// An integer that its bytes can't hold.
    #[error("integer {value} at position {index} doesn't fit {bytes} bytes")]
    OutOfRange {
        /// Its place.
        index: usize,
        /// The integer.
        value: i64,
        /// The bytes.
        bytes: usize,
    },
    /// Bytes of another length.
    #[error("{found} bytes where {expected} belong: the file is truncated or belongs elsewhere")]
    Length {
        /// How many belong there.
        expected: usize,
        /// How many there are.
        found: usize,
    },
}

/// How a proof names the model's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// By the root of the bytes, which everyone can read.
    Root,
    /// By a hiding commitment.
    Hidden,
    /// By a digest and the [fingerprint](crate::fingerprint) of the bytes, which everyone can
    /// read: the smallest circuits and the cheapest uploads, for an evaluation on chain with
    /// every proof.
    Fingerprint,
}

/// What a row is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case", deny_unknown_fields)]
pub enum Output {
    /// A class: the one with the highest score, the lowest number among equals; of a single
    /// score whether it is positive.
    Label {
        /// Number of classes.
        classes: u32,
    },
    /// `floor(score / width)` of a single score. Of a hidden model at least
    /// [`MIN_HIDDEN_BUCKET_WIDTH`] wide, with at most [`MAX_HIDDEN_BUCKETS`] between the
    /// score's bounds.
    Bucket {
        /// Width in units of `2^-fraction_bits`.
        width: u64,
        /// A unit of the score is `2^-fraction_bits`.
        fraction_bits: u32,
    },
    /// Every score. It gives the model away, so never of a hidden one.
    Scores {
        /// Number of scores.
        count: u32,
        /// A unit of a score is `2^-fraction_bits`.
        fraction_bits: u32,
    },
}

impl Output {
    /// Integers in the answer to a row.
    pub fn integers(&self) -> usize {
        match *self {
            Self::Label { .. } | Self::Bucket { .. } => 1,
            Self::Scores { count, .. } => count as usize,
        }
    }

    /// Bytes of each of them.
    pub fn integer_bytes(&self) -> usize {
        match self {
            Self::Label { .. } => 1,
            Self::Bucket { .. } | Self::Scores { .. } => NUMBER_BYTES,
        }
    }

    /// What is added to an integer to make it unsigned.
    pub fn offset(&self) -> i64 {
        match self {
            Self::Label { .. } => 0,
            Self::Bucket { .. } | Self::Scores { .. } => NUMBER_OFFSET,
        }
    }
}

/// A parameter tensor: its shape, and the bytes of each of its little-endian two's
/// complement integers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tensor {
    /// Its dimensions.
    pub shape: Vec<u32>,
    /// 1, 2, 3 or 5.
    pub bytes: u8,
}

impl Tensor {
    /// The number of its integers, if that is a number of anything.
    pub fn len(&self) -> Option<usize> {
        self.shape.iter().try_fold(1usize, |len, &dimension| {
            len.checked_mul(dimension as usize)
        })
    }

    /// Whether it has no integers.
    pub fn is_empty(&self) -> bool {
        self.shape.contains(&0)
    }
}

/// One application of an operator. Value 0 is the row, value `i + 1` what node `i` computes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// The operator's name.
    pub operator: String,
    /// The values that it is applied to.
    pub inputs: Vec<u32>,
    /// What else it needs: integers by name.
    pub attributes: BTreeMap<String, Vec<i64>>,
}

/// What is computed of a row. The last node's value is the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Graph {
    /// The parameter tensors, in the order of the blob.
    pub tensors: Vec<Tensor>,
    /// The nodes, each after those it uses.
    pub nodes: Vec<Node>,
}

impl Graph {
    /// Bytes of the parameter blob.
    pub fn parameter_bytes(&self) -> usize {
        let bytes = |tensor: &Tensor| tensor.len().map(|len| len * usize::from(tensor.bytes));
        self.tensors.iter().filter_map(bytes).sum()
    }

    /// The parameter blob.
    ///
    /// # Errors
    /// [`PredictionError::Count`], [`PredictionError::OutOfRange`].
    pub fn parameters_to_bytes(&self, tensors: &[Vec<i64>]) -> Result<Vec<u8>, PredictionError> {
        expect_count(self.tensors.len(), tensors.len())?;
        let mut blob = Vec::with_capacity(self.parameter_bytes());
        for (tensor, integers) in self.tensors.iter().zip(tensors) {
            expect_count(tensor.len().unwrap_or(0), integers.len())?;
            let bytes = usize::from(tensor.bytes);
            let half = 1i64 << (8 * bytes - 1);
            for (index, &value) in integers.iter().enumerate() {
                if !(-half..half).contains(&value) {
                    return Err(PredictionError::OutOfRange {
                        index,
                        value,
                        bytes,
                    });
                }
                blob.extend_from_slice(&value.to_le_bytes()[..bytes]);
            }
        }
        Ok(blob)
    }

    /// The tensors' integers.
    ///
    /// # Errors
    /// [`PredictionError::Length`] for a blob of another length.
    pub fn parameters_from_bytes(&self, blob: &[u8]) -> Result<Vec<Vec<i64>>, PredictionError> {
        expect_length(self.parameter_bytes(), blob.len())?;
        let mut rest = blob;
        let mut read = |tensor: &Tensor| {
            let bytes = usize::from(tensor.bytes);
            let (own, others) = rest.split_at(tensor.len().unwrap_or(0) * bytes);
            rest = others;
            own.chunks_exact(bytes).map(signed).collect()
        };
        Ok(self.tensors.iter().map(&mut read).collect())
    }

    fn check(&self) -> Result<(), PredictionError> {
        if !(1..=MAX_NODES).contains(&self.nodes.len()) {
            return Err(PredictionError::Nodes(self.nodes.len()));
        }
        for (
            node,
            Node {
                operator, inputs, ..
            },
        ) in self.nodes.iter().enumerate()
        {
            if let Some(&input) = inputs.iter().find(|&&input| input as usize > node) {
                let operator = operator.chars().take(40).collect();
                return Err(PredictionError::Order {
                    node,
                    operator,
                    input,
                });
            }
        }
        let mut total = 0;
        for (index, tensor) in self.tensors.iter().enumerate() {
            let refused = || PredictionError::Tensor {
                tensor: index,
                shape: tensor.shape.iter().copied().take(8).collect(),
                bytes: tensor.bytes,
            };
            let len = tensor.len().filter(|&len| len > 0).ok_or_else(refused)?;
            let (1 | 2 | 3 | 5) = tensor.bytes else {
                return Err(refused());
            };
            total = len
                .checked_mul(usize::from(tensor.bytes))
                .and_then(|bytes| bytes.checked_add(total))
                .filter(|&total| total <= MAX_BLOB_BYTES as usize)
                .ok_or_else(refused)?;
        }
        Ok(())
    }
}

/// What a prediction's circuit computes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prediction {
    /// How a proof names the parameters.
    pub parameters: Binding,
    /// Rows in a proof.
    pub rows: u32,
    /// Features of a row, each a byte.
    pub features: u32,
    /// What a row is answered with.
    pub output: Output,
    /// What is computed of a row.
    pub graph: Graph,
}

impl Prediction {
    /// Checks what can be checked without knowing the operators.
    ///
    /// # Errors
    /// [`PredictionError`] with the condition that fails.
    pub fn check(&self) -> Result<(), PredictionError> {
        let (rows, features) = (self.rows, self.features);
        if !(1..=MAX_ROWS).contains(&rows) {
            return Err(PredictionError::Rows(rows));
        }
        if features == 0 || self.input_bytes() > MAX_INPUT_BYTES {
            return Err(PredictionError::Input { rows, features });
        }
        self.check_output()?;
        self.graph.check()
    }

    fn check_output(&self) -> Result<(), PredictionError> {
        let is_hidden = self.parameters == Binding::Hidden;
        match self.output {
            Output::Label { classes } => {
                self.expect_output("classes", classes, (2..=MAX_CLASSES).contains(&classes))
            }
            Output::Bucket { width: 0, .. } => Err(PredictionError::BucketWidth),
            Output::Bucket { width, .. } if is_hidden && width < MIN_HIDDEN_BUCKET_WIDTH => {
                Err(PredictionError::HiddenBucketWidth(width))
            }
            Output::Bucket { fraction_bits, .. } => {
                check_fraction_bits(fraction_bits)?;
                self.expect_output("bucket", 1, true)
            }
            Output::Scores { .. } if is_hidden => Err(PredictionError::HiddenScores),
            Output::Scores {
                count,
                fraction_bits,
            } => {
                check_fraction_bits(fraction_bits)?;
                self.expect_output("scores", count, count > 0)
            }
        }
    }

    fn expect_output(
        &self,
        form: &'static str,
        count: u32,
        allowed: bool,
    ) -> Result<(), PredictionError> {
        if allowed && self.output_bytes() <= MAX_OUTPUT_BYTES {
            return Ok(());
        }
        let rows = self.rows;
        Err(PredictionError::Output { form, count, rows })
    }

    /// Bytes of a proof's inputs: `[rows, features]`.
    pub fn input_bytes(&self) -> usize {
        (self.rows as usize).saturating_mul(self.features as usize)
    }

    /// Bytes of a proof's outputs: `[rows, integers]`.
    pub fn output_bytes(&self) -> usize {
        (self.rows as usize)
            .saturating_mul(self.output.integers())
            .saturating_mul(self.output.integer_bytes())
    }

    /// Outputs as bytes, all rows in order: a byte for each label, else [`NUMBER_BYTES`]
    /// little-endian bytes of the integer plus [`NUMBER_OFFSET`].
    ///
    /// # Errors
    /// [`PredictionError::Count`], [`PredictionError::OutOfRange`].
    pub fn output_to_bytes(&self, integers: &[i64]) -> Result<Vec<u8>, PredictionError> {
        expect_count(self.rows as usize * self.output.integers(), integers.len())?;
        let (bytes, offset) = (self.output.integer_bytes(), self.output.offset());
        let mut encoded = Vec::with_capacity(self.output_bytes());
        for (index, &value) in integers.iter().enumerate() {
            let fits = |unsigned: &i64| (0..1 << (8 * bytes)).contains(unsigned);
            let unsigned = value.checked_add(offset).filter(fits);
            let unsigned = unsigned.ok_or(PredictionError::OutOfRange {
                index,
                value,
                bytes,
            })?;
            encoded.extend_from_slice(&unsigned.to_le_bytes()[..bytes]);
        }
        Ok(encoded)
    }

    /// The integers of outputs.
    ///
    /// # Errors
    /// [`PredictionError::Length`] for another number of bytes.
    pub fn output_from_bytes(&self, bytes: &[u8]) -> Result<Vec<i64>, PredictionError> {
        expect_length(self.output_bytes(), bytes.len())?;
        let integers = bytes.chunks_exact(self.output.integer_bytes());
        Ok(integers
            .map(|bytes| unsigned(bytes) - self.output.offset())
            .collect())
    }
}

/// What a hidden model's commitment opens to.
#[derive(Clone, Copy)]
pub struct Opening {
    /// Root of the parameter blob.
    pub root: ParametersRoot,
    /// Digest of the schema that maps rows to integers.
    pub schema: SchemaDigest,
    /// Hiding salt: 31 fresh random bytes.
    pub salt: Scalar,
}

impl Opening {
    /// The elements in the order in which they are hashed.
    pub fn elements(&self) -> [Scalar; 3] {
        [self.root.0, self.schema.0, self.salt]
    }

    /// The commitment.
    pub fn commitment(&self) -> ModelCommitment {
        ModelCommitment(hash_elements(Tag::ModelCommitment, &self.elements()))
    }
}

/// The digest of a prediction's inputs, all rows in order.
pub fn input_digest(bytes: &[u8]) -> InputDigest {
    InputDigest(hash_bytes(Tag::PredictionInput, bytes))
}

/// The digest of a prediction's outputs, all rows in order.
pub fn output_digest(bytes: &[u8]) -> OutputDigest {
    OutputDigest(hash_bytes(Tag::PredictionOutput, bytes))
}

fn check_fraction_bits(bits: u32) -> Result<(), PredictionError> {
    if bits > MAX_FRACTION_BITS {
        return Err(PredictionError::FractionBits(bits));
    }
    Ok(())
}

fn expect_count(expected: usize, found: usize) -> Result<(), PredictionError> {
    if found == expected {
        return Ok(());
    }
    Err(PredictionError::Count { expected, found })
}

fn expect_length(expected: usize, found: usize) -> Result<(), PredictionError> {
    if found == expected {
        return Ok(());
    }
    Err(PredictionError::Length { expected, found })
}

/// At most eight little-endian bytes of an unsigned integer below 2^63.
fn unsigned(bytes: &[u8]) -> i64 {
    bytes
        .iter()
        .rev()
        .fold(0, |integer, &byte| (integer << 8) | i64::from(byte))
}

/// At most five little-endian bytes of a two's complement integer.
fn signed(bytes: &[u8]) -> i64 {
    let half = 1i64 << (8 * bytes.len() - 1);
    let integer = unsigned(bytes);
    if integer < half {
        integer
    } else {
        integer - 2 * half
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
