//! What reports say of a transaction.

use std::fmt;

use assay_client::Executed;
use serde::Serialize;

/// A transaction that was executed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// Its hash.
    pub transaction: String,
    /// The block's height.
    pub height: u64,
    /// Gas used.
    pub gas_used: u64,
    /// Whether an earlier run of the same command had sent it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sent_earlier: bool,
}

impl From<&Executed> for Sent {
    fn from(executed: &Executed) -> Self {
        Self {
            transaction: executed.hash.clone(),
            height: executed.height,
            gas_used: executed.gas_used,
            sent_earlier: executed.earlier,
        }
    }
}

impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "transaction {} at height {}, {} gas",
            self.transaction, self.height, self.gas_used
        )?;
        match self.sent_earlier {
            true => writeln!(f, "; an earlier run had sent it"),
            false => writeln!(f),
        }
    }
}
