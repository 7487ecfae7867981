//! A proof with everything that its statement holds, so that whoever checks it computes
//! the digest and never trusts one.

use alloc::string::String;
use alloc::vec::Vec;
use core::convert::Infallible;

use assay_groth16::Proof;
use assay_protocol::Scalar;
use assay_protocol::challenge::Commitment;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{CircuitId, StatementDigest};
use assay_protocol::schema::Schema;
use assay_protocol::statement::digest_of_kind;
use serde::de::Error;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::fields::Fields;
use crate::file::Format;
use crate::{Assignment, Claim};

/// A proof and its statement's parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofFile {
    /// What is proved.
    pub claim: Claim,
    /// The circuit whose key verifies it.
    pub circuit: CircuitId,
    /// What it is for.
    pub assignment: Assignment,
    /// The bytes of the proof: 192 or, with challenges, 240.
    pub proof: Vec<u8>,
}

impl ProofFile {
    /// The file of a proof.
    pub fn new(circuit: CircuitId, assignment: Assignment, claim: Claim, proof: &Proof) -> Self {
        Self {
            claim,
            circuit,
            assignment,
            proof: proof.to_bytes(),
        }
    }

    /// The same file with the schema told, so that columns and classes have names.
    #[must_use]
    pub fn with_schema(mut self, schema: Schema) -> Self {
        self.claim = self.claim.with_schema(schema);
        self
    }

    /// The kind of statement.
    pub fn kind(&self) -> Kind {
        self.claim.kind()
    }

    /// The statement's elements, computed from its parts, in the order in which they are
    /// hashed.
    pub fn elements(&self) -> Vec<Scalar> {
        let context = self.assignment.context(self.kind(), self.circuit);
        self.claim.elements(context.to_scalar())
    }

    /// The statement's digest, computed from its parts and the commitment of a proof that
    /// has one.
    pub fn statement(&self, commitment: Option<&Commitment>) -> StatementDigest {
        // A claim has what its kind asks for.
        let evaluate =
            |point| Ok::<_, Infallible>(self.claim.fingerprint(point).unwrap_or_default());
        let Ok(digest) = digest_of_kind(self.kind(), &self.elements(), commitment, evaluate);
        digest
    }
}

impl Format for ProofFile {
    const FORMAT: &'static str = "assay-proof";

    fn check(&self) -> Result<(), String> {
        self.assignment.check(self.kind())
    }
}

impl Serialize for ProofFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.claim.write(&mut map)?;
        map.serialize_entry("circuit", &self.circuit)?;
        map.serialize_entry("assignment", &self.assignment)?;
        map.serialize_entry("proof", &hex::encode(&self.proof))?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for ProofFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(Value::deserialize(deserializer)?).map_err(Error::custom)
    }
}

/// Reads the fields, which depend on the kind. The kind that counts is the circuit's: it
/// is compared with this one before anything is proved.
fn read(value: Value) -> Result<ProofFile, String> {
    let mut fields = Fields::of(value, "a proof")?;
    let kind = Kind::deserialize(fields.value("kind")?)
        .map_err(|error| alloc::format!("kind: {error}"))?;
    let file = ProofFile {
        claim: Claim::read(&mut fields, kind)?,
        circuit: fields.id("circuit")?,
        assignment: Assignment::read(fields.value("assignment")?, kind)?,
        proof: fields.bytes("proof")?,
    };
    fields.finish()?;
    Ok(file)
}
