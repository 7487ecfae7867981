//! A specification's circuit: its shape, its key, and whether a registration that names
//! them tells the truth.

use assay_engine::{EngineError, ProvingKey};
use assay_groth16::VerifyingKey;
use assay_protocol::circuit::{CircuitParts, CircuitSpec, Kind, SetupRecord, SpecError};
use assay_protocol::id::{CircuitId, Sha256Digest};

use crate::certificate::SquaredHingeCircuit;
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
    /// The key was made for other constraints than the specification's.
    #[error("the label lies: {0}")]
    Key(EngineError),
    /// The specification can't be compiled.
    #[error(transparent)]
    Compile(ProverError),
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
/// constraint system and the verifying keys, and checks every query of the proving key
/// against the constraints ([`assay_engine::check`]).
///
/// What passes proves the registered specification and nothing weaker. It can't be told who
/// knows the key's trapdoor.
///
/// # Errors
/// How it lies.
pub fn check(registration: &Registration, key: &ProvingKey) -> Result<Shape, CheckError> {
    let (spec, shape) = check_label(registration)?;
    if *key.verifying_key() != registration.verifying_key {
        return Err(CheckError::OtherKey);
    }
    let CircuitSpec::SquaredHinge(spec) = spec;
    assay_engine::check(
        key,
        SquaredHingeCircuit {
            spec,
            witness: None,
        },
    )
    .map_err(CheckError::Key)?;
    Ok(shape)
}

/// The part of [`check`] that needs no proving key: whether kind and constraint system are
/// what the specification compiles to. The verifying key remains a claim of its maker.
///
/// # Errors
/// How it lies.
pub fn check_label(registration: &Registration) -> Result<(CircuitSpec, Shape), CheckError> {
    let spec = CircuitSpec::from_canonical(&registration.spec)?;
    let (claimed, found) = (registration.kind, spec.kind());
    if claimed != found {
        return Err(CheckError::Kind { claimed, found });
    }
    let shape = shape(&spec).map_err(CheckError::Compile)?;
    let (claimed, found) = (registration.constraint_system, shape.digest);
    if claimed != found {
        return Err(CheckError::ConstraintSystem { claimed, found });
    }
    Ok((spec, shape))
}
