//! What a caller hears of long work.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::EngineError;

/// Follows setup or proving, and can end either early.
pub trait Progress: Sync {
    /// `done` of `total` parts are finished. Called from any thread, not always in order.
    fn report(&self, done: usize, total: usize);

    /// Whether to give up; asked before each part.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Hears nothing and never gives up.
impl Progress for () {
    fn report(&self, _: usize, _: usize) {}
}

/// Counts the parts of one piece of work.
pub(crate) struct Parts<'a> {
    progress: &'a dyn Progress,
    done: AtomicUsize,
    total: usize,
}

impl<'a> Parts<'a> {
    pub fn new(progress: &'a dyn Progress, total: usize) -> Self {
        Self {
            progress,
            done: AtomicUsize::new(0),
            total,
        }
    }

    /// Does a part.
    ///
    /// # Errors
    /// [`EngineError::Cancelled`] instead of beginning it.
    pub fn run<T>(&self, part: impl FnOnce() -> T) -> Result<T, EngineError> {
        if self.progress.is_cancelled() {
            return Err(EngineError::Cancelled);
        }
        let result = part();
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.progress.report(done, self.total);
        Ok(result)
    }
}
