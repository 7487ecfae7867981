//! Proofs made from what a worker holds, and checked with what everybody can have.

use assay_groth16::{PreparedVerifyingKey, Proof, verify_native};
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::id::StatementDigest;
use assay_prover::circuit::Registration;
use assay_prover::training::Delivery;

use crate::Error;
use crate::artefact::circuit::CircuitFolder;
use crate::artefact::dataset::Holding;
use crate::artefact::proof::{Assignment, ProofFile};

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
) -> Result<ProofFile, Error> {
    let id = circuit.registration.id();
    let context = assignment.context(circuit.registration.kind, id);
    let delivery = Delivery {
        spec: method,
        data: &holding.data,
        schema_digest: holding.schema_digest()?,
        salt: holding.salt.scalar(),
        parameters,
        context: context.to_scalar(),
    };
    let (statement, proof) = delivery.prove(&circuit.key)?;
    Ok(ProofFile {
        circuit: id,
        dataset: statement.dataset,
        parameters: statement.parameters,
        proof: proof.to_bytes(),
        assignment,
    })
}

/// Computes the statement's digest from its parts and evaluates the pairing equation.
///
/// # Errors
/// [`Error::Refused`] for another circuit's proof, [`Error::Proof`] if it doesn't hold.
pub fn verify(registration: &Registration, file: &ProofFile) -> Result<StatementDigest, Error> {
    let id = registration.id();
    if file.circuit != id {
        return Err(Error::Refused(format!(
            "the proof is for circuit {}, the key is of circuit {id}: pass that circuit's key",
            file.circuit
        )));
    }
    let digest = file.statement(registration.kind).digest();
    let key = PreparedVerifyingKey::from(&registration.verifying_key);
    Proof::from_bytes(&file.proof)
        .and_then(|proof| verify_native(&key, &digest.0, &proof))
        .map_err(Error::Proof)?;
    Ok(digest)
}
