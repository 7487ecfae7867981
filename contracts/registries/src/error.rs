//! Why another contract, or what it holds, is refused.

use assay_protocol::id::{BlobId, CircuitId, DatasetId, ModelId, StatementElement};
use assay_protocol::parameters::BlobHash;
use cosmwasm_std::StdError;

/// Why another contract, or what it holds, is refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An address or a query.
    #[error(transparent)]
    Std(#[from] StdError),
    /// A key that isn't one.
    #[error(transparent)]
    Groth16(#[from] assay_groth16::Error),

    /// A registry that isn't a contract.
    #[error("the {name} {address} is not a contract: instantiate it first")]
    NotAContract {
        /// Which registry.
        name: &'static str,
        /// Its address.
        address: String,
    },
    /// A registry whose code somebody can change.
    #[error("the {name} {address} has the admin {admin}: use one without, or clear it")]
    HasAdmin {
        /// Which registry.
        name: &'static str,
        /// Its address.
        address: String,
        /// Who can change its code.
        admin: String,
    },
    /// A registry that runs other code than it should.
    #[error("the {name} {address} runs code {found}, not {expected}: check both")]
    WrongCode {
        /// Which registry.
        name: &'static str,
        /// Its address.
        address: String,
        /// The checksum given.
        expected: String,
        /// The checksum on chain.
        found: String,
    },

    /// No dataset with this id.
    #[error("there is no dataset {dataset} in the dataset registry: register it first")]
    UnknownDataset {
        /// The id asked for.
        dataset: DatasetId,
    },
    /// No circuit with this id.
    #[error("there is no circuit {circuit} in the circuit registry: register it first")]
    UnknownCircuit {
        /// The id asked for.
        circuit: CircuitId,
    },
    /// A registered key that this version can't read.
    #[error("circuit {circuit} has a key that can't be read here: use another circuit")]
    CorruptKey {
        /// The circuit.
        circuit: CircuitId,
    },
    /// A circuit that proves something else.
    #[error("circuit {circuit} doesn't prove {needed}: choose one that does")]
    WrongKind {
        /// The circuit.
        circuit: CircuitId,
        /// What it should prove.
        needed: &'static str,
    },
    /// A key whose maker could forge, where that isn't allowed.
    #[error(
        "circuit {circuit} has a development key, whose maker can forge proofs: \
         use one from a ceremony"
    )]
    DevelopmentKey {
        /// The circuit.
        circuit: CircuitId,
    },
    /// Parameters that aren't complete, or that the circuit names in another way.
    #[error(
        "no blob {blob} hashed by {} is finalised in the model store: finalise it, or upload \
         one that is hashed as the circuit needs",
        hash_name(*hash)
    )]
    NoSuchBlob {
        /// The blob.
        blob: BlobId,
        /// What the circuit needs it to be named by.
        hash: BlobHash,
    },
    /// Parameters whose fingerprint isn't known yet.
    #[error(
        "blob {blob} isn't evaluated at {point}: send evaluate to the model store until it is done"
    )]
    NotEvaluated {
        /// The blob.
        blob: BlobId,
        /// The proof's second challenge.
        point: StatementElement,
    },
    /// No hidden model with this id.
    #[error("there is no hidden model {model} in the model store: register it first")]
    UnknownModel {
        /// The id asked for.
        model: ModelId,
    },
}

fn hash_name(hash: BlobHash) -> &'static str {
    match hash {
        BlobHash::Poseidon => "poseidon",
        BlobHash::Sha256 => "sha256",
    }
}
