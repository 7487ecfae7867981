//! Files of circuits with challenges: which proofs hold, and which don't.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../../../contracts/escrow/tests/escrow/trapdoor.rs"]
mod trapdoor;

use assay_groth16::{Error, Proof, Scalar, VerifyingKey, verify_once};
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::{CircuitSpec, SetupRecord};
use assay_protocol::id::{
    CircuitId, DatasetCommitment, ModelCommitment, ParametersRoot, SchemaDigest, Sha256Digest,
};
use assay_protocol::parameters::PublicParameters;
use assay_protocol::statement::{TrainingHidden, TrainingPublic};
use assay_verifier::{
    Assignment, CircuitFile, Claim, ProofFile, Proved, Refusal, VerifyingKeyFile, file, verify,
};

use trapdoor::Trapdoor;

/// Two claims of either kind of training, each with its method.
fn claims() -> [(CircuitSpec, Claim); 2] {
    let method = SquaredHinge::with_fewest_fraction_bits(569, 10, 2, 65).unwrap();
    let [context, dataset, third, fourth] = [1, 2, 3, 4].map(Scalar::from);
    let dataset = DatasetCommitment(dataset);
    let public = TrainingPublic {
        context,
        dataset,
        parameters: PublicParameters::Poseidon(ParametersRoot(third)),
    };
    let hidden = TrainingHidden {
        context,
        dataset,
        minimum_rows: 500,
        schema: SchemaDigest(third),
        model: ModelCommitment(fourth),
    };
    [
        (
            CircuitSpec::SquaredHinge(method),
            Claim::training(&public, &[]),
        ),
        (
            CircuitSpec::SquaredHingeHidden(method),
            Claim::hidden_training(&hidden),
        ),
    ]
}

/// A registration of `key`, with the id of its content.
fn circuit(spec: CircuitSpec, verifying_key: Vec<u8>) -> CircuitFile {
    let mut circuit = CircuitFile {
        id: CircuitId([0; 32]),
        kind: spec.kind(),
        spec,
        constraint_system: Sha256Digest([0; 32]),
        setup: SetupRecord::Development {},
        verifying_key,
    };
    circuit.id = circuit.content_id().unwrap();
    circuit
}

/// A circuit's file and a valid proof's.
fn files(key: &Trapdoor, (spec, claim): (CircuitSpec, Claim)) -> (CircuitFile, ProofFile) {
    let circuit = circuit(spec, key.key());
    let mut proof = ProofFile {
        assignment: Assignment::unbound(claim.kind()),
        claim,
        circuit: circuit.id,
        proof: vec![],
    };
    let digest = proof.statement(key.commitment(0).as_ref());
    proof.proof = key.prove(digest.0, 0);
    (circuit, proof)
}

fn challenged() -> impl Iterator<Item = (CircuitFile, ProofFile)> {
    let key = Trapdoor::challenged(1);
    claims().into_iter().map(move |claim| files(&key, claim))
}

fn check(circuit: CircuitFile, proof: &ProofFile) -> Result<Proved, Refusal> {
    let key = file::to_text(&VerifyingKeyFile(circuit)).unwrap();
    verify(&key, &file::to_text(proof).unwrap())
}

fn refused(circuit: CircuitFile, proof: &ProofFile) -> &'static str {
    check(circuit, proof).unwrap_err().name()
}

#[test]
fn a_proof_with_challenges_shows_what_one_without_shows() {
    let plain = Trapdoor::new(1);
    for ((circuit, proof), claim) in challenged().zip(claims()) {
        let lengths = (circuit.verifying_key.len(), proof.proof.len());
        assert_eq!(lengths, (528, 240));
        let with = check(circuit, &proof).unwrap();
        let (circuit, proof) = files(&plain, claim);
        let without = check(circuit, &proof).unwrap();
        assert_eq!(with.claim, without.claim);
        assert_eq!(with.facts.len(), without.facts.len());
        assert_ne!(with.statement, without.statement);
    }
}

#[test]
fn another_commitment_is_refused() {
    let key = Trapdoor::challenged(1);
    for (circuit, mut proof) in challenged() {
        let other = key.commitment(1).unwrap();
        proof.proof[192..].copy_from_slice(&other);
        assert_eq!(refused(circuit, &proof), "equation_fails");
    }
}

/// The equation holds for the digest that was proved; the one computed from the moved D is
/// another.
#[test]
fn a_commitment_that_was_moved_is_refused() {
    let key = Trapdoor::challenged(1);
    for (circuit, mut proof) in challenged() {
        let proved = check(circuit.clone(), &proof).unwrap().statement;
        proof.proof = key.move_commitment(&proof.proof);
        let bytes = Proof::from_bytes(&proof.proof).unwrap();
        let verifying_key = VerifyingKey::from_bytes(&circuit.verifying_key).unwrap();
        assert_eq!(verify_once(&verifying_key, &proved.0, &bytes), Ok(()));
        let refusal = check(circuit, &proof).unwrap_err();
        assert_eq!(refusal, Refusal::Proof(Error::EquationFails));
    }
}

#[test]
fn a_proof_of_a_digest_without_challenges_or_with_anothers_is_refused() {
    let key = Trapdoor::challenged(1);
    for (circuit, mut proof) in challenged() {
        for commitment in [None, key.commitment(1)] {
            let digest = proof.statement(commitment.as_ref());
            proof.proof = key.prove(digest.0, 0);
            assert_eq!(refused(circuit.clone(), &proof), "equation_fails");
        }
    }
}

#[test]
fn a_changed_assignment_or_claim_is_refused() {
    for (circuit, proof) in challenged() {
        let mut elsewhere = proof.clone();
        elsewhere.assignment.payee = "thief".into();
        let mut other = proof.clone();
        match &mut other.claim {
            Claim::TrainingPublic { dataset, .. } | Claim::TrainingHidden { dataset, .. } => {
                *dataset = DatasetCommitment(Scalar::from(9));
            }
            _ => unreachable!("both are trainings"),
        }
        for changed in [elsewhere, other] {
            assert_ne!(changed, proof);
            let refusal = check(circuit.clone(), &changed).unwrap_err();
            assert_eq!(refusal, Refusal::Proof(Error::EquationFails));
        }
    }
}

#[test]
fn a_commitment_belongs_to_a_circuit_with_challenges() {
    let [(spec, claim), _] = claims();
    let key = Trapdoor::new(1);
    let (plain, mut proof) = files(&key, (spec.clone(), claim));
    let challenged = circuit(spec, Trapdoor::challenged(1).key());
    proof.circuit = challenged.id;
    proof.proof = key.prove(proof.statement(None).0, 0);
    let refusal = check(challenged, &proof).unwrap_err();
    assert_eq!(refusal, Refusal::Proof(Error::ProofKind));
    assert_eq!(refusal.name(), "proof_kind");
    proof.circuit = plain.id;
    proof.proof = key.prove(proof.statement(None).0, 0);
    proof
        .proof
        .extend(Trapdoor::challenged(1).commitment(0).unwrap());
    assert_eq!(refused(plain, &proof), "proof_kind");
}

#[test]
fn a_key_whose_epsilon_is_its_delta_is_refused() {
    for (circuit_file, proof) in challenged() {
        let mut key = circuit_file.verifying_key.clone();
        key.copy_within(240..336, 432);
        let forgeable = circuit(circuit_file.spec, key);
        let proof = ProofFile {
            circuit: forgeable.id,
            ..proof
        };
        assert_eq!(refused(forgeable, &proof), "epsilon_equals_other");
    }
}

#[test]
fn bytes_of_another_length_are_refused() {
    let [(spec, claim), _] = claims();
    let (circuit_file, proof) = files(&Trapdoor::challenged(1), (spec.clone(), claim));
    for len in [239, 241] {
        let mut cut = proof.clone();
        cut.proof.resize(len, 0);
        assert_eq!(refused(circuit_file.clone(), &cut), "proof_length");
    }
    let mut key = circuit_file.verifying_key.clone();
    key.pop();
    let short = circuit(spec, key);
    assert_eq!(refused(short, &proof), "key_length");
}
