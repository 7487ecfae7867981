//! A specification's circuit: its shape, its key, and whether a registration that names
//! them tells the truth.

use assay_engine::ProvingKey;
use assay_groth16::VerifyingKey;
use assay_protocol::Scalar;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::{CircuitParts, CircuitSpec, Kind, SetupRecord, SpecError};
use assay_protocol::dataset::{Dataset, DatasetError};
use assay_protocol::id::{CircuitId, Sha256Digest};

use crate::certificate::SquaredHingeCircuit;
use crate::train::{TrainError, train};
use crate::training::Delivery;
use crate::{ProverError, Shape};

/// What is registered of a circuit. Specification and constraint system are claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The statement's kind.
    pub kind: Kind,
    /// The canonical specification.
    pub spec: String,
    /// Digest of the constraint system that the key was made for.
    pub constraint_system: Sha256Digest,
    /// The verifying key.
    pub verifying_key: VerifyingKey,
    /// How the key was made.
    pub setup: SetupRecord,
}

impl Registration {
    /// The circuit's id.
    pub fn id(&self) -> CircuitId {
        let parts = CircuitParts {
            kind: self.kind,
            spec: &self.spec,
            constraint_system: &self.constraint_system,
            verifying_key: &self.verifying_key.to_bytes(),
            setup: &self.setup,
        };
        parts.id()
    }
}

/// How a registration or a key lies, or why that can't be told.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The specification is none, or outside its conditions.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// Kind and specification differ.
    #[error(
        "the registration says {claimed:?}, but its specification proves {found:?}: don't use it"
    )]
    Kind {
        /// The kind registered.
        claimed: Kind,
        /// The specification's kind.
        found: Kind,
    },
    /// The specification compiles to another constraint system.
    #[error(
        "the label lies: its specification compiles to constraint system {found}, registered is {claimed}: don't use it"
    )]
    ConstraintSystem {
        /// The digest registered.
        claimed: Sha256Digest,
        /// The digest found.
        found: Sha256Digest,
    },
    /// The proving key belongs to another verifying key.
    #[error(
        "the proving key at hand belongs to another verifying key than the registered one: fetch the right one"
    )]
    OtherKey,
    /// A true statement of this specification has no proof under the key.
    #[error(
        "the label lies: the registered key doesn't verify a proof of its own specification ({0}): don't use it"
    )]
    Key(ProverError),
    /// The check itself couldn't be made.
    #[error("the sample statement can't be made: {0}")]
    Sample(String),
}

/// The shape of a specification's circuit.
///
/// # Errors
/// [`ProverError::Spec`] or [`ProverError::Synthesis`].
pub fn shape(spec: &CircuitSpec) -> Result<Shape, ProverError> {
    spec.check()?;
    let CircuitSpec::SquaredHinge(spec) = *spec;
    Ok(Shape::of(SquaredHingeCircuit {
        spec,
        witness: None,
    })?)
}

/// Makes a key, alone: a [`SetupRecord::Development`] key.
///
/// # Errors
/// [`ProverError::Spec`] or those of the engine.
pub fn setup(spec: &CircuitSpec) -> Result<ProvingKey, ProverError> {
    spec.check()?;
    let CircuitSpec::SquaredHinge(spec) = *spec;
    Ok(assay_engine::setup(SquaredHingeCircuit {
        spec,
        witness: None,
    })?)
}

/// The registration of a key that this program made for a specification.
///
/// # Errors
/// Those of [`shape`].
pub fn registration(spec: &CircuitSpec, key: &ProvingKey) -> Result<Registration, ProverError> {
    Ok(Registration {
        kind: spec.kind(),
        spec: spec.to_canonical()?,
        constraint_system: shape(spec)?.digest,
        verifying_key: key.verifying_key().clone(),
        setup: SetupRecord::Development {},
    })
}

/// Checks what a registration claims: compiles its specification again, compares the
/// constraint system, compares the verifying keys, and proves and verifies a sample
/// statement.
///
/// The sample fills every row with varied data, so a key made for other constraints
/// doesn't pass: the proof's quotient comes from the specification's constraints and its
/// bases from the key. It can't show that nobody knows the key's trapdoor.
///
/// # Errors
/// How it lies.
pub fn check(registration: &Registration, key: &ProvingKey) -> Result<Shape, CheckError> {
    let spec = CircuitSpec::from_canonical(&registration.spec)?;
    let (claimed, found) = (registration.kind, spec.kind());
    if claimed != found {
        return Err(CheckError::Kind { claimed, found });
    }
    let shape = shape(&spec).map_err(CheckError::Key)?;
    let (claimed, found) = (registration.constraint_system, shape.digest);
    if claimed != found {
        return Err(CheckError::ConstraintSystem { claimed, found });
    }
    if *key.verifying_key() != registration.verifying_key {
        return Err(CheckError::OtherKey);
    }
    let CircuitSpec::SquaredHinge(spec) = spec;
    prove_sample(&spec, key)?;
    Ok(shape)
}

fn prove_sample(spec: &SquaredHinge, key: &ProvingKey) -> Result<(), CheckError> {
    let data = sample(spec).map_err(|error| CheckError::Sample(error.to_string()))?;
    let parameters =
        train(spec, &data).map_err(|error: TrainError| CheckError::Sample(error.to_string()))?;
    let delivery = Delivery {
        spec,
        data: &data,
        schema_digest: Scalar::from(3),
        salt: Scalar::from(5),
        parameters: &parameters,
        context: Scalar::from(7),
    };
    delivery.prove(key).map_err(CheckError::Key)?;
    Ok(())
}

/// As many rows as the circuit holds, of bytes without a pattern.
fn sample(spec: &SquaredHinge) -> Result<Dataset, DatasetError> {
    let (rows, features) = (spec.rows as usize, spec.features as usize);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        // Xorshift (Marsaglia 2003): fixed, so that a check can be repeated.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    let values = (0..rows * features).map(|_| next()).collect();
    let labels = (0..rows)
        .map(|_| (u32::from(next()) % spec.classes) as u8)
        .collect();
    Dataset::new(features, spec.classes as usize, values, labels)
}
