//! `assay-wasm-bindings INPUT.wasm FOLDER`: writes `verifier.js`, `verifier.d.ts` and
//! `verifier_bg.wasm`, an ES module whose Wasm the caller loads.
//!
//! The same library as the command `wasm-bindgen`, at the version that Cargo.lock pins,
//! which must be that of the crate `wasm-bindgen` in the Wasm.

use std::path::PathBuf;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (input, folder) = arguments
        .next()
        .zip(arguments.next())
        .context("usage: assay-wasm-bindings INPUT.wasm FOLDER")?;
    Bindgen::new()
        .input_path(input)
        .out_name("verifier")
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .generate(folder)
}
