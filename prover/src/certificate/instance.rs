//! What the certificate is about: the witness, and what is allocated of it.

use assay_gadgets::mask::{Label, Mask};
use assay_gadgets::{Bit, Int, Linear, Signed};
use assay_protocol::Scalar;
use assay_protocol::dataset::Dataset;

/// What the prover knows. No `Debug`: the data may be private.
#[derive(Clone, Copy)]
pub struct Witness<'a> {
    /// The dataset.
    pub data: &'a Dataset,
    /// Digest of its schema.
    pub schema_digest: Scalar,
    /// Salt of its commitment.
    pub salt: Scalar,
    /// The parameters, `[vectors, features + 1]`.
    pub parameters: &'a [i32],
    /// The statement's context.
    pub context: Scalar,
}

/// What the prover of a hidden model's statement knows. No `Debug`: it holds salts.
#[derive(Clone, Copy)]
pub struct HiddenWitness<'a> {
    /// What the prover of a public model's statement knows as well.
    pub training: Witness<'a>,
    /// The dataset has at least so many rows.
    pub minimum_rows: u32,
    /// Salt of the model's commitment.
    pub model_salt: Scalar,
}

/// Which statement a circuit proves, with its witness; none for setup.
#[derive(Clone, Copy)]
pub enum Claim<'a> {
    /// [`TrainingPublic`](assay_protocol::statement::TrainingPublic).
    Public(Option<Witness<'a>>),
    /// The same with a fingerprint.
    Fingerprint(Option<Witness<'a>>),
    /// [`TrainingHidden`](assay_protocol::statement::TrainingHidden).
    Hidden(Option<HiddenWitness<'a>>),
}

impl<'a> Claim<'a> {
    /// The part of the witness that every claim has.
    pub(super) fn training(&self) -> Option<Witness<'a>> {
        match self {
            Self::Public(witness) | Self::Fingerprint(witness) => *witness,
            Self::Hidden(witness) => witness.map(|hidden| hidden.training),
        }
    }
}

/// One row: its features, all range-checked, and its label.
pub(super) struct Row {
    pub(super) features: Vec<Int>,
    pub(super) label: Label,
}

/// Everything allocated that the certificate is about.
pub(super) struct Instance {
    pub(super) mask: Mask,
    /// The number of rows in use.
    pub(super) len: Int,
    pub(super) rows: Vec<Row>,
    /// Weight vectors.
    pub(super) vectors: Vec<Vec<Signed>>,
}

impl Instance {
    /// All wires in it that the prover chooses.
    pub(super) fn into_linears(self) -> Vec<Linear> {
        let mask = self.mask.bits().iter().map(Bit::linear);
        let features = self
            .rows
            .iter()
            .flat_map(|row| &row.features)
            .map(Int::linear);
        let labels = self
            .rows
            .iter()
            .flat_map(|row| row.label.bits())
            .map(Bit::linear);
        let weights = self
            .vectors
            .iter()
            .flatten()
            .map(|weight| weight.int().linear());
        mask.chain(features)
            .chain(labels)
            .chain(weights)
            .cloned()
            .collect()
    }
}
