//! Proofs with a commitment: what they show, and what changing each part does to them.

use assay_groth16::{
    CompressedG1, Error, G1Affine, PreparedVerifyingKey, Proof, VerifyingKey, verify_native,
};
use bellman::{ConstraintSystem, SynthesisError, Variable};
use bls12_381::{G1Projective, Scalar};
use group::Curve as _;
use sha2::{Digest, Sha256};

use super::*;
use crate::curve::{Curve, G1};
use crate::{EngineError, ProvingKey, check, prove, setup};

/// "I know two factors of a number": the number and a challenge, added, are the public
/// input, and neither factor is the challenge.
#[derive(Clone, Copy, Default)]
pub(crate) struct Factors {
    pub factors: Option<[u64; 2]>,
    /// Whether the second stage has one wire more.
    pub longer: bool,
    /// Whether nothing is left for the first stage.
    pub empty: bool,
}

pub(crate) struct Rest {
    circuit: Factors,
    wires: Vec<Variable>,
}

fn drawn(commitment: &CompressedG1) -> Scalar {
    let mut bytes: [u8; 32] = Sha256::digest(commitment.as_bytes()).into();
    bytes[31] = 0;
    Scalar::from_bytes(&bytes).unwrap()
}

impl Factors {
    pub(crate) fn of(a: u64, b: u64) -> Self {
        Self {
            factors: Some([a, b]),
            ..Self::default()
        }
    }

    fn values(self) -> Option<[Scalar; 3]> {
        let [a, b] = self.factors?;
        Some([a, b, a * b].map(Scalar::from))
    }

    fn allocate<CS>(self, cs: &mut CS) -> Result<Vec<Variable>, SynthesisError>
    where
        CS: ConstraintSystem<Scalar>,
    {
        let mut wires = Vec::new();
        for i in 0..3 {
            let value = self.values().ok_or(SynthesisError::AssignmentMissing);
            wires.push(cs.alloc(|| "", || value.map(|values| values[i]))?);
        }
        let [a, b, c] = wires[..] else {
            return Err(SynthesisError::AssignmentMissing);
        };
        cs.enforce(|| "product", |lc| lc + a, |lc| lc + b, |lc| lc + c);
        Ok(wires)
    }
}

impl StagedCircuit for Factors {
    type Second = Rest;

    fn first_stage<CS: ConstraintSystem<Scalar>>(
        self,
        cs: &mut CS,
    ) -> Result<Option<Rest>, SynthesisError> {
        let wires = match self.empty {
            true => Vec::new(),
            false => self.allocate(cs)?,
        };
        Ok(Some(Rest {
            circuit: self,
            wires,
        }))
    }
}

impl SecondStage for Rest {
    fn synthesize<CS: ConstraintSystem<Scalar>>(
        self,
        cs: &mut CS,
        commitment: Option<&CompressedG1>,
    ) -> Result<(), SynthesisError> {
        let wires = match self.circuit.empty {
            true => self.circuit.allocate(cs)?,
            false => self.wires,
        };
        let values = commitment.map(drawn).zip(self.circuit.values());
        let known = |f: &dyn Fn(Scalar, [Scalar; 3]) -> Scalar| {
            let value = values.map(|(rho, values)| f(rho, values));
            value.ok_or(SynthesisError::AssignmentMissing)
        };
        let rho = cs.alloc(|| "challenge", || known(&|rho, _| rho))?;
        for (i, &wire) in wires[..2].iter().enumerate() {
            let inverse = |rho: Scalar, values: [Scalar; 3]| (rho - values[i]).invert().unwrap();
            let inverse = cs.alloc(|| "inverse", || known(&inverse))?;
            cs.enforce(
                || "inverse",
                |lc| lc + inverse,
                |lc| lc + rho - wire,
                |lc| lc + CS::one(),
            );
        }
        let public = cs.alloc_input(|| "public", || known(&|rho, [_, _, c]| rho + c))?;
        let sum = wires[2];
        cs.enforce(
            || "sum",
            |lc| lc + rho + sum,
            |lc| lc + CS::one(),
            |lc| lc + public,
        );
        if self.circuit.longer {
            let one = cs.alloc(|| "one", || known(&|_, _| Scalar::one()))?;
            cs.enforce(|| "one", |lc| lc + one, |lc| lc + one, |lc| lc + CS::one());
        }
        Ok(())
    }
}

fn key() -> ProvingKey {
    setup(Factors::default()).unwrap()
}

/// The verdict on "I know two factors of `number`".
fn verdict(key: &VerifyingKey, number: u64, proof: &Proof) -> Result<(), Error> {
    let digest = drawn(&proof.d.unwrap()) + Scalar::from(number);
    verify_native(&PreparedVerifyingKey::from(key), &digest, proof)
}

fn point(point: &CompressedG1) -> G1Projective {
    point.decode().unwrap().into()
}

fn compressed(point: G1Projective) -> CompressedG1 {
    CompressedG1::encode(&point.to_affine()).unwrap()
}

#[test]
fn a_proof_holds_for_its_statement_only() {
    let key = key();
    let proof = prove(&key, Factors::of(3, 5)).unwrap();
    assert_eq!(proof.to_bytes().len(), Proof::CHALLENGED_LEN);
    assert_eq!(verdict(key.verifying_key(), 15, &proof), Ok(()));
    let other = verdict(key.verifying_key(), 16, &proof);
    assert_eq!(other, Err(Error::EquationFails));
}

#[test]
fn a_key_with_challenges_passes_its_check_also_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let key = key();
    check(&key, Factors::default()).unwrap();
    key.save(&path).unwrap();
    let loaded = ProvingKey::load(&path).unwrap();
    check(&loaded, Factors::default()).unwrap();
    assert_eq!(loaded.verifying_key(), key.verifying_key());
    let proof = prove(&loaded, Factors::of(3, 5)).unwrap();
    assert_eq!(verdict(key.verifying_key(), 15, &proof), Ok(()));
    let length = std::fs::metadata(&path).unwrap().len();
    assert_eq!(crate::key_bytes(Factors::default()).unwrap(), length);
}

fn part(result: Result<(), EngineError>) -> &'static str {
    match result {
        Err(EngineError::WrongKey { part }) => part,
        _ => "",
    }
}

/// A key with something changed.
fn tampered(change: impl Fn(&mut ProvingKey)) -> &'static str {
    let mut key = key();
    change(&mut key);
    part(check(&key, Factors::default()))
}

#[test]
fn every_point_that_challenges_bring_in_counts() {
    for index in 0..6 {
        let negated = tampered(|key| {
            let mut points = key.queries.l.to_vec();
            let point = points[index];
            points[index] = crate::curve::Point::new(*point.x(), G1::negative(point.y()));
            key.queries.l = points.into();
        });
        assert_eq!(negated, "L points", "{index}");
    }
    let epsilon = tampered(|key| {
        let epsilon = key.singles.epsilon.as_mut().unwrap();
        epsilon.g1 = -epsilon.g1;
    });
    assert_eq!(epsilon, "epsilon");
    // In both groups alike: the points of committed wires are by another one.
    let epsilon = tampered(|key| {
        let epsilon = key.singles.epsilon.as_mut().unwrap();
        (epsilon.g1, epsilon.g2) = (-epsilon.g1, -epsilon.g2);
    });
    assert_eq!(epsilon, "L points");
}

/// A key whose blinding points say 0 would make proofs that hide nothing.
#[test]
fn a_key_that_would_not_blind_is_not_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let saved = |change: &dyn Fn(&mut ProvingKey)| {
        let mut key = key();
        change(&mut key);
        key.save(&path).unwrap();
        part(ProvingKey::load(&path).map(drop))
    };
    assert_eq!(saved(&|_| ()), "");
    let delta = saved(&|key| key.singles.delta_g1 = G1Affine::identity());
    assert_eq!(delta, "blinding points");
    let epsilon = saved(&|key| {
        let epsilon = key.singles.epsilon.as_mut().unwrap();
        epsilon.g1 = G1Affine::identity();
    });
    assert_eq!(epsilon, "blinding points");
}

/// A crafted file, checksums and all, of a circuit without the setup's own constraints.
#[test]
fn a_key_without_the_setups_own_constraints_is_not_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let mut key = key();
    for matrix in [&mut key.shape.a, &mut key.shape.b, &mut key.shape.c] {
        matrix.ends = vec![0].into();
        matrix.entries = Vec::new().into();
    }
    key.save(&path).unwrap();
    let refused = ProvingKey::load(&path);
    assert!(matches!(refused, Err(EngineError::Damaged { .. })));
}

/// A key under which fewer wires are committed to is another circuit's.
#[test]
fn how_many_wires_are_committed_to_is_part_of_the_circuit() {
    let fewer = tampered(|key| key.shape.committed = 2);
    assert_eq!(fewer, "constraint system");
    let mut key = key();
    key.shape.committed = 2;
    let refused = prove(&key, Factors::of(3, 5));
    assert!(matches!(refused, Err(EngineError::WrongKey { .. })));
}

#[test]
fn a_key_with_more_wires_or_without_challenges_is_refused() {
    let longer = Factors {
        longer: true,
        ..Factors::of(3, 5)
    };
    let refused = prove(&key(), longer);
    assert!(matches!(refused, Err(EngineError::WrongKey { .. })));
    let plain = setup(prove::tests::Product::default()).unwrap();
    let refused = prove(&plain, Factors::of(3, 5));
    assert!(matches!(refused, Err(EngineError::WrongKey { .. })));
    let refused = prove(&key(), prove::tests::Product::of(3, 5));
    assert!(matches!(refused, Err(EngineError::WrongKey { .. })));
}

#[test]
fn challenges_need_something_that_they_are_drawn_from() {
    let empty = Factors {
        empty: true,
        ..Factors::default()
    };
    assert!(matches!(setup(empty), Err(EngineError::NothingCommitted)));
}

/// A commitment without `v`: whoever tries all small witnesses finds the right one, with the
/// key's points alone. (CVE-2024-45040 was this.)
#[test]
fn the_commitment_hides_a_witness_that_could_be_guessed() {
    let key = key();
    let points: Vec<G1Projective> = key.queries.l[..3]
        .iter()
        .map(|point| G1::to_affine(point).into())
        .collect();
    let guess = |[a, b]: [u64; 2]| -> G1Projective {
        let wires = [a, b, a * b].map(Scalar::from);
        points
            .iter()
            .zip(wires)
            .map(|(point, wire)| point * wire)
            .sum()
    };
    let proofs = [(); 2].map(|()| prove(&key, Factors::of(3, 5)).unwrap());
    assert_ne!(proofs[0].d, proofs[1].d);
    let delta = G1Projective::from(key.singles.delta_g1);
    for proof in &proofs {
        let d = point(&proof.d.unwrap());
        for a in 0..8 {
            for b in 0..8 {
                assert_ne!(d, guess([a, b]));
            }
        }
        // What is left is a multiple of delta that nobody knows.
        assert_ne!(d, guess([3, 5]) + delta);
    }
}

/// Moves `D` by a multiple of delta, and `C` by one of epsilon: the equation holds as
/// before, for the digest of the old challenge. The new one asks for another digest.
#[test]
fn a_commitment_that_is_randomised_again_brings_another_challenge() {
    let key = key();
    let proof = prove(&key, Factors::of(3, 5)).unwrap();
    let (t, epsilon) = (Scalar::from(7), key.singles.epsilon.unwrap());
    let moved = Proof {
        c: compressed(point(&proof.c) - epsilon.g1 * t),
        d: Some(compressed(
            point(&proof.d.unwrap()) + key.singles.delta_g1 * t,
        )),
        ..proof
    };
    let prepared = PreparedVerifyingKey::from(key.verifying_key());
    let old = drawn(&proof.d.unwrap()) + Scalar::from(15);
    assert_eq!(verify_native(&prepared, &old, &moved), Ok(()));
    let refused = verdict(key.verifying_key(), 15, &moved);
    assert_eq!(refused, Err(Error::EquationFails));
}

/// What a forger can add to `D` with the key's points, moving `C` by the same multiples of
/// any other point: the public input's span, the uncommitted wires, the quotient. Each
/// leaves a term behind that nothing cancels.
#[test]
fn no_other_part_of_the_key_can_hide_in_the_commitment() {
    let key = key();
    let prepared = PreparedVerifyingKey::from(key.verifying_key());
    let proof = prove(&key, Factors::of(3, 5)).unwrap();
    let affine = |points: &[crate::curve::PointOf<G1>]| -> Vec<G1Affine> {
        points.iter().map(G1::to_affine).collect()
    };
    let spans = [
        key.singles.ic.to_vec(),
        affine(&key.queries.l[3..]),
        affine(&key.queries.h),
        vec![key.singles.epsilon.unwrap().g1],
    ];
    let others = [
        G1Projective::identity(),
        key.singles.delta_g1.into(),
        key.singles.epsilon.unwrap().g1.into(),
        key.singles.ic[1].into(),
    ];
    for added in spans.concat() {
        for other in others {
            let forged = Proof {
                c: compressed(point(&proof.c) - other),
                d: Some(compressed(point(&proof.d.unwrap()) + added)),
                ..proof
            };
            let d = forged.d.unwrap();
            // For whatever digest the forger would have: the old one, the new one, and one
            // with the public input moved by one.
            let number = Scalar::from(15);
            let old = drawn(&proof.d.unwrap()) + number;
            for digest in [
                old,
                old + Scalar::one(),
                old - Scalar::one(),
                drawn(&d) + number,
            ] {
                let refused = verify_native(&prepared, &digest, &forged);
                assert_eq!(refused, Err(Error::EquationFails));
            }
        }
    }
}

/// With epsilon equal to gamma the committed part could be moved into the public span: such
/// keys are none.
#[test]
fn a_setup_never_makes_equal_denominators() {
    let key = key();
    let verifying = key.verifying_key();
    for other in [verifying.gamma_g2(), verifying.delta_g2()] {
        let refused = verifying.clone().with_epsilon(*other);
        assert_eq!(refused, Err(Error::EpsilonEqualsOther));
    }
}
