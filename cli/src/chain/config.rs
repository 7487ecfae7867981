//! The file of profiles: which chains, and for each its nodes, its gas price, its contracts
//! and a key.
//!
//! ```toml
//! profile = "localnet"
//!
//! [profiles.localnet]
//! chain_id = "assay-local-1"
//! endpoints = ["http://127.0.0.1:26657"]
//! gas_price = "0.025stake"
//! deployment = "deployment.json"
//! key = "worker.key"
//! ```
//! Paths are relative to the file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assay_client::{GasPrice, MAX_GAS, Network};
use serde::Deserialize;

use super::ChainArgs;
use crate::Error;
use crate::artefact::file;

const MAX_BYTES: u64 = 1 << 20;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    profile: Option<String>,
    #[serde(default)]
    profiles: BTreeMap<String, Written>,
}

/// One chain.
#[derive(Clone, Debug)]
pub struct Profile {
    /// How it is reached and paid.
    pub network: Network,
    /// The file that says where the contracts are.
    pub deployment: Option<PathBuf>,
    /// The file of who signs.
    pub key: Option<PathBuf>,
}

/// A profile as it is written. Serde refuses what isn't a field only where nothing is
/// flattened.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    chain_id: String,
    endpoints: Vec<String>,
    gas_price: GasPrice,
    max_gas: Option<u64>,
    address_prefix: Option<String>,
    deployment: Option<PathBuf>,
    key: Option<PathBuf>,
}

impl From<Written> for Profile {
    fn from(written: Written) -> Self {
        Self {
            network: Network {
                chain_id: written.chain_id,
                endpoints: written.endpoints,
                gas_price: written.gas_price,
                max_gas: written.max_gas.unwrap_or(MAX_GAS),
                address_prefix: written.address_prefix.unwrap_or_else(|| "wasm".into()),
            },
            deployment: written.deployment,
            key: written.key,
        }
    }
}

impl Profile {
    /// The profile that the command line names, or else the file's default.
    ///
    /// # Errors
    /// [`Error::NoConfig`] or [`Error::Config`].
    pub fn read(args: &ChainArgs) -> Result<Self, Error> {
        let path = match &args.config {
            Some(path) => path.clone(),
            None => default_path().ok_or(Error::NoConfigFolder)?,
        };
        if args.config.is_none() && !path.exists() {
            return Err(Error::NoConfig { path });
        }
        let bytes = file::read(&path, "a configuration", MAX_BYTES)?;
        let mut profile = select(&path, &bytes, args.profile.as_deref())?;
        let folder = path.parent().unwrap_or(Path::new("."));
        for inner in [&mut profile.deployment, &mut profile.key] {
            *inner = inner.take().map(|inner| folder.join(inner));
        }
        if !args.nodes.is_empty() {
            profile.network.endpoints.clone_from(&args.nodes);
        }
        Ok(profile)
    }
}

fn select(path: &Path, bytes: &[u8], named: Option<&str>) -> Result<Profile, Error> {
    let refused = |reason: String| Error::Config {
        path: path.into(),
        reason,
    };
    let text = std::str::from_utf8(bytes).map_err(|error| refused(error.to_string()))?;
    let mut config: Config = toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map_or(0, |span| text[..span.start].lines().count());
        refused(format!("line {line}: {}", error.message()))
    })?;
    let names: Vec<&str> = config.profiles.keys().map(String::as_str).collect();
    let all = names.join(", ");
    let name = match (named.or(config.profile.as_deref()), names.as_slice()) {
        (Some(name), _) => name.to_owned(),
        (None, [only]) => (*only).to_owned(),
        (None, _) => {
            return Err(refused(format!(
                "choose one of its profiles with --profile: {all}"
            )));
        }
    };
    let missing = || refused(format!("it has no profile {name:?}, but {all}"));
    let written = config.profiles.remove(&name).ok_or_else(missing)?;
    Ok(written.into())
}

/// `assay/config.toml` in `XDG_CONFIG_HOME` or `~/.config`.
fn default_path() -> Option<PathBuf> {
    Some(user_folder("XDG_CONFIG_HOME", ".config")?.join("config.toml"))
}

/// `assay` in the folder that the variable names, or in `fallback` in the home folder.
pub fn user_folder(variable: &str, fallback: &str) -> Option<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let folder = set(variable).map(PathBuf::from);
    let folder = folder.or_else(|| Some(PathBuf::from(set("HOME")?).join(fallback)))?;
    Some(folder.join("assay"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const TWO: &str = r#"
        profile = "a"
        [profiles.a]
        chain_id = "a-1"
        endpoints = ["http://127.0.0.1:1"]
        gas_price = "0.1xyz"
        [profiles.b]
        chain_id = "b-1"
        endpoints = []
        gas_price = "2ustake"
        address_prefix = "juno"
        key = "b.key"
    "#;

    fn of(text: &str, named: Option<&str>) -> Result<Profile, String> {
        select(Path::new("c.toml"), text.as_bytes(), named).map_err(|error| error.line())
    }

    #[test]
    fn the_default_or_the_named_profile_is_taken() {
        assert_eq!(of(TWO, None).unwrap().network.chain_id, "a-1");
        let b = of(TWO, Some("b")).unwrap();
        assert_eq!(b.network.address_prefix, "juno");
        assert_eq!(b.key, Some("b.key".into()));
        let single = TWO
            .replace("profile = \"a\"", "")
            .split("[profiles.b]")
            .next()
            .unwrap()
            .to_owned();
        assert_eq!(of(&single, None).unwrap().network.address_prefix, "wasm");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let unnamed = TWO.replace("profile = \"a\"", "");
        assert!(of(&unnamed, None).unwrap_err().contains("a, b"));
        assert!(of(TWO, Some("c")).unwrap_err().contains("no profile \"c\""));
        for field in ["chain_id", "address_prefix", "key"] {
            let misspelt = TWO.replace(&format!("{field} ="), "misspelt =");
            assert!(
                of(&misspelt, None).unwrap_err().contains("misspelt"),
                "{field}"
            );
        }
        let price = TWO.replace("2ustake", "ustake");
        assert!(of(&price, None).unwrap_err().contains("gas price"));
        assert!(of("profile = ", None).unwrap_err().contains("line 1"));
    }
}
