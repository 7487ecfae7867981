//! Contracts that another contract relies on.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::HexBinary;

/// A contract that another one reads, and the code it must run.
#[cw_serde]
pub struct Trusted {
    /// Its address.
    pub address: String,
    /// SHA-256 of its Wasm code.
    pub checksum: HexBinary,
}
