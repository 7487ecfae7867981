//! tract at arm's length: what it says of a bad file is told in a line, and its panics are
//! errors that nobody else hears of.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use tract_onnx::prelude::TractResult;

use super::ImportError;

thread_local! {
    static IS_INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// What tract says of a model, the outermost cause first.
#[derive(Debug)]
pub(super) struct Trouble(pub Vec<String>);

impl From<Trouble> for ImportError {
    fn from(trouble: Trouble) -> Self {
        Self::unreadable(&trouble.0.join(": "))
    }
}

/// Runs tract on what may be hostile.
///
/// The first call in a process puts a panic hook before the one that is there. It says
/// nothing of a panic within a guarded call, and hands every other one on.
pub(super) fn guarded<T>(run: impl FnOnce() -> TractResult<T>) -> Result<T, Trouble> {
    install_hook();
    let outer = IS_INSIDE.replace(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    IS_INSIDE.set(outer);
    match result {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Trouble(error.chain().map(ToString::to_string).collect())),
        Err(_) => Err(Trouble(vec!["tract gives up on it".into()])),
    }
}

fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_INSIDE.get() {
                others(panic);
            }
        }));
    });
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_within_is_an_error_and_one_outside_stays_one() {
        let trouble = guarded::<()>(|| panic!("within")).unwrap_err();
        assert_eq!(trouble.0, ["tract gives up on it"]);
        assert!(!IS_INSIDE.get());
        assert!(guarded(|| Ok(IS_INSIDE.get())).is_ok_and(|is_inside| is_inside));
    }
}
