//! Vectors of bare bytes whose digest the verifier computes: a key, a statement's kind and
//! elements, and a proof. With challenges nobody takes a digest from anyone.

use assay_groth16::{
    CompressedG1, Error, G1Affine, Proof, Scalar, VerifyingKey, scalar_from_bytes, verify_once,
};
use assay_protocol::challenge::{CHALLENGES, Commitment, challenges};
use assay_protocol::circuit::Kind;
use assay_protocol::hash::hash_elements;
use assay_protocol::statement;
use assay_verifier::{ProofFile, VerifyingKeyFile, file};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::bytes::{key_changes, key_of_other_kind, proof_changes, proof_of_other_kind};
use crate::trapdoor::{Trapdoor, g1};
use crate::vector::Set;

/// All of them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Elements {
    pub vectors: Vec<ElementsVector>,
}

/// One, in hexadecimal digits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ElementsVector {
    pub name: String,
    #[serde(with = "file::hexadecimal")]
    pub key: Vec<u8>,
    pub kind: Kind,
    pub elements: Vec<Digits>,
    #[serde(with = "file::hexadecimal")]
    pub proof: Vec<u8>,
    pub valid: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// The bytes of what should be an element.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digits(#[serde(with = "file::hexadecimal")] Vec<u8>);

impl ElementsVector {
    /// The elements, if they are some.
    pub fn scalars(&self) -> Result<Vec<Scalar>, Error> {
        let elements = self.elements.iter();
        elements
            .map(|digits| scalar_from_bytes(&digits.0))
            .collect()
    }

    /// The verdict by the verifier's own code.
    pub fn check(&self) -> Result<(), Error> {
        let key = VerifyingKey::from_bytes(&self.key)?;
        let elements = self.scalars()?;
        let proof = Proof::from_bytes(&self.proof)?;
        let digest = statement::digest(self.kind.tag(), &elements, proof.commitment());
        verify_once(&key, &digest.0, &proof)
    }

    fn refused(&self, name: impl Into<String>, error: &str) -> Self {
        Self {
            name: name.into(),
            valid: false,
            error: Some(error.into()),
            ..self.clone()
        }
    }
}

fn digits(elements: &[Scalar]) -> Vec<Digits> {
    let bytes = elements.iter().map(Scalar::to_bytes);
    bytes.map(|bytes| Digits(bytes.into())).collect()
}

/// The statement that most vectors are about.
const KIND: Kind = Kind::TrainingPublic;

/// As many elements as a statement of this kind has.
fn elements(kind: Kind) -> Vec<Scalar> {
    (61u64..).take(kind.elements()).map(Scalar::from).collect()
}

/// A key of a known trapdoor.
pub fn trapdoor() -> Trapdoor {
    Trapdoor::challenged(50)
}

/// The logarithms of A, B and D of a proof.
fn logarithms(seed: u64) -> [Scalar; 3] {
    [1, 2, 3].map(|i| Scalar::from(1000 * seed + i).square().square())
}

/// D of the proofs of this seed.
pub fn commitment(seed: u64) -> Commitment {
    let [_, _, d] = logarithms(seed);
    g1(d).to_compressed()
}

/// A proof that holds for this digest, made with this seed.
fn prove(digest: Scalar, seed: u64) -> Proof {
    trapdoor().prove_committed(digest, logarithms(seed))
}

/// The challenges of a statement for the proofs of this seed.
pub fn drawn(kind: Kind, elements: &[Scalar], seed: u64) -> [Scalar; CHALLENGES] {
    challenges(kind.tag(), elements, &commitment(seed))
}

/// A proof under the key of [`trapdoor`] that holds for the digest of all these elements.
pub fn prove_elements(kind: Kind, elements: &[Scalar], seed: u64) -> Proof {
    prove(hash_elements(kind.tag(), elements), seed)
}

/// A valid proof of the statement under the key of [`trapdoor`].
pub fn prove_rightly(kind: Kind, elements: &[Scalar], seed: u64) -> Proof {
    let digest = statement::digest(kind.tag(), elements, Some(&commitment(seed)));
    prove(digest.0, seed)
}

/// A valid vector with challenges.
fn valid(name: &str, kind: Kind, seed: u64) -> ElementsVector {
    let elements = elements(kind);
    ElementsVector {
        name: name.into(),
        key: trapdoor().key().to_bytes(),
        kind,
        elements: digits(&elements),
        proof: prove_rightly(kind, &elements, seed).to_bytes(),
        valid: true,
        error: None,
    }
}

/// The vectors: one key with a trapdoor that is known, with and without challenges, and the
/// real proof of `set`.
pub fn generate(set: &Set) -> Elements {
    let challenged = valid("valid", KIND, 1);
    let other = valid("another proof of the same statement", KIND, 2);
    let mut vectors = vec![challenged.clone(), real(set)];
    for (kind, name) in [
        (Kind::TrainingHidden, "valid, of a hidden training"),
        (Kind::PredictionPublic, "valid, of a public prediction"),
        (Kind::PredictionHidden, "valid, of a hidden prediction"),
    ] {
        vectors.push(valid(name, kind, 1));
    }
    let mut negated = challenged.proof.clone();
    negated[0] ^= 0x20;
    negated[48] ^= 0x20;
    vectors.push(ElementsVector {
        name: "A and B negated: another proof of the same statement".into(),
        proof: negated,
        ..challenged.clone()
    });
    vectors.push(other.clone());
    vectors.extend(statements(&challenged));
    vectors.extend(other_challenges(&challenged));
    let proofs = proof_changes(&challenged.proof, &other.proof);
    for (name, proof, error) in proofs
        .into_iter()
        .chain([proof_of_other_kind(&challenged.proof)])
    {
        let vector = challenged.refused(name, error);
        vectors.push(ElementsVector { proof, ..vector });
    }
    let keys = key_changes(&challenged.key);
    for (name, key, error) in keys.into_iter().chain([key_of_other_kind(&challenged.key)]) {
        let vector = challenged.refused(name, error);
        vectors.push(ElementsVector { key, ..vector });
    }
    vectors.extend(without_challenges());
    Elements { vectors }
}

/// Other statements than the one that is proved.
fn statements(valid: &ElementsVector) -> Vec<ElementsVector> {
    let with = |name: String, error, elements| ElementsVector {
        elements,
        ..valid.refused(name, error)
    };
    let proved = elements(KIND);
    let mut vectors = Vec::new();
    for i in 0..proved.len() {
        let mut changed = proved.clone();
        changed[i] += Scalar::one();
        vectors.push(with(
            format!("another element {i}"),
            "equation_fails",
            digits(&changed),
        ));
    }
    let drawn = challenges(KIND.tag(), &proved, &commitment(1));
    let reversed: Vec<Scalar> = proved.iter().rev().copied().collect();
    for (name, elements) in [
        ("no elements", digits(&[])),
        ("an element less", digits(&proved[..2])),
        (
            "an element more",
            digits(&[&proved[..], &[Scalar::zero()]].concat()),
        ),
        ("elements in another order", digits(&reversed)),
        (
            "elements with the challenges",
            digits(&[&proved[..], &drawn].concat()),
        ),
    ] {
        vectors.push(with(name.into(), "equation_fails", elements));
    }
    for (name, bytes) in [
        ("an element that is not below the order", vec![0xff; 32]),
        ("an element of 31 bytes", vec![0; 31]),
        ("an element of 33 bytes", vec![0; 33]),
        ("an element of no bytes", vec![]),
    ] {
        let mut changed = valid.elements.clone();
        changed[1] = Digits(bytes);
        vectors.push(with(name.into(), "malformed_scalar", changed));
    }
    // 64 bytes, but no two elements.
    let [mut short, mut long] = [valid.elements[0].clone(), valid.elements[1].clone()];
    long.0.insert(0, short.0.remove(31));
    let moved = vec![short, long, valid.elements[2].clone()];
    vectors.push(with(
        "a byte moved between elements".into(),
        "malformed_scalar",
        moved,
    ));
    // A kind with a fingerprint isn't told by elements alone.
    let others = Kind::ALL
        .into_iter()
        .filter(|&kind| kind != KIND && !kind.has_fingerprint());
    vectors.extend(others.map(|kind| ElementsVector {
        kind,
        ..valid.refused(format!("the same elements of a {kind}"), "equation_fails")
    }));
    vectors
}

/// What [`prove_otherwise`] makes of the statement that is proved.
fn other_challenges(valid: &ElementsVector) -> Vec<ElementsVector> {
    let proofs = prove_otherwise(KIND, &elements(KIND)).into_iter();
    let refused = |(name, proof): (&str, Proof)| ElementsVector {
        proof: proof.to_bytes(),
        ..valid.refused(name, "equation_fails")
    };
    proofs.map(refused).collect()
}

/// Proofs under the key of [`trapdoor`] that hold for a digest of this statement with other
/// challenges than their D gives. A verifier refuses them: it computes another digest.
pub fn prove_otherwise(kind: Kind, elements: &[Scalar]) -> Vec<(&'static str, Proof)> {
    let tag = kind.tag();
    let d = commitment(1);
    let digest = |challenges: &[Scalar]| hash_elements(tag, &[elements, challenges].concat());
    let drawn = challenges(tag, elements, &d);
    assert_eq!(digest(&drawn), statement::digest(tag, elements, Some(&d)).0);

    let [first, second]: [Scalar; CHALLENGES] = drawn;
    let mut other_elements = elements.to_vec();
    other_elements[2] += Scalar::one();
    let of_other_statement = challenges(tag, &other_elements, &d);
    let of_other_kind = Kind::ALL.into_iter().find(|&other| other != kind).unwrap();
    let of_other_kind = challenges(of_other_kind.tag(), elements, &d);
    let of_other_d = challenges(tag, elements, &commitment(2));
    let chosen = [1, 2].map(Scalar::from);
    let mut proofs = Vec::new();
    for (name, challenges) in [
        ("a proof without challenges in its digest", &[][..]),
        ("a proof with the first challenge only", &[first]),
        ("a proof with one challenge twice", &[first, first]),
        ("a proof with the challenges swapped", &[second, first]),
        (
            "a proof with another statement's challenges",
            &of_other_statement,
        ),
        ("a proof with another kind's challenges", &of_other_kind),
        ("a proof with another D's challenges", &of_other_d),
        ("a proof with chosen challenges", &chosen),
    ] {
        proofs.push((name, prove(digest(challenges), 1)));
    }
    for (name, digest) in [
        ("D moved by delta and C by epsilon", digest(&drawn)),
        ("D moved, and no challenges in the digest", digest(&[])),
    ] {
        let moved = moved(&prove(digest, 1));
        assert_eq!(verify_once(&trapdoor().key(), &digest, &moved), Ok(()));
        proofs.push((name, moved));
    }
    proofs
}

/// The proof with a multiple of delta added to D and of epsilon subtracted from C, which
/// leaves the equation as it was. It takes only points that a setup publishes.
fn moved(proof: &Proof) -> Proof {
    let Trapdoor { delta, epsilon, .. } = trapdoor();
    let sum = |point: CompressedG1, by: Scalar| {
        let sum = point.decode().unwrap() + G1Affine::generator() * (by * Scalar::from(5));
        CompressedG1::encode(&sum.into()).unwrap()
    };
    let d = sum(proof.d.unwrap(), delta);
    Proof {
        c: sum(proof.c, -epsilon.unwrap()),
        ..proof.with_commitment(d)
    }
}

/// The same under the key without challenges.
fn without_challenges() -> Vec<ElementsVector> {
    let plain = Trapdoor {
        epsilon: None,
        ..trapdoor()
    };
    let elements = elements(KIND);
    let digest = statement::digest(KIND.tag(), &elements, None);
    let valid = ElementsVector {
        name: "valid, without challenges".into(),
        key: plain.key().to_bytes(),
        kind: KIND,
        elements: digits(&elements),
        proof: plain.prove_random(digest.0, 50).to_bytes(),
        valid: true,
        error: None,
    };
    let (name, proof, error) = proof_of_other_kind(&valid.proof);
    let with_d = ElementsVector {
        proof,
        ..valid.refused(name, error)
    };
    let (name, key, error) = key_of_other_kind(&valid.key);
    let with_epsilon = ElementsVector {
        key,
        ..valid.refused(name, error)
    };
    let changed = ElementsVector {
        elements: digits(&elements[..2]),
        ..valid.refused("an element less, without challenges", "equation_fails")
    };
    vec![valid, with_d, with_epsilon, changed]
}

/// The proof of a real circuit, from its files.
fn real(set: &Set) -> ElementsVector {
    let bytes = |value: &Value| value.to_string().into_bytes();
    let key: VerifyingKeyFile = file::parse(&bytes(&set.key)).unwrap();
    let proof: ProofFile = file::parse(&bytes(&set.proof)).unwrap();
    ElementsVector {
        name: "valid, of a real circuit".into(),
        key: key.0.verifying_key,
        kind: proof.kind(),
        elements: digits(&proof.elements()),
        proof: proof.proof,
        valid: true,
        error: None,
    }
}
