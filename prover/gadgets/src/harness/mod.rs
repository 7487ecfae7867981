//! The harness that attacks circuits.
//!
//! A [`Harness`] takes a circuit's builder and examples, runs seven [`Check`]s and reports
//! every wire that is not as it should be:
//!
//! 1. [`Check::Examples`]: satisfied on valid examples; on invalid ones *unsatisfied*, as a
//!    witness generator's error says nothing about what a cheating prover can do.
//! 2. [`Check::Native`]: outputs equal those of the native evaluation.
//! 3. [`Check::Tamper`]: each wire in turn set to 0, 1, its successor, its negation and a
//!    pseudo-random value; only rows in which it occurs are evaluated again.
//! 4. [`Check::Rank`]: with the inputs fixed, the constraints' Jacobian determines every
//!    wire. This is *local* uniqueness: it can't see a second, distant solution.
//! 5. [`Check::Flip`]: wires are solved for from the inputs by constraints that leave no
//!    choice. Every Boolean that this doesn't reach is flipped, and the rest solved again
//!    by search: that must end in a contradiction. It sees the free selector, which 3 and 4
//!    pass. "Undecided" after too many guesses is a failure too.
//! 6. [`Check::Shape`]: the same constraints with and without a witness.
//! 7. [`Check::Count`]: the number of constraints is the pinned one.
//!
//! Checks 3 to 5 hold at the examples given, so examples belong at every bound. No check
//! proves a circuit sound: each catches one kind of missing constraint.
//!
//! ```
//! use assay_gadgets::harness::{Harness, Ports, Recorder};
//! use assay_gadgets::{int::scalar, max, range};
//! use bellman::ConstraintSystem;
//!
//! let relu = Harness::new("relu", |cs: &mut Recorder, value: Option<&i128>| {
//!     let int = range::signed(cs.namespace(|| "input"), value.copied(), 8)?;
//!     let relu = max::relu(cs.namespace(|| "relu"), &int)?;
//!     let (inputs, outputs) = (vec![int.linear().clone()], vec![relu.linear().clone()]);
//!     Ok(Ports { inputs, outputs })
//! });
//! let relu = relu.accept(-128, [scalar(0)]).accept(127, [scalar(127)]);
//! let report = relu.refuse(-129).refuse(128).expect_constraints(8 + 9).run();
//! assert!(report.is_clean(), "{report}");
//! ```
//!
//! [`Recorder`] keeps everything, [`Counter`] nothing but sizes, [`Stream`] hands
//! constraints on as [canonical] bytes.

mod binary;
pub mod canonical;
mod counter;
mod flip;
mod instance;
mod rank;
mod recorder;
mod report;
mod run;
mod solver;
mod tamper;

pub use canonical::Stream;
pub use counter::Counter;
pub use recorder::{Constraint, Recorder};
pub use report::{Check, Failure, Report};
pub use run::{Harness, Ports};
