//! An artifact as a cw-multi-test contract.

use std::sync::{Arc, mpsc};
use std::thread;

use cosmwasm_std::{
    Binary, Checksum, ContractResult, Deps, DepsMut, Empty, Env, MessageInfo, Reply, Response,
    StdError, StdResult,
};
use cosmwasm_vm::{
    VmResult, call_execute, call_instantiate, call_migrate, call_query, call_reply, call_sudo,
};
use cw_multi_test::Contract;

use crate::artifact::{Artifact, VmInstance};
use crate::gas::{COSMWASM_GAS_PER_SDK_GAS, Call, EntryPoint, Gas, GasLog};
use crate::host::Host;
use crate::relay::Relay;

/// Runs an artifact in the real VM, one fresh instance a call, as a chain does.
#[derive(Clone, Debug)]
pub struct VmContract {
    artifact: Arc<Artifact>,
    log: GasLog,
}

impl VmContract {
    /// A contract that runs `artifact` and records its calls in `log`.
    pub fn new(artifact: Arc<Artifact>, log: GasLog) -> Self {
        Self { artifact, log }
    }

    /// Runs `call` on a thread of its own while this one answers it from `host`.
    fn run<T: Send>(
        &self,
        entry_point: EntryPoint,
        message: &[u8],
        host: Host<'_>,
        call: impl FnOnce(&mut VmInstance) -> VmResult<ContractResult<T>> + Send,
    ) -> StdResult<T> {
        let (sender, requests) = mpsc::channel();
        let (outcome, accesses) = thread::scope(|scope| {
            let vm = scope.spawn(move || run_in_vm(&self.artifact, Relay(sender), call));
            let accesses = host.serve(requests);
            let stopped = || (Err(StdError::msg("the VM stopped without a result")), 0);
            (vm.join().unwrap_or_else(|_| stopped()), accesses)
        });
        let (result, vm) = outcome;
        self.log.record(Call {
            contract: self.artifact.name().to_owned(),
            entry_point,
            message: variant(message),
            message_bytes: message.len(),
            accepted: result.is_ok(),
            gas: Gas { vm, ..accesses },
        });
        result
    }
}

/// The result of `call` on a fresh instance, and the VM's SDK gas.
fn run_in_vm<T>(
    artifact: &Artifact,
    relay: Relay,
    call: impl FnOnce(&mut VmInstance) -> VmResult<ContractResult<T>>,
) -> (StdResult<T>, u64) {
    let mut instance = match artifact.instance(relay) {
        Ok(instance) => instance,
        Err(error) => return (Err(StdError::msg(error)), 0),
    };
    let result = match call(&mut instance) {
        Ok(ContractResult::Ok(value)) => Ok(value),
        Ok(ContractResult::Err(refusal)) => Err(StdError::msg(refusal)),
        Err(error) => Err(StdError::msg(error)),
    };
    let gas = instance.create_gas_report().used_internally;
    (result, gas.div_ceil(COSMWASM_GAS_PER_SDK_GAS))
}

/// The first key of a JSON object, or a JSON string: how an enum's variant is written.
fn variant(message: &[u8]) -> String {
    match serde_json::from_slice(message) {
        Ok(serde_json::Value::Object(fields)) => fields.keys().next().cloned().unwrap_or_default(),
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

impl Contract<Empty> for VmContract {
    fn instantiate(
        &self,
        deps: DepsMut,
        env: Env,
        info: MessageInfo,
        msg: Vec<u8>,
    ) -> StdResult<Response> {
        let host = Host::writable(deps, self.log.clone());
        self.run(EntryPoint::Instantiate, &[], host, |vm| {
            call_instantiate(vm, &env, &info, &msg)
        })
    }

    fn execute(
        &self,
        deps: DepsMut,
        env: Env,
        info: MessageInfo,
        msg: Vec<u8>,
    ) -> StdResult<Response> {
        let host = Host::writable(deps, self.log.clone());
        self.run(EntryPoint::Execute, &msg, host, |vm| {
            call_execute(vm, &env, &info, &msg)
        })
    }

    fn query(&self, deps: Deps, env: Env, msg: Vec<u8>) -> StdResult<Binary> {
        let host = Host::read_only(deps, self.log.clone());
        self.run(EntryPoint::Query, &msg, host, |vm| {
            call_query(vm, &env, &msg)
        })
    }

    fn reply(&self, deps: DepsMut, env: Env, msg: Reply) -> StdResult<Response> {
        let host = Host::writable(deps, self.log.clone());
        self.run(EntryPoint::Reply, &[], host, |vm| {
            call_reply(vm, &env, &msg)
        })
    }

    fn sudo(&self, deps: DepsMut, env: Env, msg: Vec<u8>) -> StdResult<Response> {
        let host = Host::writable(deps, self.log.clone());
        self.run(EntryPoint::Sudo, &msg, host, |vm| call_sudo(vm, &env, &msg))
    }

    fn migrate(&self, deps: DepsMut, env: Env, msg: Vec<u8>) -> StdResult<Response> {
        let host = Host::writable(deps, self.log.clone());
        self.run(EntryPoint::Migrate, &msg, host, |vm| {
            call_migrate(vm, &env, &msg)
        })
    }

    fn checksum(&self) -> Option<Checksum> {
        Some(self.artifact.checksum())
    }
}
