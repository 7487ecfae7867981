//! What a proof shows, once it holds.

use alloc::string::String;
use alloc::vec::Vec;

use assay_protocol::certificate::SquaredHinge;
use assay_protocol::challenge::Commitment;
use assay_protocol::circuit::{CircuitSpec, SetupRecord};
use assay_protocol::hash::{Tag, hash_bytes};
use assay_protocol::id::{CircuitId, SchemaDigest, StatementDigest};
use assay_protocol::prediction::{Output, Prediction, PredictionError};
use assay_protocol::schema::Schema;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::claim::Answer;
use crate::{
    Assignment, Circuit, Claim, Fact, ProofFile, Refusal, decimal_gap, key_warning, words,
};

/// What exactly a proof shows. Every part is computed, or bound by the statement's digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// Kind and elements of the statement.
    pub claim: Claim,
    /// The circuit.
    pub circuit: CircuitId,
    /// What the circuit is registered to compute.
    pub spec: CircuitSpec,
    /// Of a certificate: an upper bound on how far the weights are from the least
    /// objective, in the objective's units.
    pub gap: Option<String>,
    /// Of a prediction: the integers of the output, all rows in order.
    pub output_integers: Option<Vec<i64>>,
    /// What it is for.
    pub assignment: Assignment,
    /// The statement's digest.
    pub statement: StatementDigest,
    /// How the key was made.
    pub setup: SetupRecord,
    /// All of it in words.
    pub facts: Vec<Fact>,
    /// What whoever relies on it is told.
    pub warning: Option<&'static str>,
}

impl Proved {
    /// What `file` says under `circuit`, of whose kind it is, computed from its parts and
    /// the commitment of its proof, if that has one.
    pub(crate) fn new(
        circuit: &Circuit,
        file: &ProofFile,
        commitment: Option<&Commitment>,
    ) -> Result<Self, Refusal> {
        check_schema_digest(&file.claim)?;
        let (gap, output_integers) = match circuit.spec() {
            CircuitSpec::SquaredHinge(method)
            | CircuitSpec::SquaredHingeHidden(method)
            | CircuitSpec::SquaredHingeFingerprint(method) => {
                check_certificate(method, &file.claim)?;
                (Some(decimal_gap(method.gap())), None)
            }
            CircuitSpec::Prediction(prediction) => {
                (None, output_integers(prediction, &file.claim)?)
            }
        };
        let mut proved = Self {
            claim: file.claim.clone(),
            circuit: circuit.id(),
            spec: circuit.spec().clone(),
            gap,
            output_integers,
            assignment: file.assignment.clone(),
            statement: file.statement(commitment),
            setup: circuit.setup().clone(),
            facts: Vec::new(),
            warning: Some(key_warning(circuit.setup())),
        };
        proved.facts = words::facts(&proved);
        Ok(proved)
    }
}

impl Proved {
    /// Writes all of it into an object.
    ///
    /// # Errors
    /// The serializer's.
    pub fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.claim.write(map)?;
        map.serialize_entry("circuit", &self.circuit)?;
        map.serialize_entry("spec", &self.spec)?;
        if let Some(gap) = &self.gap {
            map.serialize_entry("gap", gap)?;
        }
        if let Some(integers) = &self.output_integers {
            map.serialize_entry("output_integers", integers)?;
        }
        map.serialize_entry("assignment", &self.assignment)?;
        map.serialize_entry("statement", &self.statement)?;
        map.serialize_entry("setup", &self.setup)?;
        map.serialize_entry("facts", &self.facts)?;
        match self.warning {
            Some(warning) => map.serialize_entry("warning", warning),
            None => Ok(()),
        }
    }
}

impl Serialize for Proved {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.write(&mut map)?;
        map.end()
    }
}

/// A schema that the file tells must be the one that the statement holds.
fn check_schema_digest(claim: &Claim) -> Result<(), Refusal> {
    let Some((schema, stated)) = claim.schema() else {
        return Ok(());
    };
    // Not `Schema::digest`, which reads the bounds first: a statement that holds the digest
    // of an unusable schema is true of nothing, and the bounds are shown as they are.
    let text = schema.to_canonical();
    let found = SchemaDigest(hash_bytes(Tag::Schema, text.as_bytes()));
    if found == stated {
        return Ok(());
    }
    Err(Refusal::OtherSchema { stated, found })
}

fn schema_shape(schema: &Schema, fits: impl Fn(usize, usize) -> bool) -> Result<(), Refusal> {
    let (columns, classes) = (schema.columns.len(), schema.label.classes.len());
    if fits(columns, classes) {
        return Ok(());
    }
    Err(Refusal::SchemaShape { columns, classes })
}

fn check_certificate(method: &SquaredHinge, claim: &Claim) -> Result<(), Refusal> {
    let Some((schema, _)) = claim.schema() else {
        return Ok(());
    };
    schema_shape(schema, |columns, classes| {
        columns == method.features as usize && classes == method.classes as usize
    })
}

/// The integers of a prediction's output, once input, output and schema fit the circuit.
fn output_integers(prediction: &Prediction, claim: &Claim) -> Result<Option<Vec<i64>>, Refusal> {
    let Some(Answer { input, output, .. }) = claim.answer() else {
        return Ok(None);
    };
    let (expected, found) = (prediction.input_bytes(), input.len());
    if found != expected {
        return Err(Refusal::InputLength { expected, found });
    }
    let integers = prediction.output_from_bytes(output).map_err(|error| {
        let expected = prediction.output_bytes();
        match error {
            PredictionError::Length { found, .. } => Refusal::OutputLength { expected, found },
            other => Refusal::damaged_proof(alloc::format!("output: {other}")),
        }
    })?;
    if let Output::Label { classes } = prediction.output
        && let Some(&found) = integers.iter().find(|&&label| label >= i64::from(classes))
    {
        return Err(Refusal::OutputRange { found, classes });
    }
    if let Some((schema, _)) = claim.schema() {
        schema_shape(schema, |columns, classes| {
            let named = match prediction.output {
                Output::Label { classes: expected } => classes == expected as usize,
                Output::Bucket { .. } | Output::Scores { .. } => true,
            };
            columns == prediction.features as usize && named
        })?;
    }
    Ok(Some(integers))
}
