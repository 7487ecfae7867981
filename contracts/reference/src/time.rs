//! Time in two clocks.

/// A length of time in both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Seconds.
    pub seconds: u64,
    /// Blocks.
    pub blocks: u64,
}

/// A year and a day, in seconds.
const LONGEST: u128 = 366 * 24 * 3_600;

impl Window {
    /// Whether a message may have it: from 1 second and 1 block to 366 days, of which a block
    /// takes at least 5 seconds; and a block takes from a quarter of a second to a minute.
    pub fn is_allowed(&self) -> bool {
        let (seconds, blocks) = (u128::from(self.seconds), u128::from(self.blocks));
        let is_some = seconds > 0 && blocks > 0;
        let is_short = seconds <= LONGEST && 5 * blocks <= LONGEST;
        is_some && is_short && seconds <= 60 * blocks && blocks <= 4 * seconds
    }
}

/// What both clocks show: of a block, or when a deadline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Nanoseconds.
    pub nanos: u128,
    /// Height.
    pub height: u128,
}

impl Moment {
    /// The end of a window that begins now.
    pub fn after(&self, window: &Window) -> Self {
        Self {
            nanos: self.nanos + u128::from(window.seconds) * 1_000_000_000,
            height: self.height + u128::from(window.blocks),
        }
    }

    /// Whether a deadline has passed: both clocks have reached it.
    pub fn is_past(&self, deadline: &Self) -> bool {
        self.nanos >= deadline.nanos && self.height >= deadline.height
    }

    /// Whether it is later than another in both clocks.
    pub fn is_later(&self, other: &Self) -> bool {
        self.nanos > other.nanos && self.height > other.height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_fits_a_chain() {
        let allowed = |seconds, blocks| Window { seconds, blocks }.is_allowed();
        let year = 366 * 86_400;
        for (seconds, blocks) in [(1, 1), (1, 4), (60, 1), (120, 2), (year, year / 5)] {
            assert!(allowed(seconds, blocks), "{seconds} {blocks}");
        }
        for (seconds, blocks) in [
            (0, 1),
            (1, 0),
            (1, 5),
            (61, 1),
            (year + 1, year / 5),
            (year, year / 5 + 1),
        ] {
            assert!(!allowed(seconds, blocks), "{seconds} {blocks}");
        }
    }
}
