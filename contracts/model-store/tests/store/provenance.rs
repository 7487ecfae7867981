//! Hidden models with a proof of where they came from.

use assay_groth16::{Error, Scalar};
use assay_model_store::ContractError;
use assay_protocol::challenge::Commitment;
use assay_protocol::circuit::Kind;
use assay_protocol::context::Context;
use assay_protocol::id::{
    CircuitId, DatasetCommitment, DatasetId, ModelCommitment, ModelId, SchemaDigest,
};
use assay_protocol::messages::model_store::{Origin, Provenance};
use assay_protocol::statement::TrainingHidden;
use assay_registries::Error as Refusal;
use cosmwasm_std::{Addr, Response};

use crate::models::{commitment, schema, schema_digest};
use crate::registries::Registries;
use crate::store::{Store, attribute, stranger, uploader};
use crate::trapdoor::Trapdoor;

pub const DATASET: DatasetId = DatasetId(4);
pub const CIRCUIT: CircuitId = CircuitId([5; 32]);
pub const ROWS: u32 = 500;

fn dataset() -> DatasetCommitment {
    DatasetCommitment(Scalar::from(77))
}

/// A store whose registries hold a dataset and a circuit of this kind.
fn store(kind: Kind, development: bool, allowed: bool) -> Store {
    let mut store = Store::blank();
    let mut msg = Registries::store_config();
    msg.allow_development_keys = allowed;
    store.instantiate(msg).unwrap();
    store.registries.add_dataset(DATASET, dataset());
    let key = Trapdoor::new(1);
    store
        .registries
        .add_circuit(CIRCUIT, kind, &key, development);
    store
}

pub fn ready() -> Store {
    store(Kind::TrainingHidden, false, false)
}

/// What an owner proves.
pub struct Claim {
    kind: Kind,
    chain_id: String,
    contract: Addr,
    subject: u64,
    slot: u32,
    owner: Addr,
    circuit: CircuitId,
    dataset: DatasetCommitment,
    minimum_rows: u32,
    schema: SchemaDigest,
    model: ModelCommitment,
}

impl Claim {
    pub fn new(store: &Store) -> Self {
        Self {
            kind: Kind::TrainingHidden,
            chain_id: store.env.block.chain_id.clone(),
            contract: store.env.contract.address.clone(),
            subject: 0,
            slot: 0,
            owner: uploader(),
            circuit: CIRCUIT,
            dataset: dataset(),
            minimum_rows: ROWS,
            schema: schema_digest(),
            model: commitment(5),
        }
    }

    fn digest(&self, commitment: Option<&Commitment>) -> Scalar {
        self.statement().digest(commitment).0
    }

    pub fn statement(&self) -> TrainingHidden {
        let context = Context {
            kind: self.kind,
            chain_id: &self.chain_id,
            contract: self.contract.as_str(),
            subject: self.subject,
            slot: self.slot,
            payee: self.owner.as_str(),
            circuit: self.circuit,
        };
        TrainingHidden {
            context: context.to_scalar(),
            dataset: self.dataset,
            minimum_rows: self.minimum_rows,
            schema: self.schema,
            model: self.model,
        }
    }

    pub fn prove(&self) -> Provenance {
        provenance(Trapdoor::new(1).prove(self.digest(None), 0))
    }
}

/// What "uploader" sends with a proof.
pub fn provenance(proof: Vec<u8>) -> Provenance {
    Provenance {
        dataset: DATASET,
        circuit: CIRCUIT,
        minimum_rows: ROWS,
        proof: proof.into(),
    }
}

/// Registers with a valid proof after `change` of what is sent.
fn register(
    store: &mut Store,
    change: impl FnOnce(&mut Provenance),
) -> Result<Response, ContractError> {
    let mut provenance = Claim::new(store).prove();
    change(&mut provenance);
    store.register(&uploader(), Some(provenance))
}

#[test]
fn a_proved_origin_is_kept_with_the_model() {
    let mut store = ready();
    let response = register(&mut store, |_| {}).unwrap();
    assert_eq!(attribute(&response, "provenance"), "true");
    let origin = Origin {
        dataset: DATASET,
        dataset_commitment: dataset(),
        circuit: CIRCUIT,
        minimum_rows: ROWS,
    };
    assert_eq!(store.model(ModelId(1)).unwrap().origin, Some(origin));
}

fn is_refused_by_the_equation(error: &ContractError) -> bool {
    matches!(error, ContractError::Groth16(Error::EquationFails))
}

#[test]
fn a_proof_of_another_origin_is_refused() {
    let other = Scalar::from(1);
    let changes: [&dyn Fn(&mut Claim); 11] = [
        &|claim| claim.kind = Kind::TrainingPublic,
        &|claim| claim.chain_id = "another-chain".into(),
        &|claim| claim.contract = stranger(),
        &|claim| claim.subject = 1,
        &|claim| claim.slot = 1,
        &|claim| claim.owner = stranger(),
        &|claim| claim.circuit = CircuitId([6; 32]),
        &|claim| claim.dataset = DatasetCommitment(other),
        &|claim| claim.minimum_rows = ROWS - 1,
        &|claim| claim.schema = SchemaDigest(other),
        &|claim| claim.model = ModelCommitment(other),
    ];
    for change in changes {
        let mut store = ready();
        let mut claim = Claim::new(&store);
        let digest = claim.digest(None);
        change(&mut claim);
        assert_ne!(claim.digest(None), digest);
        let error = store
            .register(&uploader(), Some(claim.prove()))
            .unwrap_err();
        assert!(is_refused_by_the_equation(&error));
        assert!(store.model(ModelId(1)).is_err());
    }
}

#[test]
fn nobody_registers_with_a_proof_made_for_somebody_else() {
    let mut store = ready();
    let provenance = Claim::new(&store).prove();
    let error = store.register(&stranger(), Some(provenance)).unwrap_err();
    assert!(is_refused_by_the_equation(&error));
}

#[test]
fn nothing_that_is_claimed_can_be_changed_under_a_proof() {
    let mut store = ready();
    store
        .registries
        .add_dataset(DatasetId(9), DatasetCommitment(Scalar::from(9)));
    let key = Trapdoor::new(1);
    let other = CircuitId([6; 32]);
    store
        .registries
        .add_circuit(other, Kind::TrainingHidden, &key, false);
    let changes: [fn(&mut Provenance); 4] = [
        |provenance| provenance.dataset = DatasetId(9),
        |provenance| provenance.circuit = CircuitId([6; 32]),
        |provenance| provenance.minimum_rows = ROWS + 1,
        |provenance| provenance.minimum_rows = 1,
    ];
    for change in changes {
        let error = register(&mut store, change).unwrap_err();
        assert!(is_refused_by_the_equation(&error));
    }
}

#[test]
fn another_schema_under_a_proof_is_refused() {
    let mut store = ready();
    let provenance = Claim::new(&store).prove();
    let mut other = schema();
    other.columns[0].upper = "2".into();
    let text = other.to_canonical();
    let error = store
        .register_with(&uploader(), &text, Some(provenance))
        .unwrap_err();
    assert!(is_refused_by_the_equation(&error));
}

#[test]
fn a_minimum_of_no_rows_is_refused() {
    let mut store = ready();
    let mut claim = Claim::new(&store);
    claim.minimum_rows = 0;
    let mut provenance = claim.prove();
    provenance.minimum_rows = 0;
    let error = store.register(&uploader(), Some(provenance)).unwrap_err();
    assert!(matches!(error, ContractError::NoRows));
}

#[test]
fn a_circuit_that_does_not_prove_hidden_training_is_refused() {
    for kind in Kind::ALL {
        let mut store = store(kind, false, false);
        match register(&mut store, |_| {}) {
            Ok(_) => assert_eq!(kind, Kind::TrainingHidden),
            Err(ContractError::Registry(Refusal::WrongKind { circuit, .. })) => {
                assert!(kind != Kind::TrainingHidden && circuit == CIRCUIT);
            }
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn provenance_by_a_development_key_needs_a_store_that_allows_it() {
    for allowed in [false, true] {
        let mut store = store(Kind::TrainingHidden, true, allowed);
        match register(&mut store, |_| {}) {
            Ok(_) => assert!(allowed),
            Err(ContractError::Registry(Refusal::DevelopmentKey { circuit })) => {
                assert!(!allowed && circuit == CIRCUIT);
            }
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn an_origin_that_is_not_registered_is_refused() {
    let mut store = ready();
    let error = register(&mut store, |provenance| provenance.dataset = DatasetId(9));
    assert!(matches!(
        error,
        Err(ContractError::Registry(Refusal::UnknownDataset { .. }))
    ));
    let error = register(&mut store, |provenance| {
        provenance.circuit = CircuitId([9; 32])
    });
    assert!(matches!(
        error,
        Err(ContractError::Registry(Refusal::UnknownCircuit { .. }))
    ));
}

#[test]
fn provenance_without_a_proof_is_refused() {
    for len in [0, 191, 193, 239, 241] {
        let error = register(&mut ready(), |provenance| {
            provenance.proof = vec![0; len].into()
        });
        assert!(
            matches!(error, Err(ContractError::Groth16(Error::ProofLength { len: l })) if l == len)
        );
    }
    let error = register(&mut ready(), |provenance| {
        provenance.proof = vec![0; 192].into()
    });
    assert!(matches!(
        error,
        Err(ContractError::Groth16(Error::MalformedProof))
    ));
}
