//! A specification's circuit: its shape, its key, and whether a registration that names
//! them tells the truth.

use std::sync::Arc;

use assay_engine::{EngineError, Progress, ProvingKey, StagedCircuit};
use assay_groth16::VerifyingKey;
use assay_protocol::Scalar;
use assay_protocol::circuit::{CircuitParts, CircuitSpec, Kind, SetupRecord, SpecError};
use assay_protocol::id::{CircuitId, Sha256Digest};
use bellman::{ConstraintSystem, SynthesisError};

use crate::certificate::{Claim, SquaredHingeCircuit};
use crate::cost::MAX_CONSTRAINTS;
use crate::graph::Plan;
use crate::prediction::PredictionCircuit;
use crate::stage::Rest;
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
    #[error("the registration says {claimed}, but its specification proves {found}: don't use it")]
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
    /// A key that one party made, where that isn't allowed.
    #[error(
        "one party made the keys of circuit {circuit} alone and could forge its proofs: allow development keys for tests and test money only"
    )]
    Development {
        /// The circuit.
        circuit: CircuitId,
    },
    /// The specification can't be compiled.
    #[error(transparent)]
    Compile(ProverError),
}

/// The circuit that a specification means, without a witness: the one place that tells
/// specifications apart.
#[derive(Clone)]
enum SpecifiedCircuit {
    /// Training by squared-hinge certificate, public or hidden model.
    SquaredHinge(SquaredHingeCircuit<'static>),
    /// Prediction, public or hidden model.
    Prediction(PredictionCircuit<'static>),
}

impl SpecifiedCircuit {
    /// The circuit of a specification that meets its conditions.
    fn of(spec: &CircuitSpec) -> Result<Self, ProverError> {
        spec.check()?;
        check_size(spec)?;
        let (spec, claim) = match spec {
            CircuitSpec::SquaredHinge(spec) => (*spec, Claim::Public(None)),
            CircuitSpec::SquaredHingeHidden(spec) => (*spec, Claim::Hidden(None)),
            CircuitSpec::SquaredHingeFingerprint(spec) => (*spec, Claim::Fingerprint(None)),
            CircuitSpec::Prediction(spec) => {
                let plan = Arc::new(Plan::new(spec)?);
                let witness = None;
                return Ok(Self::Prediction(PredictionCircuit { plan, witness }));
            }
        };
        Ok(Self::SquaredHinge(SquaredHingeCircuit { spec, claim }))
    }
}

/// Refuses a certificate that would take hours to compile. The count is a rough one, from
/// the costs in the design; predictions are bounded by [`Plan::new`].
fn check_size(spec: &CircuitSpec) -> Result<(), ProverError> {
    let (CircuitSpec::SquaredHinge(spec)
    | CircuitSpec::SquaredHingeHidden(spec)
    | CircuitSpec::SquaredHingeFingerprint(spec)) = spec
    else {
        return Ok(());
    };
    let (rows, features) = (u64::from(spec.rows), u64::from(spec.features));
    let data = 12 * rows * features;
    let constraints = data + spec.vectors() as u64 * (44 * rows + 80 * features + data / 60);
    match constraints <= MAX_CONSTRAINTS {
        true => Ok(()),
        false => Err(ProverError::TooLarge { constraints }),
    }
}

impl StagedCircuit for SpecifiedCircuit {
    type Second = Rest;

    fn first_stage<CS: ConstraintSystem<Scalar>>(
        self,
        cs: &mut CS,
    ) -> Result<Option<Rest>, SynthesisError> {
        match self {
            Self::SquaredHinge(circuit) => circuit.first_stage(cs),
            Self::Prediction(circuit) => circuit.first_stage(cs),
        }
    }
}

/// The shape of a specification's circuit.
///
/// # Errors
/// [`ProverError::Spec`], [`ProverError::Plan`] or [`ProverError::Synthesis`].
pub fn shape(spec: &CircuitSpec) -> Result<Shape, ProverError> {
    Ok(Shape::of(SpecifiedCircuit::of(spec)?)?)
}

/// Makes a key, alone: a [`SetupRecord::Development`] key.
///
/// # Errors
/// [`ProverError::Spec`], [`ProverError::Plan`] or those of the engine.
pub fn setup(spec: &CircuitSpec) -> Result<ProvingKey, ProverError> {
    setup_with(spec, &())
}

/// As [`setup`], with reports to the caller, who may give up.
///
/// # Errors
/// Those of [`setup`].
pub fn setup_with(spec: &CircuitSpec, progress: &dyn Progress) -> Result<ProvingKey, ProverError> {
    Ok(assay_engine::setup_with(
        SpecifiedCircuit::of(spec)?,
        progress,
    )?)
}

/// Bytes of the file of a specification's proving key, without making the key.
///
/// # Errors
/// [`ProverError::Spec`], [`ProverError::Plan`] or those of the engine.
pub fn key_bytes(spec: &CircuitSpec) -> Result<u64, ProverError> {
    Ok(assay_engine::key_bytes(SpecifiedCircuit::of(spec)?)?)
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
    let circuit = SpecifiedCircuit::of(&spec).map_err(CheckError::Compile)?;
    assay_engine::check(key, circuit).map_err(CheckError::Key)?;
    Ok(shape)
}

/// Refuses a key that one party made: nothing of such a key tells whether that party kept
/// what it needs to forge. Before real money is at stake, [`check`] isn't enough.
///
/// # Errors
/// [`CheckError::Development`].
pub fn refuse_development(registration: &Registration) -> Result<(), CheckError> {
    match registration.setup.is_development() {
        true => Err(CheckError::Development {
            circuit: registration.id(),
        }),
        false => Ok(()),
    }
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
