//! Who plays a part, and what they have.

use cosmwasm_std::Addr;
use cw_multi_test::IntoAddr;

/// The demo's money.
pub const DENOM: &str = "utest";

/// What A pays for each slot.
pub const REWARD: u128 = 100;

/// Slots of each job.
pub const SLOTS: u32 = 2;

/// What a worker deposits for each slot.
pub const BOND: u128 = 10;

/// The accounts.
#[derive(Clone, Debug)]
pub struct Cast {
    /// Owns the data and pays.
    pub a: Addr,
    /// Trains and proves.
    pub b: Addr,
    /// Another worker.
    pub c: Addr,
    /// Has no part in any job.
    pub stranger: Addr,
    /// Hides its patients and its model.
    pub hospital: Addr,
    /// Pays for predictions.
    pub requester: Addr,
}

impl Cast {
    /// Six accounts.
    pub fn new() -> Self {
        Self {
            a: "A".into_addr(),
            b: "B".into_addr(),
            c: "C".into_addr(),
            stranger: "stranger".into_addr(),
            hospital: "hospital".into_addr(),
            requester: "requester".into_addr(),
        }
    }

    /// What everybody has in the beginning; stranger and hospital have nothing.
    pub fn funds(&self) -> [(&Addr, u128); 4] {
        [
            (&self.a, 1000),
            (&self.b, 50),
            (&self.c, 50),
            (&self.requester, 20),
        ]
    }
}
