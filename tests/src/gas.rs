//! What a call costs on a chain, in SDK gas, and the log that collects it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

/// CosmWasm gas in one unit of SDK gas (wasmd's default multiplier).
pub(crate) const COSMWASM_GAS_PER_SDK_GAS: u64 = 140_000;

/// SDK gas that one call may use: the `max_gas` of a block on the localnet.
pub(crate) const CALL_LIMIT: u64 = 100_000_000;

/// SDK gas for instantiating a contract that isn't pinned, as a smart query does.
pub(crate) const INSTANCE: u64 = 60_000;

/// SDK gas per byte of a transaction (`tx_size_cost_per_byte`).
const TX_BYTE: u64 = 10;

/// Bytes before each key in wasmd's store: a tag and the contract's address.
const KEY_PREFIX: usize = 33;

/// The SDK's default key-value gas prices (`KVGasConfig`).
mod price {
    pub const READ_FLAT: u64 = 1_000;
    pub const READ_BYTE: u64 = 3;
    pub const WRITE_FLAT: u64 = 2_000;
    pub const WRITE_BYTE: u64 = 30;
    pub const DELETE: u64 = 1_000;
    pub const ITERATE_FLAT: u64 = 30;
}

/// Price of reading `value` bytes under a key of `key` bytes.
pub(crate) fn read(key: usize, value: usize) -> u64 {
    price::READ_FLAT + price::READ_BYTE * stored_bytes(key, value)
}

/// Price of writing `value` bytes under a key of `key` bytes.
pub(crate) fn write(key: usize, value: usize) -> u64 {
    price::WRITE_FLAT + price::WRITE_BYTE * stored_bytes(key, value)
}

/// Price of deleting a key of any length.
pub(crate) fn delete() -> u64 {
    price::DELETE
}

/// Price of moving an iterator while it stands on `record`'s key and value, if on any.
///
/// The SDK charges it when the iterator is created and at every step, for the record the
/// iterator stands on before the step: the first record is paid for twice.
pub(crate) fn iterate(record: Option<(usize, usize)>) -> u64 {
    let bytes = record.map_or(0, |(key, value)| stored_bytes(key, value));
    price::ITERATE_FLAT + price::READ_BYTE * bytes
}

fn stored_bytes(key: usize, value: usize) -> u64 {
    (KEY_PREFIX + key + value) as u64
}

/// SDK gas of one call, by what it was spent on.
///
/// Left out is what does not depend on the contract's code: a transaction that calls a
/// contract which does nothing costs about 96,000, plus [`Call::tx_bytes_gas`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gas {
    /// Wasm instructions and host functions, metered by the VM.
    pub vm: u64,
    /// The contract's own storage.
    pub storage: u64,
    /// Queries to other contracts and modules. Exact for raw queries; a smart query is the
    /// queried call plus its instance; any other query is priced as one read of its answer.
    pub queries: u64,
}

impl Gas {
    /// All of it.
    pub fn total(&self) -> u64 {
        self.vm + self.storage + self.queries
    }
}

/// The entry point that was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryPoint {
    /// Called once, when the contract is created.
    Instantiate,
    /// A transaction's message.
    Execute,
    /// Read only.
    Query,
    /// The outcome of a submessage.
    Reply,
    /// Called by the chain itself.
    Sudo,
    /// A change of code.
    Migrate,
}

/// One call of one entry point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The artifact's name, such as `assay_jobs`.
    pub contract: String,
    /// Which entry point.
    pub entry_point: EntryPoint,
    /// The message's variant: its JSON object's first key. Empty if it has none.
    pub message: String,
    /// Length of the JSON message.
    pub message_bytes: usize,
    /// Whether the contract accepted it.
    pub accepted: bool,
    /// What it cost.
    pub gas: Gas,
}

impl Call {
    /// SDK gas that the message's bytes add to the transaction that carries it.
    pub fn tx_bytes_gas(&self) -> u64 {
        TX_BYTE * self.message_bytes as u64
    }
}

/// Collects every call of the contracts that share it, in the order in which they ended.
#[derive(Clone, Debug, Default)]
pub struct GasLog(Arc<Mutex<Vec<Call>>>);

impl GasLog {
    /// The calls so far.
    pub fn calls(&self) -> Vec<Call> {
        self.entries().clone()
    }

    pub(crate) fn record(&self, call: Call) {
        self.entries().push(call);
    }

    pub(crate) fn len(&self) -> usize {
        self.entries().len()
    }

    /// The call that ended last, if one ended since the log held `len` calls.
    pub(crate) fn last_since(&self, len: usize) -> Option<Gas> {
        self.entries().get(len..)?.last().map(|call| call.gas)
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Call>> {
        // A poisoned log is still a log: entries are pushed whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
