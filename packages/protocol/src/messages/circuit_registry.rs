//! circuit-registry: verifying keys, immutable and content-addressed.

use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::Binary;
use cosmwasm_std::storage_keys::namespace_with_key;

use crate::circuit::{Kind, SetupRecord};
use crate::id::{CircuitId, Sha256Digest, StatementElement};

/// Storage namespace (a `Map` from the 32 bytes of a [`CircuitId`]) of the
/// binary [`RegisteredKey`]s that other contracts read raw.
pub const KEYS: &str = "key";

/// The storage key of a circuit's [`RegisteredKey`].
pub fn registered_key(circuit: &CircuitId) -> Vec<u8> {
    namespace_with_key(&[KEYS.as_bytes()], &circuit.0)
}

/// The longest specification, in bytes: a prediction's holds a graph.
pub const MAX_SPEC_BYTES: usize = 65_536;

/// The most elements of a statement, challenges not counted.
pub const MAX_STATEMENT_ELEMENTS: usize = 8;

/// Nothing to configure: there is no admin.
#[cw_serde]
pub struct InstantiateMsg {}

/// What may be executed.
///
/// Each message answers with one event, `assay-` and its name.
#[cw_serde]
pub enum ExecuteMsg {
    /// Registers a verifying key; anyone may. Specification and
    /// constraint system are a claim that `assay circuit check` tests: the
    /// chain can't. Attribute `circuit_id` is the id.
    ///
    /// What is registered already stays as it is, and attribute `new` is `false`: nobody
    /// can make a transaction fail by registering the same before.
    Register {
        /// The statement's kind.
        kind: Kind,
        /// The circuit's canonical specification.
        spec: String,
        /// Digest of the constraint system that the key was made for.
        constraint_system: Sha256Digest,
        /// The verifying key's canonical bytes: 432 or, with challenges, 528.
        verifying_key: Binary,
        /// How the key was made. Only development keys are taken: this version can't
        /// check a ceremony's transcript.
        setup: SetupRecord,
    },
}

/// What may be asked.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// One registration.
    #[returns(CircuitResponse)]
    Circuit {
        /// Its id.
        id: CircuitId,
    },
    /// Registrations in the order of their ids.
    #[returns(CircuitsResponse)]
    Circuits {
        /// The last id of the page before.
        start_after: Option<CircuitId>,
        /// Entries in the page.
        limit: Option<u32>,
    },
    /// Whether a proof of a statement holds; an error says why not.
    ///
    /// The registry computes the statement's digest, with the tag of the circuit's kind and
    /// with the challenges that the proof's commitment gives. Whoever chooses challenges can
    /// prove what is false, so a digest that others made would say nothing.
    #[returns(VerifyResponse)]
    Verify {
        /// The circuit.
        id: CircuitId,
        /// The statement's elements in the order in which they are hashed, without
        /// challenges; at most 8.
        elements: Vec<StatementElement>,
        /// The parameters' bytes where the kind has a [fingerprint](crate::fingerprint), and
        /// only there. Their digest must be in its place among the elements. Another
        /// contract's query holds some 36,000 bytes of them.
        parameters: Option<Binary>,
        /// The proof's bytes: 192 or, with challenges, 240.
        proof: Binary,
    },
}

/// One registration.
#[cw_serde]
pub struct CircuitResponse {
    /// Its id.
    pub id: CircuitId,
    /// The statement's kind.
    pub kind: Kind,
    /// The specification that the registration claims.
    pub spec: String,
    /// The digest of the constraint system that the registration claims.
    pub constraint_system: Sha256Digest,
    /// The verifying key's bytes: 432 or, with challenges, 528.
    pub verifying_key: Binary,
    /// How the key was made.
    pub setup: SetupRecord,
}

/// A registration in a list, without what makes it long.
#[cw_serde]
pub struct CircuitEntry {
    /// Its id.
    pub id: CircuitId,
    /// The statement's kind.
    pub kind: Kind,
    /// Whether one party made the key alone.
    pub development: bool,
}

/// A page of registrations.
#[cw_serde]
pub struct CircuitsResponse {
    /// The entries.
    pub circuits: Vec<CircuitEntry>,
    /// `start_after` of the next page, if there is one.
    pub next: Option<CircuitId>,
}

/// A proof that holds.
#[cw_serde]
pub struct VerifyResponse {
    /// Always true; a proof that doesn't hold is an error with its reason.
    pub valid: bool,
}

/// A key as other contracts read it: `kind | development | prepared key`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegisteredKey<'a> {
    /// The statement's kind.
    pub kind: Kind,
    /// Whether one party made the key alone.
    pub development: bool,
    /// The prepared verifying key.
    pub prepared: &'a [u8],
}

impl<'a> RegisteredKey<'a> {
    /// As bytes for storage.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.kind as u8, u8::from(self.development)];
        bytes.extend_from_slice(self.prepared);
        bytes
    }

    /// From a registry's storage; `None` if it isn't what a registry writes.
    pub fn from_bytes(bytes: &'a [u8]) -> Option<Self> {
        let (&[kind, development], prepared) = bytes.split_first_chunk::<2>()?;
        let development = match development {
            0 => false,
            1 => true,
            _ => return None,
        };
        Some(Self {
            kind: Kind::from_byte(kind)?,
            development,
            prepared,
        })
    }
}
