//! What the steps of a delivery cost in Wasm, each above a call that does nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use assay_engine::{SecondStage, StagedCircuit};
use assay_groth16::{CompressedG1, PreparedVerifyingKey, Proof, Scalar};
use assay_probe::{Given, QueryMsg};
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::id::{DatasetCommitment, ParametersRoot};
use assay_protocol::parameters::PublicParameters;
use assay_protocol::statement::TrainingPublic;
use assay_tests::{Artifact, EntryPoint, GasLog, VmContract};
use bellman::{Circuit, ConstraintSystem, SynthesisError, Variable};
use cosmwasm_std::{Addr, Binary, Empty, StdResult};
use cw_multi_test::{App, Executor, IntoAddr};

/// "I know the square root of the public input."
#[derive(Clone)]
struct Root(Option<Scalar>);

impl Circuit<Scalar> for Root {
    fn synthesize<CS: ConstraintSystem<Scalar>>(self, cs: &mut CS) -> Result<(), SynthesisError> {
        let value = |x: Option<Scalar>| x.ok_or(SynthesisError::AssignmentMissing);
        let root = cs.alloc(|| "root", || value(self.0))?;
        let square = cs.alloc_input(|| "square", || value(self.0.map(|x| x.square())))?;
        cs.enforce(
            || "square",
            |lc| lc + root,
            |lc| lc + root,
            |lc| lc + square,
        );
        Ok(())
    }
}

/// The same with a commitment to the root, from which challenges could be drawn.
struct CommittedRoot(Root);

/// The public input, which comes after the commitment.
struct Square {
    value: Option<Scalar>,
    root: Variable,
}

impl StagedCircuit for CommittedRoot {
    type Second = Square;

    fn first_stage<CS: ConstraintSystem<Scalar>>(
        self,
        cs: &mut CS,
    ) -> Result<Option<Square>, SynthesisError> {
        let value = self.0.0;
        let root = cs.alloc(|| "root", || value.ok_or(SynthesisError::AssignmentMissing))?;
        Ok(Some(Square { value, root }))
    }
}

impl SecondStage for Square {
    fn synthesize<CS: ConstraintSystem<Scalar>>(
        self,
        cs: &mut CS,
        _: Option<&CompressedG1>,
    ) -> Result<(), SynthesisError> {
        let square = self.value.map(|x| x.square());
        let square = square.ok_or(SynthesisError::AssignmentMissing);
        let square = cs.alloc_input(|| "square", || square)?;
        let root = self.root;
        cs.enforce(
            || "square",
            |lc| lc + root,
            |lc| lc + root,
            |lc| lc + square,
        );
        Ok(())
    }
}

/// A probe on a fresh chain.
struct Probe {
    app: App,
    address: Addr,
    log: GasLog,
}

impl Probe {
    fn new() -> Self {
        let log = GasLog::default();
        let artifact =
            Artifact::load("tests/assay_probe").unwrap_or_else(|error| panic!("{error}"));
        let mut app = App::default();
        let code = app.store_code(Box::new(VmContract::new(Arc::new(artifact), log.clone())));
        let anyone = "anyone".into_addr();
        let address = app
            .instantiate_contract(code, anyone, &Empty {}, &[], "probe", None)
            .unwrap();
        Self { app, address, log }
    }

    fn ask(&self, step: &QueryMsg) -> StdResult<Binary> {
        self.app.wrap().query_wasm_smart(&self.address, step)
    }

    /// SDK gas of the last step.
    fn gas(&self) -> u64 {
        let calls = self.log.calls();
        let last = calls.last().unwrap();
        assert!(last.accepted && last.entry_point == EntryPoint::Query);
        last.gas.total()
    }

    /// SDK gas of `step` above a call that reads the same message and does nothing.
    fn above_nothing(&self, step: fn(Given) -> QueryMsg, given: &Given) -> u64 {
        self.ask(&QueryMsg::Nothing(given.clone())).unwrap();
        let nothing = self.gas();
        self.ask(&step(given.clone())).unwrap();
        self.gas() - nothing
    }
}

/// A key, a digest that uses all of its 255 bits, and a proof of it.
fn given() -> Given {
    of_circuit(Root)
}

fn of_circuit<C: StagedCircuit>(circuit: impl Fn(Option<Scalar>) -> C) -> Given {
    let key = assay_engine::setup(circuit(None)).unwrap();
    let root = Scalar::from_raw([u64::MAX, 3, 5, u64::MAX >> 2]);
    let proof = assay_engine::prove(&key, circuit(Some(root))).unwrap();
    let prepared = PreparedVerifyingKey::from(key.verifying_key());
    Given {
        key: prepared.to_bytes().into(),
        scalar: root.square().to_bytes().into(),
        proof: proof.to_bytes().into(),
    }
}

#[test]
fn verification_with_a_commitment_costs_at_most_55_000_above_nothing() {
    let given = of_circuit(|root| CommittedRoot(Root(root)));
    assert_eq!(given.proof.len(), Proof::CHALLENGED_LEN);
    let gas = Probe::new().above_nothing(QueryMsg::Verify, &given);
    println!("verification with a commitment, bytes to verdict: {gas} SDK gas");
    assert!((25_000..=55_000).contains(&gas), "{gas}");
}

#[test]
fn verification_costs_at_most_50_000_above_nothing() {
    let gas = Probe::new().above_nothing(QueryMsg::Verify, &given());
    println!("verification, bytes to verdict: {gas} SDK gas");
    assert!((25_000..=50_000).contains(&gas), "{gas}");
}

#[test]
fn a_statements_digest_costs_at_most_10_000_above_nothing() {
    let gas = Probe::new().above_nothing(QueryMsg::Digest, &given());
    println!("digest of a statement: {gas} SDK gas");
    assert!((3_000..=10_000).contains(&gas), "{gas}");
}

#[test]
fn the_fingerprint_of_a_byte_costs_at_most_a_gas_above_nothing() {
    let parameters: Vec<u8> = (0..30_000).map(|i| (i % 251) as u8).collect();
    let given = Given {
        proof: parameters.clone().into(),
        ..given()
    };
    let probe = Probe::new();
    let gas = probe.above_nothing(QueryMsg::Fingerprint, &given);
    println!("fingerprint of 30000 bytes: {gas} SDK gas");
    assert!((3_000..=30_000).contains(&gas), "{gas}");
    let point = assay_groth16::scalar_from_bytes(&given.scalar).unwrap();
    let answer = probe.ask(&QueryMsg::Fingerprint(given)).unwrap();
    assert_eq!(
        answer.as_slice(),
        fingerprint(&parameters, point).to_bytes()
    );
}

#[test]
fn the_probe_refuses_what_does_not_verify() {
    let probe = Probe::new();
    let given = given();
    let other = Given {
        scalar: Scalar::from(2).to_bytes().into(),
        ..given
    };
    let refused = probe.ask(&QueryMsg::Verify(other)).unwrap_err();
    let expected = assay_groth16::Error::EquationFails.to_string();
    assert!(refused.to_string().contains(&expected), "{refused}");
}

#[test]
fn the_probe_computes_the_digest_that_the_prover_computes() {
    let given = given();
    let element = assay_groth16::scalar_from_bytes(&given.scalar).unwrap();
    let statement = TrainingPublic {
        context: element,
        dataset: DatasetCommitment(element),
        parameters: PublicParameters::Poseidon(ParametersRoot(element)),
    };
    let answer = Probe::new().ask(&QueryMsg::Digest(given)).unwrap();
    assert_eq!(answer.as_slice(), statement.digest(None).0.to_bytes());
}
