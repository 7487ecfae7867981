//! A circuit's file and a proof's file that belong together.

use assay_groth16::Proof;
use assay_protocol::circuit::{CircuitSpec, Kind, SetupRecord};
use assay_protocol::id::{CircuitId, Sha256Digest};
use assay_verifier::{
    Assignment, CircuitFile, Claim, Fact, ProofFile, Subject, VerifyingKeyFile, file, verify,
};
use serde_json::Value;

use crate::trapdoor::Trapdoor;
use crate::vector::Set;

/// The name of the vector that holds [`Files::other_proof`].
pub const ANOTHER_PROOF: &str = "another proof of the same statement";

/// Two files, and another proof of the same statement.
pub struct Files {
    pub key: VerifyingKeyFile,
    pub proof: ProofFile,
    pub other_proof: Vec<u8>,
}

impl Files {
    /// The valid files of a set, if they still hold.
    pub fn of(set: &Set) -> Option<Self> {
        let another = set.vectors.iter().find(|v| v.name == ANOTHER_PROOF)?;
        let [key, another] = another.files(set);
        let proof = set.proof.to_string();
        verify(&key, &proof).and(verify(&key, &another)).ok()?;
        let another: ProofFile = file::parse(another.as_bytes()).ok()?;
        Some(Self {
            key: file::parse(key.as_bytes()).ok()?,
            proof: file::parse(proof.as_bytes()).ok()?,
            other_proof: another.proof,
        })
    }

    pub fn key_value(&self) -> Value {
        serde_json::from_str(&file::to_text(&self.key).unwrap()).unwrap()
    }

    pub fn proof_value(&self) -> Value {
        serde_json::from_str(&file::to_text(&self.proof).unwrap()).unwrap()
    }

    /// What the proof shows, which must hold.
    pub fn facts(&self) -> Vec<Fact> {
        facts(&self.key, &self.proof)
    }
}

pub fn facts(key: &VerifyingKeyFile, proof: &ProofFile) -> Vec<Fact> {
    let [key, proof] = [file::to_text(key).unwrap(), file::to_text(proof).unwrap()];
    verify(&key, &proof).unwrap().facts
}

/// A circuit's file, with the id of its content.
pub fn circuit(
    spec: &CircuitSpec,
    constraint_system: Sha256Digest,
    verifying_key: Vec<u8>,
) -> CircuitFile {
    with_its_id(CircuitFile {
        id: CircuitId([0; 32]),
        kind: spec.kind(),
        spec: spec.clone(),
        constraint_system,
        setup: SetupRecord::Development {},
        verifying_key,
    })
}

pub fn with_its_id(file: CircuitFile) -> CircuitFile {
    let id = file.content_id().unwrap();
    CircuitFile { id, ..file }
}

/// What the proofs are for.
pub fn assignment(spec: &CircuitSpec) -> Assignment {
    // As the contracts have it: only jobs have slots, and a model has no number yet.
    let (subject, slot) = match spec.kind() {
        Kind::TrainingPublic | Kind::TrainingFingerprint => (7, 1),
        Kind::TrainingHidden => (0, 0),
        Kind::PredictionPublic | Kind::PredictionHidden | Kind::PredictionFingerprint => (7, 0),
    };
    Assignment {
        chain_id: "assay-1".into(),
        contract: "assay1contract".into(),
        subject: Subject::of(spec.kind(), subject),
        slot,
        payee: "assay1payee".into(),
    }
}

/// Files of a key whose trapdoor is known: the verifier can't tell, since it knows no
/// circuit, and a proof takes three multiplications.
pub fn toy(spec: &CircuitSpec, seed: u64, claim: Claim) -> Files {
    let trapdoor = Trapdoor::random(seed);
    let circuit = circuit(
        spec,
        Sha256Digest([seed as u8; 32]),
        trapdoor.key().to_bytes(),
    );
    let mut proof = ProofFile {
        claim,
        circuit: circuit.id,
        assignment: assignment(spec),
        proof: Vec::new(),
    };
    let prove =
        |proof: &ProofFile, seed| -> Proof { trapdoor.prove_random(proof.statement(None).0, seed) };
    proof.proof = prove(&proof, seed).to_bytes();
    let other_proof = prove(&proof, seed + 1).to_bytes();
    Files {
        key: VerifyingKeyFile(circuit),
        proof,
        other_proof,
    }
}
