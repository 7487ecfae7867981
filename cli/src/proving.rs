//! Proofs made from what a worker holds, and checked with what everybody can have.

use std::path::Path;

use assay_engine::Progress;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::parameters::to_bytes;
use assay_prover::circuit::Registration;
use assay_prover::training::Delivery;
use assay_verifier::Proved;

use crate::Error;
use crate::artefact::circuit::{self, CircuitFolder};
use crate::artefact::dataset::Holding;
use crate::artefact::proof::{Assignment, Claim, ProofFile};

/// Proves that `parameters`, `[vectors, features + 1]`, were trained on a dataset by
/// `method`, which is the circuit's.
///
/// # Errors
/// [`Error::Prover`] if they weren't, or if the key isn't the circuit's.
pub fn prove(
    assignment: Assignment,
    method: &SquaredHinge,
    holding: &Holding,
    parameters: &[i32],
    circuit: &CircuitFolder,
    progress: &dyn Progress,
) -> Result<ProofFile, Error> {
    let id = circuit.registration.id();
    assignment
        .check(circuit.registration.kind)
        .map_err(Error::Mismatch)?;
    let context = assignment.context(circuit.registration.kind, id);
    let delivery = Delivery {
        spec: method,
        data: &holding.data,
        schema_digest: holding.schema_digest()?,
        salt: holding.salt.scalar(),
        parameters,
        hash: circuit.registration.kind.blob_hash(),
        context: context.to_scalar(),
    };
    let (statement, proof) = delivery.prove_with(&circuit.key, progress)?;
    let claim = Claim::training(&statement, &to_bytes(parameters)?);
    Ok(ProofFile::new(id, assignment, claim, &proof))
}

/// Checks a proof as whoever has the circuit's key file would.
///
/// # Errors
/// [`Error::Refused`] for another circuit's proof, [`Error::Proof`] if it doesn't hold.
pub fn verify(registration: &Registration, proof: &ProofFile) -> Result<Proved, Error> {
    let circuit = circuit::file(registration)?.open();
    let verified = circuit.and_then(|circuit| circuit.verify(proof));
    verified.map_err(Error::refusal(Path::new("the proof")))
}
