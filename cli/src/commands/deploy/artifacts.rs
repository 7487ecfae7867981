//! The contracts' Wasm, as contracts/build.sh leaves it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::Error;
use crate::artefact::file;
use crate::chain::deployment::CONTRACTS;

/// The most that a chain takes.
const MAX_WASM_BYTES: u64 = 800 * 1024;

/// Every contract's Wasm.
pub struct Artifacts(BTreeMap<&'static str, Artifact>);

/// One contract's Wasm.
pub struct Artifact(Vec<u8>);

impl Artifacts {
    /// Reads `circuit_registry.wasm` and so on.
    ///
    /// # Errors
    /// [`Error`] if one is missing or too large.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let all = CONTRACTS.map(|name| {
            let path = folder.join(format!("assay_{}.wasm", name.replace('-', "_")));
            let wasm = file::read(&path, "a contract", MAX_WASM_BYTES)?;
            Ok((name, Artifact(wasm)))
        });
        Ok(Self(all.into_iter().collect::<Result<_, Error>>()?))
    }

    /// One contract's.
    ///
    /// # Errors
    /// [`Error::Mismatch`] for what is none of them.
    pub fn get(&self, name: &str) -> Result<&Artifact, Error> {
        let missing = || Error::Mismatch(format!("there is no contract {name}"));
        self.0.get(name).ok_or_else(missing)
    }
}

impl Artifact {
    /// What names it on a chain: its SHA-256.
    pub fn checksum(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }

    /// Gzipped, which chains unpack: a third of the fee.
    ///
    /// # Errors
    /// [`Error::Mismatch`], which memory never gives.
    pub fn compressed(&self) -> Result<Vec<u8>, Error> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let written = encoder.write_all(&self.0).and_then(|()| encoder.finish());
        written.map_err(|error| Error::Mismatch(error.to_string()))
    }
}
