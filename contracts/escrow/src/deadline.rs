//! Deadlines in both of the chain's clocks.

use assay_protocol::messages::escrow::{
    Deadline, MAX_BLOCKS_A_SECOND, MAX_SECONDS_A_BLOCK, MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS,
    Window,
};
use cosmwasm_std::{BlockInfo, Timestamp};

use crate::error::ContractError;

const NANOSECONDS: u64 = 1_000_000_000;

/// Checks that a window is at least 1 and at most its greatest in both clocks, and that
/// there are chains on which the two clocks take about as long.
pub fn check(name: &'static str, window: &Window) -> Result<(), ContractError> {
    let &Window { seconds, blocks } = window;
    let is_allowed =
        (1..=MAX_WINDOW_SECONDS).contains(&seconds) && (1..=MAX_WINDOW_BLOCKS).contains(&blocks);
    if !is_allowed {
        return Err(ContractError::Window {
            name,
            seconds,
            blocks,
        });
    }
    let least = seconds.div_ceil(MAX_SECONDS_A_BLOCK);
    let most = MAX_WINDOW_BLOCKS.min(seconds.saturating_mul(MAX_BLOCKS_A_SECOND));
    if !(least..=most).contains(&blocks) {
        return Err(ContractError::BlockTime {
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
pub fn after(block: &BlockInfo, window: &Window) -> Result<Deadline, ContractError> {
    let end = || {
        let length = window.seconds.checked_mul(NANOSECONDS)?;
        Some(Deadline {
            time: Timestamp::from_nanos(block.time.nanos().checked_add(length)?),
            height: block.height.checked_add(window.blocks)?,
        })
    };
    end().ok_or(ContractError::DeadlineOverflow)
}

/// Whether both clocks have reached the deadline. Time alone could pass while
/// the chain stands still, and height alone in a burst of blocks.
pub fn passed(deadline: &Deadline, block: &BlockInfo) -> bool {
    block.time >= deadline.time && block.height >= deadline.height
}
