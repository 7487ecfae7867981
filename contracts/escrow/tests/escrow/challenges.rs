//! Proofs under a key with challenges: a valid one, and some that hold for a digest which
//! no verifier may compute.

use assay_groth16::{PreparedVerifyingKey, Proof, Scalar, VerifyingKey, verify_host};
use assay_protocol::challenge::challenges;
use assay_protocol::hash::{Tag, hash_elements};
use assay_protocol::statement;
use cosmwasm_std::testing::MockApi;

use crate::trapdoor::Trapdoor;

/// A proof with the digest that it satisfies the equation for.
pub struct Attempt {
    pub name: String,
    pub digest: Scalar,
    pub proof: Vec<u8>,
}

impl Attempt {
    /// Checks that the equation holds, so that nothing but the digest refuses the proof.
    pub fn assert_holds(&self, key: &Trapdoor) {
        let key = PreparedVerifyingKey::from(&VerifyingKey::from_bytes(&key.key()).unwrap());
        let proof = Proof::from_bytes(&self.proof).unwrap();
        let verdict = verify_host(&MockApi::default(), &key, &self.digest, &proof);
        assert_eq!(verdict, Ok(()), "{}", self.name);
    }
}

/// A valid proof of a statement.
pub fn valid(key: &Trapdoor, tag: Tag, elements: &[Scalar]) -> Attempt {
    let digest = statement::digest(tag, elements, key.commitment(0).as_ref()).0;
    Attempt {
        name: "valid".into(),
        digest,
        proof: key.prove(digest, 0),
    }
}

/// Proofs whose challenges are not those of statement and D. They are what a prover gets who
/// chooses the witness once it knows the challenges.
pub fn forgeries(key: &Trapdoor, tag: Tag, elements: &[Scalar]) -> Vec<Attempt> {
    let [d, other_d] = [0, 1].map(|randomness| key.commitment(randomness).unwrap());
    let drawn = challenges(tag, elements, &d);
    let other_tag = match tag {
        Tag::TrainingPublicV1 => Tag::TrainingHiddenV1,
        _ => Tag::TrainingPublicV1,
    };
    let mut chosen = vec![
        ("no challenges".into(), vec![]),
        ("of one's choice".into(), vec![Scalar::zero(); 2]),
        ("in another order".into(), vec![drawn[1], drawn[0]]),
        ("one alone".into(), vec![drawn[0]]),
        (
            "of another D".into(),
            challenges(tag, elements, &other_d).into(),
        ),
        (
            "of another kind".into(),
            challenges(other_tag, elements, &d).into(),
        ),
        (
            "of fewer elements".into(),
            challenges(tag, &elements[1..], &d).into(),
        ),
    ];
    for index in 0..elements.len() {
        let mut other = elements.to_vec();
        other[index] += Scalar::one();
        let name = format!("of another element {index}");
        chosen.push((name, challenges(tag, &other, &d).into()));
    }
    let prove = |(name, challenges): (String, Vec<Scalar>)| {
        let digest = hash_elements(tag, &[elements, &challenges].concat());
        let proof = key.prove(digest, 0);
        Attempt {
            name,
            digest,
            proof,
        }
    };
    let valid = valid(key, tag, elements);
    let moved = Attempt {
        name: "of the D before it was moved".into(),
        proof: key.move_commitment(&valid.proof),
        digest: valid.digest,
    };
    chosen.into_iter().map(prove).chain([moved]).collect()
}
