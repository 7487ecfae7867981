//! Witnesses put together from two honest ones: parts of the circuit that must agree on a
//! value can't be given two.

use assay_gadgets::Wire;
use assay_gadgets::harness::Recorder;
use assay_protocol::Scalar;

use crate::case::{BINARY, Case, spec};

/// The parts of the circuit, by the start of their wires' paths.
const PARTS: [&str; 14] = [
    "mask/",
    "row ",
    "weights ",
    "statement/context",
    "statement/schema",
    "statement/salt",
    "statement/dataset/",
    "statement/parameters/",
    "statement/minimum rows/",
    "statement/model salt",
    "statement/model/",
    "statement/digest/",
    "statement/digest",
    "vector ",
];

fn part(name: &str) -> usize {
    PARTS
        .iter()
        .position(|part| name.starts_with(part))
        .unwrap()
}

/// Every choice of one or two parts taken from `other`, whichever of the two witnesses is
/// the host: unsatisfied, unless that is all they differ in.
fn refuse_mixtures(one: &Case, other: &Case) {
    for (host, donor) in [(one, other), (other, one)] {
        let (mut host, donor) = (host.recorded(), donor.recorded());
        assert!(host.is_satisfied() && donor.is_satisfied());
        let differing: Vec<(usize, Wire)> = host
            .wires()
            .filter(|&wire| host.get(wire) != donor.get(wire))
            .map(|wire| (part(host.name(wire)), wire))
            .collect();
        for first in 0..PARTS.len() {
            for second in first..PARTS.len() {
                let taken = |part: usize| part == first || part == second;
                refuse_mixture(&mut host, &donor, &differing, taken);
            }
        }
    }
}

fn refuse_mixture(
    host: &mut Recorder,
    donor: &Recorder,
    differing: &[(usize, Wire)],
    taken: impl Fn(usize) -> bool,
) {
    let moved: Vec<(Wire, Scalar)> = differing
        .iter()
        .filter(|&&(part, _)| taken(part))
        .map(|&(_, wire)| (wire, host.get(wire).unwrap()))
        .collect();
    if moved.is_empty() || moved.len() == differing.len() {
        return;
    }
    for &(wire, _) in &moved {
        host.set(wire, donor.get(wire).unwrap());
    }
    assert!(!host.is_satisfied(), "parts of wire {:?}", moved[0]);
    for (wire, own) in moved {
        host.set(wire, own);
    }
}

/// Another witness for each value that several parts of the circuit share.
fn others(case: &Case) -> Vec<Case> {
    let retrained = |rows: &[[u8; 3]]| Case::trained(case.spec, rows).hidden(2);
    let four = [BINARY[0], BINARY[1], BINARY[2], [7, 8, 0]];
    let mut nearby = case.parameters.clone();
    nearby[0] += 1;
    let mut changed = vec![
        retrained(&four),
        retrained(&[BINARY[0], BINARY[1], [100, 121, 1]]),
        retrained(&[BINARY[0], BINARY[1], [100, 120, 0]]),
        case.clone().with_parameters(nearby),
        case.clone().hidden(3),
    ];
    let values: [fn(&mut Case) -> &mut Scalar; 4] = [
        |case| &mut case.schema_digest,
        |case| &mut case.salt,
        |case| &mut case.model_salt,
        |case| &mut case.context,
    ];
    for value in values {
        let mut other = case.clone();
        *value(&mut other) += Scalar::one();
        changed.push(other);
    }
    changed
}

#[test]
fn no_parts_of_two_witnesses_fit_together() {
    let case = Case::trained(spec(4, 2), &BINARY).hidden(2);
    for other in others(&case) {
        refuse_mixtures(&case, &other);
    }
}
