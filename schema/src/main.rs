//! Generates the JSON schemas of every contract from the protocol's messages.
//!
//! `cargo run --release -p assay-schema` writes `schema/json/<contract>.json`;
//! with `-- --check` it compares instead, and exits with 1 if one has drifted.

mod contracts;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

/// Why schemas couldn't be written, or aren't what they should be.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("unknown argument {0:?}: give none to write the schemas, or --check to compare them")]
    Argument(String),
    #[error("the schema of {contract} can't be generated: {reason}")]
    Schema { contract: String, reason: String },
    #[error("{path} has drifted from the messages: run `cargo run --release -p assay-schema`", path = .0.display())]
    Drift(PathBuf),
    #[error("cannot write {path}: {source}", path = path.display())]
    Write { path: PathBuf, source: io::Error },
}

fn main() -> ExitCode {
    match run(env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<String>) -> Result<(), Error> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let handle = match arguments.as_slice() {
        [] => write,
        ["--check"] => check,
        _ => return Err(Error::Argument(arguments.join(" "))),
    };
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("json");
    for api in contracts::apis() {
        let contract = api.contract_name.clone();
        let rendered = api.render().to_string();
        let text = rendered.map_err(|reason| Error::Schema {
            contract: contract.clone(),
            reason: reason.to_string(),
        })?;
        handle(&directory.join(contract).with_extension("json"), &text)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, format!("{text}\n")));
    written.map_err(|source| Error::Write {
        path: path.to_owned(),
        source,
    })
}

fn check(path: &Path, text: &str) -> Result<(), Error> {
    match fs::read_to_string(path) {
        Ok(committed) if committed == format!("{text}\n") => Ok(()),
        _ => Err(Error::Drift(path.to_owned())),
    }
}
