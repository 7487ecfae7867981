//! Progress on stderr for whatever takes over a second.

use std::time::Duration;

use assay_engine::Progress as Reports;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows steps to a person at a terminal, and nothing elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    shown: bool,
}

/// A step under way; it disappears when dropped.
#[derive(Debug)]
pub struct Step(ProgressBar);

impl Progress {
    /// Shows steps if `shown` and stderr is a terminal.
    pub fn new(shown: bool) -> Self {
        Self { shown }
    }

    /// Begins a step of unknown length: a spinner with the time spent.
    pub fn step(self, text: impl Into<String>) -> Step {
        let target = match self.shown {
            // Hidden by itself where stderr is no terminal.
            true => ProgressDrawTarget::stderr(),
            false => ProgressDrawTarget::hidden(),
        };
        let bar = ProgressBar::with_draw_target(None, target).with_message(text.into());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Step(bar)
    }
}

/// How much of a step is done, where it tells: a bar instead of the spinner alone.
impl Reports for Step {
    fn report(&self, done: usize, total: usize) {
        let style =
            ProgressStyle::with_template("{spinner} {msg} {bar:20} {pos}/{len} ({elapsed})");
        if let (None, Ok(style)) = (self.0.length(), style) {
            self.0.set_style(style);
        }
        self.0.set_length(total as u64);
        // Parts end in any order; the bar only grows.
        self.0.set_position(self.0.position().max(done as u64));
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
