//! A sequence that fails, made shorter.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::{Duration, Instant};

use assay_reference::message::Step;

use crate::ending;
use crate::forge::Forger;
use crate::sequence::Sequence;

/// How long a failure may be looked into.
const LONG: Duration = Duration::from_secs(30);

/// Takes the steps and ends the sequence.
///
/// # Errors
/// After how many steps it failed, and why.
pub fn replay(forgers: &Rc<Vec<Forger>>, seed: u64, steps: &[Step]) -> Result<(), (usize, String)> {
    let run = || {
        let mut sequence = Sequence::new(forgers, seed);
        for (taken, step) in steps.iter().enumerate() {
            sequence.step(step).map_err(|why| (taken + 1, why))?;
        }
        ending::end(&mut sequence).map_err(|why| (steps.len(), why))
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err((steps.len(), "a panic".into())))
}

/// Leaves out as many steps as it can, so that the sequence still fails.
pub fn shrink(forgers: &Rc<Vec<Forger>>, seed: u64, steps: Vec<Step>) -> (Vec<Step>, String) {
    let begun = Instant::now();
    let (mut steps, mut why) = (steps, String::new());
    if let Err((taken, reason)) = replay(forgers, seed, &steps) {
        steps.truncate(taken);
        why = reason;
    }
    let mut size = steps.len().div_ceil(2);
    while size > 0 && begun.elapsed() < LONG {
        let mut start = 0;
        while start < steps.len() && begun.elapsed() < LONG {
            let end = (start + size).min(steps.len());
            let fewer = [&steps[..start], &steps[end..]].concat();
            match replay(forgers, seed, &fewer) {
                Err((taken, reason)) => {
                    steps = fewer;
                    steps.truncate(taken);
                    why = reason;
                }
                Ok(()) => start = end,
            }
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    (steps, why)
}
