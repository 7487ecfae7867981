//! Setup, proofs and the check of registrations for hidden models, on a small circuit.
#![allow(missing_docs, clippy::unwrap_used)]

use assay_protocol::parameters::BlobHash;
use std::fmt::Debug;
use std::sync::LazyLock;

use assay_engine::{EngineError, ProvingKey};
use assay_groth16::{Error, PreparedVerifyingKey, verify_native};
use assay_protocol::Scalar;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::{CircuitSpec, Kind};
use assay_protocol::dataset::Dataset;
use assay_protocol::id::{DatasetCommitment, ModelCommitment, SchemaDigest};
use assay_protocol::statement::{TrainingHidden, TrainingPublic};
use assay_prover::certificate::{HiddenWitness, Refusal, SquaredHingeCircuit, Witness};
use assay_prover::circuit::{CheckError, Registration, check, registration, setup};
use assay_prover::train::train;
use assay_prover::training::{Delivery, Provenance};
use assay_prover::{ProverError, circuit};

/// Salts whose digits appear nowhere by chance.
const SALT: u64 = 0x5a17_d0d0_cafe_f00d;
const MODEL_SALT: u64 = 0x0de1_5a17_beef_feed;

fn method() -> SquaredHinge {
    SquaredHinge::with_fewest_fraction_bits(4, 2, 2, 6503).unwrap()
}

fn spec() -> CircuitSpec {
    CircuitSpec::SquaredHingeHidden(method())
}

static KEY: LazyLock<ProvingKey> = LazyLock::new(|| setup(&spec()).unwrap());

struct Owner {
    method: SquaredHinge,
    data: Dataset,
    parameters: Vec<i32>,
}

impl Owner {
    fn new() -> Self {
        let method = method();
        let values = vec![10, 200, 240, 30, 100, 120];
        let data = Dataset::new(2, 2, values, vec![0, 1, 1]).unwrap();
        let parameters = train(&method, &data).unwrap();
        Self {
            method,
            data,
            parameters,
        }
    }

    fn provenance(&self, minimum_rows: u32) -> Provenance<'_> {
        Provenance {
            training: Delivery {
                hash: BlobHash::Poseidon,
                spec: &self.method,
                data: &self.data,
                schema_digest: Scalar::from(11),
                salt: Scalar::from(SALT),
                parameters: &self.parameters,
                context: Scalar::from(17),
            },
            minimum_rows,
            model_salt: Scalar::from(MODEL_SALT),
        }
    }

    fn refusal(&self, minimum_rows: u32) -> ProverError {
        self.provenance(minimum_rows).prove(&KEY).err().unwrap()
    }
}

/// One element of the statement changed at a time.
fn changed(one: TrainingHidden) -> [TrainingHidden; 5] {
    let next = |element: Scalar| element + Scalar::one();
    [
        TrainingHidden {
            context: next(one.context),
            ..one
        },
        TrainingHidden {
            dataset: DatasetCommitment(next(one.dataset.0)),
            ..one
        },
        TrainingHidden {
            minimum_rows: one.minimum_rows - 1,
            ..one
        },
        TrainingHidden {
            schema: SchemaDigest(next(one.schema.0)),
            ..one
        },
        TrainingHidden {
            model: ModelCommitment(next(one.model.0)),
            ..one
        },
    ]
}

#[test]
fn a_provenance_proof_holds_for_its_own_statement_only() {
    let owner = Owner::new();
    // As many rows as there are: the boundary.
    let (statement, proof) = owner.provenance(3).prove(&KEY).unwrap();
    let key = PreparedVerifyingKey::from(KEY.verifying_key());
    let verify = |digest: Scalar| verify_native(&key, &digest, &proof);
    let d = proof.commitment();
    assert_eq!(verify(statement.digest(d).0), Ok(()));
    for other in changed(statement) {
        assert_eq!(verify(other.digest(d).0), Err(Error::EquationFails));
    }
    let public: TrainingPublic = owner.provenance(3).training.statement().unwrap();
    assert_eq!(verify(public.digest(d).0), Err(Error::EquationFails));
}

#[test]
fn a_minimum_above_the_rows_or_of_none_is_refused_by_name() {
    let owner = Owner::new();
    for minimum in [0, 4, u32::MAX] {
        let ProverError::Refused(refusal) = owner.refusal(minimum) else {
            unreachable!("another error");
        };
        assert_eq!(refusal, Refusal::MinimumRows { rows: 3, minimum });
    }
}

/// A forger skips the native check and proves at once.
#[test]
fn a_proof_made_around_the_native_check_does_not_verify() {
    let honest = Owner::new();
    let mut untrained = Owner::new();
    untrained.parameters = vec![0; 3];
    let key = PreparedVerifyingKey::from(KEY.verifying_key());
    let forgeries = [
        (&honest, 0),
        (&honest, 4),
        (&honest, u32::MAX),
        (&untrained, 1),
    ];
    for (owner, minimum_rows) in forgeries {
        let provenance = owner.provenance(minimum_rows);
        let proof = assay_engine::prove(&KEY, provenance.circuit()).unwrap();
        let digest = provenance.statement().unwrap().digest(proof.commitment());
        let verdict = verify_native(&key, &digest.0, &proof);
        assert_eq!(verdict, Err(Error::EquationFails), "{minimum_rows}");
    }
}

#[test]
fn a_key_for_hidden_models_proves_nothing_of_a_public_one() {
    let owner = Owner::new();
    let public = owner.provenance(3).training.prove(&KEY);
    assert!(matches!(
        public,
        Err(ProverError::Engine(EngineError::WrongKey { .. }))
    ));
}

fn truthful() -> Registration {
    registration(&spec(), &KEY).unwrap()
}

#[test]
fn a_registration_for_hidden_models_is_checked_like_any_other() {
    assert_eq!(truthful().kind, Kind::TrainingHidden);
    assert_eq!(
        check(&truthful(), &KEY).unwrap(),
        circuit::shape(&spec()).unwrap()
    );
    let public = Registration {
        kind: Kind::TrainingPublic,
        ..truthful()
    };
    assert!(matches!(check(&public, &KEY), Err(CheckError::Kind { .. })));
    let spec = CircuitSpec::SquaredHinge(method()).to_canonical().unwrap();
    let public = Registration { spec, ..public };
    assert!(matches!(
        check(&public, &KEY),
        Err(CheckError::ConstraintSystem { .. })
    ));
}

#[test]
fn the_salts_are_in_no_error() {
    let mut owner = Owner::new();
    let mut errors = vec![owner.refusal(0), owner.refusal(4)];
    let delivered = owner.provenance(3).training.prove(&KEY);
    errors.push(delivered.err().unwrap());
    for parameters in [vec![0; 3], vec![0; 4], vec![i32::MAX; 3]] {
        owner.parameters = parameters;
        errors.push(owner.refusal(3));
        errors.extend(owner.provenance(3).statement().err());
    }
    assert_eq!(errors.len(), 7);
    for error in errors {
        let text = format!("{error} {error:?}").to_lowercase();
        for salt in [SALT, MODEL_SALT] {
            let reversed = salt.swap_bytes();
            for salt in [salt, reversed] {
                assert!(!text.contains(&format!("{salt}")), "{text}");
                assert!(!text.contains(&format!("{salt:016x}")), "{text}");
            }
        }
    }
}

/// A type that implements `Debug` has two `Opaque`s, and the call below doesn't compile.
trait Opaque<Reason> {
    fn has_no_debug() {}
}
impl<T> Opaque<()> for T {}
impl<T: Debug> Opaque<u8> for T {}

#[test]
fn what_holds_a_salt_has_no_debug() {
    Provenance::has_no_debug();
    Delivery::has_no_debug();
    HiddenWitness::has_no_debug();
    Witness::has_no_debug();
    SquaredHingeCircuit::has_no_debug();
}
