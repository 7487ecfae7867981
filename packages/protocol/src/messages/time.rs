//! Time in both of the chain's clocks.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Timestamp;

/// The longest window in seconds: 366 days.
pub const MAX_WINDOW_SECONDS: u64 = 366 * 24 * 60 * 60;

/// The longest window in blocks: 366 days at one every five seconds. A deadline waits for
/// both clocks, so too many blocks would hold money for longer than the seconds say.
pub const MAX_WINDOW_BLOCKS: u64 = MAX_WINDOW_SECONDS / 5;

/// The most seconds of a window that it may count as one block. With fewer blocks a chain
/// halt could use up the whole of somebody's time.
pub const MAX_SECONDS_A_BLOCK: u64 = 60;

/// The most blocks that a window may count as one of its seconds. With more, money would
/// stay locked long after the seconds have passed.
pub const MAX_BLOCKS_A_SECOND: u64 = 4;

/// A length of time in both of the chain's clocks. A deadline has passed when
/// both have, so that a chain halt robs nobody.
#[cw_serde]
#[derive(Copy)]
pub struct Window {
    /// Seconds, from 1 to [`MAX_WINDOW_SECONDS`].
    pub seconds: u64,
    /// Blocks, from 1 to [`MAX_WINDOW_BLOCKS`]: about the seconds over the chain's block time,
    /// which must lie between 1 / [`MAX_BLOCKS_A_SECOND`] and [`MAX_SECONDS_A_BLOCK`] seconds.
    pub blocks: u64,
}

/// A point in time in both of the chain's clocks.
#[cw_serde]
#[derive(Copy)]
pub struct Deadline {
    /// Block time.
    pub time: Timestamp,
    /// Block height.
    pub height: u64,
}
