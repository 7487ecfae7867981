//! A contract's Wasm artifact, checked and compiled once.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use cosmwasm_std::Checksum;
use cosmwasm_vm::internals::{Logger, check_wasm, compile_module, instance_from_module};
use cosmwasm_vm::testing::MockApi;
use cosmwasm_vm::{Backend, Instance, Size, VmError, VmResult, WasmLimits, capabilities_from_csv};
use wasmer::{Engine, Module, Store};

use crate::gas::{CALL_LIMIT, COSMWASM_GAS_PER_SDK_GAS};
use crate::relay::Relay;

/// Largest artifact we allow, lowered and optimised. Chains allow 819,200.
pub const MAX_ARTIFACT_BYTES: usize = 400_000;

/// What the artifacts may ask of a chain: storage iteration and BLS12-381.
const CAPABILITIES: &str =
    "iterator,cosmwasm_1_1,cosmwasm_1_2,cosmwasm_1_3,cosmwasm_1_4,cosmwasm_2_0,cosmwasm_2_1";

/// Memory of one instance, as on wasmd.
const MEMORY: Size = Size::mebi(32);

/// Why an artifact can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ArtifactError {
    /// No such file, or it can't be read.
    #[error("cannot read {path}: {source}; run contracts/build.sh first", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Over [`MAX_ARTIFACT_BYTES`].
    #[error("{name} has {bytes} bytes, the limit is {MAX_ARTIFACT_BYTES}")]
    TooLarge {
        /// The artifact.
        name: String,
        /// Its size.
        bytes: usize,
    },
    /// A chain would refuse it: imports, exports, limits, capabilities, or invalid Wasm.
    #[error("the VM refuses {name}: {reason}")]
    Refused {
        /// The artifact.
        name: String,
        /// The VM's words.
        reason: String,
    },
}

/// The VM, running an artifact for one call.
pub(crate) type VmInstance = Instance<MockApi, Relay, Relay>;

/// A checked and compiled artifact.
#[derive(Debug)]
pub struct Artifact {
    name: String,
    checksum: Checksum,
    engine: Engine,
    module: Module,
}

/// Where `contracts/build.sh` leaves the artifacts.
pub fn artifacts_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../artifacts")
}

impl Artifact {
    /// Reads `name` (such as `assay_jobs`) from [`artifacts_dir`], checks and compiles it.
    pub fn load(name: &str) -> Result<Self, ArtifactError> {
        let path = artifacts_dir().join(name).with_extension("wasm");
        let wasm = fs::read(&path).map_err(|source| ArtifactError::Unreadable { path, source })?;
        Self::compile(name, &wasm)
    }

    /// Checks `wasm` as a chain does when code is uploaded, and compiles it.
    pub fn compile(name: &str, wasm: &[u8]) -> Result<Self, ArtifactError> {
        let name = name.to_owned();
        if wasm.len() > MAX_ARTIFACT_BYTES {
            return Err(ArtifactError::TooLarge {
                name,
                bytes: wasm.len(),
            });
        }
        match check_and_compile(wasm) {
            Ok((module, engine)) => Ok(Self {
                name,
                checksum: Checksum::generate(wasm),
                engine,
                module,
            }),
            Err(error) => Err(ArtifactError::Refused {
                name,
                reason: error.to_string(),
            }),
        }
    }

    /// The artifact's name, such as `assay_jobs`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of the artifact: what a chain knows its code by.
    pub fn checksum(&self) -> Checksum {
        self.checksum
    }

    /// The names that the artifact exports: entry points, the VM's interface, capabilities.
    pub fn exports(&self) -> Vec<String> {
        self.module
            .exports()
            .map(|export| export.name().to_owned())
            .collect()
    }

    /// A fresh instance for one call, limited to a block's gas.
    pub(crate) fn instance(&self, relay: Relay) -> VmResult<VmInstance> {
        // cw-multi-test's addresses are bech32 with the prefix that this API defaults to.
        let backend = Backend {
            api: MockApi::default(),
            storage: relay.clone(),
            querier: relay,
        };
        let limit = CALL_LIMIT * COSMWASM_GAS_PER_SDK_GAS;
        instance_from_module(
            Store::new(self.engine.clone()),
            &self.module,
            backend,
            limit,
            None,
        )
    }
}

fn check_and_compile(wasm: &[u8]) -> Result<(Module, Engine), VmError> {
    let capabilities: HashSet<String> = capabilities_from_csv(CAPABILITIES);
    check_wasm(wasm, &capabilities, &WasmLimits::default(), Logger::Off)?;
    compile_module(wasm, Some(MEMORY))
}
