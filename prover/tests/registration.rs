//! Setup, proofs and the check of registrations, on a small circuit.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use assay_protocol::parameters::BlobHash;
use std::sync::LazyLock;

use assay_engine::{EngineError, ProvingKey};
use assay_groth16::{Error, PreparedVerifyingKey, verify_native};
use assay_protocol::Scalar;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::{CircuitSpec, SetupRecord};
use assay_protocol::dataset::Dataset;
use assay_protocol::id::Sha256Digest;
use assay_protocol::statement::TrainingPublic;
use assay_prover::circuit::{CheckError, Registration, check, registration, setup};
use assay_prover::train::train;
use assay_prover::training::Delivery;
use assay_prover::{ProverError, certificate};

fn spec(rows: u32, lambda_65025: u64) -> SquaredHinge {
    SquaredHinge::with_fewest_fraction_bits(rows, 2, 2, lambda_65025).unwrap()
}

static KEY: LazyLock<ProvingKey> =
    LazyLock::new(|| setup(&CircuitSpec::SquaredHinge(spec(4, 6503))).unwrap());

fn truthful() -> Registration {
    registration(&CircuitSpec::SquaredHinge(spec(4, 6503)), &KEY).unwrap()
}

fn data() -> Dataset {
    Dataset::new(2, 2, vec![10, 200, 240, 30, 100, 120], vec![0, 1, 1]).unwrap()
}

fn delivery<'a>(spec: &'a SquaredHinge, data: &'a Dataset, parameters: &'a [i32]) -> Delivery<'a> {
    let [schema_digest, salt, context] = [11, 13, 17].map(Scalar::from);
    Delivery {
        hash: BlobHash::Poseidon,
        spec,
        data,
        schema_digest,
        salt,
        parameters,
        context,
    }
}

#[test]
fn a_proof_holds_for_its_own_statement_only() {
    let (spec, data) = (spec(4, 6503), data());
    let parameters = train(&spec, &data).unwrap();
    let (statement, proof) = delivery(&spec, &data, &parameters).prove(&KEY).unwrap();
    let key = PreparedVerifyingKey::from(KEY.verifying_key());
    let verify = |s: &TrainingPublic| verify_native(&key, &s.digest(proof.commitment()).0, &proof);
    assert_eq!(verify(&statement), Ok(()));

    let mut other_parameters = parameters.clone();
    other_parameters[0] += 1;
    let other = delivery(&spec, &data, &other_parameters)
        .statement()
        .unwrap();
    assert_ne!(other.parameters, statement.parameters);
    assert_eq!(verify(&other), Err(Error::EquationFails));
    let context = statement.context + Scalar::one();
    assert_eq!(
        verify(&TrainingPublic {
            context,
            ..statement
        }),
        Err(Error::EquationFails)
    );
    let dataset = data.commitment(Scalar::from(11), Scalar::from(14));
    assert_eq!(
        verify(&TrainingPublic {
            dataset,
            ..statement
        }),
        Err(Error::EquationFails)
    );
}

#[test]
fn a_false_statement_is_not_even_tried() {
    let (spec, data) = (spec(4, 6503), data());
    let refusal = delivery(&spec, &data, &[0, 0, 0]).prove(&KEY);
    let optimal = certificate::Refusal::NotOptimal {
        vector: 0,
        index: 0,
        gradient: 0,
        bound: 0,
    };
    let Err(ProverError::Refused(found)) = refusal else {
        panic!("proved")
    };
    assert_eq!(
        std::mem::discriminant(&found),
        std::mem::discriminant(&optimal)
    );
}

#[test]
fn a_truthful_registration_passes() {
    assert_eq!(check(&truthful(), &KEY).unwrap().constraints, 5342);
}

#[test]
fn a_registration_that_claims_another_specification_is_caught() {
    let text = CircuitSpec::SquaredHinge(spec(4, 7000))
        .to_canonical()
        .unwrap();
    let lie = Registration {
        spec: text,
        ..truthful()
    };
    assert!(matches!(
        check(&lie, &KEY),
        Err(CheckError::ConstraintSystem { .. })
    ));
}

/// The lie also names the right constraint system; only the key gives it away.
#[test]
fn a_key_made_for_a_weaker_circuit_is_caught() {
    let honest = CircuitSpec::SquaredHinge(spec(4, 7000));
    let lie = Registration {
        verifying_key: KEY.verifying_key().clone(),
        ..registration(&honest, &KEY).unwrap()
    };
    assert!(matches!(
        check(&lie, &KEY),
        Err(CheckError::Key(EngineError::WrongKey { .. }))
    ));
}

#[test]
fn another_key_than_the_registered_one_is_told_apart() {
    let other = setup(&CircuitSpec::SquaredHinge(spec(4, 6503))).unwrap();
    assert!(matches!(
        check(&truthful(), &other),
        Err(CheckError::OtherKey)
    ));
}

#[test]
fn a_specification_outside_its_conditions_is_refused() {
    let weak = truthful()
        .spec
        .replace("\"fraction_bits\":", "\"fraction_bits\":9");
    assert!(matches!(
        check(
            &Registration {
                spec: weak,
                ..truthful()
            },
            &KEY
        ),
        Err(CheckError::Spec(_))
    ));
}

#[test]
fn the_setup_record_changes_the_id() {
    let ceremony = SetupRecord::Ceremony {
        transcript: Sha256Digest([0; 32]),
    };
    assert_ne!(
        Registration {
            setup: ceremony,
            ..truthful()
        }
        .id(),
        truthful().id()
    );
}
