//! Why a proof, or the key that it is checked with, is refused.

use alloc::string::String;
use core::fmt;

use assay_groth16 as groth16;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{CircuitId, SchemaDigest};

use crate::file::FileError;

/// The file that is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The verifying key.
    Key,
    /// The proof.
    Proof,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key => "verifying key file",
            Self::Proof => "proof file",
        })
    }
}

/// Why a proof is not believed. Each has a [`name`](Self::name) that never changes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A file that isn't what it should be.
    #[error("the {0} {1}")]
    File(Part, FileError),
    /// A specification outside the conditions under which its proofs mean something.
    #[error("the circuit's specification is refused: {0}")]
    Spec(String),
    /// Kind and specification of a registration differ.
    #[error("the registration says {claimed}, but its specification proves {found}: don't use it")]
    CircuitKind {
        /// The kind registered.
        claimed: Kind,
        /// The specification's kind.
        found: Kind,
    },
    /// A verifying key that is none.
    #[error(transparent)]
    KeyBytes(groth16::Error),
    /// A registration whose id isn't that of its content.
    #[error(
        "the registration says circuit {claimed}, but its content is circuit {found}: don't use it"
    )]
    WrongCircuitId {
        /// The id that the file says.
        claimed: CircuitId,
        /// The id of its content.
        found: CircuitId,
    },
    /// A proof for another circuit.
    #[error(
        "the proof is for circuit {proof}, the key is of circuit {key}: pass that circuit's key"
    )]
    OtherCircuit {
        /// The proof's.
        proof: CircuitId,
        /// The key's.
        key: CircuitId,
    },
    /// A proof of another kind than its circuit's.
    #[error("the proof says {proof}, its circuit proves {circuit}: the file was changed")]
    OtherKind {
        /// The proof's.
        proof: Kind,
        /// The circuit's.
        circuit: Kind,
    },
    /// A schema whose digest isn't the statement's.
    #[error(
        "the schema in the proof file has digest {found}, the statement holds {stated}: the file was changed"
    )]
    OtherSchema {
        /// The statement's.
        stated: SchemaDigest,
        /// The schema's.
        found: SchemaDigest,
    },
    /// A schema with other numbers of columns or classes than the circuit.
    #[error(
        "the schema has {columns} columns and {classes} classes, which isn't what the circuit takes: its maker used the wrong schema"
    )]
    SchemaShape {
        /// The schema's columns.
        columns: usize,
        /// The schema's classes.
        classes: usize,
    },
    /// Inputs that aren't the circuit's rows.
    #[error("the input has {found} bytes, the circuit takes {expected}: the file was changed")]
    InputLength {
        /// The circuit's.
        expected: usize,
        /// The file's.
        found: usize,
    },
    /// Outputs that aren't the circuit's answers.
    #[error("the output has {found} bytes, the circuit gives {expected}: the file was changed")]
    OutputLength {
        /// The circuit's.
        expected: usize,
        /// The file's.
        found: usize,
    },
    /// A label that is no class.
    #[error("the output says class {found}, the circuit has {classes}: the file was changed")]
    OutputRange {
        /// The label.
        found: i64,
        /// The circuit's classes.
        classes: u32,
    },
    /// Bytes that are no proof.
    #[error(transparent)]
    ProofBytes(groth16::Error),
    /// A proof that doesn't hold.
    #[error(transparent)]
    Proof(groth16::Error),
}

impl Refusal {
    /// The cause's name. Names never change, and the registries' and the escrow's errors
    /// about keys and proofs have the same ones.
    pub fn name(&self) -> &'static str {
        match self {
            Self::File(_, error) => error.name(),
            Self::Spec(_) => "spec_refused",
            Self::CircuitKind { .. } => "circuit_kind",
            Self::WrongCircuitId { .. } => "wrong_circuit_id",
            Self::OtherCircuit { .. } => "other_circuit",
            Self::OtherKind { .. } => "other_kind",
            Self::OtherSchema { .. } => "other_schema",
            Self::SchemaShape { .. } => "schema_shape",
            Self::InputLength { .. } => "input_length",
            Self::OutputLength { .. } => "output_length",
            Self::OutputRange { .. } => "output_range",
            Self::KeyBytes(error) | Self::ProofBytes(error) | Self::Proof(error) => error.name(),
        }
    }

    pub(crate) fn damaged_proof(reason: String) -> Self {
        Self::File(Part::Proof, FileError::damaged(reason))
    }
}
