//! Deadlines in both of the chain's clocks.
//!
//! A deadline has passed when block time and height have both reached it: a chain halt alone,
//! or a burst of blocks alone, robs nobody.
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

use assay_protocol::messages::time::{
    Deadline, MAX_BLOCKS_A_SECOND, MAX_SECONDS_A_BLOCK, MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS,
    Window,
};
use cosmwasm_std::{BlockInfo, Timestamp};

const NANOSECONDS: u64 = 1_000_000_000;

/// Why a window or its end is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A window outside its bounds.
    #[error(
        "the {name} window is {seconds} seconds and {blocks} blocks: use 1 to {MAX_WINDOW_SECONDS} and 1 to {MAX_WINDOW_BLOCKS}"
    )]
    Window {
        /// Which window.
        name: &'static str,
        /// Its seconds.
        seconds: u64,
        /// Its blocks.
        blocks: u64,
    },
    /// A window whose clocks fit no chain.
    #[error(
        "the {name} window is {seconds} seconds and {blocks} blocks: use {least} to {most} blocks, \
         about as many as the chain makes in that time"
    )]
    BlockTime {
        /// Which window.
        name: &'static str,
        /// Its seconds.
        seconds: u64,
        /// Its blocks.
        blocks: u64,
        /// The fewest for as many seconds.
        least: u64,
        /// The most for as many seconds.
        most: u64,
    },
    /// A deadline after the end of time.
    #[error("the deadline is later than a timestamp can be: use a shorter window")]
    Overflow,
}

/// Checks that a window is at least 1 and at most its greatest in both clocks, and that
/// there are chains on which the two clocks take about as long. `name` is for errors.
///
/// # Errors
/// [`Error::Window`], [`Error::BlockTime`].
pub fn check(name: &'static str, window: &Window) -> Result<(), Error> {
    let &Window { seconds, blocks } = window;
    let is_allowed =
        (1..=MAX_WINDOW_SECONDS).contains(&seconds) && (1..=MAX_WINDOW_BLOCKS).contains(&blocks);
    if !is_allowed {
        return Err(Error::Window {
            name,
            seconds,
            blocks,
        });
    }
    let least = seconds.div_ceil(MAX_SECONDS_A_BLOCK);
    let most = MAX_WINDOW_BLOCKS.min(seconds.saturating_mul(MAX_BLOCKS_A_SECOND));
    if !(least..=most).contains(&blocks) {
        return Err(Error::BlockTime {
            name,
            seconds,
            blocks,
            least,
            most,
        });
    }
    Ok(())
}

/// The end of a window that starts with this block.
///
/// # Errors
/// [`Error::Overflow`].
pub fn after(block: &BlockInfo, window: &Window) -> Result<Deadline, Error> {
    let start = Deadline {
        time: block.time,
        height: block.height,
    };
    later(&start, window)
}

/// The end of a window that starts at `start`.
///
/// # Errors
/// [`Error::Overflow`].
pub fn later(start: &Deadline, window: &Window) -> Result<Deadline, Error> {
    let end = || {
        let length = window.seconds.checked_mul(NANOSECONDS)?;
        Some(Deadline {
            time: Timestamp::from_nanos(start.time.nanos().checked_add(length)?),
            height: start.height.checked_add(window.blocks)?,
        })
    };
    end().ok_or(Error::Overflow)
}

/// Whether both clocks have reached the deadline. Time alone could pass while
/// the chain stands still, and height alone in a burst of blocks.
pub fn passed(deadline: &Deadline, block: &BlockInfo) -> bool {
    block.time >= deadline.time && block.height >= deadline.height
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn block(nanos: u64, height: u64) -> BlockInfo {
        BlockInfo {
            height,
            time: Timestamp::from_nanos(nanos),
            chain_id: "assay-7".into(),
        }
    }

    fn window(seconds: u64, blocks: u64) -> Window {
        Window { seconds, blocks }
    }

    #[test]
    fn a_window_has_a_least_and_a_greatest_length() {
        for (seconds, blocks) in [
            (0, 1),
            (1, 0),
            (MAX_WINDOW_SECONDS + 1, MAX_WINDOW_BLOCKS),
            (MAX_WINDOW_SECONDS, MAX_WINDOW_BLOCKS + 1),
            (u64::MAX, u64::MAX),
        ] {
            let error = check("delivery", &window(seconds, blocks)).unwrap_err();
            let name = "delivery";
            assert_eq!(
                error,
                Error::Window {
                    name,
                    seconds,
                    blocks
                }
            );
        }
        check("longest", &window(MAX_WINDOW_SECONDS, MAX_WINDOW_BLOCKS)).unwrap();
        check("shortest", &window(1, 1)).unwrap();
    }

    #[test]
    fn a_windows_seconds_and_blocks_fit_each_other() {
        for (seconds, least, most) in [
            (1, 1, 4),
            (60, 1, 240),
            (61, 2, 244),
            (
                MAX_WINDOW_SECONDS,
                MAX_WINDOW_SECONDS / 60,
                MAX_WINDOW_BLOCKS,
            ),
        ] {
            check("least", &window(seconds, least)).unwrap();
            check("most", &window(seconds, most)).unwrap();
        }
        for (seconds, blocks, least, most) in [(61, 1, 2, 244), (1, 5, 1, 4)] {
            let error = check("off", &window(seconds, blocks)).unwrap_err();
            assert!(
                matches!(error, Error::BlockTime { least: l, most: m, .. } if (l, m) == (least, most))
            );
        }
    }

    #[test]
    fn a_deadline_has_passed_when_both_clocks_have_reached_it() {
        let deadline = after(&block(1_000, 50), &window(2, 3)).unwrap();
        assert_eq!(deadline.time.nanos(), 2_000_001_000);
        assert_eq!(deadline.height, 53);
        for nanos in [2_000_000_999, 2_000_001_000, 2_000_001_001] {
            for height in [52, 53, 54] {
                let expected = nanos >= 2_000_001_000 && height >= 53;
                assert_eq!(passed(&deadline, &block(nanos, height)), expected);
            }
        }
    }

    #[test]
    fn a_deadline_after_the_end_of_time_is_refused() {
        for block in [block(u64::MAX, 1), block(1, u64::MAX)] {
            assert_eq!(after(&block, &window(1, 1)), Err(Error::Overflow));
        }
        let endless = window(u64::MAX, 1);
        assert_eq!(after(&block(1, 1), &endless), Err(Error::Overflow));
    }
}
