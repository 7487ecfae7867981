//! Training: real proofs by the certificate's circuit, and a hidden one of a known trapdoor.

use assay_groth16::{Proof, Scalar, VerifyingKey};
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::dataset::Dataset;
use assay_protocol::id::{DatasetCommitment, ModelCommitment, SchemaDigest};
use assay_protocol::parameters::{BlobHash, to_bytes};
use assay_protocol::schema::{Column, LabelColumn, Schema};
use assay_prover::circuit::{setup, shape};
use assay_prover::training::Delivery;
use assay_prover::{ByBits, Shape};
use assay_verifier::{CircuitFile, Claim, ProofFile, VerifyingKeyFile};
use bls12_381::Bls12;

use super::files::{self, Files, assignment, toy};
use crate::committed;
use crate::trapdoor::rng;

/// Two columns that tell two classes apart, with an exception.
const ROWS: [[u8; 3]; 8] = [
    [10, 200, 0],
    [30, 180, 0],
    [25, 240, 0],
    [90, 90, 0],
    [200, 40, 1],
    [180, 60, 1],
    [230, 20, 1],
    [80, 120, 1],
];

/// What the trainer makes of them. Not trained here: its floats may differ in the last
/// digit from one processor to the next.
const PARAMETERS: [i32; 3] = [612, -473, -32];

/// The method for at most so many rows.
fn method(rows: u32) -> SquaredHinge {
    SquaredHinge::with_fewest_fraction_bits(rows, 2, 2, 6502).unwrap()
}

pub fn schema() -> Schema {
    let column = |name: &str, lower: &str, upper: &str| Column {
        name: name.into(),
        lower: lower.into(),
        upper: upper.into(),
    };
    Schema {
        columns: vec![
            column("petal length", "1.0", "6.9"),
            column("petal width", "0.1", "2.5"),
        ],
        label: LabelColumn {
            name: "species".into(),
            classes: vec!["setosa".into(), "virginica".into()],
        },
    }
}

fn data() -> Dataset {
    let values = ROWS.iter().flat_map(|row| [row[0], row[1]]).collect();
    let labels = ROWS.iter().map(|row| row[2]).collect();
    Dataset::new(2, 2, values, labels).unwrap()
}

/// What is delivered, without a context.
fn delivery<'a>(method: &'a SquaredHinge, data: &'a Dataset) -> Delivery<'a> {
    let untrained = assay_prover::certificate::check(method, data, &PARAMETERS);
    assert_eq!(
        untrained,
        Ok(()),
        "these have a certificate: {:?}",
        assay_prover::train::train(method, data)
    );
    Delivery {
        spec: method,
        data,
        schema_digest: schema().digest().unwrap(),
        salt: Scalar::from(11),
        parameters: &PARAMETERS,
        hash: BlobHash::Poseidon,
        context: Scalar::zero(),
    }
}

/// The same with the context that a proof by this circuit has, and what it claims.
fn assigned<'a>(delivery: Delivery<'a>, circuit: &CircuitFile) -> (Delivery<'a>, Claim) {
    let assignment = assignment(&circuit.spec);
    let context = assignment.context(circuit.kind, circuit.id).to_scalar();
    let delivery = Delivery {
        context,
        ..delivery
    };
    let blob = to_bytes(&PARAMETERS).unwrap();
    (
        delivery,
        Claim::training(&delivery.statement().unwrap(), &blob),
    )
}

/// Public training without challenges, proved by the crate `groth16` with randomness from a
/// seed.
pub fn public() -> Files {
    let (method, data) = (method(8), data());
    let unassigned = delivery(&method, &data);
    let key: groth16::Parameters<Bls12> =
        groth16::generate_random_parameters(ByBits(unassigned.circuit()), &mut rng(1)).unwrap();
    let vk = &key.vk;
    let ic = vk.ic[..].try_into().unwrap();
    let verifying_key =
        VerifyingKey::new(vk.alpha_g1, vk.beta_g2, vk.gamma_g2, vk.delta_g2, ic).unwrap();
    let circuit = files::circuit(
        &CircuitSpec::SquaredHinge(method),
        Shape::of(ByBits(unassigned.circuit())).unwrap().digest,
        verifying_key.to_bytes(),
    );
    let (delivery, claim) = assigned(unassigned, &circuit);
    let prove = |seed| {
        let circuit = ByBits(delivery.circuit());
        let proof = groth16::create_random_proof(circuit, &key, &mut rng(seed)).unwrap();
        Proof::new(&proof.a, &proof.b, &proof.c).unwrap()
    };
    Files {
        proof: ProofFile::new(circuit.id, assignment(&circuit.spec), claim, &prove(2)),
        key: VerifyingKeyFile(circuit),
        other_proof: prove(3).to_bytes(),
    }
}

/// The same by the circuit for so many rows that lookups make it smaller, as `assay` proves
/// it.
pub fn challenged() -> Files {
    let method = method(64);
    proved(
        "training-public-challenged",
        method,
        CircuitSpec::SquaredHinge(method),
    )
}

/// The same with a fingerprint.
pub fn fingerprint() -> Files {
    let method = method(8);
    proved(
        "training-public-fingerprint",
        method,
        CircuitSpec::SquaredHingeFingerprint(method),
    )
}

/// The files of a circuit with challenges. The engine takes its randomness from the system:
/// the files that are there under this name are kept as long as they are of this circuit and
/// this statement.
fn proved(name: &str, method: SquaredHinge, spec: CircuitSpec) -> Files {
    let data = data();
    let shape = shape(&spec).unwrap();
    assert!(shape.committed > 0, "no challenges: {shape:?}");
    let unassigned = Delivery {
        hash: spec.kind().blob_hash(),
        ..delivery(&method, &data)
    };
    let kept = committed(name).and_then(|set| Files::of(&set));
    if let Some(kept) = kept {
        let (_, claim) = assigned(unassigned, &kept.key.0);
        let circuit = files::circuit(&spec, shape.digest, kept.key.0.verifying_key.clone());
        let is_current = kept.key.0 == circuit
            && kept.proof.claim == claim
            && kept.proof.assignment == assignment(&spec);
        if is_current {
            return kept;
        }
    }
    let key = setup(&spec).unwrap();
    let circuit = files::circuit(&spec, shape.digest, key.verifying_key().to_bytes());
    let (delivery, claim) = assigned(unassigned, &circuit);
    let prove = || delivery.prove(&key).unwrap().1;
    Files {
        proof: ProofFile::new(circuit.id, assignment(&spec), claim, &prove()),
        key: VerifyingKeyFile(circuit),
        other_proof: prove().to_bytes(),
    }
}

/// Hidden training.
pub fn hidden() -> Files {
    let spec = CircuitSpec::SquaredHingeHidden(method(8));
    let schema = schema();
    let claim = Claim::TrainingHidden {
        dataset: DatasetCommitment(Scalar::from(21)),
        minimum_rows: 6,
        schema_digest: SchemaDigest(schema.digest().unwrap()),
        schema: Some(schema),
        model: ModelCommitment(Scalar::from(22)),
    };
    toy(&spec, 10, claim)
}
