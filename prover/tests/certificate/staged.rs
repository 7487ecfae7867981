//! The certificate in two stages: what the second one leaves to the prover, and a prover who
//! chooses the challenges.

use assay_engine::{SecondStage, StagedCircuit, prove};
use assay_gadgets::Linear;
use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_groth16::{CompressedG1, Error, PreparedVerifyingKey, verify_native};
use assay_protocol::Scalar;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::hash::{Tag, hash_elements};
use assay_prover::certificate::{Claim, SquaredHingeCircuit};
use assay_prover::{Rest, circuit};
use bellman::{ConstraintSystem, SynthesisError};

use crate::case::{BINARY, Case, THREE_CLASSES, spec};

/// Far from every table's entries, as drawn ones are.
fn challenges() -> [Scalar; 2] {
    [11, 12].map(|seed| Scalar::from(seed + (1 << 40)).square().square())
}

/// The commit rule, on the whole circuit: with the first stage's wires and the challenges
/// given, every wire of the second is determined; and the digest binds the challenges.
fn assert_second_stage_has_no_free_wire(case: Case, claim: Claim<'static>, constraints: usize) {
    let spec = case.spec;
    let build = |cs: &mut Recorder, case: Option<&Case>| {
        let circuit = case.map_or(SquaredHingeCircuit { spec, claim }, Case::circuit);
        let rest = circuit.first_stage(cs)?;
        let rest = rest.ok_or(SynthesisError::Unsatisfiable)?;
        let mut inputs = cs.private();
        rest.enforce(cs, case.map(|_| challenges()))?;
        let drawn = cs.wires();
        let drawn = drawn.filter(|&wire| cs.name(wire).starts_with("challenge "));
        inputs.extend(drawn.map(|wire| Linear::variable(wire.variable(), cs.get(wire))));
        Ok(Ports {
            inputs,
            outputs: Vec::new(),
        })
    };
    Harness::new("second stage", build)
        .bound_inputs()
        .accept(case.clone(), [])
        .refuse(case.clone().with_parameters(vec![0; case.parameters.len()]))
        .expect_constraints(constraints)
        .run()
        .into_result()
        .unwrap();
}

#[test]
fn the_second_stage_of_a_certificate_has_no_free_wire() {
    let case = Case::trained(spec(4, 2), &BINARY);
    assert_second_stage_has_no_free_wire(case, Claim::Public(None), 5342);
}

#[test]
fn the_second_stage_with_a_fingerprint_has_no_free_wire() {
    let case = Case::trained(spec(4, 2), &BINARY).with_fingerprint();
    assert_second_stage_has_no_free_wire(case, Claim::Fingerprint(None), 4619);
}

/// Three vectors share the rows, and a batch proves what they are multiplied to; their
/// weights take three limbs.
#[test]
fn the_second_stage_of_several_vectors_has_no_free_wire() {
    let case = Case::trained(spec(40, 7), &THREE_CLASSES).with_fingerprint();
    let mut cs = Recorder::shape();
    let circuit = SquaredHingeCircuit {
        spec: case.spec,
        claim: Claim::Fingerprint(None),
    };
    let rest = circuit.first_stage(&mut cs).unwrap().unwrap();
    rest.enforce(&mut cs, None).unwrap();
    let rows = |path: &str| {
        let rows = cs.constraints().iter();
        rows.filter(|row| row.name.starts_with(path)).count()
    };
    assert!(rows("batch 0/") > 0, "no batch");
    assert_eq!(rows("fingerprint/step"), 2);
    assert_second_stage_has_no_free_wire(case, Claim::Fingerprint(None), 7711);
}

/// A prover who doesn't draw the challenges but chooses them.
struct Chosen<C>(C);

impl<C: StagedCircuit<Second = Rest>> StagedCircuit for Chosen<C> {
    type Second = Chosen<Rest>;

    fn first_stage<CS: ConstraintSystem<Scalar>>(
        self,
        cs: &mut CS,
    ) -> Result<Option<Chosen<Rest>>, SynthesisError> {
        Ok(self.0.first_stage(cs)?.map(Chosen))
    }
}

impl SecondStage for Chosen<Rest> {
    fn synthesize<CS: ConstraintSystem<Scalar>>(
        self,
        cs: &mut CS,
        commitment: Option<&CompressedG1>,
    ) -> Result<(), SynthesisError> {
        Ok(self.0.enforce(cs, commitment.map(|_| challenges()))?)
    }
}

/// Such a proof holds for the digest with the chosen challenges, and that is no statement's.
#[test]
fn a_prover_cannot_choose_the_challenges() {
    let spec = spec(4, 2);
    let case = Case::trained(spec, &BINARY);
    let key = circuit::setup(&CircuitSpec::SquaredHinge(spec)).unwrap();
    let proof = prove(&key, Chosen(case.circuit())).unwrap();
    let statement = case.delivery().statement().unwrap();
    let verifying_key = PreparedVerifyingKey::from(key.verifying_key());
    let verdict = |digest: &Scalar| verify_native(&verifying_key, digest, &proof);
    let chosen = [&statement.elements()[..], &challenges()].concat();
    let chosen = hash_elements(Tag::TrainingPublicV1, &chosen);
    assert_eq!(verdict(&chosen), Ok(()));
    for commitment in [proof.commitment(), None] {
        let digest = statement.digest(commitment);
        assert_eq!(verdict(&digest.0), Err(Error::EquationFails));
    }
}
