//! The calling thread's side of a call: answers the VM from what cw-multi-test lends.

use std::sync::mpsc::Receiver;
use std::vec::IntoIter;

use cosmwasm_std::{
    Binary, ContractResult, Deps, DepsMut, Empty, QuerierWrapper, QueryRequest, Record, Storage,
    SystemResult, WasmQuery, from_json,
};
use cosmwasm_vm::BackendError;

use crate::gas::{self, Gas, GasLog};
use crate::relay::{Answer, Range, Request};

/// Storage on loan for a call that may write, or for a query.
enum Lent<'a> {
    Writable(&'a mut dyn Storage),
    ReadOnly(&'a dyn Storage),
}

/// Serves one call and adds up what its accesses cost.
pub(crate) struct Host<'a> {
    storage: Lent<'a>,
    querier: QuerierWrapper<'a, Empty>,
    log: GasLog,
    iterators: Vec<IntoIter<Record>>,
    spent: Gas,
}

impl<'a> Host<'a> {
    /// A host for a call that may write.
    pub fn writable(deps: DepsMut<'a>, log: GasLog) -> Self {
        Self::new(Lent::Writable(deps.storage), deps.querier, log)
    }

    /// A host for a query.
    pub fn read_only(deps: Deps<'a>, log: GasLog) -> Self {
        Self::new(Lent::ReadOnly(deps.storage), deps.querier, log)
    }

    fn new(storage: Lent<'a>, querier: QuerierWrapper<'a, Empty>, log: GasLog) -> Self {
        Self {
            storage,
            querier,
            log,
            iterators: Vec::new(),
            spent: Gas::default(),
        }
    }

    /// Answers until the VM has dropped its side; returns the gas of storage and queries.
    pub fn serve(mut self, requests: Receiver<Request>) -> Gas {
        for request in requests {
            self.answer(request);
        }
        self.spent
    }

    fn answer(&mut self, request: Request) {
        // An answer that nobody awaits any more means that the VM has given up: its error counts.
        match request {
            Request::Get(key, to) => to.send(self.get(&key)).ok(),
            Request::Set(key, value, to) => to.send(self.set(&key, &value)).ok(),
            Request::Remove(key, to) => to.send(self.remove(&key)).ok(),
            Request::Scan(range, to) => to.send(self.scan(range)).ok(),
            Request::Next(id, to) => to.send(self.next(id)).ok(),
            Request::Query(request, to) => to.send(self.query(&request)).ok(),
        };
    }

    fn get(&mut self, key: &[u8]) -> Answer<Option<Vec<u8>>> {
        let value = self.reader().get(key);
        let gas = gas::read(key.len(), value.as_ref().map_or(0, Vec::len));
        self.charge(gas, Ok(value))
    }

    fn set(&mut self, key: &[u8], value: &[u8]) -> Answer<()> {
        let result = self.writer().map(|storage| storage.set(key, value));
        self.charge(gas::write(key.len(), value.len()), result)
    }

    fn remove(&mut self, key: &[u8]) -> Answer<()> {
        let result = self.writer().map(|storage| storage.remove(key));
        self.charge(gas::delete(), result)
    }

    /// Takes the range as it is now, so that writes while iterating don't show.
    fn scan(&mut self, Range { start, end, order }: Range) -> Answer<u32> {
        let records: Vec<_> = self
            .reader()
            .range(start.as_deref(), end.as_deref(), order)
            .collect();
        let gas = gas::iterate(records.first().map(lengths));
        let id = u32::try_from(self.iterators.len())
            .map_err(|_| BackendError::unknown("too many iterators"));
        self.iterators.push(records.into_iter());
        self.charge(gas, id)
    }

    fn next(&mut self, id: u32) -> Answer<Option<Record>> {
        let iterator = usize::try_from(id)
            .ok()
            .and_then(|id| self.iterators.get_mut(id));
        let Some(iterator) = iterator else {
            return self.charge(0, Err(BackendError::iterator_does_not_exist(id)));
        };
        let record = iterator.next();
        // An exhausted iterator isn't moved.
        let gas = record
            .as_ref()
            .map_or(0, |record| gas::iterate(Some(lengths(record))));
        self.charge(gas, Ok(record))
    }

    fn query(&mut self, request: &[u8]) -> Answer<SystemResult<ContractResult<Binary>>> {
        let calls_before = self.log.len();
        let result = self.querier.raw_query(request);
        let answer_bytes = match &result {
            SystemResult::Ok(ContractResult::Ok(answer)) => answer.len(),
            _ => 0,
        };
        let gas = match from_json::<QueryRequest>(request) {
            Ok(QueryRequest::Wasm(WasmQuery::Raw { key, .. })) => {
                gas::read(key.len(), answer_bytes)
            }
            Ok(QueryRequest::Wasm(WasmQuery::Smart { .. })) => {
                gas::INSTANCE
                    + self
                        .log
                        .last_since(calls_before)
                        .unwrap_or_default()
                        .total()
            }
            _ => gas::read(0, answer_bytes),
        };
        self.spent.queries += gas;
        Answer {
            result: Ok(result),
            gas,
        }
    }

    fn charge<T>(&mut self, gas: u64, result: Result<T, BackendError>) -> Answer<T> {
        self.spent.storage += gas;
        Answer { result, gas }
    }

    fn reader(&self) -> &dyn Storage {
        match &self.storage {
            Lent::Writable(storage) => &**storage,
            Lent::ReadOnly(storage) => *storage,
        }
    }

    fn writer(&mut self) -> Result<&mut dyn Storage, BackendError> {
        match &mut self.storage {
            Lent::Writable(storage) => Ok(&mut **storage),
            Lent::ReadOnly(_) => Err(BackendError::unknown("a query cannot write")),
        }
    }
}

fn lengths((key, value): &Record) -> (usize, usize) {
    (key.len(), value.len())
}

#[cfg(test)]
mod tests;
