//! Training: a real proof by the certificate's circuit, and a hidden one of a known trapdoor.

use assay_groth16::{Proof, Scalar, VerifyingKey};
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::dataset::Dataset;
use assay_protocol::id::{DatasetCommitment, ModelCommitment, SchemaDigest};
use assay_protocol::schema::{Column, LabelColumn, Schema};
use assay_prover::ByBits;
use assay_prover::circuit::shape;
use assay_prover::training::Delivery;
use assay_verifier::{Claim, ProofFile, VerifyingKeyFile};

use bls12_381::Bls12;

use super::files::{self, Files, assignment, toy};
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

fn method() -> SquaredHinge {
    SquaredHinge::with_fewest_fraction_bits(8, 2, 2, 6502).unwrap()
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

/// Public training, proved by the crate `groth16` with randomness from a seed.
pub fn public() -> Files {
    let (method, data) = (method(), data());
    let spec = CircuitSpec::SquaredHinge(method);
    let delivery = |context| Delivery {
        spec: &method,
        data: &data,
        schema_digest: schema().digest().unwrap(),
        salt: Scalar::from(11),
        parameters: &PARAMETERS,
        context,
    };
    let untrained = assay_prover::certificate::check(&method, &data, &PARAMETERS);
    assert_eq!(
        untrained,
        Ok(()),
        "these have a certificate: {:?}",
        assay_prover::train::train(&method, &data)
    );
    let unproved = delivery(Scalar::zero());
    let key: groth16::Parameters<Bls12> =
        groth16::generate_random_parameters(ByBits(unproved.circuit()), &mut rng(1)).unwrap();
    let vk = &key.vk;
    let ic = vk.ic[..].try_into().unwrap();
    let verifying_key =
        VerifyingKey::new(vk.alpha_g1, vk.beta_g2, vk.gamma_g2, vk.delta_g2, ic).unwrap();
    let circuit = files::circuit(
        &spec,
        shape(&spec).unwrap().digest,
        verifying_key.to_bytes(),
    );
    let assignment = assignment(&spec);
    let context = assignment.context(spec.kind(), circuit.id).to_scalar();
    let delivery = delivery(context);
    let prove = |seed| {
        let proof = groth16::create_random_proof(ByBits(delivery.circuit()), &key, &mut rng(seed)).unwrap();
        Proof::new(&proof.a, &proof.b, &proof.c).unwrap()
    };
    let claim = Claim::training(&delivery.statement().unwrap());
    Files {
        proof: ProofFile::new(circuit.id, assignment, claim, &prove(2)),
        key: VerifyingKeyFile(circuit),
        other_proof: prove(3).to_bytes(),
    }
}

/// Hidden training.
pub fn hidden() -> Files {
    let spec = CircuitSpec::SquaredHingeHidden(method());
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
