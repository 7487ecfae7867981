//! Valid proofs of what nobody has computed, by keys whose trapdoors are known.

use assay_protocol::Scalar;
use assay_protocol::challenge::challenges;
use assay_protocol::circuit::{CircuitParts, Kind, SetupRecord};
use assay_protocol::context::Context;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::hash::{Tag, hash_bytes};
use assay_protocol::id::{
    BlobId, CircuitId, DatasetCommitment, ModelCommitment, RequestId, SchemaDigest, Sha256Digest,
};
use assay_protocol::messages::jobs::{self, SlotId};
use assay_protocol::messages::model_store::{self, Provenance};
use assay_protocol::messages::{circuit_registry, predictions};
use assay_protocol::parameters::{BlobHash, PublicParameters};
use assay_protocol::prediction::{input_digest, output_digest};
use assay_protocol::schema::{Column, LabelColumn, Schema};
use assay_protocol::statement::{
    Model, Prediction, TrainingHidden, TrainingPublic, digest_of_kind,
};
use cosmwasm_std::{Addr, Binary};
use cw_multi_test::IntoAddr;

use crate::market::Market;
use crate::messages::{BLOB, DATASET, INPUT, OUTPUT};
use crate::trapdoor::Trapdoor;

/// What is in the blob that the chain begins with.
pub const PARAMETERS: [u8; 6] = [1, 2, 3, 4, 5, 6];

const MINIMUM_ROWS: u32 = 100;

impl Market {
    /// The registration of the hidden model by `owner`, with the proof of its origin.
    pub fn registration(&self, owner: &Addr) -> model_store::ExecuteMsg {
        let context = self.context(Kind::TrainingHidden, &self.model_store, (0, 0), owner);
        let schema = SchemaDigest(schema().digest().unwrap());
        let statement = TrainingHidden {
            context,
            dataset: dataset_commitment(),
            minimum_rows: MINIMUM_ROWS,
            schema,
            model: model_commitment(),
        };
        let provenance = Provenance {
            dataset: DATASET,
            circuit: circuit_id(Kind::TrainingHidden),
            minimum_rows: MINIMUM_ROWS,
            proof: prove(Kind::TrainingHidden, statement.digest(None).0),
        };
        model_store::ExecuteMsg::RegisterModel {
            commitment: model_commitment(),
            schema: self::schema().to_canonical(),
            provenance: Some(provenance),
        }
    }

    /// A valid delivery by "provider" for a slot.
    pub fn delivery(&self, slot: SlotId) -> jobs::ExecuteMsg {
        let kind = Kind::TrainingPublic;
        let statement = self.trained(kind, slot, &PARAMETERS);
        deliver(slot, BLOB, prove(kind, statement.digest(None).0))
    }

    /// A delivery by "provider" for a slot, of a blob with these bytes that a fingerprint
    /// binds; and the point at which it is evaluated.
    pub fn hashed_delivery(
        &self,
        slot: SlotId,
        blob: BlobId,
        bytes: &[u8],
    ) -> (jobs::ExecuteMsg, Scalar) {
        let kind = Kind::TrainingFingerprint;
        let statement = self.trained(kind, slot, bytes);
        let (proof, point) = prove_with_fingerprint(kind, &statement.elements(), bytes);
        (deliver(slot, blob, proof), point)
    }

    /// "provider" trained these parameters for a slot.
    fn trained(&self, kind: Kind, slot: SlotId, bytes: &[u8]) -> TrainingPublic {
        let subject = (slot.job.0, slot.slot);
        let hash = match kind.has_fingerprint() {
            true => BlobHash::Sha256,
            false => BlobHash::Poseidon,
        };
        TrainingPublic {
            context: self.context(kind, &self.jobs, subject, &"provider".into_addr()),
            dataset: dataset_commitment(),
            parameters: PublicParameters::of(bytes, hash),
        }
    }

    /// A valid answer of "provider" to a request for an offer of this kind.
    pub fn answer(&self, kind: Kind, request: RequestId) -> predictions::ExecuteMsg {
        let model = match kind {
            Kind::PredictionHidden => Model::Hidden(model_commitment()),
            _ => Model::Public(PublicParameters::of(&PARAMETERS, BlobHash::Poseidon)),
        };
        let schema = schema().to_canonical();
        let statement = self.predicted(kind, request, model, &schema, &INPUT, &OUTPUT);
        fulfil(request, &OUTPUT, prove(kind, statement.digest(None).0))
    }

    /// A valid answer of "provider" for the public model.
    pub fn long_answer(
        &self,
        request: RequestId,
        schema: &str,
        input: &[u8],
        output: &[u8],
    ) -> predictions::ExecuteMsg {
        let kind = Kind::PredictionPublic;
        let model = Model::Public(PublicParameters::of(&PARAMETERS, BlobHash::Poseidon));
        let statement = self.predicted(kind, request, model, schema, input, output);
        fulfil(request, output, prove(kind, statement.digest(None).0))
    }

    /// An answer of "provider" by the model with these bytes, which a fingerprint binds.
    pub fn hashed_answer(&self, request: RequestId, bytes: &[u8]) -> predictions::ExecuteMsg {
        let kind = Kind::PredictionFingerprint;
        let model = Model::Public(PublicParameters::of(bytes, BlobHash::Sha256));
        let schema = schema().to_canonical();
        let statement = self.predicted(kind, request, model, &schema, &INPUT, &OUTPUT);
        let (proof, _) = prove_with_fingerprint(kind, &statement.elements(), bytes);
        fulfil(request, &OUTPUT, proof)
    }

    fn predicted(
        &self,
        kind: Kind,
        request: RequestId,
        model: Model,
        schema: &str,
        input: &[u8],
        output: &[u8],
    ) -> Prediction {
        let subject = (request.0, 0);
        Prediction {
            context: self.context(kind, &self.predictions, subject, &"provider".into_addr()),
            model,
            schema: SchemaDigest(hash_bytes(Tag::Schema, schema.as_bytes())),
            input: input_digest(input),
            output: output_digest(output),
        }
    }

    fn context(
        &self,
        kind: Kind,
        contract: &Addr,
        (subject, slot): (u64, u32),
        payee: &Addr,
    ) -> Scalar {
        let block = self.app.block_info();
        let context = Context {
            kind,
            chain_id: &block.chain_id,
            contract: contract.as_str(),
            subject,
            slot,
            payee: payee.as_str(),
            circuit: circuit_id(kind),
        };
        context.to_scalar()
    }
}

fn deliver(SlotId { job, slot }: SlotId, blob: BlobId, proof: Binary) -> jobs::ExecuteMsg {
    jobs::ExecuteMsg::Deliver {
        job,
        slot,
        blob,
        proof,
    }
}

fn fulfil(request: RequestId, output: &[u8], proof: Binary) -> predictions::ExecuteMsg {
    predictions::ExecuteMsg::Fulfil {
        request,
        output: output.into(),
        proof,
    }
}

/// The key of each kind has a trapdoor of its own.
pub fn trapdoor(kind: Kind) -> Trapdoor {
    match kind.has_fingerprint() {
        true => Trapdoor::challenged(kind as u64),
        false => Trapdoor::new(kind as u64),
    }
}

fn prove(kind: Kind, digest: Scalar) -> Binary {
    trapdoor(kind).prove(digest, 0).into()
}

/// A valid proof about these parameters, and the point at which they are evaluated for it.
fn prove_with_fingerprint(kind: Kind, elements: &[Scalar], bytes: &[u8]) -> (Binary, Scalar) {
    let commitment = trapdoor(kind).commitment(0).unwrap();
    let [_, point] = challenges(kind.tag(), elements, &commitment);
    let evaluate = |point| Ok::<_, ()>(fingerprint(bytes, point));
    let digest = digest_of_kind(kind, elements, Some(&commitment), evaluate).unwrap();
    (prove(kind, digest.0), point)
}

/// The registration of a circuit of this kind.
pub fn circuit(kind: Kind) -> circuit_registry::ExecuteMsg {
    circuit_registry::ExecuteMsg::Register {
        kind,
        spec: "{}".into(),
        constraint_system: Sha256Digest([1; 32]),
        verifying_key: trapdoor(kind).key().into(),
        setup: SetupRecord::Development {},
    }
}

pub fn circuit_id(kind: Kind) -> CircuitId {
    CircuitParts {
        kind,
        spec: "{}",
        constraint_system: &Sha256Digest([1; 32]),
        verifying_key: &trapdoor(kind).key(),
        setup: &SetupRecord::Development {},
    }
    .id()
}

/// A schema of 64 columns.
pub fn schema() -> Schema {
    let column = |i: u32| Column {
        name: format!("pixel_{i}"),
        lower: "0".into(),
        upper: "16".into(),
    };
    Schema {
        columns: (0..64).map(column).collect(),
        label: LabelColumn {
            name: "digit".into(),
            classes: ["even", "odd"].map(String::from).to_vec(),
        },
    }
}

pub fn dataset_commitment() -> DatasetCommitment {
    DatasetCommitment(Scalar::from(77))
}

fn model_commitment() -> ModelCommitment {
    ModelCommitment(Scalar::from(66))
}
