//! A dataset as integers, and its hiding commitment.
//!
//! Rows are `features` bytes and one byte of label, in order. A block holds as
//! many whole rows as fit in [`BLOCK_BYTES`]; the last block is filled with
//! zero rows. Blocks are the leaves of a tree of [`TREE_DEPTH`] levels of
//! [`TREE_ARITY`] children, filled with blocks of zeros, so the root depends on
//! the data alone and on no circuit's capacity. The commitment hashes sizes,
//! schema and root together with a salt.

use alloc::vec;
use alloc::vec::Vec;

use crate::Scalar;
use crate::hash::{Tag, hash_bytes, hash_elements};
use crate::id::DatasetCommitment;

/// The most bytes in a block of rows: five permutations of eight 30-byte limbs.
pub const BLOCK_BYTES: usize = 1200;
/// Levels of the tree above the blocks.
pub const TREE_DEPTH: usize = 5;
/// Children of a node: one permutation.
pub const TREE_ARITY: usize = 8;
/// The most blocks.
pub const MAX_BLOCKS: usize = TREE_ARITY.pow(TREE_DEPTH as u32);
/// The most features: a row and its label fit a block.
pub const MAX_FEATURES: usize = BLOCK_BYTES - 1;
/// The most classes: a label is a byte.
pub const MAX_CLASSES: usize = 256;

/// Why rows are not a dataset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DatasetError {
    /// No rows at all.
    #[error("a dataset needs at least one row")]
    Empty,
    /// No feature, or more than fit a block.
    #[error("{0} features; a dataset has 1 to {max}", max = MAX_FEATURES)]
    Features(usize),
    /// Fewer than two classes, or more than a byte tells apart.
    #[error("{0} classes; a dataset has 2 to {max}", max = MAX_CLASSES)]
    Classes(usize),
    /// Features and labels don't have the same number of rows.
    #[error("{values} feature values aren't {labels} rows of {features}")]
    Shape {
        /// Number of feature values.
        values: usize,
        /// Number of labels.
        labels: usize,
        /// Features in a row.
        features: usize,
    },
    /// A label that is no class.
    #[error("row {row} has label {label}; classes are 0 to {last}", last = classes - 1)]
    Label {
        /// Row, from 0.
        row: usize,
        /// Its label.
        label: u8,
        /// Number of classes.
        classes: usize,
    },
    /// More rows than the tree holds.
    #[error("{rows} rows; a dataset of {features} features holds at most {max}")]
    Rows {
        /// Number of rows.
        rows: usize,
        /// Features in a row.
        features: usize,
        /// The most rows.
        max: usize,
    },
}

/// Rows of byte features with a class label each.
///
/// `Debug` prints the shape only: the rows may be private.
#[derive(Clone, PartialEq, Eq)]
pub struct Dataset {
    features: usize,
    classes: usize,
    values: Vec<u8>,
    labels: Vec<u8>,
}

impl core::fmt::Debug for Dataset {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "Dataset({} x {}, {} classes)",
            self.rows(),
            self.features,
            self.classes
        )
    }
}

impl Dataset {
    /// A dataset from `values`, `[rows, features]` row by row, and a label a row.
    ///
    /// # Errors
    /// [`DatasetError`] where sizes don't fit or a label is no class.
    pub fn new(
        features: usize,
        classes: usize,
        values: Vec<u8>,
        labels: Vec<u8>,
    ) -> Result<Self, DatasetError> {
        let max = max_rows(features).ok_or(DatasetError::Features(features))?;
        let rows = labels.len();
        if !(2..=MAX_CLASSES).contains(&classes) {
            return Err(DatasetError::Classes(classes));
        }
        if rows == 0 {
            return Err(DatasetError::Empty);
        }
        if rows > max {
            return Err(DatasetError::Rows {
                rows,
                features,
                max,
            });
        }
        if values.len() != rows * features {
            return Err(DatasetError::Shape {
                values: values.len(),
                labels: rows,
                features,
            });
        }
        if let Some(row) = labels
            .iter()
            .position(|&label| usize::from(label) >= classes)
        {
            return Err(DatasetError::Label {
                row,
                label: labels[row],
                classes,
            });
        }
        Ok(Self {
            features,
            classes,
            values,
            labels,
        })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.labels.len()
    }

    /// Features in a row.
    pub fn features(&self) -> usize {
        self.features
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// The features of row `row`, or an empty slice past the last.
    pub fn row(&self, row: usize) -> &[u8] {
        self.values
            .get(row * self.features..(row + 1) * self.features)
            .unwrap_or(&[])
    }

    /// The labels, a row each.
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// The rows whose index satisfies `keep`, in order.
    ///
    /// # Errors
    /// [`DatasetError::Empty`] if none does.
    pub fn filter(&self, keep: impl Fn(usize) -> bool) -> Result<Self, DatasetError> {
        let kept: Vec<usize> = (0..self.rows()).filter(|&row| keep(row)).collect();
        let values = kept
            .iter()
            .flat_map(|&row| self.row(row).iter().copied())
            .collect();
        let labels = kept.iter().map(|&row| self.labels[row]).collect();
        Self::new(self.features, self.classes, values, labels)
    }

    /// The bytes of block `block`: whole rows, then zeros.
    pub fn block(&self, block: usize) -> Vec<u8> {
        let rows = rows_per_block(self.features);
        let mut bytes = Vec::with_capacity(block_bytes(self.features));
        for row in block * rows..((block + 1) * rows).min(self.rows()) {
            bytes.extend_from_slice(self.row(row));
            bytes.push(self.labels[row]);
        }
        bytes.resize(block_bytes(self.features), 0);
        bytes
    }

    /// The root of the tree over all blocks.
    pub fn root(&self) -> Scalar {
        let blocks = self.rows().div_ceil(rows_per_block(self.features));
        let mut level: Vec<Scalar> = (0..blocks).map(|b| block_digest(&self.block(b))).collect();
        for empty in &empty_subtrees(self.features)[..TREE_DEPTH] {
            level = level
                .chunks(TREE_ARITY)
                .map(|children| node(children, *empty))
                .collect();
        }
        level[0]
    }

    /// The hiding commitment to this dataset under a schema and a salt.
    pub fn commitment(&self, schema_digest: Scalar, salt: Scalar) -> DatasetCommitment {
        let opening = Opening {
            rows: self.rows() as u64,
            features: self.features as u64,
            classes: self.classes as u64,
            schema: schema_digest,
            root: self.root(),
            salt,
        };
        opening.commitment()
    }
}

/// What a dataset's commitment opens to.
#[derive(Clone, Copy)]
pub struct Opening {
    /// Number of rows.
    pub rows: u64,
    /// Features in a row.
    pub features: u64,
    /// Number of classes.
    pub classes: u64,
    /// Digest of schema and quantiser.
    pub schema: Scalar,
    /// Root of the tree of rows.
    pub root: Scalar,
    /// Hiding salt: 31 fresh random bytes.
    pub salt: Scalar,
}

impl Opening {
    /// The elements in the order in which they are hashed.
    pub fn elements(&self) -> [Scalar; 6] {
        let number = Scalar::from;
        [
            number(self.rows),
            number(self.features),
            number(self.classes),
            self.schema,
            self.root,
            self.salt,
        ]
    }

    /// The commitment.
    pub fn commitment(&self) -> DatasetCommitment {
        DatasetCommitment(hash_elements(Tag::DatasetCommitment, &self.elements()))
    }
}

/// Whole rows in a block.
pub fn rows_per_block(features: usize) -> usize {
    BLOCK_BYTES / (features + 1)
}

/// Bytes of a block's whole rows.
pub fn block_bytes(features: usize) -> usize {
    rows_per_block(features) * (features + 1)
}

/// The most rows with this many features; `None` if there can't be any.
pub fn max_rows(features: usize) -> Option<usize> {
    (1..=MAX_FEATURES)
        .contains(&features)
        .then(|| rows_per_block(features) * MAX_BLOCKS)
}

/// The digest of a block's bytes.
pub fn block_digest(bytes: &[u8]) -> Scalar {
    hash_bytes(Tag::DatasetBlock, bytes)
}

/// The roots of trees over blocks of zeros, from depth 0 to [`TREE_DEPTH`].
pub fn empty_subtrees(features: usize) -> [Scalar; TREE_DEPTH + 1] {
    let mut roots = [block_digest(&vec![0; block_bytes(features)]); TREE_DEPTH + 1];
    for depth in 0..TREE_DEPTH {
        roots[depth + 1] = node(&[], roots[depth]);
    }
    roots
}

/// A node over its first children, the others empty subtrees.
fn node(children: &[Scalar], empty: Scalar) -> Scalar {
    let mut all = [empty; TREE_ARITY];
    all[..children.len()].copy_from_slice(children);
    hash_elements(Tag::DatasetNode, &all)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
