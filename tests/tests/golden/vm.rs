//! The vectors that get as far as a contract: the circuit registry's artifact in the real
//! VM gives the same verdict, in the words of the error of the same name.

use std::collections::HashSet;
use std::sync::Arc;

use assay_groth16::{Proof, Scalar, VerifyingKey, verify_once};
use assay_probe::Given;
use assay_protocol::circuit::{CircuitParts, Kind, SetupRecord};
use assay_protocol::id::{CircuitId, Sha256Digest, StatementElement};
use assay_protocol::messages::circuit_registry::{
    ExecuteMsg, InstantiateMsg, QueryMsg, RegisteredKey, VerifyResponse, registered_key,
};
use assay_tests::{Artifact, GasLog, VmContract};
use assay_verifier::{
    CircuitFile, Claim, Parameters, ProofFile, Refusal, VerifyingKeyFile, file, verify,
};
use cosmwasm_std::{Addr, Binary, Empty};
use cw_multi_test::{App, Executor, IntoAddr};
use serde::Serialize;

use crate::{bytes, elements, sets};

/// A registry on a fresh chain, and beside it the probe, which verifies bare bytes.
struct Registry {
    app: App,
    address: Addr,
    probe: Addr,
    registered: HashSet<CircuitId>,
}

impl Registry {
    fn new() -> Self {
        let mut app = App::default();
        let address = instantiate(&mut app, "assay_circuit_registry", &InstantiateMsg {});
        let probe = instantiate(&mut app, "tests/assay_probe", &Empty {});
        Self {
            app,
            address,
            probe,
            registered: HashSet::new(),
        }
    }

    fn register(&mut self, message: &ExecuteMsg) -> Result<(), String> {
        let anyone = "anyone".into_addr();
        let result = self
            .app
            .execute_contract(anyone, self.address.clone(), message, &[]);
        result.map(|_| ()).map_err(|error| format!("{error:?}"))
    }

    /// Registers a circuit unless it is there already.
    fn circuit(&mut self, file: &CircuitFile) -> Result<(), String> {
        if self.registered.contains(&file.id) {
            return Ok(());
        }
        self.register(&ExecuteMsg::Register {
            kind: file.kind,
            spec: file.spec.to_canonical().unwrap(),
            constraint_system: file.constraint_system,
            verifying_key: file.verifying_key.clone().into(),
            setup: file.setup.clone(),
        })?;
        self.registered.insert(file.id);
        Ok(())
    }

    /// Registers a bare key for nothing in particular, unless it is there already.
    fn bare(&mut self, kind: Kind, key: &[u8]) -> Result<CircuitId, String> {
        let (spec, constraint_system) = ("vector", Sha256Digest([0; 32]));
        let setup = SetupRecord::Development {};
        let parts = CircuitParts {
            kind,
            spec,
            constraint_system: &constraint_system,
            verifying_key: key,
            setup: &setup,
        };
        let id = parts.id();
        if !self.registered.contains(&id) {
            self.register(&ExecuteMsg::Register {
                kind,
                spec: spec.into(),
                constraint_system,
                verifying_key: key.into(),
                setup,
            })?;
            self.registered.insert(id);
        }
        Ok(id)
    }

    fn verify(
        &self,
        id: CircuitId,
        elements: &[Scalar],
        parameters: Option<&[u8]>,
        proof: &[u8],
    ) -> Result<(), String> {
        let message = QueryMsg::Verify {
            id,
            elements: elements.iter().copied().map(StatementElement).collect(),
            parameters: parameters.map(Into::into),
            proof: proof.into(),
        };
        let answer: Result<VerifyResponse, _> =
            self.app.wrap().query_wasm_smart(&self.address, &message);
        match answer {
            Ok(answer) => {
                assert!(answer.valid);
                Ok(())
            }
            Err(error) => Err(error.to_string()),
        }
    }

    /// Verifies a proof of a bare digest, which the registry takes from nobody, under the
    /// key as the registry has stored it.
    fn verify_bare(&self, id: CircuitId, digest: &[u8], proof: &[u8]) -> Result<(), String> {
        let app = self.app.wrap();
        let key = app.query_wasm_raw(&self.address, registered_key(&id));
        let key = key.unwrap().unwrap();
        let given = Given {
            key: RegisteredKey::from_bytes(&key).unwrap().prepared.into(),
            scalar: digest.into(),
            proof: proof.into(),
        };
        let step = assay_probe::QueryMsg::Verify(given);
        let answer: Result<Binary, _> = app.query_wasm_smart(&self.probe, &step);
        answer.map(|_| ()).map_err(|error| error.to_string())
    }
}

/// The parameters' bytes, where the proof is checked against them.
fn parameters(claim: &Claim) -> Option<&[u8]> {
    match claim {
        Claim::TrainingPublic {
            parameters: Parameters::Blob(bytes),
            ..
        }
        | Claim::PredictionPublic {
            parameters: Parameters::Blob(bytes),
            ..
        } => Some(bytes),
        _ => None,
    }
}

fn instantiate(app: &mut App, artifact: &str, message: &impl Serialize) -> Addr {
    let artifact = Artifact::load(artifact).unwrap_or_else(|error| panic!("{error}"));
    let contract = VmContract::new(Arc::new(artifact), GasLog::default());
    let code = app.store_code(Box::new(contract));
    let address = app.instantiate_contract(code, "anyone".into_addr(), message, &[], "assay", None);
    address.unwrap()
}

fn assert_same(name: &str, found: Result<(), String>, expected: Option<assay_groth16::Error>) {
    match (found, expected) {
        (Ok(()), None) => {}
        (Err(found), Some(expected)) => {
            assert!(found.contains(&expected.to_string()), "{name}: {found}");
        }
        (found, expected) => panic!("{name}: {found:?} in the VM, natively {expected:?}"),
    }
}

#[test]
fn every_vector_that_reaches_a_contract_gets_its_verdict_in_the_vm() {
    let mut registry = Registry::new();
    let mut reached = 0;
    for set in sets() {
        for vector in &set.vectors {
            let [key, proof] = vector.files(&set);
            let expected = match verify(&key, &proof) {
                Ok(_) => None,
                Err(
                    Refusal::KeyBytes(error) | Refusal::ProofBytes(error) | Refusal::Proof(error),
                ) => Some(error),
                // The files disagree with themselves or each other: no contract sees files.
                Err(_) => continue,
            };
            reached += 1;
            let key: VerifyingKeyFile = file::parse(key.as_bytes()).unwrap();
            let proof: ProofFile = file::parse(proof.as_bytes()).unwrap();
            let found = match registry.circuit(&key.0) {
                Ok(()) => registry.verify(
                    key.0.id,
                    &proof.elements(),
                    parameters(&proof.claim),
                    &proof.proof,
                ),
                refused => refused,
            };
            assert_same(&vector.name, found, expected);
        }
    }
    assert!(reached > 200, "{reached}");
}

#[test]
fn every_vector_of_bytes_gets_its_verdict_in_the_vm() {
    let mut registry = Registry::new();
    for vector in bytes().vectors {
        // No contract computes a digest that is no scalar.
        let Ok(statement) = assay_groth16::scalar_from_bytes(&vector.statement) else {
            continue;
        };
        let expected = {
            let check = || {
                let key = VerifyingKey::from_bytes(&vector.key)?;
                let proof = Proof::from_bytes(&vector.proof)?;
                verify_once(&key, &statement, &proof)
            };
            check().err()
        };
        let id = registry.bare(Kind::TrainingPublic, &vector.key);
        let found = id.and_then(|id| registry.verify_bare(id, &vector.statement, &vector.proof));
        assert_same(&vector.name, found, expected);
    }
}

#[test]
fn every_vector_of_elements_gets_its_verdict_in_the_vm() {
    let mut registry = Registry::new();
    for vector in elements().vectors {
        // No message holds an element that is no scalar.
        let Ok(scalars) = vector.scalars() else {
            continue;
        };
        let id = registry.bare(vector.kind, &vector.key);
        let found = id.and_then(|id| registry.verify(id, &scalars, None, &vector.proof));
        assert_same(&vector.name, found, vector.check().err());
    }
}
