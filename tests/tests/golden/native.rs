//! The vectors by the verifier's own code.

use assay_groth16::{Proof, VerifyingKey, scalar_from_bytes, verify_once};
use assay_verifier::verify;

use crate::{bytes, elements, sets};

#[test]
fn every_vector_gets_its_verdict_natively() {
    for set in sets() {
        for vector in &set.vectors {
            let [key, proof] = vector.files(&set);
            let found = verify(&key, &proof);
            let name = found
                .as_ref()
                .err()
                .map(|refusal| refusal.name().to_owned());
            assert_eq!(name, vector.error, "{}: {found:?}", vector.name);
            assert_eq!(found.is_ok(), vector.valid, "{}", vector.name);
            let facts = found
                .ok()
                .map(|proved| serde_json::to_value(proved.facts).unwrap());
            assert_eq!(facts, vector.facts, "{}", vector.name);
        }
    }
}

#[test]
fn every_vector_of_bytes_gets_its_verdict_natively() {
    for vector in bytes().vectors {
        let check = || {
            let key = VerifyingKey::from_bytes(&vector.key)?;
            let digest = scalar_from_bytes(&vector.statement)?;
            verify_once(&key, &digest, &Proof::from_bytes(&vector.proof)?)
        };
        let found = check().map_err(|error| error.name().to_owned()).err();
        assert_eq!(found, vector.error, "{}", vector.name);
    }
}

#[test]
fn every_vector_of_elements_gets_its_verdict_natively() {
    for vector in elements().vectors {
        let found = vector.check().map_err(|error| error.name().to_owned());
        assert_eq!(found.is_ok(), vector.valid, "{}", vector.name);
        assert_eq!(found.err(), vector.error, "{}", vector.name);
    }
}
