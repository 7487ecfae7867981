//! Deliveries about parameters that are bound by their fingerprint: which proofs
//! pay, and which don't.

use assay_escrow::Error as EscrowError;
use assay_jobs::ContractError;
use assay_groth16::{Error, Scalar};
use assay_protocol::challenge::challenges;
use assay_protocol::circuit::Kind;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::hash::hash_elements;
use assay_protocol::id::{BlobId, StatementElement};
use assay_protocol::messages::jobs::SlotState;
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES, PublicParameters, digest};
use assay_protocol::statement::{TrainingPublic, digest_of_kind};
use assay_registries::Error as Refusal;
use cosmwasm_std::coin;
use num_bigint::{BigInt, BigUint, Sign};

use crate::challenges::Attempt;
use crate::escrow::{BLOB, CIRCUIT, Escrow, address, transfers};
use crate::job::{deliver, deliver_blob};
use crate::terms::{JOB};
use crate::trapdoor::Trapdoor;

const KIND: Kind = Kind::TrainingFingerprint;

fn key() -> Trapdoor {
    Trapdoor::challenged(1)
}

