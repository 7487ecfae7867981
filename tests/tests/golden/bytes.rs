//! Vectors of bare bytes: a key without challenges, a statement's digest and a proof.

use std::ops::Range;

use assay_groth16::{G1Affine, G2Affine, Proof, Scalar, VerifyingKey};
use assay_verifier::{ProofFile, VerifyingKeyFile, file};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::points::{
    identity_g1, identity_g2, off_curve_g1, off_curve_g2, outside_subgroup_g1, outside_subgroup_g2,
    plus_modulus,
};
use crate::trapdoor::Trapdoor;
use crate::vector::Set;

/// All of them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Bytes {
    pub vectors: Vec<BytesVector>,
}

/// One, in hexadecimal digits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BytesVector {
    pub name: String,
    #[serde(with = "file::hexadecimal")]
    pub key: Vec<u8>,
    #[serde(with = "file::hexadecimal")]
    pub statement: Vec<u8>,
    #[serde(with = "file::hexadecimal")]
    pub proof: Vec<u8>,
    pub valid: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// A change to bytes: its name, the changed bytes and the error's name.
pub type Change = (String, Vec<u8>, &'static str);

type Points = [(&'static str, Range<usize>)];

/// D is there with challenges only.
const PROOF_G1: &Points = &[("A", 0..48), ("C", 144..192), ("D", 192..240)];
const PROOF_G2: &Points = &[("B", 48..144)];
const KEY_G1: &Points = &[("alpha", 0..48), ("ic0", 336..384), ("ic1", 384..432)];
/// Epsilon is there with challenges only.
const KEY_G2: &Points = &[
    ("beta", 48..144),
    ("gamma", GAMMA),
    ("delta", DELTA),
    ("epsilon", EPSILON),
];
const GAMMA: Range<usize> = 144..240;
const DELTA: Range<usize> = 240..336;
const EPSILON: Range<usize> = 432..528;

/// Those of the points that `valid` is long enough for.
fn parts(points: &'static Points, valid: &[u8]) -> &'static Points {
    let fits = |(_, range): &(_, Range<usize>)| range.end <= valid.len();
    &points[..points.iter().filter(|point| fits(point)).count()]
}

/// Every kind of damage to a proof; `other` proves the same statement under the same key.
pub fn proof_changes(valid: &[u8], other: &[u8]) -> Vec<Change> {
    let (g1, g2) = (parts(PROOF_G1, valid), parts(PROOF_G2, valid));
    let mut changes = point_changes(valid, g1, g2, "malformed_proof");
    changes.extend(length_changes(valid, "proof", "proof_length"));
    for (name, range) in g1.iter().chain(g2) {
        let negated = with(valid, range, |point| point[0] ^= 0x20);
        changes.push((format!("{name} negated"), negated, "equation_fails"));
        let others = with(valid, range, |point| {
            point.copy_from_slice(&other[range.clone()])
        });
        changes.push((format!("{name} of another proof"), others, "equation_fails"));
    }
    let (points, d) = valid.split_at(Proof::LEN);
    let (a, b, c) = (&points[..48], &points[48..144], &points[144..]);
    let swapped = [c, b, a, d].concat();
    changes.push(("A and C swapped".into(), swapped, "equation_fails"));
    if !d.is_empty() {
        let swapped = [a, b, d, c].concat();
        changes.push(("C and D swapped".into(), swapped, "equation_fails"));
    }
    changes
}

/// A proof without its D, or with one where the key has no challenges.
pub fn proof_of_other_kind(valid: &[u8]) -> Change {
    let (points, d) = valid.split_at(Proof::LEN);
    let (name, changed) = match d {
        [] => (
            "a D too many",
            [points, &G1Affine::generator().to_compressed()].concat(),
        ),
        _ => ("no D", points.to_vec()),
    };
    (name.into(), changed, "proof_kind")
}

/// A key without its epsilon, or with one where the proof has no D.
pub fn key_of_other_kind(valid: &[u8]) -> Change {
    let (points, epsilon) = valid.split_at(VerifyingKey::LEN);
    let (name, changed) = match epsilon {
        [] => (
            "an epsilon too many",
            [points, &G2Affine::generator().to_compressed()].concat(),
        ),
        _ => ("no epsilon", points.to_vec()),
    };
    (name.into(), changed, "proof_kind")
}

/// Every kind of damage to a key.
pub fn key_changes(valid: &[u8]) -> Vec<Change> {
    let (g1, g2) = (parts(KEY_G1, valid), parts(KEY_G2, valid));
    let mut changes = point_changes(valid, g1, g2, "malformed_key");
    changes.extend(length_changes(valid, "key", "key_length"));
    let mut equal = |[name, other_name]: [&str; 2], range, other: Range<usize>, error| {
        let equal = with(valid, range, |point| point.copy_from_slice(&valid[other]));
        let negated = with(&equal, range, |point| point[0] ^= 0x20);
        changes.push((format!("{name} is {other_name}"), equal, error));
        changes.push((format!("{name} is minus {other_name}"), negated, error));
    };
    equal(["delta", "gamma"], &DELTA, GAMMA, "gamma_equals_delta");
    if valid.len() > VerifyingKey::LEN {
        let error = "epsilon_equals_other";
        equal(["epsilon", "gamma"], &EPSILON, GAMMA, error);
        equal(["epsilon", "delta"], &EPSILON, DELTA, error);
    }
    changes
}

fn length_changes(valid: &[u8], what: &str, error: &'static str) -> Vec<Change> {
    let longer = [valid, &[0]].concat();
    let shorter = &valid[..valid.len() - 1];
    [
        ("no", &[][..]),
        ("a truncated", shorter),
        ("a trailing byte after the", &longer),
    ]
    .map(|(how, bytes)| (format!("{how} {what}"), bytes.to_vec(), error))
    .into()
}

fn point_changes(valid: &[u8], g1: &Points, g2: &Points, error: &'static str) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut change = |name: String, bytes: Vec<u8>| changes.push((name, bytes, error));
    for (name, range) in g1 {
        for (how, point) in [
            ("off the curve", off_curve_g1()),
            ("outside the subgroup", outside_subgroup_g1()),
            ("the identity", identity_g1()),
        ] {
            let changed = with(valid, range, |bytes| bytes.copy_from_slice(&point));
            change(format!("{name} {how}"), changed);
        }
    }
    for (name, range) in g2 {
        for (how, point) in [
            ("off the curve", off_curve_g2()),
            ("outside the subgroup", outside_subgroup_g2()),
            ("the identity", identity_g2()),
        ] {
            let changed = with(valid, range, |bytes| bytes.copy_from_slice(&point));
            change(format!("{name} {how}"), changed);
        }
    }
    for (name, range) in g1.iter().chain(g2) {
        let unflagged = with(valid, range, |bytes| bytes[0] &= 0x7f);
        change(format!("{name} without the compression flag"), unflagged);
        let flagged = with(valid, range, |bytes| bytes[0] |= 0x40);
        change(format!("{name} with the identity's flag"), flagged);
        // Not every coordinate has room for x + p; the largest 381 bits are always too many.
        let above = with(valid, range, |bytes| {
            let coordinate = &mut bytes[..48];
            match plus_modulus(coordinate) {
                Some(written) => coordinate.copy_from_slice(&written),
                None => {
                    coordinate.fill(0xff);
                    coordinate[0] = 0x9f;
                }
            }
        });
        change(format!("{name} not canonical"), above);
    }
    changes
}

fn with(valid: &[u8], range: &Range<usize>, change: impl FnOnce(&mut [u8])) -> Vec<u8> {
    let mut bytes = valid.to_vec();
    change(&mut bytes[range.clone()]);
    bytes
}

/// The vectors: one key with a trapdoor that is known, and the real proof of `set`.
pub fn generate(set: &Set) -> Bytes {
    let trapdoor = Trapdoor::random(7);
    let digest = Scalar::from(42);
    let proof = trapdoor.prove_random(digest, 7).to_bytes();
    let other = trapdoor.prove_random(digest, 8).to_bytes();
    let valid = BytesVector {
        name: "valid".into(),
        key: trapdoor.key().to_bytes(),
        statement: digest.to_bytes().to_vec(),
        proof: proof.clone(),
        valid: true,
        error: None,
    };
    let refused = |name: String, error: &str| BytesVector {
        name,
        valid: false,
        error: Some(error.into()),
        ..valid.clone()
    };
    let mut vectors = vec![valid.clone(), real(set)];
    let twice_negated = with(&with(&proof, &(0..1), |a| a[0] ^= 0x20), &(48..49), |b| {
        b[0] ^= 0x20
    });
    vectors.push(BytesVector {
        name: "A and B negated: another proof of the same statement".into(),
        proof: twice_negated,
        ..valid.clone()
    });
    for (name, proof, error) in proof_changes(&proof, &other) {
        vectors.push(BytesVector {
            proof,
            ..refused(name, error)
        });
    }
    let (name, with_d, error) = proof_of_other_kind(&proof);
    vectors.push(BytesVector {
        proof: with_d,
        ..refused(name, error)
    });
    for (name, key, error) in key_changes(&valid.key) {
        vectors.push(BytesVector {
            key,
            ..refused(name, error)
        });
    }
    let statements = [
        (
            "another statement",
            Scalar::from(43).to_bytes().to_vec(),
            "equation_fails",
        ),
        (
            "a statement that is not below the order",
            vec![0xff; 32],
            "malformed_scalar",
        ),
        ("a statement of 31 bytes", vec![0; 31], "malformed_scalar"),
        ("a statement of 33 bytes", vec![0; 33], "malformed_scalar"),
    ];
    for (name, statement, error) in statements {
        vectors.push(BytesVector {
            statement,
            ..refused(name.into(), error)
        });
    }
    Bytes { vectors }
}

/// The proof of a real circuit, from its files.
fn real(set: &Set) -> BytesVector {
    let bytes = |value: &Value| value.to_string().into_bytes();
    let key: VerifyingKeyFile = file::parse(&bytes(&set.key)).unwrap();
    let proof: ProofFile = file::parse(&bytes(&set.proof)).unwrap();
    let points = Proof::from_bytes(&proof.proof).unwrap();
    BytesVector {
        name: "valid, of a real circuit".into(),
        key: key.0.verifying_key,
        statement: proof.statement(points.commitment()).to_bytes().to_vec(),
        proof: proof.proof,
        valid: true,
        error: None,
    }
}
