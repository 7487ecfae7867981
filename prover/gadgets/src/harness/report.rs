//! What the harness found.

use std::fmt;

/// The seven checks, by the rule each enforces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// Satisfied on examples, unsatisfied on what must be refused.
    Examples,
    /// Outputs equal those of the native evaluation.
    Native,
    /// Every wire changed alone leaves the system unsatisfied.
    Tamper,
    /// With the inputs fixed, the Jacobian's rank determines every wire.
    Rank,
    /// Every Boolean flipped, with every dependent wire solved again, leaves it unsatisfied.
    Flip,
    /// The same constraints with and without a witness.
    Shape,
    /// The number of constraints is the pinned one.
    Count,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The check that failed.
    pub check: Check,
    /// Path of the wire or constraint in question; empty where there is none.
    pub wire: String,
    /// What happened, without any witness value.
    pub detail: String,
}

/// The outcome of [`Harness::run`](super::Harness::run).
#[derive(Clone, PartialEq, Eq)]
pub struct Report {
    /// The circuit's name.
    pub name: String,
    /// Its constraints.
    pub constraints: usize,
    /// Its wires, the constant one aside.
    pub wires: usize,
    /// All that is wrong.
    pub failures: Vec<Failure>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty()
    }

    /// The failures of one check.
    pub fn of(&self, check: Check) -> impl Iterator<Item = &Failure> {
        self.failures
            .iter()
            .filter(move |failure| failure.check == check)
    }

    /// Whether this check failed.
    pub fn fails(&self, check: Check) -> bool {
        self.of(check).next().is_some()
    }

    /// The report if it is clean, otherwise itself as an error.
    ///
    /// # Errors
    /// The report, if anything is wrong.
    pub fn into_result(self) -> Result<Self, Self> {
        if self.is_clean() { Ok(self) } else { Err(self) }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 20;
        let Self {
            name,
            constraints,
            wires,
            failures,
        } = self;
        let count = failures.len();
        write!(
            f,
            "{name}: {constraints} constraints, {wires} wires, {count} failures"
        )?;
        for Failure {
            check,
            wire,
            detail,
        } in failures.iter().take(SHOWN)
        {
            write!(f, "\n  {check:?}: {wire}: {detail}")?;
        }
        if count > SHOWN {
            write!(f, "\n  and {} more", count - SHOWN)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Report {}
