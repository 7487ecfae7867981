//! Gas per message, as the tests measured it on the Wasm artifacts.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::artefact::{self, Artefact};

const TABLE: &str = include_str!("../../../tests/gas.json");

/// What messages cost, from `tests/gas.json`, which the tests regenerate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GasTable {
    /// Each message of the job, in the order in which they are sent.
    pub messages: Vec<MessageGas>,
}

/// What one message costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageGas {
    /// The contract, such as `jobs`.
    pub contract: String,
    /// The message, such as `deliver`.
    pub message: String,
    /// SDK gas above a transaction that does nothing.
    pub gas: u64,
}

impl Artefact for GasTable {
    const FORMAT: &'static str = "assay-gas";
}

impl GasTable {
    /// The table that this program was built with.
    ///
    /// # Errors
    /// [`Error::File`] if it was built with something else.
    pub fn measured() -> Result<Self, Error> {
        artefact::parse(Path::new("tests/gas.json"), TABLE.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_in_the_repository_reads() {
        assert!(GasTable::measured().is_ok());
    }
}
