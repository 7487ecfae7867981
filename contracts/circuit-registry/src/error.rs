//! Why a message or a query is refused.

use assay_protocol::circuit::Kind;
use assay_protocol::id::CircuitId;
use assay_protocol::messages::circuit_registry::{MAX_SPEC_BYTES, MAX_STATEMENT_ELEMENTS};
use cosmwasm_std::StdError;
use cw_utils::PaymentError;

/// Why a message or a query is refused.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// Storage or encoding.
    #[error(transparent)]
    Std(#[from] StdError),
    /// Funds where none are taken.
    #[error("{0}: the circuit registry takes no funds")]
    Payment(#[from] PaymentError),
    /// A key or a proof that is malformed, or a proof that doesn't hold.
    #[error(transparent)]
    Groth16(#[from] assay_groth16::Error),
    /// A specification that is empty or too long.
    #[error("a specification has 1 to {MAX_SPEC_BYTES} bytes, not {len}: use `assay circuit spec`")]
    SpecLength {
        /// Its bytes.
        len: usize,
    },
    /// A statement of more elements than any kind has.
    #[error(
        "a statement has at most {MAX_STATEMENT_ELEMENTS} elements, not {len}: pass those of the circuit's kind, without challenges"
    )]
    StatementLength {
        /// Its elements.
        len: usize,
    },
    /// A fingerprint that no challenge could be drawn for.
    #[error("a circuit for {kind} has challenges: set the circuit up anew")]
    NoChallenges {
        /// The kind.
        kind: Kind,
    },
    /// A statement that needs the parameters' bytes.
    #[error("a proof of a {kind} is checked against the parameters: pass their bytes")]
    NoParameters {
        /// The kind.
        kind: Kind,
    },
    /// A statement that says nothing of the parameters' bytes.
    #[error("a proof of a {kind} has no fingerprint: leave out the parameters")]
    ParametersOfOtherKind {
        /// The kind.
        kind: Kind,
    },
    /// Bytes that the statement isn't about.
    #[error("the parameters' digest isn't the statement's: pass the bytes that it is about")]
    OtherParameters,
    /// A setup record whose truth this contract can't check.
    #[error(
        "this registry can't check a ceremony's transcript: register the key as a development key"
    )]
    UncheckedCeremony,
    /// No circuit with this id.
    #[error("there is no circuit {id}: register it first")]
    UnknownCircuit {
        /// The id asked for.
        id: CircuitId,
    },
    /// Storage that this contract can't have written.
    #[error("circuit {id} has a corrupt key: report this chain's storage")]
    CorruptKey {
        /// Its id.
        id: CircuitId,
    },
}
