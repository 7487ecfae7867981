//! Every Boolean flipped, and everything that depends on it solved again.
//!
//! Changing one wire, or looking at the Jacobian, says nothing about a selector that the
//! constraints leave free to be 0 *or* 1: both are isolated solutions. So wires are solved
//! for from the inputs, each by a constraint that leaves it no choice. Those that this
//! reaches are unique. For every other Boolean the system is solved again with that wire
//! flipped, and must turn out contradictory.

use bls12_381::Scalar;

use super::instance::Instance;
use super::solver::{Solver, System};

/// Guesses tried for one flipped wire.
const BUDGET: usize = 512;

/// What becomes of a flipped wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// No values for the other wires satisfy the constraints.
    Refused,
    /// The constraints hold.
    Accepted,
    /// Neither was found within the budget of guesses.
    Undecided,
}

/// The names of the Boolean columns that aren't refused when flipped; a top bit without a
/// wire goes by the name of its constraint.
pub(super) fn undetected(instance: &Instance) -> Vec<(String, Verdict)> {
    let instance = &instance.with_top_bits();
    let system = System::new(instance);
    let honest = honest(&system);
    let tainted = |column| {
        honest
            .as_ref()
            .is_none_or(|solver| solver.is_tainted(column))
    };
    instance
        .unknowns()
        .filter(|&column| system.boolean[column] && tainted(column))
        .map(|column| (column, flip(&system, column)))
        .filter(|&(_, verdict)| verdict != Verdict::Refused)
        .map(|(column, verdict)| (instance.names[column].clone(), verdict))
        .collect()
}

/// Solves with the values at hand wherever the constraints leave a choice.
fn honest(system: &System) -> Option<Solver> {
    let mut solver = Solver::new(system);
    loop {
        solver.propagate(system).ok()?;
        let Some(column) = solver.next_unknown(system) else {
            return Some(solver);
        };
        solver.guess(column, system.instance.values[column]);
    }
}

fn flip(system: &System, column: usize) -> Verdict {
    let mut solver = Solver::new(system);
    solver.guess(column, Scalar::one() - system.instance.values[column]);
    search(system, solver, &mut BUDGET.clone())
}

/// Depth first, the values at hand before the flipped ones.
fn search(system: &System, mut solver: Solver, budget: &mut usize) -> Verdict {
    if solver.propagate(system).is_err() {
        return Verdict::Refused;
    }
    let Some(column) = solver.next_unknown(system) else {
        return Verdict::Accepted;
    };
    let Some(left) = budget.checked_sub(1) else {
        return Verdict::Undecided;
    };
    *budget = left;
    let value = system.instance.values[column];
    let mut with = |value| {
        let mut next = solver.clone();
        next.guess(column, value);
        search(system, next, budget)
    };
    let first = with(value);
    if !system.boolean[column] {
        // Only the value at hand was tried: another one might have gone further.
        return if first == Verdict::Refused {
            Verdict::Undecided
        } else {
            first
        };
    }
    match first {
        Verdict::Accepted => first,
        Verdict::Refused => with(Scalar::one() - value),
        Verdict::Undecided => match with(Scalar::one() - value) {
            Verdict::Accepted => Verdict::Accepted,
            _ => Verdict::Undecided,
        },
    }
}
