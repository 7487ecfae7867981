//! The VM's side of a call: storage and querier that ask the calling thread.
//!
//! The VM owns its storage and querier for as long as it likes (`'static`), while
//! cw-multi-test lends them for one call. So the VM runs on a thread of its own and sends
//! each access as a [`Request`] to the thread that holds the loan.

use std::sync::mpsc::{self, Sender};

use cosmwasm_std::{Binary, ContractResult, Order, Record, SystemResult};
use cosmwasm_vm::{BackendError, BackendResult, GasInfo, Querier, Storage};

use crate::gas::COSMWASM_GAS_PER_SDK_GAS;

/// The answer to a request, and its price in SDK gas.
pub(crate) struct Answer<T> {
    pub result: Result<T, BackendError>,
    pub gas: u64,
}

/// An access to the chain, with the channel on which its answer is awaited.
pub(crate) enum Request {
    Get(Vec<u8>, Sender<Answer<Option<Vec<u8>>>>),
    Set(Vec<u8>, Vec<u8>, Sender<Answer<()>>),
    Remove(Vec<u8>, Sender<Answer<()>>),
    Scan(Range, Sender<Answer<u32>>),
    Next(u32, Sender<Answer<Option<Record>>>),
    Query(
        Vec<u8>,
        Sender<Answer<SystemResult<ContractResult<Binary>>>>,
    ),
}

/// Keys from `start` (inclusive) to `end` (exclusive).
pub(crate) struct Range {
    pub start: Option<Vec<u8>>,
    pub end: Option<Vec<u8>>,
    pub order: Order,
}

/// Implements the VM's [`Storage`] and [`Querier`] by asking the host.
#[derive(Clone)]
pub(crate) struct Relay(pub Sender<Request>);

impl Relay {
    fn ask<T>(&self, request: impl FnOnce(Sender<Answer<T>>) -> Request) -> BackendResult<T> {
        let (sender, answer) = mpsc::channel();
        // A send that fails drops `sender`, so that `recv` fails as well.
        self.0.send(request(sender)).ok();
        match answer.recv() {
            Ok(Answer { result, gas }) => (result, external(gas)),
            Err(_) => (
                Err(BackendError::unknown("the calling thread is gone")),
                GasInfo::free(),
            ),
        }
    }
}

/// Gas that the chain's own meter counts: it lowers the VM's limit, not its figure.
fn external(sdk_gas: u64) -> GasInfo {
    GasInfo::with_externally_used(sdk_gas.saturating_mul(COSMWASM_GAS_PER_SDK_GAS))
}

impl Storage for Relay {
    fn get(&self, key: &[u8]) -> BackendResult<Option<Vec<u8>>> {
        self.ask(|answer| Request::Get(key.to_vec(), answer))
    }

    fn scan(
        &mut self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> BackendResult<u32> {
        let range = Range {
            start: start.map(<[u8]>::to_vec),
            end: end.map(<[u8]>::to_vec),
            order,
        };
        self.ask(|answer| Request::Scan(range, answer))
    }

    fn next(&mut self, iterator_id: u32) -> BackendResult<Option<Record>> {
        self.ask(|answer| Request::Next(iterator_id, answer))
    }

    fn set(&mut self, key: &[u8], value: &[u8]) -> BackendResult<()> {
        self.ask(|answer| Request::Set(key.to_vec(), value.to_vec(), answer))
    }

    fn remove(&mut self, key: &[u8]) -> BackendResult<()> {
        self.ask(|answer| Request::Remove(key.to_vec(), answer))
    }
}

impl Querier for Relay {
    fn query_raw(
        &self,
        request: &[u8],
        gas_limit: u64,
    ) -> BackendResult<SystemResult<ContractResult<Binary>>> {
        let (result, gas) = self.ask(|answer| Request::Query(request.to_vec(), answer));
        if gas.externally_used > gas_limit {
            return (Err(BackendError::out_of_gas()), gas);
        }
        (result, gas)
    }
}
