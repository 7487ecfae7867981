//! Small instances of the certificate.

use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_protocol::Scalar;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::dataset::Dataset;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::parameters::{BlobHash, to_bytes};
use assay_protocol::statement::digest_of_kind;
use assay_prover::StatementCircuit;
use assay_prover::certificate::{Claim, Refusal, SquaredHingeCircuit, check, check_hidden};
use assay_prover::train::train;
use assay_prover::training::{Delivery, Provenance};
use bellman::SynthesisError;
use proptest::prelude::*;

pub const BINARY: [[u8; 3]; 3] = [[10, 200, 0], [240, 30, 1], [100, 120, 1]];
pub const THREE_CLASSES: [[u8; 3]; 4] = [[0, 255, 0], [255, 0, 1], [128, 128, 2], [90, 10, 1]];

/// Whoever proves, and what: a public model's certificate, or with a minimum of rows a
/// hidden model's.
#[derive(Clone)]
pub struct Case {
    pub spec: SquaredHinge,
    pub data: Dataset,
    pub parameters: Vec<i32>,
    pub minimum_rows: Option<u32>,
    /// What names a public model's parameters.
    pub hash: BlobHash,
    pub schema_digest: Scalar,
    pub salt: Scalar,
    pub model_salt: Scalar,
    pub context: Scalar,
}

impl Case {
    /// Trained on these rows of two features and a label.
    pub fn trained(spec: SquaredHinge, rows: &[[u8; 3]]) -> Self {
        let data = dataset(&spec, rows);
        let parameters = train(&spec, &data).unwrap();
        let [schema_digest, salt, context, model_salt] = [11, 13, 17, 19].map(Scalar::from);
        Self {
            spec,
            data,
            parameters,
            minimum_rows: None,
            hash: BlobHash::Poseidon,
            schema_digest,
            salt,
            model_salt,
            context,
        }
    }

    /// A hidden model's, with this minimum of rows.
    pub fn hidden(mut self, minimum_rows: u32) -> Self {
        self.minimum_rows = Some(minimum_rows);
        self
    }

    /// A public model's whose parameters are bound by their fingerprint.
    pub fn with_fingerprint(mut self) -> Self {
        self.hash = BlobHash::Sha256;
        self
    }

    pub fn with_parameters(mut self, parameters: Vec<i32>) -> Self {
        self.parameters = parameters;
        self
    }

    pub fn with_rows(mut self, rows: &[[u8; 3]]) -> Self {
        self.data = dataset(&self.spec, rows);
        self
    }

    pub fn delivery(&self) -> Delivery<'_> {
        Delivery {
            hash: self.hash,
            spec: &self.spec,
            data: &self.data,
            schema_digest: self.schema_digest,
            salt: self.salt,
            parameters: &self.parameters,
            context: self.context,
        }
    }

    pub fn provenance(&self, minimum_rows: u32) -> Provenance<'_> {
        Provenance {
            training: self.delivery(),
            minimum_rows,
            model_salt: self.model_salt,
        }
    }

    pub fn circuit(&self) -> SquaredHingeCircuit<'_> {
        match self.minimum_rows {
            None => self.delivery().circuit(),
            Some(minimum) => self.provenance(minimum).circuit(),
        }
    }

    /// The native predicate.
    pub fn check(&self) -> Result<(), Refusal> {
        match self.minimum_rows {
            None => check(&self.spec, &self.data, &self.parameters),
            Some(minimum) => check_hidden(&self.spec, &self.data, &self.parameters, minimum),
        }
    }

    /// The statement's digest, by the protocol's own functions; with a fingerprint that for a
    /// commitment of zeros.
    pub fn digest(&self) -> Scalar {
        let digest = match self.minimum_rows {
            None => {
                let statement = self.delivery().statement().unwrap();
                let blob = to_bytes(&self.parameters).unwrap();
                let commitment = (self.hash == BlobHash::Sha256).then_some([0; 48]);
                let evaluate = |point| Ok::<_, ()>(fingerprint(&blob, point));
                let (kind, elements) = (statement.kind(), statement.elements());
                digest_of_kind(kind, &elements, commitment.as_ref(), evaluate).unwrap()
            }
            Some(minimum) => self.provenance(minimum).statement().unwrap().digest(None),
        };
        digest.0
    }

    pub fn recorded(&self) -> Recorder {
        let mut recorder = Recorder::with_witness();
        self.circuit().synthesize_with_ports(&mut recorder).unwrap();
        recorder.prove_ranges().unwrap();
        recorder
    }

    pub fn circuit_accepts(&self) -> bool {
        self.recorded().is_satisfied()
    }
}

fn dataset(spec: &SquaredHinge, rows: &[[u8; 3]]) -> Dataset {
    let values = rows.iter().flat_map(|row| [row[0], row[1]]).collect();
    let labels = rows.iter().map(|row| row[2]).collect();
    Dataset::new(2, spec.classes as usize, values, labels).unwrap()
}

/// A circuit of two features.
pub fn spec(rows: u32, classes: u32) -> SquaredHinge {
    SquaredHinge::with_fewest_fraction_bits(rows, 2, classes, 6503).unwrap()
}

/// The harness over cases with this claim, which has no witness.
pub fn harness(
    name: &str,
    spec: SquaredHinge,
    claim: Claim<'static>,
) -> Harness<Case, impl Fn(&mut Recorder, Option<&Case>) -> Result<Ports, SynthesisError>> {
    Harness::new(name, move |recorder: &mut Recorder, case: Option<&Case>| {
        let circuit = case.map_or(SquaredHingeCircuit { spec, claim }, Case::circuit);
        Ok(circuit.synthesize_with_ports(recorder)?)
    })
    .bound_inputs()
}

/// One to four rows of two classes.
pub fn rows() -> impl Strategy<Value = Vec<[u8; 3]>> {
    prop::collection::vec(
        (any::<u8>(), any::<u8>(), 0u8..2).prop_map(|(a, b, c)| [a, b, c]),
        1..5,
    )
}
