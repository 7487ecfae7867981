//! The seven checks, run on one circuit.

use bellman::SynthesisError;
use bls12_381::Scalar;

use super::flip::{self, Verdict};
use super::instance::Instance;
use super::report::{Check, Failure, Report};
use super::{Recorder, rank, tamper};
use crate::Linear;

/// What a circuit under test takes in and gives out.
pub struct Ports {
    /// Combinations whose wires the prover is free to choose: all else must follow.
    pub inputs: Vec<Linear>,
    /// Results, compared with the native evaluation.
    pub outputs: Vec<Linear>,
}

/// A circuit with examples, and what is expected of it.
///
/// `W` is the witness; the builder gets `None` at setup.
pub struct Harness<W, B> {
    name: String,
    build: B,
    accepted: Vec<(W, Vec<Scalar>)>,
    refused: Vec<W>,
    free_hints: Vec<String>,
    constraints: Option<usize>,
    bound_inputs: bool,
}

impl<W, B> Harness<W, B>
where
    B: Fn(&mut Recorder, Option<&W>) -> Result<Ports, SynthesisError>,
{
    /// A circuit by its builder.
    pub fn new(name: impl Into<String>, build: B) -> Self {
        Self {
            name: name.into(),
            build,
            accepted: Vec::new(),
            refused: Vec::new(),
            free_hints: Vec::new(),
            constraints: None,
            bound_inputs: false,
        }
    }

    /// An example that satisfies the circuit, with its outputs by native evaluation.
    #[must_use]
    pub fn accept(mut self, witness: W, outputs: impl IntoIterator<Item = Scalar>) -> Self {
        self.accepted.push((witness, outputs.into_iter().collect()));
        self
    }

    /// An example that the constraints themselves refuse: synthesis must succeed and leave
    /// the system unsatisfied. An error of the witness generator proves nothing.
    #[must_use]
    pub fn refuse(mut self, witness: W) -> Self {
        self.refused.push(witness);
        self
    }

    /// Declares wires, by the start of their path, whose value doesn't matter.
    #[must_use]
    pub fn free_hint(mut self, path: impl Into<String>) -> Self {
        self.free_hints.push(path.into());
        self
    }

    /// The inputs are bound too, as by a public digest: changing one must be noticed.
    #[must_use]
    pub fn bound_inputs(mut self) -> Self {
        self.bound_inputs = true;
        self
    }

    /// Pins the number of constraints.
    #[must_use]
    pub fn expect_constraints(mut self, constraints: usize) -> Self {
        self.constraints = Some(constraints);
        self
    }

    /// Runs all seven checks and reports everything that is wrong.
    pub fn run(&self) -> Report {
        let mut report = Report {
            name: self.name.clone(),
            constraints: 0,
            wires: 0,
            failures: Vec::new(),
        };
        let mut shape = Recorder::shape();
        if let Err(error) = self.built(&mut shape, None) {
            report.fail(Check::Shape, "", format!("no witness: {error}"));
            return report;
        }
        report.constraints = shape.num_constraints();
        report.wires = shape.wires().count();
        self.check_count(&mut report);
        for (index, (witness, outputs)) in self.accepted.iter().enumerate() {
            self.check_accepted(&mut report, &shape, index, witness, outputs);
        }
        for (index, witness) in self.refused.iter().enumerate() {
            self.check_refused(&mut report, &shape, index, witness);
        }
        report
    }

    /// The circuit with its range checks by bits, whose constraints the checks can follow;
    /// that lookups say the same is for their own tests to show.
    fn built(&self, recorder: &mut Recorder, witness: Option<&W>) -> Result<Ports, SynthesisError> {
        let ports = (self.build)(recorder, witness)?;
        recorder.prove_ranges()?;
        Ok(ports)
    }

    fn check_count(&self, report: &mut Report) {
        let found = report.constraints;
        match self.constraints {
            Some(expected) if expected != found => {
                report.fail(
                    Check::Count,
                    "",
                    format!("{found} constraints, pinned {expected}"),
                );
            }
            Some(_) => {}
            None => report.fail(
                Check::Count,
                "",
                format!("{found} constraints, none pinned"),
            ),
        }
    }

    fn check_accepted(
        &self,
        report: &mut Report,
        shape: &Recorder,
        index: usize,
        witness: &W,
        expected: &[Scalar],
    ) {
        let mut recorder = Recorder::with_witness();
        let ports = match self.built(&mut recorder, Some(witness)) {
            Ok(ports) => ports,
            Err(error) => {
                return report.fail(Check::Examples, "", format!("example {index}: {error}"));
            }
        };
        check_shape(report, shape, &recorder, &format!("example {index}"));
        if let Some(name) = recorder.first_unsatisfied() {
            return report.fail(
                Check::Examples,
                &name,
                format!("example {index}: unsatisfied"),
            );
        }
        let found: Option<Vec<Scalar>> = ports.outputs.iter().map(Linear::value).collect();
        if found.as_deref() != Some(expected) {
            report.fail(
                Check::Native,
                "",
                format!("example {index}: another output"),
            );
        }
        if let Some(instance) = Instance::new(&recorder, &ports.inputs, &self.free_hints) {
            self.attack(report, &instance, index);
        }
    }

    fn check_refused(&self, report: &mut Report, shape: &Recorder, index: usize, witness: &W) {
        let mut recorder = Recorder::with_witness();
        let what = format!("refused example {index}");
        match self.built(&mut recorder, Some(witness)) {
            Err(error) => {
                let detail = format!("{what}: only the witness generator refuses: {error}");
                report.fail(Check::Examples, "", detail);
            }
            Ok(_) if recorder.is_satisfied() => {
                report.fail(Check::Examples, "", format!("{what}: satisfied"));
            }
            Ok(_) => check_shape(report, shape, &recorder, &what),
        }
    }

    fn attack(&self, report: &mut Report, instance: &Instance, index: usize) {
        for column in tamper::undetected(instance, self.bound_inputs) {
            let detail = format!("example {index}: can be changed alone");
            report.fail(Check::Tamper, &instance.names[column], detail);
        }
        let instance = &instance.with_input_values();
        for column in rank::undetermined(instance) {
            let detail = format!("example {index}: not determined by the constraints");
            report.fail(Check::Rank, &instance.names[column], detail);
        }
        for (name, verdict) in flip::undetected(instance) {
            let what = match verdict {
                Verdict::Undecided => "may be flipped: undecided within the budget of guesses",
                _ => "can be flipped, with all that depends on it",
            };
            let detail = format!("example {index}: {what}");
            report.fail(Check::Flip, &name, detail);
        }
    }
}

fn check_shape(report: &mut Report, shape: &Recorder, recorder: &Recorder, what: &str) {
    let sizes = |r: &Recorder| (r.num_inputs(), r.num_aux(), r.num_constraints());
    if sizes(shape) != sizes(recorder) || !shape.canonical_rows().eq(recorder.canonical_rows()) {
        let detail = format!("{what}: other constraints than without a witness");
        report.fail(Check::Shape, "", detail);
    }
}

impl Report {
    fn fail(&mut self, check: Check, wire: &str, detail: String) {
        self.failures.push(Failure {
            check,
            wire: wire.to_owned(),
            detail,
        });
    }
}
